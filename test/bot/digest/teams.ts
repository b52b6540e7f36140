/** Incidents of teams that do not exist: with nothing behind them, or with something planted. */
import type { Past } from '../../../bot/digest/past.ts'
import { type Chance, chance } from '../../simulation/chance.ts'

export const HOUR_MS = 60 * 60_000
export const DAY_MS = 24 * HOUR_MS
/** A Monday. */
export const START = Date.parse('2026-08-31T00:00:00Z')
export const WEEKS = 12
export const RANGE = { from: START, to: START + WEEKS * 7 * DAY_MS }

export const past = (at: number | string, more: Partial<Past> = {}): Past => ({
  id: 'INC-1',
  title: 't',
  severity: 'SEV2',
  service: null,
  declaredAt: typeof at === 'string' ? Date.parse(at) : at,
  ackedAt: null,
  resolvedAt: null,
  cause: null,
  published: false,
  ...more,
})

export type Team = {
  readonly seed: number
  readonly incidents: number
  readonly services: number
  /** An incident brings others of its service within minutes so often. */
  readonly burst?: number
  /** So many of the incidents begin at this hour. */
  readonly hour?: readonly [hour: number, share: number]
  /** So many of them are the first service's. */
  readonly loud?: number
  /** So many of them come within an hour and a half after a deployment. */
  readonly afterDeployment?: number
  readonly deploymentsADay?: number
}

/** Incidents and deployments; everything that is not planted comes at any time, to any service alike. */
export function teamOf(team: Team): {
  readonly all: readonly Past[]
  readonly deployments: readonly number[]
} {
  const dice = chance(team.seed)
  const length = RANGE.to - RANGE.from
  const deployments = Array.from(
    { length: Math.round((team.deploymentsADay ?? 0) * WEEKS * 7) },
    () => START + dice.upTo(length),
  ).sort((a, b) => a - b)
  const all: Past[] = []
  while (all.length < team.incidents) {
    const at = momentOf(team, dice, deployments)
    const service = `s${dice.happens(team.loud ?? 0) ? 0 : dice.upTo(team.services)}`
    all.push(past(at, { service }))
    while (dice.happens(team.burst ?? 0) && all.length < team.incidents)
      all.push(past(at + dice.upTo(20 * 60_000), { service }))
  }
  return { all: all.sort((a, b) => a.declaredAt - b.declaredAt), deployments }
}

function momentOf({ hour, afterDeployment }: Team, dice: Chance, deployments: readonly number[]): number {
  if (afterDeployment && dice.happens(afterDeployment))
    return dice.pick(deployments) + dice.upTo(1.5 * HOUR_MS)
  const day = START + dice.upTo(WEEKS * 7) * DAY_MS
  return day + (hour && dice.happens(hour[1]) ? hour[0] * HOUR_MS + dice.upTo(HOUR_MS) : dice.upTo(DAY_MS))
}
