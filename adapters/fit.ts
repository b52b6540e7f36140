/**
 * Trims a message to what a chat takes, with a visible word about what was left out. Limits are data that each chat declares.
 * Untrusted text is cleaned here once, for all of them: no control characters, no direction marks, no walls of empty lines.
 */
import type { Block, Inline, Line, Message, Picture } from '../bot/message.ts'

export type Limits = {
  readonly blocks: number
  readonly heading: number
  /** Characters of one text, list, quote or code block. */
  readonly text: number
  readonly fields: number
  readonly buttons: number
  readonly label: number
  readonly choices: number
}

/** What a chat keeps beside a picture: Slack 1,000, Discord 1,024. */
const ALT = 1_000

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out.
const UNSEEN = /[\u0000-\u0008\u000B-\u001F\u007F\u061C\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/g

/** Literal text without what could hide or turn it around (S8). */
export const clean = (text: string): string => text.replace(UNSEEN, '').replace(/\n{3,}/g, '\n\n')

/** At most `max` UTF-16 units, cut between graphemes, with an ellipsis. */
export function cut(text: string, max: number): string {
  const cleaned = clean(text)
  if (cleaned.length <= max) return cleaned
  let kept = ''
  for (const { segment } of graphemes.segment(cleaned)) {
    if (kept.length + segment.length > max - 1) break
    kept += segment
  }
  return `${kept}…`
}

export function fitMessage(message: Message, limits: Limits): Message {
  const blocks = message.blocks.map(block => fitBlock(block, limits))
  const over = blocks.length - limits.blocks
  const kept = over > 0 ? [...blocks.slice(0, limits.blocks - 1), leftOut(over + 1)] : blocks
  return { ...message, summary: cut(message.summary, limits.text), blocks: kept }
}

const leftOut = (count: number): Block => ({ kind: 'note', line: [`and ${count} more`] })

function fitBlock(block: Block, limits: Limits): Block {
  switch (block.kind) {
    case 'heading':
      return { ...block, text: cut(block.text, limits.heading) }
    case 'quote':
    case 'code':
      return { ...block, text: cut(block.text, limits.text) }
    case 'text':
      return { ...block, lines: fitLines(block.lines, limits.text) }
    case 'list':
      return { ...block, items: fitLines(block.items, limits.text) }
    case 'note':
      return { ...block, line: fitLine(block.line, limits.text) }
    case 'fields':
      return {
        ...block,
        fields: block.fields.slice(0, limits.fields).map(field => ({
          label: cut(field.label, limits.label),
          value: fitLine(field.value, limits.text / 4),
        })),
      }
    case 'buttons':
      return {
        ...block,
        buttons: block.buttons
          .slice(0, limits.buttons)
          .map(button => ({ ...button, label: cut(button.label, limits.label) })),
      }
    case 'select':
      return {
        ...block,
        choices: block.choices
          .slice(0, limits.choices)
          .map(choice => ({ ...choice, label: cut(choice.label, limits.label) })),
      }
    case 'image':
      return { ...block, picture: { ...block.picture, alt: cut(block.picture.alt, ALT) } }
    case 'divider':
      return block
  }
}

/** A picture that cannot be shown is told: nobody misses what it says. */
export const told = ({ alt, lost }: Picture): string =>
  `Picture${lost ? ` (not shown: ${lost})` : ''}: ${alt}`

/** As many whole lines as there is room for, and how many are missing. */
function fitLines(lines: readonly Line[], max: number): readonly Line[] {
  const kept: Line[] = []
  let used = 0
  for (const [index, each] of lines.entries()) {
    const line = fitLine(each, max - 40)
    used += lengthOf(line) + 1
    if (used > max - 20 && index < lines.length) return [...kept, [`and ${lines.length - index} more`]]
    kept.push(line)
  }
  return kept
}

function fitLine(line: Line, max: number): Line {
  let left = max
  return line.flatMap((part): Inline[] => {
    if (left <= 0) return []
    const fitted = fitInline(part, left)
    left -= lengthOf([fitted])
    return [fitted]
  })
}

function fitInline(part: Inline, max: number): Inline {
  if (typeof part === 'string') return cut(part, max)
  if ('bold' in part) return { bold: cut(part.bold, max) }
  if ('code' in part) return { code: cut(part.code, max) }
  return 'link' in part ? { ...part, text: cut(part.text, max) } : part
}

/** A generous guess for the leaves that a chat writes itself. */
const LEAF = 40
const lengthOf = (line: Line): number =>
  line.reduce(
    (sum, part) =>
      sum +
      (typeof part === 'string'
        ? part.length
        : 'bold' in part
          ? part.bold.length
          : 'code' in part
            ? part.code.length
            : 'link' in part
              ? part.text.length + part.link.length
              : LEAF),
    0,
  )
