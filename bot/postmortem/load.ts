/** A post-mortem from whatever can be asked about an incident: the engine, a command's context, a database that is only read. */
import type { Actions } from '../actions/state.ts'
import { investigate } from '../evidence/candidates.ts'
import type { Investigation } from '../evidence/investigation.ts'
import type { Happened } from '../incidents/events.ts'
import type { Incident } from '../incidents/state.ts'
import type { IngestedState } from '../ingested/ingested.ts'
import { knownOf, type Standing } from '../sources/known.ts'
import { type Entry, entriesOf } from '../timeline/entries.ts'
import type { IncidentId } from '../words.ts'
import type { World } from '../world.ts'
import type { Postmortem } from './document.ts'
import { editionOf, postmortemOf } from './draft.ts'

export type Reader = {
  incident(id: IncidentId): Promise<Incident | undefined>
  history(id: IncidentId): Promise<readonly Happened[]>
  ingested(): Promise<IngestedState>
  actions(): Promise<Actions>
}

export type Remembered = {
  readonly incident: Incident
  readonly history: readonly Happened[]
  readonly entries: readonly Entry[]
  readonly investigation: Investigation
  /** How it stands with each source that was asked. */
  readonly standings: readonly Standing[]
  readonly postmortem: Postmortem
  /** As it was last published; undefined before. */
  readonly edition: Postmortem | undefined
}

/** Undefined when there is no such incident. */
export async function remember(
  reader: Reader,
  world: World,
  id: IncidentId,
): Promise<Remembered | undefined> {
  const incident = await reader.incident(id)
  if (!incident) return undefined
  const [history, ingested, actions] = await Promise.all([
    reader.history(id),
    reader.ingested(),
    reader.actions(),
  ])
  const entries = entriesOf(world, incident, history, ingested)
  const { seen, standings } = knownOf(history)
  const investigation = investigate(world, incident, ingested, seen)
  const facts = {
    world,
    incident,
    history,
    entries,
    investigation,
    actions: actions.items.filter(item => item.incident === id),
  }
  return {
    incident,
    history,
    entries,
    investigation,
    standings,
    postmortem: postmortemOf(facts),
    edition: editionOf(facts),
  }
}
