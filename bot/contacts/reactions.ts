/** A trial that was asked for leaves at once; whoever asked hears what became of it. */
import type { Effect, Reaction } from '../engine/reactions.ts'
import type { ContactEvent } from './events.ts'
import type { ContactBook } from './state.ts'

const sendTrials: Reaction<ContactBook, ContactEvent> = ({ happened, now }) =>
  happened.flatMap(({ event, seq }): readonly Effect[] => {
    if (event.type !== 'contact_tried') return []
    const { person, way, address } = event
    return [{ arm: { kind: 'trial', person, way, address, trial: seq }, at: now }]
  })

export const contactReactions: readonly Reaction<ContactBook, ContactEvent>[] = [sendTrials]
