/**
 * response_url: an answer to an interaction, at most five times within thirty minutes, with no token.
 *
 * A body may post (ephemeral unless `in_channel`), replace the message that carried the control, or delete it.
 */

import { ApiError, demand } from './api-error.ts'
import { acceptContent } from './blocks/surfaces.ts'
import { botAuthor, edit, findMessage, post, postEphemeral, remove } from './messages.ts'
import type { Json } from './types.ts'
import type { Answer } from './web-api.ts'
import { type ResponseUrl, secret, violate, type Workspace } from './workspace.ts'

const livesMs = 30 * 60_000
const mostUses = 5
const known = new Set([
  'text',
  'blocks',
  'attachments',
  'response_type',
  'replace_original',
  'delete_original',
  'thread_ts',
  'metadata',
  'unfurl_links',
  'unfurl_media',
])

/** A fresh address for one interaction. */
export function issueResponseUrl(
  workspace: Workspace,
  about: Pick<ResponseUrl, 'user' | 'channel' | 'ts' | 'isEphemeral'>,
): string {
  const id = secret(12)
  workspace.responseUrls.set(id, { ...about, issuedAt: workspace.clock.now(), uses: 0 })
  return `${workspace.baseUrl}/response/${workspace.team.id}/${id}`
}

/** What a POST to the address does. Slack answers a plain `ok`, and refusals with an HTTP status. */
export function answerResponseUrl(workspace: Workspace, id: string, body: Json): Answer {
  const url = workspace.responseUrls.get(id)
  if (!url) return refused(404, 'no_service')
  if (workspace.clock.now() - url.issuedAt > livesMs) return refused(404, 'expired_url')
  if (url.uses >= mostUses) return refused(404, 'used_url')
  for (const name of Object.keys(body))
    if (!known.has(name)) violate(workspace, 'unknown_argument', `response_url has no field ${name}`)
  try {
    apply(workspace, url, body)
  } catch (error) {
    if (error instanceof ApiError) return refused(400, error.code, error.extra)
    throw error
  }
  url.uses += 1
  return { status: 200, body: 'ok' }
}

function refused(status: number, error: string, extra: Json = {}): Answer {
  return { status, body: { ok: false, error, ...extra } }
}

function apply(workspace: Workspace, url: ResponseUrl, body: Json): void {
  const channel = workspace.channels.get(url.channel)
  demand(channel, 'channel_not_found')
  const original = url.isEphemeral
    ? workspace.ephemerals.find(message => message.ts === url.ts)
    : findMessage(channel, url.ts ?? '')
  const list = url.isEphemeral ? workspace.ephemerals : channel.messages
  if (body.delete_original === true) {
    demand(original, 'message_not_found')
    remove(list, original.ts)
    return
  }
  const content = acceptContent(body)
  if (body.replace_original === true) {
    demand(original, 'message_not_found')
    edit(workspace, list, original.ts, workspace.app.botUser, content)
    return
  }
  sayIn(workspace, url, body, content)
}

function sayIn(
  workspace: Workspace,
  url: ResponseUrl,
  body: Json,
  content: ReturnType<typeof acceptContent>,
): void {
  const type = body.response_type ?? 'ephemeral'
  demand(type === 'ephemeral' || type === 'in_channel', 'invalid_arguments')
  const thread = body.thread_ts as string | undefined
  if (type === 'ephemeral') {
    postEphemeral(workspace, url.channel, url.user, content, thread)
    return
  }
  const channel = workspace.channels.get(url.channel)!
  demand(!channel.isArchived, 'is_archived')
  post(workspace, channel, botAuthor(workspace), content, thread === undefined ? {} : { thread_ts: thread })
}
