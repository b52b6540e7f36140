/** MTTA and MTTR by week: the median as a line, the half of them in the middle as a box. A week without any is a gap, not a line through it. */
import type { Picture } from '../../message.ts'
import { formatDuration } from '../../schedules/duration.ts'
import type { Buckets } from '../buckets.ts'
import { type Spread, speedsOf } from '../figures.ts'
import { durations } from './axes.ts'
import { type Columns, columnsOf, gridOf, labels } from './columns.ts'
import { framed, TOP, WIDTH } from './frame.ts'
import { circle, path, rect, words } from './svg.ts'
import type { Theme } from './theme.ts'

const PANEL = 126
const GAP = 46
const FIRST = TOP + 30

type Panel = { readonly title: string; readonly short: string; readonly spreads: readonly (Spread | null)[] }

export function speeds(buckets: Buckets, when: string, theme: Theme): Picture {
  const each = buckets.all.map(({ past }) => speedsOf(past))
  const panels: readonly Panel[] = [
    { title: 'MTTA, declared to acknowledged', short: 'MTTA', spreads: each.map(one => one.acknowledge) },
    { title: 'MTTR, declared to resolved', short: 'MTTR', spreads: each.map(one => one.resolve) },
  ]
  const columns = columnsOf(buckets)
  const bottom = FIRST + 2 * PANEL + GAP
  return framed(
    theme,
    {
      name: 'speeds',
      title: `MTTA and MTTR by ${buckets.unit}`,
      about: `${when}; median, and the half in the middle`,
      alt: speedsAlt(buckets, panels, when),
      height: bottom + 38,
    },
    ...panels.flatMap((panel, index) => drawn(panel, FIRST + index * (PANEL + GAP), columns, theme)),
    ...labels(buckets, columns, bottom + 24, theme),
  )
}

function drawn({ title, spreads }: Panel, top: number, columns: Columns, theme: Theme): readonly string[] {
  const known = spreads.flatMap(each => each ?? [])
  const last = spreads.at(-1)
  const heading = [
    words(12, top - 14, title, { 'font-weight': 'bold' }),
    words(WIDTH - 12, top - 14, `last: ${last ? formatDuration(last.median) : 'none'}`, {
      'text-anchor': 'end',
    }),
  ]
  if (known.length === 0)
    return [
      ...heading,
      words(WIDTH / 2, top + PANEL / 2, 'None yet', { 'text-anchor': 'middle', fill: theme.soft }),
    ]
  const scale = durations(
    Math.min(...known.map(({ low }) => low)),
    Math.max(...known.map(({ high }) => high)),
  )
  const y = (ms: number) => top + PANEL * (1 - scale.at(ms))
  const width = Math.min(26, columns.width * 0.5)
  const points = spreads.map(
    (each, index) => each && ([columns.x(index), y(each.median)] as readonly [number, number]),
  )
  return [
    ...heading,
    ...gridOf(scale, top, PANEL, theme),
    ...spreads.flatMap((each, index) =>
      each
        ? [
            rect(columns.x(index) - width / 2, y(each.high), width, Math.max(2, y(each.low) - y(each.high)), {
              fill: theme.band,
              rx: 3,
            }),
          ]
        : [],
    ),
    ...runsOf(points).map(run => path(run, { stroke: theme.accent, 'stroke-width': 2.5 })),
    ...points.flatMap(point => (point ? [circle(point[0], point[1], 4, { fill: theme.accent })] : [])),
  ]
}

/** Neighbours that both have a value. */
function runsOf(points: readonly (readonly [number, number] | null)[]) {
  const runs: (readonly [number, number])[][] = [[]]
  for (const point of points) {
    if (point) runs.at(-1)?.push(point)
    else runs.push([])
  }
  return runs.filter(run => run.length > 1)
}

function speedsAlt({ unit, all }: Buckets, panels: readonly Panel[], when: string): string {
  const each = panels.map(({ short, spreads }) => {
    const last = spreads.at(-1) ?? null
    const before = spreads.slice(0, -1).flatMap(one => (one ? [one.median] : []))
    const now = last
      ? `${short} was ${formatDuration(last.median)} (half of them ${formatDuration(last.low)} to ${formatDuration(last.high)})`
      : `there is no ${short}`
    return `${now}, before it ${between(before)}`
  })
  const notWhole = all.at(-1)?.partial ? ', which is not whole' : ''
  return `MTTA and MTTR by ${unit}, medians, ${when}: in the last ${unit}${notWhole}, ${each.join('; ')}.`
}

function between(values: readonly number[]): string {
  if (values.length === 0) return 'none'
  const [least, most] = [formatDuration(Math.min(...values)), formatDuration(Math.max(...values))]
  return least === most ? least : `${least} to ${most}`
}
