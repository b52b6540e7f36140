/** The weekly message: short where there is little to say, and none where there is nothing. */
import { report } from '../actions/report.ts'
import type { Action } from '../actions/state.ts'
import { type Block, heading, image, list, type Message, note, text } from '../message.ts'
import { formatDuration } from '../schedules/duration.ts'
import type { Handoff } from '../schedules/types.ts'
import { toLocal } from '../schedules/zone.ts'
import type { Instant } from '../words.ts'
import type { World } from '../world.ts'
import { picturesOf } from './charts/pictures.ts'
import { LIGHT } from './charts/theme.ts'
import type { Deployments } from './deployments.ts'
import type { Untold } from './digest.ts'
import { type WeekFigures, weekFigures, within } from './figures.ts'
import {
  count,
  incidentBlocks,
  incidentsLine,
  noisiestLine,
  notAcknowledged,
  pagesLine,
  pagesOf,
  speedLine,
  untoldBlocks,
  WEEKS_BEFORE,
} from './lines.ts'
import { nextWeek } from './next-week.ts'
import type { Noise, Past } from './past.ts'
import type { Range } from './patterns.ts'
import { improvementBlocks, improvementsIn, patternsIn } from './patterns-view.ts'
import { type Period, periodAt } from './period.ts'

export type PatternFacts = {
  readonly world: World
  readonly range: Range
  /** Null: all of them. */
  readonly service: string | null
  /** The incidents of the range, oldest first. */
  readonly past: readonly Past[]
  readonly deployments: Deployments
  /** Where its weeks begin. */
  readonly weeks: Handoff
  /** Since when incidents are recorded; null where that is not known. */
  readonly since: Instant | null
}

/** `range` is that of the patterns: PATTERN_WEEKS up to the period's end. */
export type DigestFacts = PatternFacts & {
  readonly period: Period
  /** Of the period, and of WEEKS_BEFORE before it. */
  readonly noise: Noise
  readonly actions: readonly Action[]
  readonly now: Instant
  readonly untold: readonly Untold[]
  /** Somebody wanted to see it: it is never late, and leaves no week out. */
  readonly asked: boolean
}

/** The weeks that patterns are looked for in. */
export const PATTERN_WEEKS = 12
export const WEEK_MS = 7 * 24 * 60 * 60_000
/** What leaves later than this says so. */
const LATE_AFTER_MS = 10 * 60_000

/** Undefined when there is nothing to say. The pictures are drawn for light paper. */
export function digestView(facts: DigestFacts): Message | undefined {
  const { world, period, past, actions, noise, now, untold, asked } = facts
  const week = figuresIn(facts, period)
  const items = report(actions, Math.min(period.to, now))
  const paged = pagesOf(week).all
  if (week.count === 0 && paged === 0 && items.overdue === 0 && untold.length === 0) return undefined
  const before = figuresIn(facts, { from: period.from - WEEKS_BEFORE * WEEK_MS, to: period.from })
  const weeks = weeksBefore(facts)
  const own = past.filter(({ declaredAt }) => within(period)(declaredAt))
  const done = actions.filter(({ doneAt }) => doneAt !== null && within(period)(doneAt)).length
  const lateMs = asked ? 0 : now - period.to
  const blocks: readonly Block[] = [
    heading(`Week ${period.id}${lateMs > LATE_AFTER_MS ? `, ${formatDuration(lateMs)} late` : ''}`),
    note({ time: period.from, as: 'at' }, ' to ', { time: period.to, as: 'at' }),
    ...untoldBlocks(untold),
    list([
      incidentsLine(week, before, weeks),
      speedLine('MTTA', week.acknowledge, before.acknowledge, notAcknowledged(week)),
      speedLine('MTTR', week.resolve, before.resolve, ''),
      ...(paged > 0 ? [pagesLine(week, before, weeks)] : []),
      ...noisiestLine(noise, period),
      ...(items.total > items.completed || done > 0
        ? [
            [
              { bold: 'Action items' },
              `: ${items.open + items.inProgress} to do, ${items.overdue} overdue, ${done} done this week`,
            ],
          ]
        : []),
    ]),
    ...incidentBlocks(own),
    ...onCallBlocks(world, period),
    ...patternBlocks(facts),
    ...(past.length > 0 ? picturesOf(facts, LIGHT).map(image) : []),
  ]
  return {
    summary: `Week ${period.id}: ${count(week.count, 'incident')}, ${count(paged, 'page')}, ${count(items.overdue, 'overdue action item')}.`,
    tone: 'calm',
    blocks,
  }
}

const weeksBefore = ({ since, period }: DigestFacts): number =>
  since === null ? WEEKS_BEFORE : Math.min(WEEKS_BEFORE, Math.max(0, (period.from - since) / WEEK_MS))

export const figuresIn = ({ world, past, noise }: DigestFacts, range: Range): WeekFigures =>
  weekFigures(past, noise, range, (person, at) => {
    const { people, team } = world.config
    return new Date(toLocal(people[person]?.timezone ?? team.timezone, at)).getUTCHours()
  })

function onCallBlocks(world: World, period: Period): readonly Block[] {
  const ahead = periodAt(world.config.digest.every, world.config.team.timezone, period.to)
  const lines = nextWeek(world, ahead)
  return lines.length === 0
    ? []
    : [text([{ bold: 'On call next week' }, ', from ', { time: ahead.from, as: 'at' }]), list(lines)]
}

function patternBlocks(facts: DigestFacts): readonly Block[] {
  const found = improvementsIn(facts, patternsIn(facts))
  return improvementBlocks(`What ${PATTERN_WEEKS} weeks say`, found)
}
