/** Who is called at which moment, and what they are told about it: the cases behind the rules. */
import { expect, test } from 'vitest'
import type { IncidentEvent } from '../../../bot/incidents/events.ts'
import type { Severity } from '../../../bot/words.ts'
import { config, TEAM } from '../../support/team.ts'
import { START, worldOf } from '../incidents/any.ts'
import { begin, declarer, type Fate, type Life, until } from '../incidents/life.ts'

const MINUTE = 60_000

function declared(
  sev1: string,
  yaml = TEAM,
  severity: Severity = 'SEV1',
): { life: Life; events: readonly IncidentEvent[] } {
  const world = worldOf(config(`${yaml}\nseverities: { SEV1: { update_within: never, ${sev1} } }`))
  const life = begin(world, START)
  const judged = { severity, criterion: 'default', confidence: 1, reasons: [] }
  const how = { number: 1, title: 'The site is down', details: '', service: null, test: false, drill: false }
  return { life, events: life.ask({ do: 'declare', ...how, severity, judged }, declarer).events }
}

/** `aiko 0 min: why`, for every call. */
const calls = (events: readonly IncidentEvent[]): readonly string[] =>
  events.flatMap(each =>
    each.type === 'rung_paged' ? each.pages.map(page => `${page.person}: ${page.why}`) : [],
  )
const called = (events: readonly IncidentEvent[]): string =>
  events.flatMap(each => (each.type === 'rung_paged' ? each.pages.map(page => page.person) : [])).join(' ')

const PRIMARY = 'on call for primary (rotation)'
const SECONDARY = 'on call for secondary (rotation)'

test('two rungs that come at the same moment are both called, in every pass, and nobody is told of an outage', () => {
  const { life, events } = declared(
    'respond_within: 5m, repeat: 1, escalation: [ oncall_primary, { page: oncall_secondary, after: 0s }, { page: manager, after: 2m }, { page: director, after: 2m } ]',
  )
  const all = [...events, ...until(life, START + 30 * MINUTE)]
  expect(called(all)).toBe('aiko ben chika diego aiko ben chika diego')
  expect(calls(all).join()).not.toContain('outage')
})

test('rungs of the same moment that mean the same person ring her phone once, and the timeline says why not twice', () => {
  const { life, events } = declared(
    'respond_within: 5m, repeat: 0, escalation: [ oncall_primary, { page: oncall_primary, after: 0s }, manager, { page: director, after: 15m } ]',
  )
  const all = [...events, ...until(life, START + 4 * MINUTE)]
  expect(called(all)).toBe('aiko')
  expect(called(until(life, START + 14 * MINUTE))).toBe('chika')
  expect(called(until(life, START + 16 * MINUTE))).toBe('diego')
  expect(life.incident?.chain?.next?.dueAt).toBe(START + 20 * MINUTE)
  expect(all.find(each => each.type === 'rung_skipped')).toMatchObject({
    rung: 2,
    person: 'aiko',
    why: 'is being called this moment',
  })
})

test('a second and a half is no outage: both rungs that are due by then are called, and nobody is told that they were missed', () => {
  const { life } = declared(
    'respond_within: 5m, repeat: 0, escalation: [ oncall_primary, { page: oncall_secondary, after: 60s }, { page: manager, after: 61s } ]',
  )
  until(life, START)
  life.now = START + MINUTE + 1500
  const events = until(life, life.now)
  expect(calls(events)).toEqual([`ben: ${SECONDARY}`, 'chika: named in the role'])
  expect(events.flatMap(each => (each.type === 'rung_paged' ? [each.lateMs] : []))).toEqual([0, 0])
})

test('after an outage the latest rung that is due is called late, and with it whoever was passed over and never heard of it', () => {
  const { life } = declared(
    'respond_within: 5m, repeat: 0, escalation: [ oncall_primary, oncall_secondary, manager, director ]',
  )
  until(life, START)
  life.now = START + 12 * MINUTE
  const events = until(life, life.now)
  expect(calls(events)).toEqual([
    'chika: named in the role',
    `ben: ${SECONDARY}; rung 2 was missed in an outage`,
  ])
  expect(events).toContainEqual(expect.objectContaining({ type: 'rung_paged', rung: 3, lateMs: 2 * MINUTE }))
  expect(life.incident?.chain?.next).toMatchObject({ rung: 4, dueAt: life.now + 5 * MINUTE })
})

test('whoever was passed over in an outage and had a page of an earlier pass is not called for it again', () => {
  const { life } = declared('respond_within: 5m, repeat: 1, escalation: [ oncall_primary, oncall_secondary ]')
  until(life, START + 9 * MINUTE)
  life.now = START + 19 * MINUTE
  expect(called(until(life, life.now))).toBe('ben')
})

const refusesPage =
  (number: number): Fate =>
  ({ page }) =>
    page !== number

test('nobody could be paged before an outage: its end is no end, and the last window begins anew', () => {
  const { life } = declared('respond_within: 5m, repeat: 0, escalation: [ oncall_primary ]')
  life.timers.delete('page:INC-1:1:0:slack')
  life.timers.delete('page:INC-1:1:0:discord')
  life.now = START + 30 * MINUTE
  expect(until(life, life.now)).toEqual([expect.objectContaining({ type: 'chain_waits' })])
  expect(life.incident?.chain?.next?.dueAt).toBe(START + 35 * MINUTE)
  expect(until(life, START + 35 * MINUTE)).toEqual([{ type: 'chain_exhausted', pass: 1, nobody: false }])
})

test('a rung whose every way refuses makes way for the next one at once, and the next one has a whole window', () => {
  const { life, events } = declared(
    'respond_within: 5m, repeat: 0, escalation: [ oncall_primary, oncall_secondary ]',
  )
  const all = [...events, ...until(life, START + MINUTE, refusesPage(1))]
  expect(calls(all)).toEqual([`aiko: ${PRIMARY}`, `ben: ${SECONDARY}`])
  expect(all).toContainEqual(
    expect.objectContaining({ type: 'rung_paged', rung: 2, why: 'rung 1 could not be reached' }),
  )
  expect(life.incident?.chain?.next?.dueAt).toBe(START + 5 * MINUTE)
})

test('when a rung refuses, whoever is being called this moment is not called a second time for the next one, unless somebody asks', () => {
  const chain =
    'respond_within: 5m, repeat: 0, escalation: [ oncall_primary, { page: manager, after: 0s }, oncall_primary, director ]'
  const { life, events } = declared(chain)
  const { life: other } = declared(chain)
  until(other, START)
  expect(called(other.ask({ do: 'escalate' }, declarer).events)).toBe('aiko')
  const all = [...events, ...until(life, START + 4 * MINUTE, refusesPage(2))]
  expect(called(all)).toBe('aiko chika')
  expect(all).toContainEqual(
    expect.objectContaining({ type: 'rung_skipped', rung: 3, why: 'is being called this moment' }),
  )
  expect(called(until(life, START + 6 * MINUTE))).toBe('diego')
  expect(life.incident?.chain?.next?.dueAt).toBe(START + 10 * MINUTE)
})

test('whoever an outage kept from being reached until now is not called at once for the next rung because the one between refuses', () => {
  const { life } = declared(
    'respond_within: 5m, repeat: 0, escalation: [ oncall_primary, oncall_secondary, manager, oncall_secondary ]',
  )
  until(life, START)
  life.now = START + 5 * MINUTE
  const paged = life.ask({ do: 'rung_due' }, { kind: 'timer' }, life.timers.get('rung:INC-1'))
  expect(called(paged.events)).toBe('ben')
  life.now = START + 12 * MINUTE
  const events = until(life, life.now, refusesPage(3))
  expect(called(events)).toBe('chika')
  expect(events).toContainEqual(
    expect.objectContaining({
      type: 'rung_skipped',
      rung: 4,
      person: 'ben',
      why: 'is being called this moment',
    }),
  )
})

test('in the last rung there is nobody left to call at once: its window runs on to its end', () => {
  const { life } = declared('respond_within: 5m, repeat: 0, escalation: [ oncall_primary ]')
  const all = until(life, START + 6 * MINUTE, refusesPage(1))
  expect(all.at(-1)).toEqual({ type: 'chain_exhausted', pass: 1, nobody: false })
  expect(life.incident?.chain?.exhaustedAt).toBe(START + 5 * MINUTE)
})

test('a chain that means nobody at all is over at once, and says that nobody was called', () => {
  const { life, events } = declared(
    'respond_within: 5m, repeat: 2, escalation: [ oncall_primary ]',
    TEAM.replace('starts: 2026-11-02', 'starts: 2031-01-01'),
  )
  expect(events.filter(each => each.type === 'rung_skipped').map(each => each.why)).toEqual([
    'nobody is on call for primary',
    'nobody is on call for primary',
    'nobody is on call for primary',
  ])
  expect(events.at(-1)).toEqual({ type: 'chain_exhausted', pass: 3, nobody: true })
  expect(life.timers.has('rung:INC-1')).toBe(false)
})

test('somebody named twice is called once by hand, and a page of nobody is refused with the way out', () => {
  const { life } = declared('respond_within: 5m, repeat: 0, escalation: [ oncall_primary ]')
  const ben = { kind: 'person' as const, person: 'aiko', via: 'slack' }
  const { refusal } = life.ask({ do: 'page', people: [] }, ben)
  expect(refusal?.message).toBe('A page needs somebody to call. Name them: /incident page @person.')
  const { events } = life.ask({ do: 'page', people: ['ben', 'ben'] }, ben)
  expect(events).toMatchObject([
    { type: 'paged_by_hand', pages: [{ person: 'ben', why: 'paged by Aiko Tanaka' }] },
  ])
})

test('a chain that waits ten years calls the next person after ten years and not before (I18)', () => {
  const { life } = declared('respond_within: 3650d, repeat: 0, escalation: [ oncall_primary, manager ]')
  expect(called(until(life, START + 3650 * 24 * 60 * MINUTE - 1))).toBe('')
  expect(called(until(life, START + 3650 * 24 * 60 * MINUTE))).toBe('chika')
})
