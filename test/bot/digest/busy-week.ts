/** A digest of a team with much to tell. */
import type { DigestFacts } from '../../../bot/digest/view.ts'
import type { Severity } from '../../../bot/words.ts'
import type { World } from '../../../bot/world.ts'
import { chance } from '../../simulation/chance.ts'
import { DAY_MS, HOUR_MS, START, teamOf, WEEKS } from './teams.ts'

const TITLES: Readonly<Record<Severity, string>> = {
  SEV1: 'Checkout is down for everyone',
  SEV2: 'Payments fail for a part of the users',
  SEV3: 'Search is slow',
  SEV4: 'A typo on the landing page',
}

export function busyWeek(given: World, seed = 3): DigestFacts {
  const every = { weekday: 1, minute: 0 } as const
  const world = { ...given, config: { ...given.config, digest: { ...given.config.digest, every } } }
  const dice = chance(seed)
  const { all, deployments } = teamOf({
    seed,
    incidents: 62,
    services: 4,
    hour: [9, 0.3],
    deploymentsADay: 2,
  })
  const quiet = [START + 28 * DAY_MS, START + 42 * DAY_MS] as const
  const past = all
    .filter(({ declaredAt }) => declaredAt < quiet[0] || declaredAt >= quiet[1])
    .map((each, index) => {
      const draw = dice.next()
      const severity = draw < 0.12 ? 'SEV1' : draw < 0.4 ? 'SEV2' : draw < 0.8 ? 'SEV3' : 'SEV4'
      const ackedAt = each.declaredAt + dice.wait(7 * 60_000) + 20_000
      return {
        ...each,
        id: `INC-${index + 1}`,
        title: TITLES[severity],
        severity,
        ackedAt: dice.happens(0.9) ? ackedAt : null,
        resolvedAt: dice.happens(0.95) ? ackedAt + dice.wait(3 * HOUR_MS) : null,
        cause: dice.happens(0.4) ? dice.pick(['capacity', 'a deployment', 'configuration']) : null,
        published: dice.happens(0.3),
      } as const
    })
  const to = START + WEEKS * 7 * DAY_MS
  const from = to - 7 * DAY_MS
  const people = Object.keys(world.config.people)
  const loud = ['Disk is filling up', 'p99 latency of search', 'Queue grows'] as const
  return {
    world,
    range: { from: START, to },
    service: null,
    past,
    deployments: { knownSince: null, of: () => deployments },
    weeks: every,
    since: null,
    period: { id: '2026-W47', from, to },
    noise: {
      pages: past.map(({ declaredAt }) => ({ person: dice.pick(people), at: declaredAt })),
      firings: Array.from({ length: 40 }, (_, index) => ({
        title: loud[index % 7 === 0 ? 2 : index % 2] ?? '',
        at: from + dice.upTo(7 * DAY_MS),
      })),
    },
    actions: [],
    now: to + 60_000,
    untold: [],
    asked: false,
  }
}
