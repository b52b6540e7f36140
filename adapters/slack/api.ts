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
export type Api = {
  call(method: string, args?: Readonly<Record<string, unknown>>): Promise<Answer>
  /** The same, undefined when it failed: for what is nice to know. */
  tryCall(method: string, args?: Readonly<Record<string, unknown>>): Promise<Answer | undefined>
  /** Learns who we are; throws when the token is refused. */
  identify(): Promise<{ readonly scopes: readonly string[] }>
  team(): string | undefined
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
  let team: string | undefined
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
      const answer = await call('auth.test')
      team = typeof answer.team_id === 'string' ? answer.team_id : undefined
      const meta = answer.response_metadata as { scopes?: readonly string[] } | undefined
      return { scopes: meta?.scopes ?? [] }
    },
    team: () => team,
    refused: () => refused,
  }
}
