/** Charts: honest about what is not there, told in words with their figures, and readable whatever the eyes and the names. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { offlineWorld } from '../../../adapters/cli/world.ts'
import { bucketsOf } from '../../../bot/digest/buckets.ts'
import { counts, durations } from '../../../bot/digest/charts/axes.ts'
import { heatMap } from '../../../bot/digest/charts/heat-map.ts'
import { picturesOf } from '../../../bot/digest/charts/pictures.ts'
import { speeds } from '../../../bot/digest/charts/speeds.ts'
import { circle, element, line, path, rect, words } from '../../../bot/digest/charts/svg.ts'
import { LIGHT, WEB } from '../../../bot/digest/charts/theme.ts'
import { trend } from '../../../bot/digest/charts/trend.ts'
import { config } from '../../support/team.ts'
import { busyWeek } from './busy-week.ts'
import { DAY_MS, HOUR_MS, past, START } from './teams.ts'

const ZONES = ['Etc/UTC', 'Europe/Berlin', 'America/New_York', 'Pacific/Apia', 'Asia/Kathmandu']
const MONDAY = { weekday: 1, minute: 0 } as const
const facts = busyWeek(offlineWorld(config(), { get: () => undefined, secrets: [] }))

/** Every tag is closed by its own, and no sign is left that would begin one. */
function isWellFormed(svg: string): boolean {
  const open: string[] = []
  for (const [, close, name = '', single] of svg.matchAll(
    /<(\/?)([a-z]+)(?:\s[a-zA-Z0-9:-]+="[^"<>&]*(?:&(?:amp|lt|gt|quot|#39);[^"<>&]*)*")*(\/?)>/g,
  )) {
    if (close && open.pop() !== name) return false
    if (!close && !single) open.push(name)
  }
  return open.length === 0 && !/[<>]/.test(svg.replace(/<\/?[a-z]+(?:\s[a-zA-Z0-9:-]+="[^"]*")*\/?>/g, ''))
}

test('no name becomes markup, however it is made', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), name => {
      const svg = element('svg', { 'aria-label': name }, words(1, 2, name))
      expect(isWellFormed(svg)).toBe(true)
    }),
  )
  const hostile = picturesOf({ ...facts, service: '"/><script>alert(1)</script>&' }, LIGHT)
  for (const { svg } of hostile) {
    expect(isWellFormed(svg)).toBe(true)
    expect(svg).toContain('&lt;script&gt;')
  }
})

test('shapes are drawn at their coordinates, to a tenth, in the order of the points', () => {
  const shapes = [
    path([
      [0, 1],
      [2.26, 3],
      [4, 5],
    ]),
    path([[0, 0]], { stroke: 'red', fill: 'blue' }),
    rect(1, 2, 3.04, 4, { rx: undefined, id: 'a' }),
    line(1, 2, 3, 4),
    circle(5, 6, 7, { r: 1 }),
    words(1, 2, 'a < b', { fill: '"' }),
    element('g', {}, '<a/>', '<b/>'),
  ]
  expect(shapes).toEqual([
    '<path d="M0 1L2.3 3L4 5" fill="none"/>',
    '<path d="M0 0" fill="blue" stroke="red"/>',
    '<rect x="1" y="2" width="3" height="4" id="a"/>',
    '<line x1="1" y1="2" x2="3" y2="4"/>',
    '<circle cx="5" cy="6" r="1"/>',
    '<text x="1" y="2" fill="&quot;">a &lt; b</text>',
    '<g><a/><b/></g>',
  ])
})

test('light charts look nothing up, and those of the web take every colour from the page', () => {
  for (const { svg } of picturesOf(facts, LIGHT)) expect(svg).not.toMatch(/var\(|style=/)
  for (const { svg } of picturesOf(facts, WEB)) expect(svg).not.toMatch(/#[0-9a-f]{3,8}"|style=/i)
})

const ranges = fc
  .tuple(
    fc.integer({ min: Date.parse('2020-01-01'), max: Date.parse('2027-01-01') }),
    fc.integer({ min: 1, max: 1500 * 24 }),
  )
  .map(([from, hours]) => ({ from, to: from + hours * HOUR_MS }))

test('weeks, months and years cut a range without a gap, and each incident lies in one of them', () => {
  fc.assert(
    fc.property(
      ranges,
      fc.constantFrom(...ZONES),
      fc.array(fc.double({ min: 0, max: 0.999_999, noNaN: true }), { maxLength: 30 }),
      (range, zone, shares) => {
        const all = shares
          .map(share => past(Math.floor(range.from + share * (range.to - range.from))))
          .sort((a, b) => a.declaredAt - b.declaredAt)
        const { all: buckets } = bucketsOf(all, { range, anchor: MONDAY, zone, since: null })
        expect(buckets[0]?.from).toBe(range.from)
        expect(buckets.at(-1)?.to).toBe(range.to)
        buckets.forEach(({ from, to, past: own }, index) => {
          expect(to).toBeGreaterThan(from)
          expect(buckets[index + 1]?.from ?? to).toBe(to)
          for (const { declaredAt } of own) expect(declaredAt >= from && declaredAt < to).toBe(true)
        })
        expect(buckets.flatMap(each => each.past)).toEqual(all)
        expect(buckets.length).toBeLessThanOrEqual(40)
      },
    ),
  )
})

test('scales grow, stay within the picture, and have few round values', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2_000_000 }), most => {
      const { ticks, at } = counts(most)
      expect(ticks.length).toBeLessThanOrEqual(6)
      for (const { value } of ticks) expect(Number.isInteger(value)).toBe(true)
      expect([at(0), at(most) <= 1]).toEqual([0, true])
    }),
  )
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 400 * DAY_MS }),
      fc.integer({ min: 0, max: 400 * DAY_MS }),
      (a, b) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)]
        const { ticks, at } = durations(low, high)
        expect(ticks.length).toBeGreaterThanOrEqual(1)
        expect(ticks.length).toBeLessThanOrEqual(5)
        expect(at(low)).toBeGreaterThanOrEqual(0)
        expect(at(high)).toBeLessThanOrEqual(1)
        expect(at(low)).toBeLessThanOrEqual(at(high))
      },
    ),
  )
})

describe('words', () => {
  const range = { from: START, to: START + 28 * DAY_MS }
  const cut = (since: number | null = null) => ({ range, anchor: MONDAY, zone: 'Etc/UTC', since })
  const all = [
    past(START + 9 * HOUR_MS, {
      severity: 'SEV1',
      ackedAt: START + 9.1 * HOUR_MS,
      resolvedAt: START + 10 * HOUR_MS,
    }),
    past(START + 10 * HOUR_MS, { severity: 'SEV3', ackedAt: START + 10.3 * HOUR_MS }),
    past(START + 21 * DAY_MS + 9 * HOUR_MS, {
      ackedAt: START + 21 * DAY_MS + 9.5 * HOUR_MS,
      resolvedAt: START + 21 * DAY_MS + 13 * HOUR_MS,
    }),
  ]

  test('the trend says the sum, the average, the last and the highest week, and how many had none', () => {
    expect(trend(bucketsOf(all, cut()), 'September', LIGHT).alt).toBe(
      'Incidents a week, September: 3 in all, 0.8 a week on average. The last week has 1 (1 SEV2); most were 2 in the week from 31 Aug; 2 weeks had none.',
    )
  })

  test('speeds say the last week with its spread, and where the weeks before lay', () => {
    expect(speeds(bucketsOf(all, cut()), 'September', LIGHT).alt).toBe(
      'MTTA and MTTR by week, medians, September: in the last week, MTTA was 30 min (half of them 30 min to 30 min), before it 12 min; MTTR was 4 h (half of them 4 h to 4 h), before it 1 h.',
    )
  })

  test('the heat map says the busiest day and hour, and the days without any', () => {
    const hours = Array.from({ length: 7 }, (_, day) =>
      Array.from({ length: 24 }, (_, hour) => (hour === 9 && day < 5 ? day + 1 : 0)),
    )
    expect(heatMap({ hours, zone: 'Asia/Tokyo', when: 'September' }, LIGHT).alt).toBe(
      'Heat map of 15 incidents by weekday and hour (September, Asia/Tokyo): most on Fridays (5) and between 09:00 and 10:00 (15); none on Saturdays and Sundays.',
    )
  })

  test('a week without incidents has a nought, one before anything was recorded a dash, one that is cut off a star', () => {
    const texts = (svg: string) =>
      [...svg.matchAll(/text-anchor="middle"[^>]*>([^<]*)</g)].map(match => match[1])
    expect(texts(trend(bucketsOf(all, cut()), 'x', LIGHT).svg).slice(0, 4)).toEqual(['2', '0', '0', '1'])
    const late = trend(bucketsOf(all.slice(2), cut(START + 15 * DAY_MS)), 'x', LIGHT)
    expect(texts(late.svg).slice(0, 4)).toEqual(['–', '–', '0', '1'])
    expect(late.alt).toContain('1 in all, 0.5 a week on average')
    const short = { ...cut(), range: { from: START + DAY_MS, to: START + 20 * DAY_MS } }
    expect(texts(trend(bucketsOf([], short), 'x', LIGHT).svg).slice(0, 3)).toEqual(['0*', '0', '0*'])
  })

  test('no line is drawn through weeks without any', () => {
    const { svg } = speeds(bucketsOf(all, cut()), 'x', LIGHT)
    expect(svg).not.toContain('<path')
    expect(svg.match(/<circle/g)).toHaveLength(4)
    const none = speeds(bucketsOf([], cut()), 'x', LIGHT)
    expect(none.svg).toContain('None yet')
    expect(none.alt).toContain('there is no MTTA, before it none')
  })
})

/** WCAG's: 1 to 21. */
function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (light + 0.05) / (dark + 0.05)
}
const luminance = (hex: string): number => {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map(place => {
    const part = Number.parseInt(hex.slice(place, place + 2), 16) / 255
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

test('letters can be read on every colour, and severities differ in lightness, for eyes that see no red or green', () => {
  for (const [index, heat] of LIGHT.heat.entries())
    expect(contrast(heat, LIGHT.onHeat[index]!)).toBeGreaterThanOrEqual(4.5)
  for (const ink of [LIGHT.ink, LIGHT.soft]) expect(contrast(ink, LIGHT.paper)).toBeGreaterThanOrEqual(4.5)
  const lights = LIGHT.heat.map(luminance)
  expect(lights).toEqual(lights.toSorted((a, b) => b - a))
  const { SEV1, SEV2, SEV3 } = LIGHT.severities
  for (const [a, b] of [
    [SEV1, SEV2],
    [SEV2, SEV3],
    [SEV1, SEV3],
  ] as const)
    expect(contrast(a, b)).toBeGreaterThan(1.6)
})
