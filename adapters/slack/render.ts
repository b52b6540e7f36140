/**
 * The message tree as Block Kit. Text goes into rich_text elements, where nothing is markup: no word of anybody's can bold,
 * link, mention or break out (S7). Only `mention` leaves notify, and only people who are linked.
 */
import type { Block, Inline, Line, Message, Picture, Tone } from '../../bot/message.ts'
import type { Directory } from '../../bot/ports.ts'
import { clean, fitMessage, type Limits, told } from '../fit.ts'

/** Slack's, with room to spare where it counts in other units. */
export const LIMITS: Limits = {
  blocks: 48,
  heading: 140,
  text: 2800,
  fields: 10,
  buttons: 5,
  label: 70,
  choices: 100,
}

export type Json = { readonly [key: string]: unknown }
export type Files = ReadonlyMap<string, string>
const NO_FILES: Files = new Map()

export type Rendered = { readonly text: string; readonly blocks: readonly Json[] }

const SIGN: Readonly<Record<Tone, string>> = {
  SEV1: '🔴 ',
  SEV2: '🟠 ',
  SEV3: '🟡 ',
  SEV4: '⚪ ',
  good: '✅ ',
  calm: '',
  refused: '⚠️ ',
}

/** `files`: the picture's name -> the file at Slack that shows it. */
export function render(message: Message, directory: Directory, files: Files = NO_FILES): Rendered {
  const fitted = fitMessage(message, LIMITS)
  const blocks = fitted.blocks.flatMap((block, index) => renderBlock(block, index, directory, files))
  return {
    text: `${SIGN[message.tone]}${escapeText(fitted.summary)}`,
    blocks: withSign(blocks, message.tone),
  }
}

/** The tone as a sign before the heading; a message without one goes without. */
function withSign(blocks: readonly Json[], tone: Tone): readonly Json[] {
  const [first, ...rest] = blocks
  if (first?.type !== 'header') return blocks
  const { text } = first.text as { text: string }
  return [{ ...first, text: plain(`${SIGN[tone]}${text}`) }, ...rest]
}

const plain = (text: string): Json => ({ type: 'plain_text', text, emoji: false })
const richText = (...elements: readonly Json[]): Json => ({ type: 'rich_text', elements })
const section = (elements: readonly Json[]): Json => ({
  type: 'rich_text_section',
  elements: elements.length > 0 ? elements : [{ type: 'text', text: ' ' }],
})

function renderBlock(block: Block, index: number, directory: Directory, files: Files): readonly Json[] {
  const leaves = (line: Line) => line.flatMap(part => leaf(part, directory))
  switch (block.kind) {
    case 'heading':
      return [{ type: 'header', text: plain(block.text || ' ') }]
    case 'text':
      return [
        richText(
          section(
            block.lines.flatMap((line, at) => [
              ...(at > 0 ? [{ type: 'text', text: '\n' }] : []),
              ...leaves(line),
            ]),
          ),
        ),
      ]
    case 'fields':
      return [
        richText(
          section(
            block.fields.flatMap((field, at) => [
              { type: 'text', text: `${at > 0 ? '\n' : ''}${field.label}: `, style: { bold: true } },
              ...leaves(field.value),
            ]),
          ),
        ),
      ]
    case 'list':
      return block.items.length === 0
        ? []
        : [
            richText({
              type: 'rich_text_list',
              style: 'bullet',
              elements: block.items.map(item => section(leaves(item))),
            }),
          ]
    case 'quote':
      return [richText({ type: 'rich_text_quote', elements: textOf(block.text) })]
    case 'code':
      return [richText({ type: 'rich_text_preformatted', elements: textOf(block.text) })]
    case 'image':
      return [renderPicture(block.picture, files.get(block.picture.name))]
    case 'divider':
      return [{ type: 'divider' }]
    case 'note':
      return [
        {
          type: 'context',
          elements: [
            {
              type: 'mrkdwn',
              text: block.line.map(part => mrkdwn(part, directory)).join('') || ' ',
              verbatim: true,
            },
          ],
        },
      ]
    case 'buttons':
      return block.buttons.length === 0
        ? []
        : [
            {
              type: 'actions',
              elements: block.buttons.map((button, at) => renderButton(button, `b${index}-${at}`)),
            },
          ]
    case 'select':
      return [{ type: 'actions', elements: [renderSelect(block, `s${index}`)] }]
  }
}

const renderPicture = (picture: Picture, id: string | undefined): Json =>
  id === undefined
    ? { type: 'context', elements: [plain(told(picture))] }
    : { type: 'image', slack_file: { id }, alt_text: picture.alt }

const textOf = (text: string): readonly Json[] => [{ type: 'text', text: clean(text) || ' ' }]

function renderButton(button: Extract<Block, { kind: 'buttons' }>['buttons'][number], id: string): Json {
  const confirm = {
    title: plain(button.label.slice(0, 100)),
    text: plain((button.confirm ?? '').slice(0, 300)),
    confirm: plain(button.label.slice(0, 30)),
    deny: plain('Not now'),
  }
  return {
    type: 'button',
    action_id: id,
    text: plain(button.label),
    value: button.command,
    ...(button.style ? { style: button.style } : {}),
    ...(button.confirm ? { confirm } : {}),
  }
}

const renderSelect = (block: Extract<Block, { kind: 'select' }>, id: string): Json => ({
  type: 'static_select',
  action_id: id,
  placeholder: plain(block.placeholder.slice(0, 150)),
  options: block.choices.map(choice => ({ text: plain(choice.label), value: choice.command.slice(0, 150) })),
})

/** One leaf as rich text elements; empty text is none, since Slack refuses it. */
function leaf(part: Inline, directory: Directory): readonly Json[] {
  if (typeof part === 'string') return part === '' ? [] : [{ type: 'text', text: clean(part) || ' ' }]
  if ('bold' in part) return [{ type: 'text', text: clean(part.bold) || ' ', style: { bold: true } }]
  if ('code' in part) return [{ type: 'text', text: clean(part.code) || ' ', style: { code: true } }]
  if ('person' in part)
    return [{ type: 'text', text: directory.person(part.person).name, style: { bold: true } }]
  if ('mention' in part) return mention(part.mention, directory)
  if ('time' in part) return [date(part.time, part.as)]
  if ('link' in part) return [{ type: 'link', url: part.link, text: clean(part.text) || part.link }]
  const room = directory.room(part.room)
  return [
    room ? { type: 'channel', channel_id: room } : { type: 'text', text: part.room, style: { bold: true } },
  ]
}

function mention(person: string, directory: Directory): readonly Json[] {
  const { name, user } = directory.person(person)
  return [user ? { type: 'user', user_id: user } : { type: 'text', text: name, style: { bold: true } }]
}

const FORMAT = { at: '{date_short_pretty} {time}', relative: '{date_short_pretty} {time}' } as const

const date = (at: number, as: 'at' | 'relative'): Json => ({
  type: 'date',
  timestamp: Math.floor(at / 1000),
  format: FORMAT[as],
  fallback: fallback(at),
})
const fallback = (at: number): string => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`

/** `&`, `<` and `>` are all that mrkdwn lets one escape. */
export const escapeText = (text: string): string =>
  clean(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** What mrkdwn would format and cannot be told not to: the look-alike that it leaves alone. */
const LOOK_ALIKE: Readonly<Record<string, string>> = { '*': '∗', _: 'ˍ', '~': '∼', '`': 'ˋ' }
const literal = (text: string): string =>
  escapeText(text).replace(/[*_~`]/g, sign => LOOK_ALIKE[sign] ?? sign)

function mrkdwn(part: Inline, directory: Directory): string {
  if (typeof part === 'string') return literal(part)
  if ('bold' in part) return `*${literal(part.bold)}*`
  if ('code' in part) return `\`${literal(part.code)}\``
  if ('person' in part) return literal(directory.person(part.person).name)
  if ('mention' in part) {
    const { name, user } = directory.person(part.mention)
    return user ? `<@${user}>` : literal(name)
  }
  if ('time' in part)
    return `<!date^${Math.floor(part.time / 1000)}^${FORMAT[part.as]}|${fallback(part.time)}>`
  if ('link' in part) return `<${encodeURI(part.link).replace(/[|<>]/g, '')}|${literal(part.text)}>`
  const room = directory.room(part.room)
  return room ? `<#${room}>` : literal(part.room)
}
