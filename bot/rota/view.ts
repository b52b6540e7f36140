/** The words at a change of shift, to whoever begins and to whoever ends. */
import { type Message, note, text } from '../message.ts'
import { nextChange, onCall } from '../schedules/on-call.ts'
import { people } from '../timeline/describe.ts'
import type { Instant } from '../words.ts'
import type { World } from '../world.ts'

export function handoffView(world: World, name: string, begins: boolean, at: Instant): Message {
  const schedule = world.config.schedules[name]
  const until = schedule && nextChange(schedule, world.overrides, at)
  const now = schedule ? onCall(schedule, world.overrides, at).people : []
  if (begins) {
    return {
      summary: `You are on call for ${name} now`,
      tone: 'calm',
      blocks: [
        text([
          { bold: `You are on call for ${name} now` },
          ...(until === undefined ? ['.'] : [' until ', { time: until, as: 'at' as const }, '.']),
        ]),
        note('Pages come here, with an Ack button.'),
      ],
    }
  }
  return {
    summary: `Your shift for ${name} is over`,
    tone: 'calm',
    blocks: [
      text([
        { bold: `Your shift for ${name} is over.` },
        ...(now.length > 0 ? [' On call now: ', ...people(now), '.'] : [' Nobody is on call now.']),
      ]),
    ],
  }
}
