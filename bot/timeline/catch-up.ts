/** What a channel missed while its chat could not be reached, in one message. */
import type { Happened } from '../incidents/events.ts'
import type { Incident } from '../incidents/state.ts'
import { type Line, list, type Message, note, text } from '../message.ts'
import type { World } from '../world.ts'
import { aloud } from './posts.ts'
import { forRoom } from './reactions.ts'

/** Lines that fit on a phone's screen; the timeline has all. */
const SHOWN = 15

export function catchUpView(world: World, incident: Incident, missed: readonly Happened[]): Message {
  const told = missed.filter(({ event }) => forRoom(event, incident))
  const left = told.length - SHOWN
  const words = `This channel could not be written to for a while. What it missed:`
  return {
    summary: `${incident.id}: what this channel missed`,
    tone: 'calm',
    blocks: [
      text(words),
      list(
        told
          .slice(-SHOWN)
          .map((each): Line => [{ time: each.at, as: 'at' }, ' ', ...aloud(world, incident, each)]),
      ),
      ...(left > 0 ? [note(`and ${left} before these: /incident timeline ${incident.id}`)] : []),
    ],
  }
}
