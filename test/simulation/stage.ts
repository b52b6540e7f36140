/** Where a life is played: time, the providers, the database, and what is written down of it. */
import { openSqlite, type SqliteStore } from '../../adapters/sql/sqlite.ts'
import type { Clock } from '../../bot/ports.ts'
import { countedIds, VirtualClock } from '../support/clock.ts'
import { type Agenda, createAgenda } from './agenda.ts'
import { type Chance, chance } from './chance.ts'
import { configOf } from './configuration.ts'
import { type Disk, fallible } from './database.ts'
import { teamOf } from './editions.ts'
import type { Delivered, Edition, Provider, Refused, Request, Said, Seen, Trouble } from './evidence.ts'
import { type Fate, fateOf } from './fate.ts'
import type { Pulse } from './mortal.ts'
import { beginProcess, type Running } from './process.ts'
import { openProviders } from './providers.ts'
import { storyTeller } from './story.ts'
import { HOUR, type Team } from './team.ts'
import type { Sky } from './weather.ts'

/** A spring night without 02:30, an autumn night with two of them, the end of a year, a leap day, and two that are nothing special. */
const STARTS = [
  '2026-03-27T22:00:00Z',
  '2026-10-23T20:00:00Z',
  '2026-12-30T21:00:00Z',
  '2028-02-28T05:00:00Z',
  '2026-06-02T11:00:00Z',
  '2026-09-11T16:00:00Z',
] as const
export const LENGTH_MS = 48 * HOUR
/** In so many lives one has two processes on one database, as on PostgreSQL. */
const PAIRS = 4

export type Stage = {
  readonly luck: Chance
  readonly start: number
  /** How many processes of the product there are when all is well. */
  readonly processes: 1 | 2
  readonly agenda: Agenda
  readonly pulse: Pulse
  readonly store: SqliteStore
  readonly disk: Disk
  readonly skies: ReadonlyMap<Provider, Sky>
  readonly archived: Set<string>
  readonly fate: Fate
  /** The product's own clock; it may be wrong. */
  readonly clock: Clock
  now(): number
  /** Time passes; nothing is done meanwhile. */
  passTo(at: number): void
  /** The product's clock jumps. */
  step(ms: number): void
  readonly skew: number
  /** `shortly`: it may die while it starts, or soon after. */
  begin(shortly: boolean): Promise<Running>
  fresh(): string
  team: Team
  readonly teams: Edition[]
  readonly seen: Seen[]
  readonly said: Said[]
  readonly delivered: Delivered[]
  readonly requests: Request[]
  readonly refused: Refused[]
  readonly troubles: Trouble[]
  readonly story: readonly string[]
  tell(who: string, words: string): void
  onSeen(listener: (seen: Seen) => void): void
}

export async function openStage(seed: number): Promise<Stage> {
  const luck = chance(seed)
  const start = Date.parse(STARTS[seed % STARTS.length] ?? STARTS[0])
  const truth = new VirtualClock(start)
  const now = () => truth.now()
  let skew = 0
  // It waits for a length of time, whatever the clock is set to meanwhile.
  const clock: Clock = {
    now: () => now() + skew,
    wait: (untilAt, signal) => truth.wait(untilAt - skew, signal),
  }
  const [agenda, pulse] = [createAgenda(), { busy: 0 }]
  const team = teamOf(luck, new Date(start - 10 * 24 * HOUR).toISOString().slice(0, 10))
  const fate = fateOf(luck)
  const { story, tell } = storyTeller(now)
  const [seen, said, delivered]: [Seen[], Said[], Delivered[]] = [[], [], []]
  const [requests, refused, troubles]: [Request[], Refused[], Trouble[]] = [[], [], []]
  const archived = new Set<string>()
  const listeners: ((each: Seen) => void)[] = []
  const see = (each: Seen) => {
    seen.push(each)
    tell(each.by, `${each.where}: ${each.text}`)
    for (const listener of listeners) listener(each)
  }

  const outside = { agenda, now, luck, pulse, fate, archived, requests, refused, see, tell }
  const { chats, pagers, skies } = openProviders(outside)

  const real = await openSqlite(':memory:')
  const processes = seed % PAIRS === 0 ? 2 : 1
  const { store, disk } = fallible(real, luck, luck.happens(0.3) || processes > 1)
  const ids = countedIds(`s${seed}`)
  const ground = { store, chats, pagers, clock, ids, luck, pulse, alone: processes === 1 }

  const stage: Stage = {
    ...{ luck, start, processes, agenda, pulse, store: real, disk, skies, archived, fate, clock, now },
    ...{
      team,
      teams: [{ from: 0, team, sure: true }],
      seen,
      said,
      delivered,
      requests,
      refused,
      troubles,
      story,
      tell,
    },
    passTo: at => truth.moveTo(Math.max(at, now())),
    step(ms) {
      for (const each of troubles) if (each.what === 'clock' && each.to > now()) each.to = now()
      skew += ms
      troubles.push({
        from: now(),
        to: skew === 0 ? now() : Number.POSITIVE_INFINITY,
        what: 'clock',
        step: ms,
      })
    },
    get skew() {
      return skew
    },
    begin: shortly => beginProcess(ground, configOf(stage.team), shortly),
    fresh: () => ids.fresh(),
    onSeen: listener => void listeners.push(listener),
  }
  return stage
}
