/** What an app's acknowledgement does on the person's screen, and what Slack will not take in one. */

import { ApiError } from './api-error.ts'
import { elementsOf } from './blocks/check.ts'
import { isObject } from './blocks/schema.ts'
import { acceptContent, acceptView } from './blocks/surfaces.ts'
import type { Outcome } from './delivery.ts'
import { botAuthor, post, postEphemeral } from './messages.ts'
import type { Channel, Json, Message, View } from './types.ts'
import { closeView, newView, openView, replaceView } from './views.ts'
import { violate, type Workspace } from './workspace.ts'

/** What an interaction led to at once. */
export type Ack = {
  readonly tookMs: number
  /** The acknowledgement's body as it came. */
  readonly body?: Json | string
  /** The message that the acknowledgement put on the screen. */
  readonly message?: Message
  /** The errors that the form shows, by block_id. */
  readonly errors?: { readonly [blockId: string]: string }
  /** The form that is on top now; undefined when all are closed. */
  readonly view?: View | undefined
}

/** The person saw that it did not work; `reason` is timeout, no_connection, http_500, invalid_blocks, ... */
export class DispatchFailed extends Error {
  readonly reason: string

  constructor(what: string, reason: string) {
    super(`${what} failed with the error "dispatch_failed" (${reason})`)
    this.reason = reason
  }
}

export type Acknowledged = Extract<Outcome, { ok: true }>

/** A command's acknowledgement: nothing, or a message that only the person sees unless `in_channel`. */
export function commandAck(
  workspace: Workspace,
  user: string,
  channel: Channel,
  { body, tookMs }: Acknowledged,
): Ack {
  if (body === undefined) return { tookMs }
  const content: Json = typeof body === 'string' ? { text: body } : body
  const { response_type = 'ephemeral', ...rest } = content
  for (const name of Object.keys(rest))
    if (!['text', 'blocks', 'attachments', 'unfurl_links', 'unfurl_media'].includes(name))
      violate(workspace, 'unknown_argument', `a command's acknowledgement has no field ${name}`)
  const accepted = orFail(workspace, 'command', () => acceptContent(rest))
  const message =
    response_type === 'in_channel'
      ? post(workspace, channel, botAuthor(workspace), accepted)
      : postEphemeral(workspace, channel.id, user, accepted)
  return { tookMs, body, message }
}

/** Slack reads no body in the acknowledgement of a button, menu or shortcut. */
export function plainAck(workspace: Workspace, what: string, { body, tookMs }: Acknowledged): Ack {
  if (body === undefined) return { tookMs }
  violate(workspace, 'ack_body_ignored', `${what} was acknowledged with ${JSON.stringify(body)}`)
  return { tookMs, body }
}

/** A form's acknowledgement: close it, show errors in it, show another view, or clear all. */
export function submissionAck(workspace: Workspace, view: View, { body, tookMs }: Acknowledged): Ack {
  if (body === undefined || body === '') {
    closeView(workspace, view)
    return { tookMs }
  }
  if (typeof body === 'string') return refuseAck(workspace, 'view_submission', `the text ${body}`)
  const { response_action: action } = body
  const done = { tookMs, body }
  switch (action) {
    case 'errors':
      return { ...done, errors: shownErrors(workspace, view, body.errors) }
    case 'clear':
      workspace.stacks.set(view.user, [])
      return done
    case 'update': {
      const accepted = orFail(workspace, 'view_submission', () => acceptView(body.view, 'modal'))
      replaceView(workspace, view, accepted)
      return done
    }
    case 'push': {
      const accepted = orFail(workspace, 'view_submission', () => acceptView(body.view, 'modal'))
      openView(workspace, newView(workspace, view.user, accepted))
      return done
    }
    default:
      return refuseAck(workspace, 'view_submission', `response_action ${String(action)}`)
  }
}

/** Errors may stand only under the form's input blocks, and must say something. */
function shownErrors(workspace: Workspace, view: View, errors: unknown): { readonly [id: string]: string } {
  const inputs = view.blocks.filter(block => block.type === 'input' && elementsOf(block).length > 0)
  const known = inputs.map(block => String(block.block_id))
  if (!isObject(errors) || Object.keys(errors).length === 0)
    return refuseAck(workspace, 'view_submission', 'no errors')
  for (const [id, text] of Object.entries(errors)) {
    if (!known.includes(id))
      return refuseAck(workspace, 'view_submission', `an error under ${id}, no input block`)
    if (typeof text !== 'string' || text === '')
      return refuseAck(workspace, 'view_submission', 'an empty error')
  }
  return errors as { readonly [id: string]: string }
}

function orFail<T>(workspace: Workspace, what: string, accept: () => T): T {
  try {
    return accept()
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    return refuseAck(workspace, what, `${error.code} ${JSON.stringify(error.extra)}`, error.code)
  }
}

function refuseAck(workspace: Workspace, what: string, why: string, reason = 'invalid_response'): never {
  violate(workspace, 'bad_acknowledgement', `${what} was acknowledged with ${why}`)
  throw new DispatchFailed(what, reason)
}
