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
