/**
 * What Discord's client throws, as what it means for us: later (it did not happen), never (it will not work), or doubt (it
 * may have happened). Each with a sentence for people.
 */
import { DiscordAPIError, HTTPError, RateLimitError } from '@discordjs/rest'
import { ChatFailure } from '../../bot/ports.ts'

/** Errors before any byte left. */
const UNSENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
])

/** Discord's codes (Opcodes and Status Codes, "JSON Error Codes"). */
const SAYINGS: Readonly<Record<number, readonly [reason: string, say: string]>> = {
  10003: ['unknown_channel', 'the channel is gone'],
  10004: ['unknown_guild', 'the bot is not in the server: open the link of npx tocsin discord invite'],
  10007: ['unknown_member', 'this person is not in the server'],
  10008: ['unknown_message', 'the message is gone'],
  10013: ['unknown_user', 'Discord does not know this user id'],
  10015: ['answer_window_over', 'the fifteen minutes for an answer are over'],
  10062: ['unknown_interaction', 'the three seconds for an answer are over'],
  30013: ['channels_full', 'the server has as many channels as Discord allows'],
  40060: ['answered_already', 'it was answered already'],
  50001: ['no_access', 'Tocsin cannot see the channel: give its role access to it'],
  50007: ['cannot_dm', 'their direct messages are closed to Tocsin'],
  50013: [
    'no_permission',
    'Tocsin lacks a permission there: open the link of npx tocsin discord invite again',
  ],
  50083: ['archived', 'the thread is archived'],
  50278: ['left_server', 'they are not in the server any more'],
}

export function toFailure(error: unknown): ChatFailure {
  if (error instanceof ChatFailure) return error
  if (error instanceof RateLimitError)
    return new ChatFailure(
      'later',
      'ratelimited',
      'Discord asks to wait',
      Math.max(error.retryAfter, error.timeToReset),
    )
  if (error instanceof DiscordAPIError) return apiFailure(error)
  if (error instanceof HTTPError) return httpFailure(error.status)
  const thrown = (typeof error === 'object' && error !== null ? error : {}) as {
    readonly name?: string
    readonly code?: string
    readonly message?: string
    readonly cause?: { readonly code?: string }
  }
  const code = thrown.code ?? thrown.cause?.code ?? ''
  if (UNSENT.has(code)) return new ChatFailure('later', code, 'Discord cannot be reached')
  if (thrown.message?.includes('Expected token to be set')) return badToken()
  return new ChatFailure('doubt', code || thrown.name || 'no_answer', 'Discord did not answer')
}

const badToken = () => new ChatFailure('later', 'bad_token', 'Discord refuses the bot token', 60_000)

function apiFailure({ code, status, message }: DiscordAPIError): ChatFailure {
  if (status === 401) return badToken()
  const known = SAYINGS[Number(code)]
  if (known) return new ChatFailure('never', known[0], known[1])
  return new ChatFailure('never', `discord_${code}`, `Discord said: ${message.split('\n')[0]?.slice(0, 120)}`)
}

function httpFailure(status: number): ChatFailure {
  if (status === 401) return badToken()
  if (status === 429) return new ChatFailure('later', 'http_429', 'Discord asks to wait')
  return status >= 500 || status === 0
    ? new ChatFailure('doubt', `http_${status}`, 'Discord had an error of its own')
    : new ChatFailure('never', `http_${status}`, `Discord answered with status ${status}`)
}
