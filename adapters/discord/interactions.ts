/**
 * One translation from what Discord sends to what a person did: the same payload comes over the gateway and over HTTP. It is
 * read part by part, so that a payload of a later version, or a broken one, is at worst not understood.
 */
import type { ChatInput, ChatUser } from '../../bot/ports.ts'
import { valuesOf } from './forms.ts'
import { withoutNonce } from './key.ts'
import { THREADS } from './marks.ts'
import { saidOf } from './messages.ts'
import { ASK } from './render.ts'

export type Inbound = {
  readonly kind: 'command' | 'component' | 'modal'
  readonly id: string
  readonly token: string
  readonly input: ChatInput
}
/** A button that asks first: its label and its command. */
export type Question = {
  readonly kind: 'question'
  readonly id: string
  readonly token: string
  readonly label: string
  readonly command: string
}
/** Somebody types an option that can be completed. */
export type Completing = {
  readonly kind: 'completing'
  readonly id: string
  readonly token: string
  readonly group: string
  readonly command: string
  readonly option: string
  readonly typed: string
  readonly user: ChatUser
}

type Body = Readonly<Record<string, unknown>>
const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined
const part = (value: unknown): Body => (typeof value === 'object' && value !== null ? (value as Body) : {})
const parts = (value: unknown): readonly Body[] => (Array.isArray(value) ? value.map(part) : [])

/** Undefined for what is nobody's doing, or none of ours. */
export function translate(
  body: unknown,
  guildId: string,
  /** Tocsin's own user, where it is known. */
  me: string | undefined,
): Inbound | Question | Completing | undefined {
  const payload = part(body)
  const [id, token] = [text(payload.id), text(payload.token)]
  const user = userOf(payload, guildId)
  if (!id || !token || !user) return undefined
  const base = {
    chat: 'discord',
    cause: `discord:${id}`,
    user,
    channel: text(payload.channel_id),
    ...parentOf(part(payload.channel)),
  } as const
  const data = part(payload.data)
  switch (payload.type) {
    case 2: {
      const asked =
        data.type === 2 || data.type === 3 ? fromMenu(data, payload, { guildId, me }) : typed(data)
      return asked && { kind: 'command', id, token, input: { ...base, ...asked } }
    }
    case 3:
      return pressed(payload, { id, token, base })
    case 4:
      return completing(data, { id, token, user })
    case 5: {
      const line = text(data.custom_id)
      if (!line?.startsWith('/')) return undefined
      return { kind: 'modal', id, token, input: { ...base, line, values: valuesOf(data.components) } }
    }
    default:
      return undefined
  }
}

function userOf(payload: Body, guildId: string): ChatUser | undefined {
  const member = part(payload.member)
  const user = part(member.user ?? payload.user)
  const id = text(user.id)
  if (!id) return undefined
  const guild = text(payload.guild_id)
  return {
    id,
    name: text(member.nick) ?? text(user.global_name) ?? text(user.username) ?? id,
    kind: user.bot === true ? 'bot' : guild !== undefined && guild !== guildId ? 'stranger' : 'member',
    groups: Array.isArray(member.roles) ? member.roles.filter(role => typeof role === 'string') : [],
  }
}

/** `/incident declare` with its options as values, as a form would give them. */
function typed(data: Body): Pick<ChatInput, 'line' | 'values'> | undefined {
  const group = text(data.name)
  const [sub] = parts(data.options)
  const name = text(sub?.name)
  if (!group || !name) return undefined
  const values = Object.fromEntries(
    parts(sub?.options).flatMap(({ name: option, value }) =>
      typeof option !== 'string' || value === false || value === undefined ? [] : [[option, String(value)]],
    ),
  )
  return { line: `/${group} ${name}`, values }
}

/** What each menu of a message or a person means; registered under these names. */
export const MENUS = {
  'Declare incident': { type: 3, line: '/incident declare' },
  'Add to timeline': { type: 3, line: '/incident note' },
  'Create action item': { type: 3, line: '/action add' },
  'Page this person': { type: 2, line: '/incident page' },
} as const

/** In a thread, the channel that it is a thread of. */
function parentOf({ type, parent_id }: Body): Pick<ChatInput, 'parent'> {
  const parent = THREADS.includes(type) ? text(parent_id) : undefined
  return parent === undefined ? {} : { parent }
}

function fromMenu(
  data: Body,
  payload: Body,
  us: { readonly guildId: string; readonly me: string | undefined },
): Pick<ChatInput, 'line' | 'about'> | undefined {
  const menu = MENUS[data.name as keyof typeof MENUS]
  const target = text(data.target_id)
  if (!menu || !target) return undefined
  if (menu.type === 2) return { line: `${menu.line} @${target}` }
  const message = part(part(part(data.resolved).messages)[target])
  const channel = text(payload.channel_id) ?? ''
  const { withheld: _, ...said } = saidOf({ ...message, id: target }, { ...us, channel })
  // A menu is told the words of its message: where there are none, it has none.
  return { line: menu.line, about: { ...said, text: said.text ?? '(a message without text)' } }
}

function pressed(
  payload: Body,
  { id, token, base }: Pick<Inbound, 'id' | 'token'> & { readonly base: Omit<ChatInput, 'line'> },
): Inbound | Question | undefined {
  const data = part(payload.data)
  const chosen = Array.isArray(data.values) ? text(data.values[0]) : undefined
  const line = chosen ?? withoutNonce(text(data.custom_id) ?? '')
  if (line.startsWith('/')) return { kind: 'component', id, token, input: { ...base, line } }
  if (!line.startsWith(`${ASK}/`)) return undefined
  const label = labelOf(part(payload.message).components, text(data.custom_id))
  return { kind: 'question', id, token, label: label ?? 'Go on', command: line.slice(ASK.length) }
}

const labelOf = (rows: unknown, customId: string | undefined): string | undefined =>
  text(
    parts(rows)
      .flatMap(row => parts(row.components))
      .find(component => component.custom_id === customId)?.label,
  )

function completing(
  data: Body,
  { id, token, user }: Pick<Completing, 'id' | 'token' | 'user'>,
): Completing | undefined {
  const [sub] = parts(data.options)
  const option = parts(sub?.options).find(each => each.focused === true)
  const [group, command, name] = [text(data.name), text(sub?.name), text(option?.name)]
  if (!group || !command || !name) return undefined
  return {
    kind: 'completing',
    id,
    token,
    user,
    group,
    command,
    option: name,
    typed: String(option?.value ?? ''),
  }
}
