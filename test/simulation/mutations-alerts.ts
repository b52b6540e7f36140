/** Bugs of what comes from outside and of what comes by the calendar: alerts, shifts, reminders, the digest. */
import type { Mutation } from './mutations.ts'

export const ALERTS_AND_SHIFTS: readonly Mutation[] = [
  {
    name: 'each alert of a group declares an incident',
    file: 'bot/engine/draft.ts',
    from: '  ...(group && { groupKey: group.key }),\n',
    to: '',
    foundBy: 1,
  },
  {
    name: 'a closed incident keeps its group of alerts',
    file: 'bot/engine/kinds.ts',
    from: '{ summary, groupKey: null } : { summary }',
    to: '{ summary } : { summary }',
    foundBy: 3,
  },
  {
    name: 'an end that comes late ends what fires now',
    file: 'bot/alerts/decide.ts',
    from: '(alert.startsAt < known.startsAt ||',
    to: '(',
    foundBy: 1,
  },
  {
    name: 'a worse alert raises nothing',
    file: 'bot/alerts/decide.ts',
    from: '[fired] : [fired, ...raised]',
    to: '[fired] : [fired]',
    foundBy: 3,
  },
  {
    name: 'an override is ignored',
    file: 'bot/schedules/override.ts',
    from: 'overrides.filter(each => each.from <= at && at < each.to)',
    to: 'overrides.filter(each => each.from <= at && at < each.from)',
    foundBy: 2,
  },
  {
    name: 'an override that was taken back goes on',
    file: 'bot/schedules/override.ts',
    from: 'Math.min(each.to, each.cancelledAt ?? each.to)',
    to: 'each.to',
    foundBy: 1,
  },
  {
    name: 'a handoff is off by one',
    file: 'bot/schedules/rotation.ts',
    from: 'people[turn % people.length]',
    to: 'people[(turn + 1) % people.length]',
    foundBy: 1,
  },
  {
    name: 'the digest does not come',
    file: 'bot/digest/digest.ts',
    from: "event.type === 'digest_planned' ? [{ arm: { kind: 'digest' as const }, at: event.at }] : []",
    to: '[]',
    foundBy: 6,
  },
]
