/** Messages as plain words: for mail programs that show no HTML, and for the terminal. */
import type { Block, Inline, Line } from '../bot/message.ts'
import type { PageText } from '../bot/ports.ts'
import { told } from './fit.ts'

export const plainText = ({ message, ackUrl, code }: PageText): string =>
  [
    ...message.blocks.flatMap(block => blockText(block)),
    ...(ackUrl === null ? [] : [`To acknowledge, open ${ackUrl} and press Ack.`]),
    `Code: ${code}`,
  ].join('\n\n')

export function blockText(block: Block): readonly string[] {
  switch (block.kind) {
    case 'heading':
    case 'quote':
    case 'code':
      return [block.text]
    case 'text':
      return [block.lines.map(lineText).join('\n')]
    case 'fields':
      return [block.fields.map(({ label, value }) => `${label}: ${lineText(value)}`).join('\n')]
    case 'list':
      return [block.items.map(item => `- ${lineText(item)}`).join('\n')]
    case 'note':
      return [lineText(block.line)]
    case 'image':
      return [told(block.picture)]
    default:
      return []
  }
}

export const lineText = (line: Line): string => line.map(leafText).join('')

/** People and incidents by their names in the configuration: a mail knows no mentions. */
export function leafText(part: Inline): string {
  if (typeof part === 'string') return part
  if ('bold' in part) return part.bold
  if ('code' in part) return part.code
  if ('person' in part) return part.person
  if ('mention' in part) return part.mention
  if ('time' in part) return `${new Date(part.time).toISOString().slice(0, 16).replace('T', ' ')} UTC`
  if ('link' in part) return `${part.text} (${part.link})`
  return part.room
}
