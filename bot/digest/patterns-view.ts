/** What patterns say, in words and as a picture of letters that every chat and every phone can show. */
import { type Block, code, heading, type Line, list, type Message, note, text } from '../message.ts'
import { formatDuration } from '../schedules/duration.ts'
import { dateOf, toLocal } from '../schedules/zone.ts'
import { UNLIKELY } from './chance.ts'
import { type Spread, speedsOf } from './figures.ts'
import { ENOUGH, type Improvement, improvements } from './improve.ts'
import { type Patterns, patternsOf } from './patterns.ts'
import type { PatternFacts } from './view.ts'

/** Names, hours, days: the most frequent ones. */
const MOST = 5
export const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const

export const patternsIn = ({ world, range, past, deployments }: PatternFacts): Patterns =>
  patternsOf(past, {
    ...range,
    deployments,
    localOf: at => toLocal(world.config.team.timezone, at),
  })

export const improvementsIn = (
  { world, service }: PatternFacts,
  patterns: Patterns,
): readonly Improvement[] =>
  improvements(patterns, service === null ? Object.keys(world.config.services).length : 1)

/** `/digest patterns`, `tocsin digest --from --to`. */
export function patternsView(facts: PatternFacts): Message {
  const patterns = patternsIn(facts)
  const title = titleOf(facts)
  const { count } = patterns
  if (count === 0) {
    const words = `There was no incident: ${title}.`
    return { summary: words, tone: 'calm', blocks: [text(words)] }
  }
  const found = improvementsIn(facts, patterns)
  return {
    summary:
      `${title}: ${count} incident${count === 1 ? '' : 's'}. ${found.map(({ say }) => say).join('. ')}`.trim(),
    tone: 'calm',
    blocks: [
      heading(title),
      list([[{ bold: 'Incidents' }, `: ${count}`], ...speedLines(facts), ...countLines(patterns)]),
      code(heatMap(patterns)),
      ...improvementBlocks('What to improve', found),
      ...(found.length === 0 ? [text(nothingStandsOut(count))] : []),
      note(`Hours as in ${facts.world.config.team.timezone}. Tests and drills are left out.`),
    ],
  }
}

const nothingStandsOut = (count: number): string =>
  count < ENOUGH
    ? `Fewer than ${ENOUGH} incidents: too few to say anything about what to improve.`
    : 'Nothing stands out: no hour holds more than 20 % of them, and no service more than 30 %.'

export function titleOf({
  world,
  range,
  service,
}: Pick<PatternFacts, 'world' | 'range' | 'service'>): string {
  const day = (at: number) => dateOf(toLocal(world.config.team.timezone, at))
  return `${service === null ? 'Patterns' : `Patterns of ${service}`}, ${day(range.from)} to ${day(range.to - 1)}`
}

function speedLines({ past }: PatternFacts): readonly Line[] {
  const { acknowledge, resolve } = speedsOf(past)
  return [
    [{ bold: 'MTTA' }, `: ${spreadText(acknowledge)}`],
    [{ bold: 'MTTR' }, `: ${spreadText(resolve)}`],
  ]
}

/** `median 6 min (half of them 4 min to 9 min)`; of one there is no half. */
export function spreadText(spread: Spread | null): string {
  if (spread === null) return 'none'
  const { count, median, low, high } = spread
  return count === 1
    ? `${formatDuration(median)}, of one incident`
    : `median ${formatDuration(median)} (half of them ${formatDuration(low)} to ${formatDuration(high)})`
}

function countLines(patterns: Patterns): readonly Line[] {
  const { byHour, byWeekday, byService, byCause, withoutService, withoutCause } = patterns
  const hours = byHour.map((count, hour) => [`${String(hour).padStart(2, '0')}:00`, count] as const)
  const days = byWeekday.map((count, day) => [DAYS[day] ?? '', count] as const)
  return [
    line('Busiest hours', most(hours), ''),
    line('Busiest days', most(days), ''),
    line('Services', most(Object.entries(byService)), rest(withoutService, 'without one')),
    line('Root causes', most(Object.entries(byCause)), rest(withoutCause, 'not named')),
    ...deploymentLine(patterns),
    ...togetherLine(patterns),
  ]
}

const most = (counts: readonly (readonly [string, number])[]) =>
  counts
    .filter(([, count]) => count > 0)
    .sort(([, a], [, b]) => b - a)
    .slice(0, MOST)
    .map(([name, count]) => `${name} (${count})`)

const rest = (count: number, what: string): string => (count > 0 ? `${count} ${what}` : '')

const line = (name: string, parts: readonly string[], after: string): Line => [
  { bold: name },
  `: ${[...parts, ...(after === '' ? [] : [after])].join(', ') || 'none'}`,
]

function deploymentLine({
  afterDeployment,
  withoutDeployment,
  deploymentUnknown,
}: Patterns): readonly Line[] {
  const hours = afterDeployment.map((count, hour) => [`${hour} to ${hour + 1} h`, count] as const)
  const found = hours.filter(([, count]) => count > 0).map(([name, count]) => `${name} (${count})`)
  if (found.length === 0) return []
  const others = [
    rest(withoutDeployment, 'without one in 24 h before'),
    rest(deploymentUnknown, 'too long ago to know'),
  ].filter(each => each !== '')
  return [line('After a deployment', found, others.join(', '))]
}

function togetherLine({ together }: Patterns): readonly Line[] {
  const pairs = together.map(({ services, near }) => [services.join(' and '), near] as const)
  return pairs.length > 0 ? [line('Within half an hour of each other', most(pairs), '')] : []
}

export function improvementBlocks(title: string, found: readonly Improvement[]): readonly Block[] {
  return found.length === 0 ? [] : [text([{ bold: title }]), list(found.map(improvementLine))]
}

const improvementLine = ({ say, chance, test, recommend }: Improvement): Line => [
  `${say}. `,
  { bold: chance < UNLIKELY ? 'Unlikely to be chance' : 'Could be chance' },
  ` (${chanceText(chance)}; ${test}). ${recommend.charAt(0).toUpperCase()}${recommend.slice(1)}.`,
]

const chanceText = (chance: number): string => (chance < 0.001 ? 'p < 0.001' : `p = ${chance.toFixed(3)}`)

const SHADES = [' ', '░', '▒', '▓', '█'] as const

/** Weekdays and hours, the darker the more. */
export function heatMap({ hours }: Patterns): string {
  const top = Math.max(1, ...hours.flat())
  const shade = (value: number) =>
    value === 0 ? SHADES[0] : (SHADES[Math.ceil((value / top) * (SHADES.length - 1))] ?? SHADES[4])
  return [
    '    0     6     12    18    ',
    ...hours.map((row, day) => `${DAYS[day]} ${row.map(shade).join('')}`),
  ].join('\n')
}
