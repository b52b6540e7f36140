/** Incidents by weekday and hour: the darker the more, each with its number, and the sums of days beside them. */
import type { Picture } from '../../message.ts'
import { DAYS } from '../patterns-view.ts'
import { framed, TOP as HEAD, SMALL, WIDTH } from './frame.ts'
import { rect, words } from './svg.ts'
import type { Theme } from './theme.ts'

const TOP = HEAD + 8
const LEFT = 48
const RIGHT = 46
const CELL = (WIDTH - LEFT - RIGHT) / 24
const ROW = 28
const BOTTOM = TOP + 16 + 7 * ROW
const LEGEND = 84

export type Heat = {
  /** Weekday (0 Monday) × hour. */
  readonly hours: readonly (readonly number[])[]
  readonly zone: string
  readonly when: string
}

export function heatMap({ hours, zone, when }: Heat, theme: Theme): Picture {
  const steps = stepsOf(Math.max(0, ...hours.flat()))
  const shade = (count: number) => (count === 0 ? 0 : steps.findIndex(([, to]) => count <= to) + 1)
  const cells = hours.flatMap((row, day) =>
    row.flatMap((count, hour) => {
      const [x, y] = [LEFT + hour * CELL, TOP + 16 + day * ROW]
      const heat = shade(count)
      return [
        rect(x + 0.5, y + 0.5, CELL - 1, ROW - 1, { fill: theme.heat[heat], rx: 2 }),
        ...(count > 0 ? [number(x + CELL / 2, y + ROW / 2 + 4.5, count, { fill: theme.onHeat[heat] })] : []),
      ]
    }),
  )
  return framed(
    theme,
    {
      name: 'hours',
      title: 'Incidents by weekday and hour',
      about: `${when}, hours as in ${zone}`,
      alt: heatAlt({ hours, zone, when }),
      height: BOTTOM + LEGEND,
    },
    ...labels(theme),
    ...cells,
    ...daySums(hours, theme),
    ...legend(steps, theme),
  )
}

const number = (x: number, y: number, count: number, more: Readonly<Record<string, string | undefined>>) =>
  words(x, y, String(count), { 'text-anchor': 'middle', 'font-size': count > 99 ? 9 : 12, ...more })

const labels = (theme: Theme): readonly string[] => [
  ...[0, 3, 6, 9, 12, 15, 18, 21].map(hour =>
    words(LEFT + (hour + 0.5) * CELL, TOP + 8, String(hour).padStart(2, '0'), {
      'text-anchor': 'middle',
      fill: theme.soft,
    }),
  ),
  ...DAYS.map((day, index) => words(12, TOP + 16 + index * ROW + ROW / 2 + 5, day)),
]

const daySums = (hours: Heat['hours'], theme: Theme): readonly string[] => [
  words(WIDTH - 10, TOP + 8, 'sum', { 'text-anchor': 'end', fill: theme.soft }),
  ...hours.map((row, day) =>
    words(WIDTH - 10, TOP + 16 + day * ROW + ROW / 2 + 5, String(sum(row)), {
      'text-anchor': 'end',
      'font-weight': 'bold',
      'font-size': sum(row) > 999 ? 11 : undefined,
    }),
  ),
]

/** At most four steps of whole counts, each `[from, to]`. */
function stepsOf(most: number): readonly (readonly [number, number])[] {
  const count = Math.min(4, most)
  const ends = Array.from({ length: count }, (_, index) => Math.ceil(((index + 1) * most) / count))
  return ends.map((to, index) => [(ends[index - 1] ?? 0) + 1, to])
}

function legend(steps: readonly (readonly [number, number])[], theme: Theme): readonly string[] {
  const each = [[0, 0] as const, ...steps]
  return [
    words(LEFT, BOTTOM + 34, 'Incidents in the hour:', { fill: theme.soft }),
    ...each.flatMap(([from, to], index) => {
      const x = LEFT + index * 92
      return [
        rect(x, BOTTOM + 46, 20, 20, {
          fill: theme.heat[index],
          rx: 2,
          ...(index === 0 ? { stroke: theme.grid } : {}),
        }),
        words(x + 27, BOTTOM + 46 + SMALL + 1, from === to ? String(from) : `${from} to ${to}`),
      ]
    }),
  ]
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

const LONG = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const

/** The busiest day and hour, with the share that they hold. */
function heatAlt({ hours, zone, when }: Heat): string {
  const all = sum(hours.map(sum))
  const begin = `Heat map of ${all} incident${all === 1 ? '' : 's'} by weekday and hour (${when}, ${zone})`
  if (all === 0) return `${begin}.`
  const days = hours.map(sum)
  const byHour = Array.from({ length: 24 }, (_, hour) => sum(hours.map(row => row[hour] ?? 0)))
  const day = days.indexOf(Math.max(...days))
  const hour = byHour.indexOf(Math.max(...byHour))
  const clock = (at: number) => `${String(at % 24).padStart(2, '0')}:00`
  const idle = days.flatMap((count, index) => (count === 0 ? [`${LONG[index]}s`] : []))
  return [
    `${begin}: most on ${LONG[day]}s (${days[day]})`,
    ` and between ${clock(hour)} and ${clock(hour + 1)} (${byHour[hour]})`,
    idle.length > 0 && idle.length < 6 ? `; none on ${list(idle)}.` : '.',
  ].join('')
}

const list = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
