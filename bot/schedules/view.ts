/** Who is on call, in words. */
import { nameOf } from '../incidents/asked.ts'
import { type Block, heading, type Line, list, type Message, text } from '../message.ts'
import { people } from '../timeline/describe.ts'
import type { World } from '../world.ts'
import { nextChange, onCall } from './on-call.ts'

/** Who is on call for every schedule, and until when. */
export function onCallNow(world: World, now: number): Message {
  const lines = Object.values(world.config.schedules).map((schedule): Line => {
    const shift = onCall(schedule, world.overrides, now)
    const until = nextChange(schedule, world.overrides, now)
    const who: Line = shift.people.length > 0 ? people(shift.people) : [{ bold: 'nobody' }]
    return [
      { bold: schedule.name },
      ': ',
      ...who,
      ...(until === undefined ? [] : [' until ', { time: until, as: 'at' as const }]),
    ]
  })
  const blocks: Block[] =
    lines.length > 0 ? [heading('On call now'), list(lines)] : [text('The configuration has no schedules.')]
  const names = Object.values(world.config.schedules).map(schedule => {
    const { people: onIt } = onCall(schedule, world.overrides, now)
    return `${schedule.name} ${onIt.map(id => nameOf(world, id)).join(', ') || 'nobody'}`
  })
  return { summary: `On call now: ${names.join('; ') || 'no schedules'}`, tone: 'calm', blocks }
}
