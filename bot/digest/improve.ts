/**
 * What the patterns say should be looked at, each with whether it could be chance and what to do. A share alone convinces nobody: with ten
 * incidents some hour often holds three.
 */
import { chanceOf, UNLIKELY } from './chance.ts'
import { type Patterns, SOON_HOURS } from './patterns.ts'

export type Improvement = {
  readonly about: 'hour' | 'service' | 'deployments' | 'together'
  readonly say: string
  /** The chance of so many or more if nothing were behind it. */
  readonly chance: number
  /** Which test, and against what. */
  readonly test: string
  readonly recommend: string
}

/** Fewer say nothing. */
export const ENOUGH = 10
const HOUR_SHARE = 0.2
const SERVICE_SHARE = 0.3
/** Fewer coincidences than this are one or two evenings. */
const ENOUGH_TOGETHER = 3
const MOST_TOGETHER = 3
/** Who looks for four kinds of patterns finds one by chance four times as easily. */
const KINDS = 4
const corrected = (looks: number): string => `corrected for ${looks * KINDS} looks`

/** `services`: how many the team has, those without incidents included. */
export const improvements = (patterns: Patterns, services: number): readonly Improvement[] =>
  patterns.count < ENOUGH
    ? []
    : [
        ...peakHour(patterns),
        ...loudServices(patterns, services),
        ...afterDeployments(patterns),
        ...brokenTogether(patterns),
      ]

function peakHour({ count, byHour, bursts }: Patterns): readonly Improvement[] {
  const peak = byHour.indexOf(Math.max(...byHour))
  const inPeak = byHour[peak] ?? 0
  if (inPeak / count <= HOUR_SHARE) return []
  return [
    {
      about: 'hour',
      say: `${percent(inPeak, count)} of ${count} incidents began between ${clock(peak)} and ${clock(peak + 1)}`,
      chance: chanceOf({ n: bursts.hours, k: bursts.byHour[peak] ?? 0, share: 1 / 24, looks: 24 * KINDS }),
      test: `exact binomial test against 24 hours alike, ${corrected(24)}`,
      recommend: 'look at what runs at that hour: jobs, deployments, traffic',
    },
  ]
}

function loudServices({ count, byService, bursts }: Patterns, services: number): readonly Improvement[] {
  const many = Math.max(services, Object.keys(byService).length)
  // Of one service there is nothing to compare.
  if (many < 2) return []
  return Object.entries(byService)
    .filter(([, own]) => own / count > SERVICE_SHARE)
    .sort(([, a], [, b]) => b - a)
    .map(([service, own]) => ({
      about: 'service',
      say: `${percent(own, count)} of ${count} incidents were ${service}'s`,
      chance: chanceOf({
        n: bursts.services,
        k: bursts.byService[service] ?? 0,
        share: 1 / many,
        looks: many * KINDS,
      }),
      test: `exact binomial test against ${many} services alike, ${corrected(many)}`,
      recommend: `give ${service} the next action items, before new features`,
    }))
}

/** Each service has its own share of the time. Against their mean the test is stricter than against each (Hoeffding 1956). */
function afterDeployments({ afterDeployment, withoutDeployment, bursts }: Patterns): readonly Improvement[] {
  const dated = afterDeployment.reduce((total, each) => total + each, withoutDeployment)
  const soon = afterDeployment.slice(0, SOON_HOURS).reduce((total, each) => total + each, 0)
  if (dated < ENOUGH || soon / dated <= SERVICE_SHARE) return []
  return [
    {
      about: 'deployments',
      say: `${percent(soon, dated)} of ${dated} incidents began within two hours after a deployment; ${Math.round(100 * bursts.soonShare)} % of the time lies there`,
      chance: chanceOf({ n: bursts.dated, k: bursts.soon, share: bursts.soonShare, looks: KINDS }),
      test: `exact binomial test against that share of the time, ${corrected(1)}`,
      recommend: 'roll out in steps, and watch each before the next',
    },
  ]
}

/** Only what is hardly chance: of many pairs some always coincide. */
function brokenTogether({ together }: Patterns): readonly Improvement[] {
  return together
    .filter(({ near }) => near >= ENOUGH_TOGETHER)
    .map(({ services: [rare, often], runs, near, share }) => ({
      about: 'together' as const,
      say: `${near} of ${runs} times that ${rare} broke, ${often} broke within half an hour of it`,
      chance: chanceOf({ n: runs, k: near, share, looks: together.length * KINDS }),
      test: `exact binomial test against the ${round(100 * share)} % of the time that lies so near, ${corrected(together.length)}`,
      recommend: `look for what ${rare} and ${often} share, and whether one should do without the other`,
    }))
    .filter(({ chance }) => chance < UNLIKELY)
    .sort((a, b) => a.chance - b.chance)
    .slice(0, MOST_TOGETHER)
}

const percent = (part: number, of: number): string => `${Math.round((100 * part) / of)} %`
const round = (value: number): string => (value < 1 ? value.toFixed(1) : value.toFixed(0))
const clock = (hour: number): string => `${String(hour % 24).padStart(2, '0')}:00`
