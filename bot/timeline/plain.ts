/** A line as plain text: for notifications, exports and the command line. Times are given in the team's zone. */
import { DateTime } from 'luxon'
import { nameOf } from '../incidents/asked.ts'
import type { Block, Inline, Line, Message } from '../message.ts'
import type { World } from '../world.ts'

export const plain = (world: World, line: Line): string =>
  line.reduce<string>((text, part) => text + leaf(world, part), '')

/** The same message with nothing to look up in it: for ways that know neither people nor incidents. */
export const plainMessage = (world: World, message: Message): Message => ({
  ...message,
  blocks: message.blocks.map(block => plainBlock(world, block)),
})

function plainBlock(world: World, block: Block): Block {
  const of = (line: Line): Line => [plain(world, line)]
  switch (block.kind) {
    case 'text':
      return { ...block, lines: block.lines.map(of) }
    case 'fields':
      return { ...block, fields: block.fields.map(({ label, value }) => ({ label, value: of(value) })) }
    case 'list':
      return { ...block, items: block.items.map(of) }
    case 'note':
      return { ...block, line: of(block.line) }
    default:
      return block
  }
}

function leaf(world: World, part: Inline): string {
  if (typeof part === 'string') return part
  if ('bold' in part) return part.bold
  if ('code' in part) return part.code
  if ('person' in part) return nameOf(world, part.person)
  if ('mention' in part) return nameOf(world, part.mention)
  if ('time' in part) return clockTime(world, part.time)
  if ('link' in part) return `${part.text} (${part.link})`
  return part.room
}

/** `2026-11-24 09:05 JST`, in the team's zone. */
export const clockTime = (world: World, at: number): string =>
  DateTime.fromMillis(at, { zone: world.config.team.timezone, locale: 'en' }).toFormat(
    'yyyy-MM-dd HH:mm ZZZZ',
  )
