/**
 * Slack's Web API: one attempt within eight seconds, no retries inside (D5), every failure classified. A token that Slack
 * refuses stops the calls until the next start: hammering with it helps nobody (I13).
 */
import { webApi } from '@slack/bolt'
import { ChatFailure, type Telemetry } from '../../bot/ports.ts'
import { BAD_TOKEN, toFailure } from './failures.ts'
import { quietLogger } from './logger.ts'

const TIMEOUT_MS = 8_000

export type Answer = Readonly<Record<string, unknown>>
/** Who we are, and where. */
type Self = {
  readonly team_id?: string
  readonly user_id?: string
  readonly bot_id?: string
  readonly url?: string
}

export type Api = {
  call(method: string, args?: Readonly<Record<string, unknown>>): Promise<Answer>
  /** The same, undefined when it failed: for what is nice to know. */
  tryCall(method: string, args?: Readonly<Record<string, unknown>>): Promise<Answer | undefined>
  /** Learns who we are; throws when the token is refused. */
  identify(): Promise<{ readonly scopes: readonly string[] }>
  team(): string | undefined
  /** Whether a user, or what a message shows of its author, is Tocsin. */
  isOwn(author: { readonly user?: string; readonly bot_id?: string }): Promise<boolean>
  /** The address of a message; undefined while Slack has not said where the workspace is. */
  linkTo(channel: string, ts: string, thread?: string): Promise<string | undefined>
  /** Why no call is made any more. */
  refused(): string | undefined
}

export function createApi({
  token,
  apiUrl,
  telemetry,
}: {
  readonly token: string
  readonly apiUrl?: string
  readonly telemetry: Telemetry
}): Api {
  const client = new webApi.WebClient(token, {
    ...(apiUrl ? { slackApiUrl: apiUrl } : {}),
    retryConfig: { retries: 0 },
    timeout: TIMEOUT_MS,
    rejectRateLimitedCalls: true,
    logger: quietLogger(telemetry),
  })
  let self: Self | undefined
  let refused: string | undefined

  async function call(method: string, args: Readonly<Record<string, unknown>> = {}): Promise<Answer> {
    if (refused) throw new ChatFailure('later', 'token', refused, 60_000)
    try {
      return (await client.apiCall(method, args)) as unknown as Answer
    } catch (error) {
      const failure = toFailure(error)
      if (BAD_TOKEN.has(failure.reason) && !('user' in args || 'users' in args)) refused = failure.say
      throw failure
    }
  }

  async function identify(): Promise<Answer> {
    const answer = await call('auth.test')
    self = answer as Self
    return answer
  }

  return {
    call,
    async tryCall(method, args) {
      try {
        return await call(method, args)
      } catch (error) {
        telemetry.log('debug', 'slack.call_failed', { method, error })
        return undefined
      }
    },
    async identify() {
      const answer = await identify()
      const meta = answer.response_metadata as { scopes?: readonly string[] } | undefined
      return { scopes: meta?.scopes ?? [] }
    },
    team: () => self?.team_id,
    async isOwn({ user, bot_id }) {
      if (!self) await identify()
      return (
        (user !== undefined && user === self?.user_id) || (bot_id !== undefined && bot_id === self?.bot_id)
      )
    },
    async linkTo(channel, ts, thread) {
      if (!self) await identify()
      if (!self?.url) return undefined
      const within = thread && thread !== ts ? `?thread_ts=${thread}&cid=${channel}` : ''
      return `${self.url}archives/${channel}/p${ts.replace('.', '')}${within}`
    },
    refused: () => refused,
  }
}
