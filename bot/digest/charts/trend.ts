/** Incidents by week and severity: columns, the worst at the bottom, each with its sum. A week without any has a nought. */
import type { Picture } from '../../message.ts'
import { SEVERITIES } from '../../words.ts'
import type { Bucket, Buckets, Unit } from '../buckets.ts'
import { bySeverity } from '../figures.ts'
import { counts } from './axes.ts'
import { columnsOf, gridOf, labels } from './columns.ts'
import { framed, TOP } from './frame.ts'
import { rect, words } from './svg.ts'
import type { Theme } from './theme.ts'

const HEIGHT = 190
const PLOT = TOP + 22
/** The width of a digit in bold. */
const LETTER = 10

export function trend(buckets: Buckets, when: string, theme: Theme): Picture {
  const { unit, all } = buckets
  const scale = counts(Math.max(0, ...all.map(({ past }) => past.length)))
  const columns = columnsOf(buckets)
  const y = (count: number) => PLOT + HEIGHT * (1 - scale.at(count))
  const most = all.findIndex(({ past }) => past.length === Math.max(...all.map(each => each.past.length)))
  // Where there is no room for all sums, the highest is written, and a mark where one is not whole.
  const room = all.every(bucket => sumOf(bucket).length * LETTER <= columns.width)
  const stacks = all.flatMap((bucket, index) => {
    const width = Math.min(46, columns.width * 0.72)
    const label = room || index === most ? sumOf(bucket) : bucket.partial ? '*' : ''
    return stack(bucket, columns.x(index), width, y, label, theme)
  })
  return framed(
    theme,
    {
      name: 'trend',
      title: `Incidents a ${unit}`,
      about: [
        `${when}, by severity`,
        ...(all.some(({ partial }) => partial) ? ['* not whole'] : []),
        ...(all.some(({ unknown }) => unknown) ? ['– not recorded yet'] : []),
      ].join('; '),
      alt: trendAlt(buckets, when),
      height: PLOT + HEIGHT + 74,
    },
    ...gridOf(scale, PLOT, HEIGHT, theme),
    ...stacks,
    ...labels(buckets, columns, PLOT + HEIGHT + 22, theme),
    ...legend(PLOT + HEIGHT + 44, theme),
  )
}

const sumOf = ({ past, partial, unknown }: Bucket): string =>
  unknown ? '–' : `${past.length}${partial ? '*' : ''}`

function stack(
  { past }: Bucket,
  x: number,
  width: number,
  y: (count: number) => number,
  label: string,
  theme: Theme,
): readonly string[] {
  const each = bySeverity(past)
  let below = 0
  const parts = SEVERITIES.flatMap(severity => {
    const count = each[severity] ?? 0
    if (count === 0) return []
    const [top, bottom] = [y(below + count), y(below)]
    below += count
    return [
      rect(x - width / 2, top, width, bottom - top, {
        fill: theme.severities[severity],
        stroke: theme.paper === 'none' ? undefined : theme.paper,
      }),
    ]
  })
  if (label === '') return parts
  return [
    ...parts,
    words(x, y(below) - 6, label, {
      'text-anchor': 'middle',
      'font-weight': past.length > 0 ? 'bold' : undefined,
      fill: past.length > 0 ? theme.ink : theme.soft,
    }),
  ]
}

const legend = (y: number, theme: Theme): readonly string[] =>
  SEVERITIES.flatMap((severity, index) => [
    rect(64 + index * 112, y, 16, 16, { fill: theme.severities[severity], rx: 2 }),
    words(64 + index * 112 + 23, y + 13, severity),
  ])

/** The last column, the average of the whole ones, and the highest. */
function trendAlt({ unit, all }: Buckets, when: string): string {
  const known = all.filter(({ unknown }) => !unknown)
  const whole = known.filter(({ partial }) => !partial)
  const total = countOf(known)
  const last = all.at(-1)
  const begin = `Incidents a ${unit}, ${when}: ${total} in all`
  if (!last || total === 0) return `${begin}.`
  const most = known.reduce((a, b) => (b.past.length > a.past.length ? b : a))
  const empty = whole.filter(({ past }) => past.length === 0).length
  return [
    whole.length > 1
      ? `${begin}, ${(countOf(whole) / whole.length).toFixed(1)} a ${unit} on average.`
      : `${begin}.`,
    ` The last ${unit}${last.partial ? ', which is not whole,' : ''} has ${last.past.length}${inParts(last)}`,
    `; most were ${most.past.length} in ${whenOf(unit, most)}`,
    empty > 0 ? `; ${empty} ${unit}${empty === 1 ? '' : 's'} had none.` : '.',
  ].join('')
}

const countOf = (all: readonly Bucket[]): number => all.reduce((sum, { past }) => sum + past.length, 0)

const whenOf = (unit: Unit, { label }: Bucket): string => (unit === 'week' ? `the week from ${label}` : label)

function inParts({ past }: Bucket): string {
  const each = bySeverity(past)
  const parts = SEVERITIES.flatMap(severity => (each[severity] ? [`${each[severity]} ${severity}`] : []))
  return parts.length > 0 ? ` (${parts.join(', ')})` : ''
}
