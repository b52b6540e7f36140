/**
 * What Slack's client throws, as what it means for us: later (it did not happen), never (it will not work), or doubt (it may
 * have happened). Each with a sentence for people.
 */
import { ChatFailure } from '../../bot/ports.ts'

type Thrown = {
  readonly code?: string
  readonly retryAfter?: number
  readonly statusCode?: number
  readonly data?: {
    readonly error?: string
    readonly needed?: string
    readonly response_metadata?: { readonly messages?: readonly string[] }
  }
  readonly original?: { readonly message?: string; readonly cause?: { readonly code?: string } }
}

/** Errors before any byte left. */
const UNSENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
])

const SAYINGS: Readonly<Record<string, string>> = {
  channel_not_found: 'the channel is not there, or Tocsin is not in it',
  is_archived: 'the channel is archived',
  not_in_channel: 'Tocsin is not in the channel; invite it with /invite',
  user_disabled: 'the account is deactivated',
  account_inactive: 'the account is deactivated, or the token was revoked',
  user_not_found: 'Slack does not know this user id',
  cannot_dm_bot: 'this is a bot',
  restricted_action: 'the workspace does not allow it',
  cant_invite: 'this person cannot be invited',
  cant_invite_self: 'this is Tocsin itself',
  user_is_restricted: 'guests cannot be invited here',
  token_revoked: 'the bot token was revoked',
  token_expired: 'the bot token has expired',
  invalid_auth: 'the bot token is not valid',
  not_authed: 'the bot token is missing',
  message_not_found: 'the message is gone',
  cant_update_message: 'the message is not ours to edit',
  edit_window_closed: 'the message may not be edited any more',
  name_taken: 'the name is taken',
  file_uploads_disabled: 'the workspace takes no files',
  file_type_not_allowed: 'the workspace takes no pictures',
}

const LATER = new Set(['ratelimited', 'rate_limited', 'service_unavailable', 'team_added_to_org'])
const DOUBT = new Set(['fatal_error', 'internal_error', 'request_timeout'])
export const BAD_TOKEN = new Set([
  'token_revoked',
  'token_expired',
  'invalid_auth',
  'not_authed',
  'account_inactive',
])

export function toFailure(error: unknown): ChatFailure {
  if (error instanceof ChatFailure) return error
  const thrown = (typeof error === 'object' && error !== null ? error : {}) as Thrown
  switch (thrown.code) {
    case 'slack_webapi_rate_limited_error':
      return new ChatFailure('later', 'ratelimited', 'Slack asks to wait', (thrown.retryAfter ?? 1) * 1000)
    case 'slack_webapi_platform_error':
      return isUnready(thrown)
        ? unready()
        : platformFailure(thrown.data?.error ?? 'unknown', thrown.data?.needed)
    case 'slack_webapi_http_error':
      return httpFailure(thrown.statusCode ?? 0)
    case 'slack_webapi_request_error': {
      const cause = thrown.original?.cause?.code ?? ''
      return UNSENT.has(cause)
        ? new ChatFailure('later', cause, 'Slack cannot be reached')
        : new ChatFailure('doubt', cause || 'no_answer', 'Slack did not answer')
    }
    default:
      return new ChatFailure('doubt', 'bad_answer', 'Slack answered something that is not understood')
  }
}

/** A file that was just uploaded cannot be shown at once: Slack takes it in on its own time, and refuses the message until then. */
export const UNREADY = 'file_not_ready'
const unready = () => new ChatFailure('later', UNREADY, 'Slack is still taking the pictures in', 2_000)

const isUnready = ({ data }: Thrown): boolean =>
  data?.error === 'invalid_blocks' &&
  (data.response_metadata?.messages ?? []).some(message => message.includes('slack file'))

/** Slack's codes are words; anything else is a body that is no answer of Slack's, and says nothing about what was done. */
const CODE = /^[a-z][a-z0-9_]{1,60}$/

function platformFailure(code: string, needed: string | undefined): ChatFailure {
  if (!CODE.test(code))
    return new ChatFailure('doubt', 'bad_answer', 'Slack answered something that is not understood')
  if (LATER.has(code)) return new ChatFailure('later', code, 'Slack asks to wait')
  if (DOUBT.has(code)) return new ChatFailure('doubt', code, 'Slack had an error of its own')
  if (code === 'missing_scope') {
    return new ChatFailure(
      'never',
      code,
      `the Slack app lacks the scope ${needed ?? '?'}: add it under "OAuth & Permissions" and install the app again`,
    )
  }
  return new ChatFailure('never', code, SAYINGS[code] ?? `Slack said ${code}`)
}

function httpFailure(status: number): ChatFailure {
  if (status === 429) return new ChatFailure('later', 'http_429', 'Slack asks to wait')
  return status >= 500 || status === 0
    ? new ChatFailure('doubt', `http_${status}`, 'Slack had an error of its own')
    : new ChatFailure('never', `http_${status}`, `Slack answered with status ${status}`)
}
