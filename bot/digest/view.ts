/** The weekly message: short where there is little to say, and none where there is nothing. */
import { report } from '../actions/report.ts'
import type { Action } from '../actions/state.ts'
import { type Block, code, heading, type Line, list, type Message, note, text } from '../message.ts'
import { formatDuration } from '../schedules/duration.ts'
import { onCall } from '../schedules/on-call.ts'
import { toLocal } from '../schedules/zone.ts'
import type { Instant } from '../words.ts'
import type { World } from '../world.ts'
import { type Spread, weekFigures } from './figures.ts'
import type { Past } from './past.ts'
import { improvements, type Patterns, patternsOf } from './patterns.ts'
import type { Period } from './period.ts'

export type DigestFacts = {
  readonly world: World
  readonly period: Period
  /** Every incident of the period, and of the eight weeks before it. */
  readonly past: readonly Past[]
  readonly actions: readonly Action[]
  /** For when it is said: the period's end, or now where it goes on. */
  readonly at: Instant
}

/** The weeks that a week is held against. */
export const WEEKS_BEFORE = 4
/** The weeks that patterns are looked for in. */
export const PATTERN_WEEKS = 12
const WEEK_MS = 7 * 24 * 60 * 60_000

/** Undefined when there is nothing to say. */
export function digestView({ world, period, past, actions, at: asOf }: DigestFacts): Message | undefined {
  const hourOf = (person: string, at: number) =>
    new Date(toLocal(world.config.people[person]?.timezone ?? world.config.team.timezone, at)).getUTCHours()
  const week = weekFigures(past, period, hourOf)
  const before = weekFigures(past, { from: period.from - WEEKS_BEFORE * WEEK_MS, to: period.from }, hourOf)
  const items = report(actions, asOf)
  const paged = Object.values(week.pages).reduce((total, each) => total + each.all, 0)
  if (week.count === 0 && paged === 0 && items.overdue === 0) return undefined
  const patterns = patternsOf(past, at => toLocal(world.config.team.timezone, at))
  const own = past.filter(({ declaredAt }) => declaredAt >= period.from && declaredAt < period.to)
  const summary = `Week ${period.id}: ${count(week.count, 'incident')}, ${count(paged, 'page')}, ${items.overdue} overdue action items.`
  const blocks: Block[] = [
    heading(`Week ${period.id}`),
    list([
      incidentsLine(week, before.count / WEEKS_BEFORE),
      speedLine('Acknowledged', week.acknowledge, before.acknowledge),
      speedLine('Resolved', week.resolve, before.resolve),
      ...(paged > 0 ? [pagesLine(week.pages)] : []),
      ...noisiest(own),
      [
        { bold: 'Action items' },
        `: ${items.open + items.inProgress} to do, ${items.overdue} overdue, ${items.completed} done`,
      ],
    ]),
    ...(own.length > 0 ? [text([{ bold: 'Incidents' }]), list(own.slice(0, 10).map(incidentLine))] : []),
    ...patternBlocks(patterns, Object.keys(world.config.services).length),
    note(...nextWeek(world, asOf)),
  ]
  return { summary, tone: 'calm', blocks }
}

const count = (number: number, what: string): string => `${number} ${what}${number === 1 ? '' : 's'}`

function incidentsLine({ count: all, bySeverity }: ReturnType<typeof weekFigures>, usual: number): Line {
  const each = Object.entries(bySeverity)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([severity, number]) => `${number} ${severity}`)
  return [
    { bold: 'Incidents' },
    `: ${all}${each.length > 0 ? ` (${each.join(', ')})` : ''}; ${usual.toFixed(1)} a week in the four weeks before`,
  ]
}

const speedLine = (name: string, now: Spread | null, before: Spread | null): Line => [
  { bold: name },
  now === null
    ? ': none'
    : `: median ${formatDuration(now.median)} (half of them ${formatDuration(now.low)} to ${formatDuration(now.high)})`,
  before === null ? '' : `; ${formatDuration(before.median)} in the four weeks before`,
]

const pagesLine = (pages: ReturnType<typeof weekFigures>['pages']): Line => [
  { bold: 'Pages' },
  ': ',
  ...Object.entries(pages)
    .sort(([, a], [, b]) => b.all - a.all)
    .flatMap(
      ([person, { all, night }], index): Line => [
        ...(index > 0 ? [', '] : []),
        { person },
        ` ${all}${night > 0 ? ` (${night} at night)` : ''}`,
      ],
    ),
]

function noisiest(own: readonly Past[]): readonly Line[] {
  const titles = own.flatMap(past => past.alerts)
  const [first] = [...Map.groupBy(titles, title => title)].sort(([, a], [, b]) => b.length - a.length)
  return first && first[1].length > 1
    ? [[{ bold: 'Noisiest alert' }, `: ${first[0]}, ${first[1].length} times`]]
    : []
}

const incidentLine = (past: Past): Line => [
  { bold: `${past.severity} ${past.id}` },
  ` ${past.title}`,
  past.resolvedAt === null ? ' · not resolved' : ` · ${formatDuration(past.resolvedAt - past.declaredAt)}`,
  past.published ? ' · post-mortem published' : '',
]

function patternBlocks(patterns: Patterns, services: number): readonly Block[] {
  const found = improvements(patterns, services)
  if (found.length === 0) return []
  return [
    text([{ bold: `What ${PATTERN_WEEKS} weeks say` }]),
    list(
      found.map(
        ({ say, chance, test, recommend }): Line => [
          `${say}. ${chance < 0.05 ? 'Hardly chance' : 'It may be chance'} (${chance < 0.001 ? 'p < 0.001' : `p = ${chance.toFixed(3)}`}, ${test}). `,
          recommend,
        ],
      ),
    ),
    code(heatMap(patterns)),
  ]
}

const SHADES = [' ', '░', '▒', '▓', '█'] as const
const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const

/** Weekdays and hours, the darker the more: a picture that every chat and every phone can show. */
export function heatMap({ hours }: Patterns): string {
  const most = Math.max(1, ...hours.flat())
  const shade = (value: number) =>
    value === 0 ? SHADES[0] : (SHADES[Math.ceil((value / most) * (SHADES.length - 1))] ?? SHADES[4])
  return [
    '    0     6     12    18    ',
    ...hours.map((row, day) => `${DAYS[day]} ${row.map(shade).join('')}`),
  ].join('\n')
}

function nextWeek(world: World, at: number): Line {
  const { schedules } = world.config
  const each = Object.values(schedules).flatMap((schedule): Line => {
    const { people } = onCall(schedule, world.overrides, at + 60_000)
    const [first] = people
    return first === undefined
      ? [` ${schedule.name}: nobody.`]
      : [` ${schedule.name}: `, { person: first }, '.']
  })
  return ['On call now:', ...each]
}
