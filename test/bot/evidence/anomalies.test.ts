/** When a metric left what is usual: found where it did, silent where it did not, whatever its unit and its noise. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Anomaly, anomalyOf } from '../../../bot/evidence/anomalies.ts'
import type { Series } from '../../../bot/evidence/types.ts'
import { KINDS, ONSET, STRETCH, seriesOf } from '../../support/series.ts'

const MINUTE = 60_000
const SEEDS = Array.from({ length: 100 }, (_, index) => index + 1)

const found = (series: Series): Anomaly | null => {
  const judged = anomalyOf(series, STRETCH)
  return typeof judged === 'object' ? judged : null
}
const alarms = (kind: string) => SEEDS.filter(seed => found(seriesOf(kind, seed))).length

const with_ = (series: Series, points: Series['points']): Series => ({ ...series, points })
const mapped = (series: Series, change: (value: number, at: number) => number): Series =>
  with_(
    series,
    series.points.map(([at, value]) => [at, change(value, at)] as const),
  )
/** Every minute of 90 before the stretch and of the stretch: a wobble of about one that repeats nothing. */
const minutes = (valueAt: (minute: number) => number, stepMinutes = 1, fromMinute = -120): Series => ({
  source: 'prom',
  service: 'checkout',
  name: 'latency',
  points: Array.from({ length: Math.floor((5 - fromMinute) / stepMinutes) + 1 }, (_, index) => {
    const minute = fromMinute + index * stepMinutes
    return [ONSET + minute * MINUTE, valueAt(minute)] as const
  }),
  link: 'https://prom.example.com/q',
})
const wobble = (minute: number) => 100 + Math.sin(minute * 2.3) + Math.cos(minute * 5.1)
const minuteOf = (at: number | null | undefined) => (at == null ? at : Math.round((at - ONSET) / MINUTE))

/** What wanders by itself cannot be told from what left: it is called so in one of eight series, and in docs/memory.md. */
const WANDERS = [
  'wanders (random walk)',
  'noise that remembers long (AR 0.95)',
  'a rate over five minutes of rare errors',
]

describe('no alarm', () => {
  test.each(Object.keys(KINDS).filter(kind => !WANDERS.some(each => kind.startsWith(each))))(
    'on a hundred calm series, two at the most: %s',
    kind => expect(alarms(kind)).toBeLessThanOrEqual(2),
  )

  test('in more than one of five series that wander', () => {
    for (const kind of WANDERS) expect(alarms(kind)).toBeLessThanOrEqual(20)
  })

  test('on a single spike, or on two in a row, however high', () => {
    expect(found(minutes(minute => wobble(minute) + (minute === -4 ? 1e6 : 0)))).toBeNull()
    expect(found(minutes(minute => wobble(minute) + (minute === -4 || minute === -3 ? 1e6 : 0)))).toBeNull()
    expect(found(minutes(minute => wobble(minute) + (minute <= -3 && minute >= -5 ? 1e6 : 0)))).not.toBeNull()
  })

  test('on what is within a ten thousandth of the usual, however still it was', () => {
    expect(found(minutes(minute => 1e9 + (minute > -5 ? 1e4 : 0)))).toBeNull()
    expect(found(minutes(minute => 1e9 + (minute > -5 ? 1e6 : 0)))).not.toBeNull()
  })
})

describe('a departure', () => {
  test.each([
    'flat, normal noise',
    'skewed (log-normal), as latencies are',
    'counts (Poisson, 3 a point)',
    'single spikes',
    'noise that remembers (AR 0.8)',
  ])(
    'of twelve times the noise is found in 95 of 100 series, within a minute and a half of its start: %s',
    kind => {
      const near = SEEDS.filter(seed => {
        const at = ONSET - (seed % 20) * MINUTE
        const anomaly = found(seriesOf(kind, seed, { shape: 'step', size: 12, at }))
        return anomaly?.direction === 'up' && Math.abs(anomaly.at - at) <= 1.5 * MINUTE
      })
      expect(near.length).toBeGreaterThanOrEqual(95)
    },
  )

  test('says when it began and ended, how far it went, and by which test', () => {
    const anomaly = found(minutes(minute => wobble(minute) + (minute >= -9 && minute < -2 ? 50 : 0)))
    expect(anomaly).toMatchObject({
      kind: 'anomaly',
      source: 'prom',
      service: 'checkout',
      name: 'latency',
      direction: 'up',
      test: 'median and MAD of the hour before, trend removed',
      link: 'https://prom.example.com/q',
    })
    expect([anomaly?.at, anomaly?.until].map(minuteOf)).toEqual([-9, -2])
    expect(anomaly?.usual).toBeCloseTo(100, -1)
    expect(anomaly?.peak).toBeGreaterThan(148)
    expect(anomaly?.score).toBeGreaterThan(20)
  })

  test('that goes on has no end; a dip below the limit does not end it', () => {
    const anomaly = found(minutes(minute => wobble(minute) + (minute >= -9 ? (minute === -5 ? 5 : 50) : 0)))
    expect([anomaly?.at, anomaly?.until].map(minuteOf)).toEqual([-9, null])
  })

  test('of two the further is told', () => {
    const anomaly = found(
      minutes(minute => wobble(minute) + (minute >= -25 && minute < -20 ? 20 : 0) - (minute >= -3 ? 60 : 0)),
    )
    expect(anomaly).toMatchObject({ direction: 'down' })
    expect(minuteOf(anomaly?.at)).toBe(-3)
  })

  test('of something that never moved counts as just out, and more where it then moved further', () => {
    expect(found(minutes(minute => (minute >= -3 ? 0 : 1)))).toMatchObject({ direction: 'down', score: 5 })
    expect(found(minutes(minute => Math.max(0, minute + 5)))?.score).toBeGreaterThan(20)
  })

  test('against a trend is measured from where it was, along it from where it would be', () => {
    const trend = (minute: number) => wobble(minute) + minute / 5
    expect(found(minutes(trend))).toBeNull()
    expect(found(minutes(minute => trend(minute) + (minute >= -9 ? 12 : 0)))).toMatchObject({
      direction: 'up',
    })
    expect(found(minutes(minute => (minute >= -9 ? wobble(minute) - 25 : trend(minute))))).toMatchObject({
      direction: 'down',
    })
  })

  test('in the hour of a job that runs every hour is told from the job, when the hours before are known', () => {
    const job = (minute: number) => wobble(minute) + (((minute % 60) + 60) % 60 < 6 ? 40 : 0)
    expect(found(minutes(job, 1, -90))).toMatchObject({ direction: 'up' })
    expect(found(minutes(job, 1, -300))).toBeNull()
    expect(found(minutes(minute => job(minute) + (minute >= -9 ? 40 : 0), 1, -300))).toMatchObject({
      direction: 'up',
      test: 'median and MAD of the hour before, against the hours before at the same minute',
    })
  })

  test('in the morning rise is told from the rise, when the days before are known', () => {
    const day = 24 * 60
    const rise = (minute: number) =>
      wobble(minute) + 400 * Math.tanh((((((minute + day / 2) % day) + day) % day) - day / 2 + 12) / 8)
    expect(found(minutes(rise, 1, -180))).toMatchObject({ direction: 'up' })
    expect(found(minutes(rise, 1, -3 * day))).toBeNull()
    expect(found(minutes(minute => rise(minute) - (minute >= -9 ? 150 : 0), 1, -3 * day))).toMatchObject({
      direction: 'down',
      test: 'median and MAD of the hour before, against the days before at the same time',
    })
  })
})

describe('what is known of the time before', () => {
  test('a series with a point every five minutes is compared with twenty of them', () => {
    const coarse = minutes(minute => wobble(minute) + (minute >= -10 ? 50 : 0), 5, -130)
    expect(found(coarse)?.test).toBe('median and MAD of the 20 points before, trend removed')
  })

  test('a series that begins with the stretch is compared with its first half', () => {
    const short = minutes(minute => wobble(minute) + (minute >= -3 ? 50 : 0), 1, -30)
    expect(found(short)?.test).toBe('median and MAD of the first half of the stretch, trend removed')
  })

  test('of too few points nothing is said', () => {
    expect(anomalyOf(minutes(wobble, 20, -120), STRETCH)).toBe('unknown')
    expect(anomalyOf(with_(minutes(wobble), []), STRETCH)).toBe('unknown')
    expect(
      anomalyOf(
        mapped(minutes(wobble), () => Number.NaN),
        STRETCH,
      ),
    ).toBe('unknown')
    expect(anomalyOf(minutes(wobble), STRETCH)).toBe('usual')
  })
})

describe('the same answer', () => {
  const series = fc
    .record({
      seed: fc.integer({ min: 1, max: 1e6 }),
      kind: fc.constantFrom(
        'flat, normal noise',
        'skewed (log-normal), as latencies are',
        'noise that remembers (AR 0.8)',
      ),
      size: fc.constantFrom(0, 7, 15),
    })
    .map(({ seed, kind, size }) =>
      seriesOf(kind, seed, size === 0 ? undefined : { shape: 'step', size, at: ONSET - 6 * MINUTE }),
    )
  const shape = (anomaly: Anomaly | null) => anomaly && [anomaly.at, anomaly.until, anomaly.direction]

  test('in any unit, and from any zero', () => {
    fc.assert(
      fc.property(
        series,
        fc.double({ min: -6, max: 6, noNaN: true }),
        fc.double({ min: -500, max: 500, noNaN: true }),
        (each, power, offset) => {
          const before = found(each)
          const after = found(mapped(each, value => (value + offset) * 10 ** power))
          expect(shape(after)).toEqual(shape(before))
          expect(after?.score ?? 0).toBeCloseTo(before?.score ?? 0, 3)
        },
      ),
      { numRuns: 100 },
    )
  })

  test('upside down', () => {
    fc.assert(
      fc.property(series, each => {
        const [before, after] = [found(each), found(mapped(each, value => -value))]
        expect(after?.at).toBe(before?.at)
        expect(after?.score ?? 0).toBeCloseTo(before?.score ?? 0, 6)
        if (before) expect(after?.direction).toBe(before.direction === 'up' ? 'down' : 'up')
      }),
      { numRuns: 100 },
    )
  })

  test('whatever the order of the points, with points that are no numbers, and with each twice', () => {
    fc.assert(
      fc.property(series, fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), (each, stream) => {
        const holes = each.points.map(([at]) => [at + 1, Number.NaN] as const)
        const mixed = [...each.points, ...each.points, ...holes]
          .map(point => ({ point, place: stream.next().value }))
          .toSorted((a, b) => a.place - b.place)
        expect(
          found(
            with_(
              each,
              mixed.map(({ point }) => point),
            ),
          ),
        ).toEqual(found(each))
      }),
      { numRuns: 30 },
    )
  })
})
