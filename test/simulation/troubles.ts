/** What fails: providers one by one and together, the process, the machine, its clock, the database. */
import type { Provider, Trouble } from './evidence.ts'
import type { Parts } from './happenings.ts'
import type { Stage } from './stage.ts'
import { HOUR, MINUTE } from './team.ts'
import { FAILURES } from './weather.ts'

/** What there is of trouble in a life; where there is none every time is exact. */
export const CLIMATES = [
  ...(['calm', 'calm', 'weather', 'weather', 'machine', 'machine'] as const),
  ...(['clock', 'everything', 'everything'] as const),
]
/** The same where there are two processes. */
export const PAIR_CLIMATES = ['restarts', 'hangs', 'hangs', 'storms'] as const
export type Climate = (typeof CLIMATES)[number] | (typeof PAIR_CLIMATES)[number]

export const TROUBLES: readonly {
  readonly weight: number
  readonly in: readonly Climate[]
  run(parts: Parts): unknown
}[] = [
  { weight: 10, in: ['weather', 'everything', 'storms'], run: turn },
  { weight: 3, in: ['weather', 'everything', 'storms'], run: swizzle },
  { weight: 2, in: ['weather', 'everything', 'storms'], run: archive },
  { weight: 9, in: ['machine', 'everything', 'hangs', 'storms'], run: die },
  { weight: 12, in: ['hangs', 'storms'], run: hang },
  { weight: 8, in: ['restarts', 'hangs', 'storms'], run: ({ play }) => play.rise() },
  { weight: 3, in: ['machine', 'clock', 'everything'], run: sleep },
  { weight: 3, in: ['machine', 'everything', 'storms'], run: disk },
  { weight: 3, in: ['everything'], run: step },
  { weight: 8, in: ['clock'], run: step },
]

/** For a while; what it was before comes back. */
function trouble(
  stage: Stage,
  about: { readonly what: Trouble['what']; readonly ms: number; readonly by?: Provider },
  begin: () => void,
  end: () => void,
): void {
  const { what, ms, by } = about
  stage.troubles.push({ from: stage.now(), to: stage.now() + ms, what, ...(by ? { by } : {}) })
  stage.tell('---', `${by ?? ''} ${what} for ${Math.round(ms / 1000)} s`.trim())
  begin()
  stage.agenda.add(stage.now() + ms, end)
}

/** The weather of one provider turns: all that can fail, or one thing of it. */
function turn({ stage }: Pick<Parts, 'stage'>, by?: Provider, lasts?: number): void {
  const { luck, skies } = stage
  const whose = by ?? luck.pick([...skies.keys()])
  const kinds = luck.happens(0.5) ? FAILURES : [luck.pick(FAILURES)]
  const share = luck.pick([0.1, 0.5, 0.9, 1])
  const ms = lasts ?? luck.pick([1, 5, 20, 60, 180]) * MINUTE
  const sky = skies.get(whose)
  trouble(
    stage,
    { what: 'weather', ms, by: whose },
    () => sky?.set(share, kinds),
    () => sky?.set(0),
  )
}

/** They fail one by one, and heal in whatever order. */
function swizzle({ stage }: Parts): void {
  let at = 0
  for (const by of stage.skies.keys()) {
    at += stage.luck.upTo(5 * MINUTE)
    const lasts = (10 + stage.luck.upTo(50)) * MINUTE
    stage.agenda.add(stage.now() + at, () => turn({ stage }, by, lasts))
  }
}

/** The team's channel on one chat cannot be written to. */
function archive({ stage }: Parts): void {
  const by = stage.luck.pick(['slack', 'discord'] as const)
  const place = `${by}:#incidents`
  trouble(
    stage,
    { what: 'weather', ms: 40 * MINUTE, by },
    () => stage.archived.add(place),
    () => stage.archived.delete(place),
  )
}

function die({ play, stage }: Parts): void {
  play.running?.line.dieIn(1 + stage.luck.upTo(14), stage.luck.happens(0.5))
}

/** Mostly about as long as what it had begun is left to it. */
function hang({ play, stage }: Parts): void {
  const { luck } = stage
  play.hang(
    luck.pick([5_000, 15_000 + luck.upTo(10_000), 15_000 + luck.upTo(10_000), MINUTE, 10 * MINUTE, HOUR]),
  )
}

function sleep({ play, stage }: Parts): void {
  play.sleep(stage.luck.pick([1_000, 20_000, 10 * MINUTE, HOUR, 8 * HOUR]))
}

function disk({ stage }: Parts): void {
  const share = stage.luck.pick([0.1, 0.5, 1])
  const ms = stage.luck.pick([5_000, MINUTE, 10 * MINUTE])
  trouble(
    stage,
    { what: 'database', ms },
    () => stage.disk.set(share),
    () => stage.disk.set(0),
  )
}

function step({ stage }: Parts): void {
  const back = stage.skew !== 0 && stage.luck.happens(0.6)
  const some = stage.luck.pick([-HOUR, -5 * MINUTE, -2_000, 2_000, 5 * MINUTE, HOUR])
  const ms = back ? -stage.skew : some
  stage.step(ms)
  stage.tell('---', `the clock is set ${ms < 0 ? 'back' : 'forward'} by ${Math.abs(ms) / 1000} s`)
}
