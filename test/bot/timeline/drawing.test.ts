/** What is drawn of a timeline: bounded however long it is, in order, with whole hours of the wall clock along it. */
import { expect, test } from 'vitest'
import { ticksOf } from '../../../bot/timeline/axis.ts'
import { drawingOf } from '../../../bot/timeline/drawing.ts'
import { ENTRY_SOURCES, type Entry } from '../../../bot/timeline/entries.ts'

const START = Date.parse('2026-11-24T03:00:00Z')
const entry = (index: number, more: Partial<Entry> = {}): Entry => ({
  id: `e${index}`,
  at: START + index * 1000,
  learntAt: START + index * 1000,
  source: 'chat',
  who: null,
  addedBy: null,
  text: `note ${index}`,
  impact: null,
  link: null,
  hidden: false,
  before: [],
  ...more,
})
const many = (length: number) => Array.from({ length }, (_, index) => entry(index))
const stretch = { onsetAt: START, until: START, resolvedAt: null }

test.each([1, 2, 999, 1_000, 1_001, 100_000])(
  '%d entries are all in the drawing, in order, and within its bound',
  length => {
    const { lanes } = drawingOf(many(length), ENTRY_SOURCES, stretch)
    const marks = lanes.flatMap(lane => lane.marks)
    expect(marks.length).toBeLessThanOrEqual(1_000)
    expect(marks.reduce((sum, { count }) => sum + count, 0)).toBe(length)
    expect(marks.every(({ x }, index) => x > (marks[index - 1]?.x ?? 0) && x < 1)).toBe(true)
    expect(marks.every(({ entry: first, index }) => first.id === `e${index}`)).toBe(true)
  },
)

test('of entries that are drawn together the worst counts', () => {
  const entries = many(5_000).map((each, index) =>
    index === 2_500
      ? { ...each, impact: 'worse' as const }
      : index % 2
        ? { ...each, impact: 'better' as const }
        : each,
  )
  const [lane] = drawingOf(entries, ENTRY_SOURCES, stretch).lanes
  const worse = lane?.marks.filter(({ impact }) => impact === 'worse') ?? []
  expect(worse).toHaveLength(1)
  expect(worse[0]!.index).toBeLessThanOrEqual(2_500)
  expect(worse[0]!.index + worse[0]!.count).toBeGreaterThan(2_500)
})

test('what one looks at first reaches from the change just before the first sign to the resolution', () => {
  const minute = (minutes: number) => START + minutes * 60_000
  const entries = [
    entry(1, { source: 'change', at: minute(-300) }),
    entry(2, { source: 'change', at: minute(-10) }),
    entry(3, { source: 'alert', at: minute(0) }),
    entry(4, { at: minute(60) }),
    entry(5, { at: minute(2_880) }),
  ]
  const { focus, from, to } = drawingOf(entries, ENTRY_SOURCES, {
    onsetAt: minute(0),
    until: minute(0),
    resolvedAt: minute(60),
  })
  const at = (part: number) => (from + part * (to - from) - START) / 60_000
  expect(at(focus.from)).toBeCloseTo(-15.6, 0)
  expect(at(focus.to)).toBeCloseTo(65.6, 0)
})

test.each([
  ['a minute', 60_000],
  ['an hour', 3_600_000],
  ['a day', 86_400_000],
  ['ten years', 3_650 * 86_400_000],
])('an axis of %s has marks at every level, and never so many that they slow a browser down', (_, span) => {
  for (const level of ticksOf('Asia/Kolkata', START, START + span)) {
    expect(level.length).toBeGreaterThan(0)
    expect(level.length).toBeLessThanOrEqual(241)
  }
})

test('on the day that has 25 hours whole hours are marked, midnight with its date, and the hour that comes twice once', () => {
  const [from, to] = [Date.parse('2026-10-24T20:30:00Z'), Date.parse('2026-10-25T03:30:00Z')]
  const hours = ticksOf('Europe/Berlin', from, to).find(
    level => level.some(({ label }) => label === '23:00') && level.length < 10,
  )
  expect(hours?.map(({ label }) => label)).toEqual(['23:00', '25 Oct', '01:00', '02:00', '03:00', '04:00'])
  expect(new Date(hours?.[4]?.at ?? 0).toISOString()).toBe('2026-10-25T02:00:00.000Z')
})

const MINUTES = 60_000
const at = (minutes: number, more: Partial<Entry> = {}) =>
  entry(1, { at: START + minutes * MINUTES, ...more })

test('a drawing has a margin of six hundredths on each side, and is never shorter than a minute', () => {
  const room = 100 * MINUTES * 0.06
  const hundred = drawingOf([at(0), at(100)], ENTRY_SOURCES, stretch)
  expect([hundred.from, hundred.to]).toEqual([START - room, START + 100 * MINUTES + room])
  const early = drawingOf([at(50)], ENTRY_SOURCES, { ...stretch, until: START + 100 * MINUTES })
  expect([early.from, early.to]).toEqual([START - room, START + 100 * MINUTES + room])
  const short = 0.06 * MINUTES
  for (const entries of [[], [at(0)]]) {
    const least = drawingOf(entries, ENTRY_SOURCES, stretch)
    expect([least.from, least.to]).toEqual([START - short, START + MINUTES + short])
  }
})

test('marks that would cover each other change their level, and go back to the middle where there is room', () => {
  const levels = (...minutes: readonly number[]) =>
    drawingOf(
      [at(-1_000), ...minutes.map(each => at(each)), at(1_000)],
      ENTRY_SOURCES,
      stretch,
    ).lanes[0]?.marks.map(({ level }) => level)
  expect(levels(0, 1, 2, 3)).toEqual([0, 0, -1, 1, 0, 0])
  expect(levels(0, 100, 101)).toEqual([0, 0, 0, -1, 0])
  const width = 2_000 * 1.12
  expect(levels(0, 0.011 * width)).toEqual([0, 0, -1, 0])
  expect(levels(0, 0.013 * width)).toEqual([0, 0, 0, 0])
})

test('a thousand entries have a mark each, even at the same moment; of one more those of a moment are drawn together', () => {
  const same = (length: number) => Array.from({ length }, () => at(0))
  const count = (length: number) => drawingOf(same(length), ENTRY_SOURCES, stretch).lanes[0]?.marks.length
  expect(count(1_000)).toBe(1_000)
  expect(count(1_001)).toBe(1)
  const mixed = same(1_001).map((each, index) => ({
    ...each,
    impact: index === 1 ? ('better' as const) : null,
  }))
  expect(drawingOf(mixed, ENTRY_SOURCES, stretch).lanes[0]?.marks[0]?.impact).toBe('better')
})

test('only a change of the half hour before the first sign is looked at with it', () => {
  const begin = (entries: readonly Entry[]) => {
    const { from, to, focus } = drawingOf(entries, ENTRY_SOURCES, {
      ...stretch,
      resolvedAt: START + 50 * MINUTES,
    })
    return Math.round((from + focus.from * (to - from) - START) / MINUTES)
  }
  const change = { source: 'change' as const }
  expect(begin([at(-30, change)])).toBe(-36)
  expect(begin([at(-31, change)])).toBe(-4)
  expect(begin([at(0, change)])).toBe(-4)
  expect(begin([at(1, change)])).toBe(-4)
  expect(begin([at(-10)])).toBe(-4)
})

test.each([
  [2_000, ['03:00:00', '03:00:01', '03:00:02']],
  [3_600_000, ['03:00', '03:15', '03:30', '03:45', '04:00']],
  [2 * 86_400_000, ['12:00', '25 Nov', '12:00', '26 Nov']],
])('the marks of an axis of %d ms, the coarsest that it has', (length, labels) => {
  const levels = ticksOf('Etc/UTC', START, START + length)
  expect(levels.some(ticks => ticks.map(({ label }) => label).join() === labels.join())).toBe(true)
})

test('an axis has at most five kinds of marks, from coarse to fine, and never more than 240 of one', () => {
  for (const length of [
    0,
    999,
    2_000,
    239_000,
    240_000,
    241_000,
    3_600_000,
    86_400_000,
    40 * 86_400_000,
    4e10,
    4e11,
  ]) {
    const levels = ticksOf('Etc/UTC', START, START + length)
    const counts = levels.map(ticks => ticks.length)
    expect(counts.length).toBeGreaterThanOrEqual(1)
    expect(counts.length).toBeLessThanOrEqual(5)
    expect(counts).toEqual(counts.toSorted((a, b) => a - b))
    expect(Math.max(...counts)).toBeLessThanOrEqual(241)
    for (const ticks of levels)
      expect(ticks.every(tick => tick.at >= START && tick.at <= START + length)).toBe(true)
  }
  expect(ticksOf('Etc/UTC', START, START + 240_000).at(-1)).toHaveLength(241)
  expect(ticksOf('Etc/UTC', START, START + 241_000).at(-1)).toHaveLength(49)
})

test('an hour that the clock skips is not marked', () => {
  const begin = Date.parse('2026-03-29T00:00:00+01:00')
  const hours = ticksOf('Europe/Berlin', begin, begin + 4 * 3_600_000).find(ticks => ticks.length <= 6)
  expect(hours?.map(({ label }) => label)).toEqual(['29 Mar', '01:00', '03:00', '04:00', '05:00'])
})

test('an axis of many years has the months by their names, and a mark for every seven days, quarter or year', () => {
  const labels = (from: string, days: number) =>
    ticksOf('Etc/UTC', Date.parse(from), Date.parse(from) + days * 86_400_000).map(ticks =>
      ticks.map(({ label }) => label),
    )
  const year = labels('2026-01-01T00:00:00Z', 365)
  const names = new Set(year.flat().map(label => label.replace(/^\d+ /, '')))
  expect([...names].join(' ').split(' ').toSorted()).toEqual(
    'Apr Aug Dec Feb Jan Jul Jun Mar May Nov Oct Sep'.split(' '),
  )
  expect(year.map(ticks => ticks.length)).toEqual([4, 13, 53])
  expect(labels('2026-01-01T00:00:00Z', 10_000).map(ticks => ticks.length)).toEqual([27, 110])
  expect(labels('1970-01-01T00:00:00Z', 364 * 241)).toHaveLength(1)
})

test.each([
  ['worse', 'better', 'worse'],
  ['better', 'worse', 'worse'],
  ['better', null, 'better'],
  [null, 'better', 'better'],
  [null, 'worse', 'worse'],
  [null, null, null],
] as const)(
  'of one that is %s and one that is %s, drawn together, it counts as %s',
  (first, second, impact) => {
    const together = [entry(0, { impact: first }), entry(0, { impact: second })]
    const rest = many(1_001).map(each => ({ ...each, at: each.at + 100_000 }))
    const { lanes } = drawingOf([...together, ...rest], ENTRY_SOURCES, stretch)
    expect(lanes[0]?.marks[0]).toMatchObject({ count: 2, impact })
  },
)
