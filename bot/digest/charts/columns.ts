/** Where the columns of a chart over time stand, and what is written under them. */
import type { Buckets } from '../buckets.ts'
import type { Scale } from './axes.ts'
import { WIDTH } from './frame.ts'
import { line, words } from './svg.ts'
import type { Theme } from './theme.ts'

export const LEFT = 64
const RIGHT = 14
/** Labels closer than this run into each other. */
const LABEL = 58

export type Columns = {
  /** The middle of a column. */
  x(index: number): number
  readonly width: number
}

export function columnsOf({ all }: Buckets): Columns {
  const width = (WIDTH - LEFT - RIGHT) / Math.max(1, all.length)
  return { x: index => LEFT + (index + 0.5) * width, width }
}

/** Labels counted from the last one, which is always there. */
export function labels({ all }: Buckets, { x, width }: Columns, y: number, theme: Theme): readonly string[] {
  const every = Math.max(1, Math.ceil(LABEL / width))
  return all.flatMap(({ label }, index) => {
    if ((all.length - 1 - index) % every !== 0) return []
    const isLast = index === all.length - 1 && width < LABEL
    return [
      words(isLast ? WIDTH - 8 : x(index), y, label, {
        'text-anchor': isLast ? 'end' : 'middle',
        fill: theme.soft,
      }),
    ]
  })
}

export const gridOf = ({ ticks, at }: Scale, top: number, height: number, theme: Theme): readonly string[] =>
  ticks.flatMap(({ value, label }) => {
    const y = top + height * (1 - at(value))
    return [
      line(LEFT, y, WIDTH - RIGHT, y, { stroke: theme.grid }),
      words(LEFT - 8, y + 5, label, { 'text-anchor': 'end', fill: theme.soft }),
    ]
  })
