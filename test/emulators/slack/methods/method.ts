/**
 * How a Web API method is described: one row with its scopes, its tier, its arguments and what it does.
 *
 * Scopes, tiers and arguments are those of Slack's method pages. An argument is written `type` or `type!` (required).
 */

import type { Json } from '../types.ts'
import type { Workspace } from '../workspace.ts'

export type ArgumentType = 'text' | 'bool' | 'int' | 'json' | 'ids'

export type Arguments = { readonly [name: string]: ArgumentType | `${ArgumentType}!` }

/** Calls a minute, by Slack's tiers; `post` is one a second for each channel, `special` is hundreds a minute. */
export type Tier = 2 | 3 | 4 | 'post' | 'special'

export type Method = {
  readonly name: string
  readonly tier: Tier
  /** Any one of these scopes is enough; none means that a valid token is. */
  readonly scopes: readonly string[] | ((workspace: Workspace, args: Json) => readonly string[])
  readonly args: Arguments
  /** Whether the method reads a JSON body; the others read form bodies and query strings alone. */
  readonly json?: boolean
  /** Which token it takes; the bot's unless said. */
  readonly token?: 'bot' | 'app'
  /** The answer's fields beside `ok: true`. Throws ApiError to refuse. */
  run(workspace: Workspace, args: Json): Json
}
