/**
 * The week ahead, looked at every morning of the team: gaps and double bookings are said once, while there is time to mend them;
 * on Mondays the whole week is shown, and looked at with the one after it, so that what comes every week is said once a week.
 */
import type { Asked } from '../incidents/asked.ts'
import { doubleBookings } from '../schedules/double-booking.ts'
import { gaps } from '../schedules/on-call.ts'
import { DAY_MS, MINUTE_MS, startOfDay, toInstant, toLocal, weekdayOf } from '../schedules/zone.ts'
import type { Instant } from '../words.ts'
import type { RotaEvent } from './events.ts'
import { type Notice, noticeKey, noticeSubject, type Rota } from './state.ts'

const WEEK_MS = 7 * DAY_MS
/** How far the end of what begins within the week is looked for. */
const HORIZON_MS = 60 * DAY_MS
/** Nine in the morning of the team. */
const MORNING_MS = 9 * 60 * MINUTE_MS

export function lookAhead({ world, now }: Pick<Asked, 'world' | 'now'>, rota: Rota): readonly RotaEvent[] {
  const schedules = Object.values(world.config.schedules)
  const horizon = now + HORIZON_MS
  const found: readonly Notice[] = [
    ...schedules.flatMap(schedule =>
      gaps(schedule, rota.overrides, now, horizon).map(gap => ({
        type: 'gap_found' as const,
        schedule: schedule.name,
        ...gap,
      })),
    ),
    ...doubleBookings(schedules, rota.overrides, now, horizon).map(each => ({
      type: 'booked_twice' as const,
      ...each,
    })),
  ]
  const monday = weekdayOf(toLocal(world.config.team.timezone, now)) === 1
  const until = now + (monday ? 2 * WEEK_MS : WEEK_MS)
  const fresh = found.filter(event => event.from < until && !wasSaid(rota, event, now))
  return [
    ...fresh,
    ...(monday && schedules.length > 0
      ? [{ type: 'week_shown' as const, from: now, to: now + WEEK_MS }]
      : []),
    planned(world.config.team.timezone, now),
  ]
}

/** What is under way begins at `now` at every look: it is the one that was said and is not over. */
const wasSaid = ({ said }: Rota, event: Notice, now: Instant): boolean =>
  said[noticeKey(event)] !== undefined ||
  (event.from === now &&
    Object.entries(said).some(([key, to]) => key.startsWith(`${noticeSubject(event)} `) && to > now))

/** The next morning. */
export function planned(zone: string, now: Instant): RotaEvent {
  const today = startOfDay(toLocal(zone, now)) + MORNING_MS
  const at = [today, today + DAY_MS, today + 2 * DAY_MS]
    .map(local => toInstant(zone, local))
    .find(each => each > now)
  return { type: 'ahead_planned', at: at ?? now + DAY_MS }
}
