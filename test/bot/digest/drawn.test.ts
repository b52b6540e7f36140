/** Where things stand in the pictures: all of it inside the frame, nothing over something else, and as high as its figure says. */
import { describe, expect, test } from 'vitest'
import { durations } from '../../../bot/digest/charts/axes.ts'
import { LIGHT } from '../../../bot/digest/charts/theme.ts'
import type { Picture } from '../../../bot/message.ts'
import { HOURS, heat, LIGHT_ONES, picture } from './drawings.ts'
import { DAY_MS } from './teams.ts'

type Shape = {
  readonly tag: string
  readonly text: string
  readonly of: (name: string) => string | undefined
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

/** The shapes of a picture with the room that each takes; a letter is taken for a bit more than half as wide as it is high. */
function shapesOf({ svg }: Picture): readonly Shape[] {
  const found = svg.matchAll(/<(rect|line|circle|text)((?: [a-z0-9-]+="[^"]*")*)(?:\/>|>([^<]*)<)/g)
  return [...found].map(([, tag = '', attributes = '', text = '']) => {
    const of = (name: string) => new RegExp(` ${name}="([^"]*)"`).exec(attributes)?.[1]
    const number = (name: string) => Number(of(name) ?? 0)
    const at = { tag, text, of }
    if (tag === 'rect')
      return {
        ...at,
        left: number('x'),
        right: number('x') + number('width'),
        top: number('y'),
        bottom: number('y') + number('height'),
      }
    if (tag === 'line')
      return { ...at, left: number('x1'), right: number('x2'), top: number('y1'), bottom: number('y2') }
    if (tag === 'circle')
      return {
        ...at,
        left: number('cx') - number('r'),
        right: number('cx') + number('r'),
        top: number('cy') - number('r'),
        bottom: number('cy') + number('r'),
      }
    const size = Number(of('font-size') ?? 14)
    const width = text.length * size * 0.56
    const anchor = of('text-anchor') ?? 'start'
    const left = number('x') - (anchor === 'end' ? width : anchor === 'middle' ? width / 2 : 0)
    return {
      ...at,
      left,
      right: left + width,
      top: number('y') - size * 0.75,
      bottom: number('y') + size * 0.2,
    }
  })
}

const overlap = (a: Shape, b: Shape): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom

test.each(LIGHT_ONES)('%s: everything is inside the picture, and no words lie over others', name => {
  const { width, height } = picture(name)
  const [paper, ...shapes] = named(name)
  expect([paper?.left, paper?.top, paper?.right, paper?.bottom, paper?.of('fill')]).toEqual([
    0,
    0,
    width,
    height,
    LIGHT.paper,
  ])
  for (const each of shapes) {
    const inside = each.left >= 0 && each.right <= width && each.top >= 0 && each.bottom <= height
    expect({ shape: `${each.tag} ${each.text}`, inside }).toEqual({
      shape: `${each.tag} ${each.text}`,
      inside: true,
    })
  }
  const texts = shapes.filter(({ tag }) => tag === 'text')
  for (const [index, one] of texts.entries())
    for (const other of texts.slice(index + 1))
      if (overlap(one, other)) throw new Error(`"${one.text}" lies over "${other.text}"`)
})

test.each(LIGHT_ONES)('%s: a title in bold above what it is about, and every shape has a colour', name => {
  const { svg, height } = picture(name)
  const [, title, about, ...others] = named(name)
  expect([title?.of('font-size'), title?.of('font-weight'), about?.of('fill')]).toEqual([
    '18',
    'bold',
    LIGHT.soft,
  ])
  expect(title!.bottom).toBeLessThan(about!.top)
  expect(title!.left).toBe(about!.left)
  for (const each of others)
    if (each.tag !== 'text') expect(each.of(each.tag === 'line' ? 'stroke' : 'fill')).toMatch(/^#/)
  expect(svg).toMatch(
    new RegExp(
      `^<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 560 ${height}" width="560" height="${height}" role="img" aria-label="[^"]+" font-family="[^"]+" font-size="14" fill="${LIGHT.ink}">`,
    ),
  )
})

const named = (name: string) => shapesOf(picture(name))
const { SEV1, SEV2, SEV3 } = LIGHT.severities

describe('the trend', () => {
  const drawn = () => {
    const shapes = named('trend')
    const columns = shapes.filter(({ tag, of }) => tag === 'rect' && of('stroke') === LIGHT.paper)
    return { shapes, columns, grid: shapes.filter(({ tag }) => tag === 'line') }
  }

  test('a column of each severity, the worst at the bottom, one on top of the other, as high as their count', () => {
    const { columns, grid } = drawn()
    expect(columns.map(({ of }) => of('fill'))).toEqual([SEV1, SEV3, SEV2, SEV1])
    const [worst, mild, second, last] = columns
    const floor = Math.max(...grid.map(({ top }) => top))
    expect(worst!.bottom).toBeCloseTo(floor, 0)
    expect(mild!.bottom).toBeCloseTo(worst!.top, 0)
    expect(worst!.bottom - worst!.top).toBeCloseTo(2 * (mild!.bottom - mild!.top), 0)
    expect(second!.bottom - second!.top).toBeCloseTo(last!.bottom - last!.top, 0)
    expect([worst!.left, worst!.right]).toEqual([mild!.left, mild!.right])
  })

  test('columns stand over their weeks, at even distances, with the sum above each', () => {
    const { shapes, columns } = drawn()
    const middle = ({ left, right }: Shape) => (left + right) / 2
    expect(middle(columns[2]!) - middle(columns[0]!)).toBeCloseTo(
      (middle(columns[3]!) - middle(columns[0]!)) / 3,
      0,
    )
    const sums = shapes.filter(({ tag, of }) => tag === 'text' && of('font-weight') === 'bold').slice(1)
    expect(sums.map(({ text }) => text)).toEqual(['3', '1', '1'])
    for (const [index, top] of [columns[1]!, columns[2]!, columns[3]!].entries()) {
      expect(middle(sums[index]!)).toBeCloseTo(middle(top), 0)
      expect(sums[index]!.bottom).toBeLessThan(top.top)
      expect(sums[index]!.of('fill')).toBe(LIGHT.ink)
    }
    expect(
      shapes
        .find(({ tag, text, of }) => tag === 'text' && text === '0' && of('text-anchor') === 'middle')
        ?.of('fill'),
    ).toBe(LIGHT.soft)
  })

  test('lines of the scale run through the whole picture at even heights, with their number before them', () => {
    const { shapes, grid } = drawn()
    const ticks = shapes.filter(({ tag, of }) => tag === 'text' && of('text-anchor') === 'end')
    expect(ticks.map(({ text }) => text)).toEqual(['0', '1', '2', '3'])
    expect(grid.map(({ left, right }) => [left, right])).toEqual(Array(4).fill([64, 546]))
    for (const [index, { top, left }] of grid.entries()) {
      expect(ticks[index]!.right).toBeLessThan(left)
      expect(Math.abs((ticks[index]!.top + ticks[index]!.bottom) / 2 - top)).toBeLessThan(4)
      if (index > 0) expect(grid[index - 1]!.top - top).toBeCloseTo(grid[0]!.top - grid[1]!.top, 0)
    }
  })

  test('the legend has the colour of each severity before its name, under the weeks', () => {
    const { shapes, grid } = drawn()
    for (const severity of ['SEV1', 'SEV2', 'SEV3', 'SEV4'] as const) {
      const word = shapes.find(({ text }) => text === severity)!
      const colour = shapes
        .filter(({ tag, of }) => tag === 'rect' && of('fill') === LIGHT.severities[severity])
        .at(-1)!
      expect(colour.right).toBeLessThan(word.left)
      expect(word.left - colour.right).toBeLessThan(15)
      expect(Math.abs((colour.top + colour.bottom) / 2 - (word.top + word.bottom) / 2)).toBeLessThan(5)
      expect(colour.top).toBeGreaterThan(Math.max(...grid.map(({ top }) => top)))
    }
  })

  test('of many weeks the last is named, at the edge, and others as far as there is room', () => {
    const names = named('trend of a quarter').filter(({ text }) => /^\d+ [A-Z]/.test(text))
    expect(names.length).toBeGreaterThan(3)
    expect(names.length).toBeLessThan(10)
    expect([names.at(-1)?.right, names.at(-1)?.of('text-anchor')]).toEqual([552, 'end'])
    expect(names.every(({ of }) => of('fill') === LIGHT.soft)).toBe(true)
  })
})

describe('the speeds', () => {
  const drawn = () => {
    const shapes = named('speeds')
    return {
      shapes,
      dots: shapes.filter(({ tag }) => tag === 'circle'),
      boxes: shapes.filter(({ of }) => of('fill') === LIGHT.band),
      headings: shapes.filter(({ text }) => /^MTT[AR], /.test(text)),
    }
  }

  test('a dot at the median within the box of the half in the middle, the longer the higher', () => {
    const { dots, boxes } = drawn()
    expect([dots.length, boxes.length]).toEqual([6, 6])
    for (const [index, dot] of dots.entries()) {
      const box = boxes[index]!
      const [x, y] = [(dot.left + dot.right) / 2, (dot.top + dot.bottom) / 2]
      expect(x).toBeCloseTo((box.left + box.right) / 2, 0)
      expect(y).toBeGreaterThanOrEqual(box.top - 0.1)
      expect(y).toBeLessThanOrEqual(box.bottom + 0.1)
      expect(box.bottom - box.top).toBeGreaterThanOrEqual(2)
      expect([dot.right - dot.left, box.right - box.left].map(Math.round)).toEqual([8, 26])
    }
    const heights = dots.map(({ top }) => top)
    expect(heights[2]).toBeLessThan(heights[0]!)
    expect(heights[5]).toBeLessThan(heights[4]!)
    expect(heights[3]).toBeGreaterThan(heights[2]!)
  })

  test('two panels, each with its heading and the last value at the other end of the line', () => {
    const { shapes, dots, headings } = drawn()
    expect(headings.map(({ text }) => text)).toEqual([
      'MTTA, declared to acknowledged',
      'MTTR, declared to resolved',
    ])
    const lasts = shapes.filter(({ text }) => text.startsWith('last: '))
    expect(lasts.map(({ text }) => text)).toEqual(['last: 1 h', 'last: 1 d'])
    for (const [index, heading] of headings.entries()) {
      expect([heading.of('font-weight'), heading.left]).toEqual(['bold', 12])
      expect([lasts[index]!.of('text-anchor'), lasts[index]!.right]).toEqual(['end', 548])
      expect(lasts[index]!.bottom).toBe(heading.bottom)
      const own = dots.slice(index * 3, index * 3 + 3)
      expect(own.every(({ top }) => top > heading.bottom)).toBe(true)
    }
    expect(dots.slice(0, 3).every(({ bottom }) => bottom < headings[1]!.top)).toBe(true)
    expect(
      named('speeds of nothing')
        .filter(({ text }) => text === 'None yet')
        .map(({ left, right, of }) => [(left + right) / 2, of('fill')]),
    ).toEqual([
      [280, LIGHT.soft],
      [280, LIGHT.soft],
    ])
  })

  test('neighbours are joined by a line, and one without a neighbour is not', () => {
    const { dots } = drawn()
    const paths = picture('speeds').svg.match(/<path [^>]*>/g) ?? []
    expect(paths).toHaveLength(2)
    for (const [index, path] of paths.entries()) {
      const [from, to] = dots
        .slice(index * 3)
        .map(({ left, top }) => `${Math.round((left + 4) * 10) / 10} ${Math.round((top + 4) * 10) / 10}`)
      expect(path).toContain(`d="M${from}L${to}"`)
      expect(path).toContain(`stroke="${LIGHT.accent}" stroke-width="2.5"`)
    }
  })
})

describe('the heat map', () => {
  const drawn = () => {
    const shapes = named('hours')
    return { shapes, cells: shapes.filter(({ tag }) => tag === 'rect').slice(1, 1 + 7 * 24) }
  }

  test('seven rows of 24 cells without a gap wider than a line, dark where there was much', () => {
    const { cells } = drawn()
    const [first] = cells
    for (const [index, cell] of cells.entries()) {
      const [day, hour] = [Math.floor(index / 24), index % 24]
      expect(Math.abs(cell.left - (first!.left + hour * (466 / 24)))).toBeLessThan(0.2)
      expect(cell.top).toBeCloseTo(first!.top + day * 28, 5)
      expect([Math.round(cell.right - cell.left), Math.round(cell.bottom - cell.top)]).toEqual([18, 27])
    }
    const shades = new Map(cells.map((cell, index) => [index, LIGHT.heat.indexOf(cell.of('fill') ?? '')]))
    expect([shades.get(2 * 24 + 9), shades.get(4 * 24 + 23), shades.get(0)]).toEqual([4, 2, 0])
  })

  test('the number stands in its cell, in letters that can be read on it, and the sum of the day at the end', () => {
    const { shapes, cells } = drawn()
    const [eight] = shapes.filter(({ text }) => text === '8')
    const cell = cells[2 * 24 + 9]!
    expect((eight!.left + eight!.right) / 2).toBeCloseTo((cell.left + cell.right) / 2, 0)
    expect(Math.abs((eight!.top + eight!.bottom) / 2 - (cell.top + cell.bottom) / 2)).toBeLessThan(2)
    expect([eight!.of('fill'), eight!.of('font-size')]).toEqual([LIGHT.onHeat[4], '12'])
    const sums = shapes.filter(({ of, right }) => of('text-anchor') === 'end' && right === 550)
    expect(sums.map(({ text }) => text)).toEqual(['sum', '0', '0', '8', '0', '3', '0', '0'])
    for (const [day, sum] of sums.slice(1).entries()) {
      const row = cells[day * 24]!
      expect(sum.of('font-weight')).toBe('bold')
      expect(Math.abs((sum.top + sum.bottom) / 2 - (row.top + row.bottom) / 2)).toBeLessThan(2)
    }
    expect(sums[0]?.of('fill')).toBe(LIGHT.soft)
  })

  test('large numbers are written smaller', () => {
    const crowded = shapesOf(heat(HOURS.map(row => row.map(count => count * 100))))
    expect(crowded.find(({ text }) => text === '800')?.of('font-size')).toBe('9')
    const packed = shapesOf(heat(HOURS.map(row => row.map(count => count * 1000))))
    expect(
      packed.findLast(({ text, of }) => text === '8000' && of('text-anchor') === 'end')?.of('font-size'),
    ).toBe('11')
    const hundred = shapesOf(heat(HOURS.map(row => row.map(count => (count === 8 ? 99 : 0)))))
    expect(hundred.find(({ text }) => text === '99')?.of('font-size')).toBe('12')
  })

  test('hours over their column, days before their row, and the legend says how much each shade is', () => {
    const { shapes, cells } = drawn()
    const hours = shapes.filter(({ text, of }) => /^\d\d$/.test(text) && of('fill') === LIGHT.soft)
    expect(hours.map(({ text }) => text)).toEqual(['00', '03', '06', '09', '12', '15', '18', '21'])
    for (const hour of hours) {
      const cell = cells[Number(hour.text)]!
      expect((hour.left + hour.right) / 2).toBeCloseTo((cell.left + cell.right) / 2, 0)
      expect(hour.bottom).toBeLessThan(cell.top)
    }
    const words = shapes.map(({ text }) => text).filter(Boolean)
    expect(words.slice(words.indexOf('Incidents in the hour:') + 1)).toEqual([
      '0',
      '1 to 2',
      '3 to 4',
      '5 to 6',
      '7 to 8',
    ])
    const legend = shapes.filter(({ tag }) => tag === 'rect').slice(-5)
    expect(legend.map(({ of }) => of('fill'))).toEqual(LIGHT.heat.slice(0, 5))
    expect(legend.map(({ of }) => of('stroke'))).toEqual([
      LIGHT.grid,
      undefined,
      undefined,
      undefined,
      undefined,
    ])
    expect(legend.map(({ left, right }) => right - left)).toEqual(Array(5).fill(20))
    for (const [index, shade] of legend.entries()) {
      const word = shapes.filter(({ tag }) => tag === 'text').slice(-5)[index]!
      expect(word.left - shade.right).toBe(7)
      expect(Math.abs((word.top + word.bottom) / 2 - (shade.top + shade.bottom) / 2)).toBeLessThan(3)
    }
  })
})

test.each([
  [0, 0, ['1 s', '5 s']],
  [1000, 1000, ['1 s', '5 s']],
  [60_000, 60_001, ['1 min', '5 min']],
  [3_600_000, 86_400_000, ['1 h', '4 h', '1 d']],
  [1000, 365 * DAY_MS, ['15 s', '15 min', '1 d', '365 d']],
  [400 * DAY_MS, 500 * DAY_MS, ['30 d', '365 d']],
])('a scale from %d to %d ms has the round values %j', (low, high, labels) => {
  expect(
    durations(low, high)
      .ticks.map(({ label }) => label)
      .slice(-5),
  ).toEqual(labels)
})
