/** What a digest is made of, gathered from the store: every incident of its weeks, folded. */
import { pastOf } from '../digest/past.ts'
import type { Period } from '../digest/period.ts'
import { type DigestFacts, PATTERN_WEEKS } from '../digest/view.ts'
import type { Store } from '../ports.ts'
import type { Instant } from '../words.ts'
import type { Engine } from './handle.ts'

const WEEK_MS = 7 * 24 * 60 * 60_000
const PAGE = 500

export async function digestFacts(
  { engine, store }: { readonly engine: Engine; readonly store: Pick<Store, 'incidents'> },
  period: Period,
  now: Instant,
): Promise<DigestFacts> {
  const world = await engine.world()
  const ingested = await engine.ingested()
  const since = period.to - PATTERN_WEEKS * WEEK_MS
  const past = []
  let before: number | undefined
  for (;;) {
    const rows = await store.incidents({ limit: PAGE, ...(before === undefined ? {} : { before }) })
    const wanted = rows.filter(row => !row.test && row.declaredAt >= since && row.declaredAt < period.to)
    for (const { id } of wanted) {
      const incident = await engine.incident(id)
      if (incident) past.push(pastOf(world, incident, ingested))
    }
    const last = rows.at(-1)
    if (rows.length < PAGE || !last || last.declaredAt < since) break
    before = last.number
  }
  past.sort((a, b) => a.declaredAt - b.declaredAt)
  return { world, period, past, actions: (await engine.actions()).items, at: Math.min(period.to, now) }
}
