/** What views of more than one stream are made of, gathered from the store. */
import type { Incident } from '../incidents/state.ts'
import type { Signer, Store } from '../ports.ts'
import { DAYS, isAsked } from '../postmortem/due.ts'
import { type Remembered, remember } from '../postmortem/load.ts'
import type { Seen } from '../postmortem/view.ts'
import { openLink, postmortemPath } from '../sessions/link.ts'
import type { ChatName, IncidentId, Instant, PersonId } from '../words.ts'
import type { Engine } from './handle.ts'

const DAY_MS = 24 * 60 * 60_000
const PAGE = 500

/** A draft that nobody has finished for so long is history. */
const OWED_DAYS = 400

/** The incidents whose post-mortems somebody is asked for now, oldest first. */
export async function unfinishedFacts(
  { engine, store }: { readonly engine: Engine; readonly store: Pick<Store, 'incidents'> },
  who: PersonId | 'team',
  now: Instant,
): Promise<readonly Incident[]> {
  const world = await engine.world()
  const found: Incident[] = []
  let before: number | undefined
  for (;;) {
    const rows = await store.incidents({
      open: false,
      limit: PAGE,
      ...(before === undefined ? {} : { before }),
    })
    for (const { id, severity, test } of rows) {
      const grave = DAYS[severity] !== undefined && !test
      const incident = grave ? await engine.incident(id) : undefined
      if (incident && isAsked(world, incident, who, now)) found.unshift(incident)
    }
    const last = rows.at(-1)
    if (rows.length < PAGE || !last || now - last.declaredAt > OWED_DAYS * DAY_MS) return found
    before = last.number
  }
}

export async function postmortemFacts(
  { engine, signer }: { readonly engine: Engine; readonly signer: Signer },
  id: IncidentId,
  chat: ChatName,
): Promise<(Seen & Remembered) | undefined> {
  const world = await engine.world()
  const found = await remember(engine, world, id)
  return found && { world, url: openLink({ world, signer }, chat, postmortemPath(id)), ...found }
}
