/** Schedules as people write them: what they mean, and what is said when they mean nothing. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseConfig } from '../../../bot/config/parse.ts'
import { formatProblem } from '../../../bot/config/problems.ts'
import { onCall } from '../../../bot/schedules/on-call.ts'
import { parseRestriction } from '../../../bot/schedules/restriction-text.ts'

const TEAM =
  'team: { name: T, timezone: Etc/UTC, holidays: [2026-12-25], business_hours: { days: [mon, tue, wed, thu, fri], from: "08:00", to: "16:00" } }'
const PEOPLE = 'people: { ben: { name: Ben }, aiko: { name: Aiko } }'
const TURNS = 'every: 1w, handoff: "mon 09:00", starts: 2026-11-02, people: [ben]'
const parse = (schedule: string, team = TEAM) =>
  parseConfig({ text: `${team}\n${PEOPLE}\nschedules: { primary: ${schedule} }\n`, file: 't.yaml' })
const problems = (schedule: string) => {
  const parsed = parse(schedule)
  return parsed.config ? [] : parsed.problems.map(formatProblem)
}
const primary = (schedule: string) => parse(schedule).config?.schedules.primary

describe('hours as people write them', () => {
  const hours = (text: string) => {
    const read = parseRestriction(text)
    if (!read) return undefined
    const days = typeof read.days === 'string' ? read.days : read.days.join('')
    return `${days} ${read.hours === 'business' ? 'business' : `${read.hours.fromMinute / 60}-${read.hours.toMinute / 60}`}`
  }
  test.each([
    ['weekdays 09:00-18:00', '12345 9-18'],
    ['Weekdays 9:30 - 18:00', '12345 9.5-18'],
    ['weekends', '67 0-24'],
    ['daily 22:00-06:00', '1234567 22-30'],
    ['22:00-06:00', '1234567 22-30'],
    ['mon 09:00-09:00', '1 9-33'],
    ['mon 00:00-24:00', '1 0-24'],
    ['mon-fri', '12345 0-24'],
    ['fri-mon 10:00-12:00', '1567 10-12'],
    ['mon, wed,Sat-Sun 10:00-12:00', '1367 10-12'],
    ['fri 18:00 - mon 09:00', '5 18-81'],
    ['fri 18:00-fri 09:00', '5 18-177'],
    ['fri 09:00-fri 18:00', '5 9-18'],
    ['holidays', 'holidays 0-24'],
    ['holidays 09:00-18:00', 'holidays 9-18'],
    ['workdays 09:00-18:00', 'workdays 9-18'],
    ['business hours', 'workdays business'],
  ])('"%s"', (text, meaning) => {
    expect(hours(text)).toBe(meaning)
  })

  test.each([
    '',
    'sometimes',
    'weekdays 9-18',
    'weekdays 09:00',
    'weekdays 09:00-25:00',
    'weekdays 24:00-06:00',
    'mon-',
    '-mon',
    'mon-wed-fri',
    'monkey',
    'mon,weekends',
    'fri 18:00 - monkey 09:00',
    'weekdays09:00-18:00',
    'constructor',
  ])('"%s" has no meaning', text => {
    expect(parseRestriction(text)).toBeUndefined()
  })

  test('any text is read or is not, and what is read is a stretch of at most a week from a time of day', () => {
    const part = fc.constantFrom('mon', 'fri', 'weekdays', ' ', '-', ',', '09:00', '24:00', '7:5', 'x')
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(part).map(all => all.join('')),
        ),
        text => {
          const read = parseRestriction(text)
          if (!read || read.hours === 'business') return
          const { fromMinute, toMinute } = read.hours
          expect(fromMinute).toBeGreaterThanOrEqual(0)
          expect(toMinute).toBeGreaterThan(fromMinute)
          expect(toMinute - fromMinute).toBeLessThanOrEqual(7 * 1440)
        },
      ),
      { numRuns: 1000 },
    )
  })
})

test('layers lie over the rotation, each with its hours, its zone and its last day', () => {
  expect(
    primary(
      `{ timezone: Asia/Tokyo, rotation: { ${TURNS} }, layers: [
        { name: berlin, timezone: Europe/Berlin, only: "weekdays 09:00-18:00", ends: 2027-03-31, ${TURNS} },
        { only: [weekends, holidays], ${TURNS} } ] }`,
    ),
  ).toMatchObject({
    timezone: 'Asia/Tokyo',
    layers: [
      { people: ['ben'] },
      {
        name: 'berlin',
        timezone: 'Europe/Berlin',
        ends: '2027-03-31',
        only: [{ days: [1, 2, 3, 4, 5], fromMinute: 540, toMinute: 1080 }],
      },
      {
        name: '2',
        only: [
          { days: [6, 7], fromMinute: 0, toMinute: 1440 },
          { days: [], dates: ['2026-12-25'] },
        ],
      },
    ],
  })
})

test("business hours are the team's, and its holidays are none", () => {
  const schedule = primary(`{ rotation: { only: business hours, ${TURNS} } }`)
  const who = (instant: string) => schedule && onCall(schedule, [], Date.parse(instant)).people.join()
  expect(who('2026-12-24T08:00:00Z')).toBe('ben')
  expect(who('2026-12-24T16:00:00Z')).toBe('')
  expect(who('2026-12-25T10:00:00Z')).toBe('')
  expect(who('2026-12-26T10:00:00Z')).toBe('')
})

test('business hours of the night end on the next day', () => {
  const { config } = parse(
    `{ rotation: { ${TURNS} } }`,
    TEAM.replace('08:00', '22:00').replace('16:00', '06:00'),
  )
  expect(config?.team.business).toMatchObject({ fromMinute: 22 * 60, toMinute: 30 * 60 })
})

test('the answer names the rotation or the layer', () => {
  const schedule = primary(
    `{ rotation: { ${TURNS} }, layers: [ { only: weekdays 00:00-12:00, ${TURNS} }, { name: nights, only: weekdays 22:00-24:00, ${TURNS} } ] }`,
  )
  const source = (hour: string) =>
    schedule && onCall(schedule, [], Date.parse(`2026-11-24T${hour}:00:00Z`)).source
  expect(['06', '15', '23'].map(source)).toEqual(['layer 1', 'rotation', 'layer nights'])
})

test.each([
  [
    'hours that mean nothing',
    '"weekdys',
    `{ layers: [ { only: "weekdys 09:00-18:00", ${TURNS} } ] }`,
    'schedules.primary.layers.0.only: found "weekdys 09:00-18:00", expected hours such as "weekdays 09:00-18:00", "fri 18:00 - mon 09:00", weekends, holidays or business hours; did you mean weekdays?',
  ],
  [
    'one of several hours',
    '"mon 9-18"',
    `{ layers: [ { only: [weekends, "mon 9-18"], ${TURNS} } ] }`,
    'schedules.primary.layers.0.only.1: found "mon 9-18", expected hours such as',
  ],
  [
    'hours as a number',
    '9, every',
    `{ rotation: { only: 9, ${TURNS} } }`,
    'schedules.primary.rotation.only: found 9, expected hours such as',
  ],
  [
    'a last day before the first',
    '2026-11-01',
    `{ rotation: { ends: 2026-11-01, ${TURNS} } }`,
    'schedules.primary.rotation.ends: found "2026-11-01", expected a date that is not before `starts`; it starts on 2026-11-02; `ends` is its last day',
  ],
  [
    'a rotation by weeks without a weekday',
    '"09:00"',
    '{ rotation: { every: 1w, handoff: "09:00", starts: 2026-11-02, people: [ben] } }',
    'schedules.primary.rotation.handoff: found "09:00", expected a weekday and a time such as "mon 09:00"; the rotation goes by weeks',
  ],
  [
    "a layer's zone",
    'Europe/Berln',
    `{ layers: [ { timezone: Europe/Berln, ${TURNS} } ] }`,
    'schedules.primary.layers.0.timezone: found "Europe/Berln", expected a time zone such as Asia/Tokyo; did you mean Europe/Berlin?',
  ],
  [
    'somebody unknown in a layer',
    'bem',
    '{ layers: [ { every: 1d, handoff: "09:00", starts: 2026-11-02, people: [bem] } ] }',
    'schedules.primary.layers.0.people.0: found "bem", expected a person of `people`; did you mean ben?',
  ],
  [
    'two layers of one name',
    'a, every: 1w, handoff: "mon 09:00", starts: 2026-11-02, people: [ben] } ] }',
    `{ layers: [ { name: a, ${TURNS} }, { name: a, ${TURNS} } ] }`,
    'schedules.primary.layers.1.name: found "a", expected a name that no other layer of the schedule has',
  ],
  [
    'a schedule of nothing',
    '{ timezone',
    '{ timezone: Asia/Tokyo }',
    'schedules.primary: found {"timezone":"Asia/Tokyo"}, expected `rotation`, `layers` or both',
  ],
  [
    'a handoff at a time that is none',
    '"24:00"',
    '{ rotation: { every: 1d, handoff: "24:00", starts: 2026-11-02, people: [ben] } }',
    'schedules.primary.rotation.handoff: found "24:00", expected a handoff such as "mon 09:00", or "09:00"',
  ],
])('%s is said with its place and the way out', (_, token, schedule, sentence) => {
  const column = `schedules: { primary: ${schedule} }`.indexOf(token) + 1
  expect(problems(schedule).join('\n')).toContain(`t.yaml:3:${column} ${sentence}`)
})

test('a layer for holidays of a team that has none is a warning', () => {
  const parsed = parse(
    `{ rotation: { ${TURNS} }, layers: [ { only: holidays, ${TURNS} } ] }`,
    'team: { name: T, timezone: Etc/UTC }',
  )
  expect(parsed.config && parsed.warnings.map(formatProblem).join('\n')).toContain(
    'schedules.primary.layers.0.only: warning: it is for holidays, and there are none; list their dates in `team.holidays`',
  )
})
