/** The pictures of a digest and of patterns, in the order in which they are looked at. */
import type { Picture } from '../../message.ts'
import { dateOf, toLocal } from '../../schedules/zone.ts'
import { bucketsOf } from '../buckets.ts'
import { patternsIn } from '../patterns-view.ts'
import type { PatternFacts } from '../view.ts'
import { heatMap } from './heat-map.ts'
import { speeds } from './speeds.ts'
import type { Theme } from './theme.ts'
import { trend } from './trend.ts'

export function picturesOf(facts: PatternFacts, theme: Theme): readonly Picture[] {
  const { world, range, past, service, since, weeks } = facts
  const { timezone } = world.config.team
  const day = (at: number) => dateOf(toLocal(timezone, at))
  const when = `${service === null ? '' : `${service}, `}${day(range.from)} to ${day(range.to - 1)}`
  const buckets = bucketsOf(past, { range, anchor: weeks, zone: timezone, since })
  return [
    trend(buckets, when, theme),
    speeds(buckets, when, theme),
    heatMap({ hours: patternsIn(facts).hours, zone: timezone, when }, theme),
  ]
}
