/**
 * The message tree as a Discord message: a first line that the phone shows, an embed with the rest, and the buttons.
 * `allowed_mentions` names the people that a mention leaf names, and nobody else (issue of every chat bot: S7).
 */
import type { Block, Button, Message, Picture, Tone } from '../../bot/message.ts'
import type { Directory } from '../../bot/ports.ts'
import { clean, cut, fitMessage, type Limits, told } from '../fit.ts'
import { CUSTOM_ID } from './key.ts'
import { literal, markdown, verbatim } from './markdown.ts'
import type { File, Json } from './rest.ts'

/** Escapes can double a text, so what is typed gets half of what Discord takes (4,096 in an embed's description). */
export const LIMITS: Limits = {
  blocks: 40,
  heading: 120,
  text: 1200,
  fields: 10,
  buttons: 5,
  label: 75,
  choices: 25,
}
const DESCRIPTION = 4_000
/** Twice as long when all of it is escaped, and twenty mentions fit beside it. */
const SUMMARY = 700
const ROWS = 5

const LOOK: Readonly<Record<Tone, readonly [sign: string, color: number]>> = {
  SEV1: ['🔴 ', 0xd92d20],
  SEV2: ['🟠 ', 0xf79009],
  SEV3: ['🟡 ', 0xeab308],
  SEV4: ['⚪ ', 0x98a2b3],
  good: ['✅ ', 0x12b76a],
  calm: ['', 0x5865f2],
  refused: ['⚠️ ', 0xf79009],
}

/** A button with a question: the press asks it, and the answer's button carries the command. */
export const ASK = '?'

export type Rendered = {
  /** Pictures, in the order of `attachments`. */
  readonly files?: readonly File[]
  readonly attachments?: readonly Json[]
  readonly content: string
  readonly embeds: readonly Json[]
  readonly components: readonly Json[]
  readonly allowed_mentions: { readonly parse: readonly []; readonly users: readonly string[] }
}

export function render(message: Message, directory: Directory): Rendered {
  const fitted = fitMessage(message, LIMITS)
  const users = mentioned(fitted.blocks, directory)
  const [sign, color] = LOOK[message.tone]
  const pings = users.map(user => `<@${user}>`).join(' ')
  const [first, ...rest] = fitted.blocks
  const headed = first?.kind === 'heading' ? first : undefined
  const said = headed
    ? `**${literal(headed.text).replaceAll('\n', ' ').trim()}**`
    : literal(cut(fitted.summary, SUMMARY))
  const content = `${pings}${pings ? ' ' : ''}${sign}${said}`
  const parts = (headed ? rest : fitted.blocks)
    .map(block => textOf(block, directory))
    .filter(part => part !== '')
  const description = joined(parts)
  const plain = description === said || description === ''
  const pictures = shownIn(fitted)
  return {
    content,
    ...attached(pictures),
    embeds: embedsOf(plain ? '' : description, pictures, color),
    components: rows(fitted.blocks),
    allowed_mentions: { parse: [], users },
  }
}

/** An embed shows one picture. The first stands under the words, the others have one each. */
function embedsOf(description: string, pictures: readonly Shown[], color: number): readonly Json[] {
  const [first, ...rest] = pictures.map(({ name }) => ({ image: { url: `attachment://${fileOf(name)}` } }))
  return [
    ...(description || first ? [{ color, ...(description ? { description } : {}), ...first }] : []),
    ...rest.map(image => ({ color, ...image })),
  ]
}

/** Ten embeds are the most. */
const PICTURES = 9
type Shown = Picture & { readonly png: Uint8Array }
const fileOf = (name: string): string => `${name}.png`

const shownIn = ({ blocks }: Message): readonly Shown[] =>
  blocks
    .flatMap(block => (block.kind === 'image' && block.picture.png ? [block.picture as Shown] : []))
    .slice(0, PICTURES)

const attached = (pictures: readonly Shown[]) =>
  pictures.length === 0
    ? {}
    : {
        files: pictures.map(({ name, png }) => ({ name: fileOf(name), data: png, contentType: 'image/png' })),
        attachments: pictures.map(({ name, alt }, index) => ({
          id: String(index),
          filename: fileOf(name),
          description: alt,
        })),
      }

export const hasPictures = (message: Message): boolean => shownIn(message).length > 0

export const withoutPictures = (message: Message, why: string): Message => ({
  ...message,
  blocks: message.blocks.map(block => {
    if (block.kind !== 'image') return block
    const { png: _, ...picture } = block.picture
    return { ...block, picture: { ...picture, lost: why } }
  }),
})

/** Mentions notify only in the content of a message, so they are gathered there. */
function mentioned(blocks: readonly Block[], directory: Directory): readonly string[] {
  const lines = blocks.flatMap(block => {
    switch (block.kind) {
      case 'text':
        return block.lines
      case 'list':
        return block.items
      case 'fields':
        return block.fields.map(field => field.value)
      case 'note':
        return [block.line]
      default:
        return []
    }
  })
  const users = lines.flat().flatMap(part => {
    const user =
      typeof part === 'object' && 'mention' in part ? directory.person(part.mention).user : undefined
    return user ? [user] : []
  })
  return [...new Set(users)].slice(0, 20)
}

function textOf(block: Block, directory: Directory): string {
  const say = (line: Parameters<typeof markdown>[0]) => markdown(line, directory)
  switch (block.kind) {
    case 'heading':
      return `### ${literal(block.text).replaceAll('\n', ' ')}`
    case 'text':
      return block.lines.map(say).join('\n')
    case 'fields':
      return block.fields.map(field => `**${literal(field.label)}:** ${say(field.value)}`).join('\n')
    case 'list':
      return block.items.map(item => `- ${say(item)}`).join('\n')
    case 'quote':
      return clean(block.text)
        .split('\n')
        .map(line => `> ${literal(line)}`)
        .join('\n')
    case 'code':
      return `\`\`\`\n${verbatim(block.text)}\n\`\`\``
    case 'note':
      return `-# ${say(block.line)}`
    case 'image':
      return block.picture.png ? '' : `-# ${literal(told(block.picture))}`
    case 'divider':
      return '⎯⎯⎯'
    case 'buttons':
    case 'select':
      return ''
  }
}

/** As many whole parts as there is room for, and how many are missing. */
function joined(parts: readonly string[]): string {
  let text = ''
  for (const [index, part] of parts.entries()) {
    const next = text === '' ? part : `${text}\n${part}`
    if (next.length > DESCRIPTION - 30) return `${text}\n-# and ${parts.length - index} more`
    text = next
  }
  return text
}

function rows(blocks: readonly Block[]): readonly Json[] {
  const taken = new Set<string>()
  const unique = (id: string): string => {
    let free = id.slice(0, CUSTOM_ID)
    while (taken.has(free)) free = `${free} `
    taken.add(free)
    return free
  }
  return blocks
    .flatMap((block, index): readonly Json[] => {
      if (block.kind === 'buttons' && block.buttons.length > 0)
        return [{ type: 1, components: block.buttons.map(button => renderButton(button, unique)) }]
      if (block.kind === 'select' && block.choices.length > 0)
        return [{ type: 1, components: [renderSelect(block, `s${index}`)] }]
      return []
    })
    .slice(0, ROWS)
}

/** Discord refuses an empty label. */
const labelled = (label: string): string => (label.trim() === '' ? '…' : label)

const STYLE = { primary: 1, danger: 4 } as const

const renderButton = (button: Button, unique: (id: string) => string): Json => ({
  type: 2,
  style: button.style ? STYLE[button.style] : 2,
  label: labelled(button.label),
  custom_id: unique(`${button.confirm ? ASK : ''}${button.command}`),
})

const renderSelect = (block: Extract<Block, { kind: 'select' }>, id: string): Json => ({
  type: 3,
  custom_id: id,
  placeholder: cut(block.placeholder, 150),
  options: block.choices.map(choice => ({
    label: labelled(choice.label),
    value: choice.command.slice(0, CUSTOM_ID),
  })),
})
