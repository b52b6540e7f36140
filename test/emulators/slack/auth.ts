/** Who is calling, and whether their token may: invalid_auth, token_revoked, missing_scope as Slack answers them. */

import type { IncomingMessage } from 'node:http'
import { ApiError, demand } from './api-error.ts'
import type { RawCall } from './arguments.ts'
import type { Method } from './methods/method.ts'
import type { Json } from './types.ts'
import type { Workspace } from './workspace.ts'

/** Refuses a call without a good token of the right kind. */
export function authenticate(
  workspace: Workspace,
  method: Method,
  request: IncomingMessage,
  call: RawCall,
): void {
  const header = request.headers.authorization
  const token = header?.startsWith('Bearer ') ? header.slice(7) : (call.fields.token as string | undefined)
  demand(token, 'not_authed')
  demand(!workspace.revoked.has(token), 'token_revoked')
  demand(token === workspace.botToken || token === workspace.appToken, 'invalid_auth')
  const wanted = method.token === 'app' ? workspace.appToken : workspace.botToken
  demand(token === wanted, 'not_allowed_token_type')
}

/** Refuses a call for which no granted scope is enough, naming the needed and the provided. */
export function authorize(workspace: Workspace, method: Method, args: Json): void {
  const needed = typeof method.scopes === 'function' ? method.scopes(workspace, args) : method.scopes
  if (needed.length === 0 || needed.some(scope => workspace.scopes.has(scope))) return
  throw new ApiError('missing_scope', { needed: needed.join(','), provided: scopeHeader(workspace) })
}

export function scopeHeader(workspace: Workspace): string {
  return [...workspace.scopes].join(',')
}
