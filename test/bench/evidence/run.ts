/**
 * How well investigations do on seeded nights: `npm run bench:evidence [-- SERIES]`. How often a calm series is called a departure,
 * how many departures are found and how late, how often two metrics that have nothing to do with each other are said to move
 * together, and how often the deployment that did it is the first candidate. docs/memory.md has the figures.
 */
import { type Anomaly, anomalyOf } from '../../../bot/evidence/anomalies.ts'
import { togetherOf } from '../../../bot/evidence/correlate.ts'
import { examine, investigationOf } from '../../../bot/evidence/investigation.ts'
import { quantile } from '../../../bot/evidence/robust.ts'
import type { Series } from '../../../bot/evidence/types.ts'
import { chance } from '../../simulation/chance.ts'
import { nightOf } from '../../support/nights.ts'
import { type Departure, KINDS, ONSET, STRETCH, seriesOf } from '../../support/series.ts'

const MINUTE = 60_000
const COUNT = Number(process.argv[2] ?? 1000)
const SIZES = [6, 8, 12, 20]
/** Found is found within so long of its start, in the right direction. */
const NEAR_MS = 3 * MINUTE

const say = (line: string) => process.stdout.write(`${line}\n`)
const share = (part: number, all: number) => `${((100 * part) / all).toFixed(1)} %`
const seeds = (count: number) => Array.from({ length: count }, (_, index) => index + 1)
const found = (series: Series): Anomaly | null => {
  const judged = anomalyOf(series, STRETCH)
  return typeof judged === 'object' ? judged : null
}

function departures(kind: string, shape: Departure['shape'], size: number) {
  const late: number[] = []
  for (const seed of seeds(COUNT / 4)) {
    const at = ONSET - ((seed * 7) % 20) * MINUTE
    const anomaly = found(seriesOf(kind, seed, { shape, size, at }))
    if (anomaly?.direction === 'up' && Math.abs(anomaly.at - at) <= (shape === 'ramp' ? 4 : 1) * NEAR_MS)
      late.push((anomaly.at - at) / 1000)
  }
  return { hit: share(late.length, COUNT / 4), late }
}

say(`${COUNT} series of a kind; departures of ${SIZES.join(', ')} times the noise`)
for (const kind of Object.keys(KINDS)) {
  const alarms = seeds(COUNT).flatMap(seed => found(seriesOf(kind, seed)) ?? [])
  const strong = alarms.filter(({ score }) => score >= 8).length
  const hits = SIZES.map(size => departures(kind, 'step', size).hit)
  say(`| ${kind} | ${share(alarms.length, COUNT)} | ${share(strong, COUNT)} | ${hits.join(' | ')} |`)
}
for (const shape of ['step', 'ramp', 'five minutes'] as const) {
  const { hit, late } = departures('flat, normal noise', shape, 12)
  say(
    `${shape}, 12 times the noise: ${hit} found, ${quantile(late, 0.5).toFixed(0)} s after it began (9 in 10 within ${quantile(late, 0.9).toFixed(0)} s)`,
  )
}

/** Two series with a step each: at times that have nothing to do with each other, or one after the other. */
function pairs(lagOf: (luck: ReturnType<typeof chance>) => readonly [number, number]) {
  const lags: number[] = []
  let all = 0
  for (const seed of seeds(COUNT / 2)) {
    const kind = 'noise that remembers (AR 0.8)'
    const two = lagOf(chance(seed)).map(
      (minute, index): Series => ({
        ...seriesOf(kind, seed * 2 + index, { shape: 'step', size: 12, at: ONSET + minute * MINUTE }),
        name: `metric ${index}`,
      }),
    )
    const { findings, series } = examine({ onset: ONSET, ...STRETCH }, [
      { kind: 'series', source: 'prom', series: two },
    ])
    if (findings.length < 2) continue
    all++
    const [pair] = togetherOf(
      findings.filter(each => each.kind === 'anomaly'),
      series,
    )
    if (pair) lags.push((pair.lagMs / MINUTE) * (pair.first.name === 'metric 0' ? 1 : -1))
  }
  return { told: share(lags.length, all), lags }
}
const apart = pairs(luck => [-25 + luck.upTo(26), -25 + luck.upTo(26)])
const follows = pairs(luck => {
  const first = -20 + luck.upTo(15)
  return [first, first + 3]
})
const right = follows.lags.filter(lag => Math.abs(lag - 3) <= 1).length
say(`two steps at times of their own: ${apart.told} said to move together`)
say(
  `one step three minutes after the other: ${follows.told} said, ${share(right, follows.lags.length)} with a lag of 3 min or one beside`,
)

for (const guilty of [true, false]) {
  let [first, firstThree, blamed] = [0, 0, 0]
  for (const seed of seeds(COUNT / 2)) {
    const { inquiry, cause, deployment } = nightOf(seed, guilty)
    const { candidates } = investigationOf(inquiry)
    const place = candidates.findIndex(each => each.title === cause)
    if (place === 0) first++
    if (place >= 0 && place < 3) firstThree++
    if (!guilty && candidates[0]?.title === deployment) blamed++
  }
  const nights = COUNT / 2
  say(
    guilty
      ? `a deployment did it: first candidate in ${share(first, nights)} of nights, among three in ${share(firstThree, nights)}`
      : `a database did it, a deployment came after it: the database is first in ${share(first, nights)}, among three in ${share(firstThree, nights)}; the deployment is blamed in ${share(blamed, nights)}`,
  )
}
