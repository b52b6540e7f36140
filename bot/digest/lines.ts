/** The lines of the weekly message, each a figure of the week held against the weeks before. */
import { type Block, type Inline, type Line, list, text } from '../message.ts'
import { formatDuration } from '../schedules/duration.ts'
import type { Untold } from './digest.ts'
import { noisiest, type Spread, type WeekFigures } from './figures.ts'
import type { Noise, Past } from './past.ts'
import { spreadText } from './patterns-view.ts'
import type { Period } from './period.ts'

/** The weeks that a week is held against. */
export const WEEKS_BEFORE = 4
const MOST_INCIDENTS = 10

export const count = (number: number, what: string): string => `${number} ${what}${number === 1 ? '' : 's'}`
/** `weeks`: of the four before it, those in which anything was recorded. */
const usual = (number: number, weeks: number): string =>
  weeks < 0.5
    ? 'nothing was recorded before'
    : `${(number / weeks).toFixed(1)} a week in the ${weeks < WEEKS_BEFORE ? weeks.toFixed(0) : 'four'} weeks before`

export function pagesOf({ pages }: WeekFigures): { readonly all: number; readonly night: number } {
  const each = Object.values(pages)
  return {
    all: each.reduce((total, { all }) => total + all, 0),
    night: each.reduce((total, { night }) => total + night, 0),
  }
}

export const untoldBlocks = (untold: readonly Untold[]): readonly Block[] =>
  untold.length === 0
    ? []
    : [
        text([{ bold: 'Not told' }]),
        list(
          untold.map(
            ({ week, chat, why }): Line => [
              `Week ${week}${chat === null ? '' : ` on ${chat}`}: ${why}. To read it: `,
              { code: `npx tocsin digest --week ${week}` },
            ],
          ),
        ),
      ]

export function incidentsLine(
  { count: all, bySeverity }: WeekFigures,
  before: WeekFigures,
  weeks: number,
): Line {
  const each = Object.entries(bySeverity)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([severity, number]) => `${number} ${severity}`)
  return [
    { bold: 'Incidents' },
    `: ${all}${each.length > 0 ? ` (${each.join(', ')})` : ''}; ${usual(before.count, weeks)}`,
  ]
}

export const notAcknowledged = ({ notAcknowledged: number }: WeekFigures): string =>
  number > 0 ? `, ${number} not acknowledged` : ''

export const speedLine = (name: string, now: Spread | null, before: Spread | null, more: string): Line => [
  { bold: name },
  `: ${spreadText(now)}${more}; in the four weeks before: ${spreadText(before)}`,
]

export function pagesLine(week: WeekFigures, before: WeekFigures, weeks: number): Line {
  const { all, night } = pagesOf(week)
  return [
    { bold: 'Pages' },
    `: ${all}, ${night} at night; ${usual(pagesOf(before).all, weeks)}: `,
    ...Object.entries(week.pages)
      .sort(([, a], [, b]) => b.all - a.all)
      .flatMap(([person, own], index): readonly Inline[] => [
        ...(index > 0 ? [', '] : []),
        { person },
        ` ${own.all}${own.night > 0 ? ` (${own.night} at night)` : ''}`,
      ]),
  ]
}

export function noisiestLine(noise: Noise, period: Period): readonly Line[] {
  const loud = noisiest(noise, period)
  return loud.length === 0
    ? []
    : [
        [
          { bold: 'Noisiest alerts' },
          `: ${loud.map(({ title, count: times }) => `${title}, ${times} times`).join('; ')}`,
        ],
      ]
}

export function incidentBlocks(own: readonly Past[]): readonly Block[] {
  if (own.length === 0) return []
  const worst = [...own].sort((a, b) => (a.severity < b.severity ? -1 : a.severity > b.severity ? 1 : 0))
  const lines = worst
    .slice(0, MOST_INCIDENTS)
    .map(
      (past): Line => [
        { bold: `${past.severity} ${past.id}` },
        ` ${past.title}`,
        past.resolvedAt === null
          ? ' · not resolved'
          : ` · ${formatDuration(past.resolvedAt - past.declaredAt)}`,
        past.published ? ' · post-mortem published' : '',
      ],
    )
  const more = own.length - lines.length
  return [
    text([{ bold: more > 0 ? 'The worst incidents' : 'Incidents' }]),
    list(more > 0 ? [...lines, [`and ${more} more`]] : lines),
  ]
}
