/**
 * One translation from what Slack sends to what a person did. The same for Socket Mode and HTTP: both end in Bolt, and Bolt in
 * here. A redelivery carries the same ids, so it becomes the same cause.
 */
import type { ChatInput } from '../../bot/ports.ts'
import type { Raw } from './messages.ts'
import { type Meta, valuesOf } from './views.ts'

/** How an answer can go back. */
export type Inbound = {
  readonly input: Omit<ChatInput, 'user'>
  readonly userId: string
  readonly userName: string
  readonly teamId: string | undefined
  readonly kind: 'command' | 'action' | 'shortcut' | 'view'
  readonly triggerId: string | undefined
  readonly responseUrl: string | undefined
  readonly viewId: string | undefined
  /** What a message's shortcut was used on. */
  readonly message?: Raw
}

type Body = Readonly<Record<string, unknown>>
const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined
const part = (value: unknown): Body => (typeof value === 'object' && value !== null ? (value as Body) : {})

/** Undefined for what is nobody's doing, or none of ours. */
export function translate(body: Body): Inbound | undefined {
  if (text(body.command)) return slash(body)
  switch (body.type) {
    case 'block_actions':
      return action(body)
    case 'view_submission':
      return submission(body)
    case 'shortcut':
    case 'message_action':
      return shortcut(body)
    default:
      return undefined
  }
}

/** Slack escapes three characters, and writes mentions as `<@U123|name>`: back to what was meant, `@U123`. */
export const plainText = (line: string): string =>
  line
    .replace(/<@([UW][A-Z0-9]+)(?:\|[^>]*)?>/g, '@$1')
    .replace(/<(https?:\/\/[^|>]+)(?:\|[^>]*)?>/g, '$1')
    .replace(/<#[A-Z0-9]+\|([^>]*)>/g, '#$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')

function slash(body: Body): Inbound {
  return {
    kind: 'command',
    input: {
      chat: 'slack',
      cause: `slack:${text(body.trigger_id) ?? ''}`,
      channel: text(body.channel_id),
      line: plainText(`${text(body.command) ?? ''} ${text(body.text) ?? ''}`.trim()),
    },
    userId: text(body.user_id) ?? '',
    userName: text(body.user_name) ?? '',
    teamId: text(body.team_id),
    triggerId: text(body.trigger_id),
    responseUrl: text(body.response_url),
    viewId: undefined,
  }
}

const sender = (body: Body) => {
  const user = part(body.user)
  return {
    userId: text(user.id) ?? '',
    userName: text(user.username) ?? text(user.name) ?? '',
    teamId: text(user.team_id) ?? text(part(body.team).id),
  }
}

function action(body: Body): Inbound | undefined {
  const [first] = (body.actions ?? []) as readonly unknown[]
  const pressed = part(first)
  const line = text(pressed.value) ?? text(part(pressed.selected_option).value)
  if (!line?.startsWith('/')) return undefined
  const trigger = text(body.trigger_id)
  return {
    kind: 'action',
    ...sender(body),
    input: {
      chat: 'slack',
      cause: `slack:${trigger ?? text(pressed.action_ts) ?? ''}`,
      channel: text(part(body.channel).id),
      line,
    },
    triggerId: trigger,
    responseUrl: text(body.response_url),
    viewId: undefined,
  }
}

function submission(body: Body): Inbound | undefined {
  const view = part(body.view)
  const meta = readMeta(text(view.private_metadata))
  if (!meta) return undefined
  const viewId = text(view.id)
  return {
    kind: 'view',
    ...sender(body),
    input: {
      chat: 'slack',
      cause: `slack:view:${viewId ?? ''}:${text(view.hash) ?? ''}`,
      channel: meta.channel,
      line: meta.line,
      values: valuesOf(part(view.state)),
    },
    triggerId: text(body.trigger_id),
    responseUrl: undefined,
    viewId,
  }
}

function readMeta(json: string | undefined): Meta | undefined {
  try {
    const meta = part(JSON.parse(json ?? ''))
    const line = text(meta.line)
    return line ? { line, channel: text(meta.channel) } : undefined
  } catch {
    return undefined
  }
}

const SHORTCUTS: Readonly<Record<string, string>> = {
  declare: '/incident declare',
  declare_from: '/incident declare',
  timeline_add: '/incident note',
  action_from: '/action add',
}

function shortcut(body: Body): Inbound | undefined {
  const line = SHORTCUTS[text(body.callback_id) ?? '']
  if (!line) return undefined
  return {
    kind: 'shortcut',
    ...(body.message === undefined ? {} : { message: part(body.message) as Raw }),
    ...sender(body),
    input: {
      chat: 'slack',
      cause: `slack:${text(body.trigger_id) ?? ''}`,
      channel: text(part(body.channel).id),
      line,
    },
    triggerId: text(body.trigger_id),
    responseUrl: text(body.response_url),
    viewId: undefined,
  }
}
