/** The feed, read back by somebody else's parser. */
import fc from 'fast-check'
import ICAL from 'ical.js'
import { expect, test } from 'vitest'
import { feedWindow, icalendar } from '../../../bot/schedules/ical.ts'
import { shifts } from '../../../bot/schedules/on-call.ts'
import { type Turn, turnsOf } from '../../../bot/schedules/turns.ts'
import type { Schedule } from '../../../bot/schedules/types.ts'
import { at, DAY, HOUR, iso } from './wall-clock.ts'

const NOW = at('2026-11-24T12:00:00Z')
const turn = (rest: Partial<Turn> = {}): Turn => ({
  schedule: 'primary',
  person: 'aiko',
  from: NOW,
  to: NOW + DAY,
  source: 'rotation',
  ...rest,
})
const feed = (turns: readonly Turn[], name = 'Aiko Tanaka', title = 'On call: primary') =>
  icalendar({ title, at: NOW, turns, nameOf: () => name })
const read = (text: string) => {
  const calendar = new ICAL.Component(ICAL.parse(text))
  const events = calendar.getAllSubcomponents('vevent').map(each => {
    const { uid, summary, description, startDate, endDate } = new ICAL.Event(each)
    return {
      uid,
      summary,
      description,
      from: startDate.toJSDate().getTime(),
      to: endDate.toJSDate().getTime(),
      zone: startDate.zone.tzid,
    }
  })
  // The parser leaves a property that is in no standard as it is written.
  const title = String(calendar.getFirstPropertyValue('x-wr-calname'))
  return { title: title.replaceAll(/\\(.)/g, (_, each) => (each === 'n' ? '\n' : each)), events }
}

test('a turn is an event in UTC that keeps nobody busy', () => {
  expect(feed([turn()]).split('\r\n')).toEqual([
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Tocsin//On call//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    'NAME:On call: primary',
    'X-WR-CALNAME:On call: primary',
    'REFRESH-INTERVAL;VALUE=DURATION:PT1H',
    'X-PUBLISHED-TTL:PT1H',
    'BEGIN:VEVENT',
    'UID:primary/aiko/20261124T120000Z@tocsin',
    'DTSTAMP:20261124T120000Z',
    'DTSTART:20261124T120000Z',
    'DTEND:20261125T120000Z',
    'SUMMARY:Aiko Tanaka on call: primary',
    'DESCRIPTION:rotation',
    'TRANSP:TRANSPARENT',
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ])
})

test('any name and title comes back as it was, in lines of at most 75 octets', () => {
  const word = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 120 }),
    fc.constantFrom(
      'a, b; c\\n',
      'BEGIN:VEVENT',
      '相川 愛子'.repeat(20),
      '👩‍🚒'.repeat(30),
      'x\r\nEND:VCALENDAR\r\n',
    ),
  )
  fc.assert(
    fc.property(word, word, (name, title) => {
      const text = feed([turn()], name, title)
      const kept = (said: string) => said.replaceAll(/\r\n?/g, '\n').replaceAll(/(?!\n)\p{Cc}/gu, '')
      expect(text.endsWith('\r\n')).toBe(true)
      for (const line of text.split('\r\n')) {
        expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
        expect(Buffer.from(line).toString()).toBe(line.toWellFormed())
        expect(line).not.toMatch(/\r|\n/)
      }
      const { events, title: readTitle } = read(text)
      expect(events.map(each => each.summary)).toEqual([`${kept(name)} on call: primary`])
      expect(readTitle).toBe(kept(title))
    }),
    { numRuns: 500 },
  )
})

const schedule: Schedule = {
  name: 'primary',
  timezone: 'America/New_York',
  layers: [
    {
      every: { count: 1, unit: 'day' },
      handoff: { minute: 90 },
      starts: '2026-01-01',
      people: ['a', 'b', 'c'],
    },
    {
      name: 'weekend',
      every: { count: 1, unit: 'week' },
      handoff: { weekday: 6, minute: 0 },
      starts: '2026-01-01',
      people: ['d'],
      only: [{ days: [6, 7], fromMinute: 0, toMinute: 1440 }],
    },
  ],
}

test('the feed says what the schedule says, a year of it, also when clocks change', () => {
  const { from, to } = feedWindow(NOW)
  const all = shifts(schedule, [], from, to)
  const { events } = read(feed(turnsOf('primary', all)))
  expect(events.map(each => [iso(each.from), iso(each.to), each.uid.split('/')[1], each.zone])).toEqual(
    all.map(shift => [iso(shift.from), iso(shift.to), shift.person, 'UTC']),
  )
  expect(new Set(events.map(each => each.uid)).size).toBe(events.length)
})

test('asked again an hour, a day or a week later, an event is the same event', () => {
  const uids = (now: number) => {
    const { from, to } = feedWindow(now)
    return read(feed(turnsOf('primary', shifts(schedule, [], from, to)))).events.map(each => each.uid)
  }
  const first = uids(at('2026-11-01T00:00:00Z'))
  for (const later of [HOUR, DAY, 29 * DAY]) expect(uids(at('2026-11-01T00:00:00Z') + later)).toEqual(first)
  const next = new Set(uids(at('2026-12-01T00:00:00Z')))
  const kept = first.filter(uid => next.has(uid))
  const fromNovember = first.filter(uid => (uid.split('/')[2] ?? '') >= '20261102')
  expect(kept).toEqual(expect.arrayContaining(fromNovember))
})

test('an override that cuts a turn keeps the event of its beginning', () => {
  const [from, to] = [at('2026-11-23T00:00:00Z'), at('2026-11-26T00:00:00Z')]
  const override = {
    id: '1',
    schedule: 'primary',
    kind: 'instead' as const,
    person: 'x',
    from: NOW,
    to: NOW + HOUR,
    at: 0,
    by: 'x',
  }
  const uids = (overrides: readonly (typeof override)[]) =>
    turnsOf('primary', shifts(schedule, overrides, from, to)).map(each => `${each.person} ${iso(each.from)}`)
  expect(uids([override])).toEqual(expect.arrayContaining(uids([])))
})
