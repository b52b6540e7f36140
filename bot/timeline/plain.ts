/** A line as plain text: for notifications, exports and the command line. Times are given in the team's zone. */
import { DateTime } from 'luxon'
import { nameOf } from '../incidents/asked.ts'
import type { Inline, Line } from '../message.ts'
import type { World } from '../world.ts'

export const plain = (world: World, line: Line): string => line.map(part => leaf(world, part)).join('')

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
