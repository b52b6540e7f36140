/** What each status means for the incident: whether it pages, since when it works again, since when it is over. */
import { expect, test } from 'vitest'
import type { Actor, IncidentEvent } from '../../../bot/incidents/events.ts'
import { apply } from '../../../bot/incidents/fold.ts'
import { isActive, isOpen } from '../../../bot/incidents/state.ts'
import { nextStatuses, transitionsDiagram } from '../../../bot/incidents/transitions.ts'
import { STATUSES } from '../../../bot/words.ts'
import { config } from '../../support/team.ts'
import { START, worldOf } from './any.ts'
import { begin, declarer, ID, until } from './life.ts'

const BEN: Actor = { kind: 'person', person: 'ben', via: 'slack' }

function paged() {
  const life = begin(worldOf(config()), START)
  const judged = { severity: 'SEV1', criterion: 'default', confidence: 1, reasons: [] } as const
  const how = { number: 1, title: 'It is down', details: '', service: null, test: false, drill: false }
  life.ask({ do: 'declare', ...how, severity: 'SEV1', judged }, declarer)
  until(life, START + 1000)
  return life.incident!
}

const become = (statuses: readonly string[], actor: Actor = BEN) =>
  statuses.reduce((incident, to, index) => {
    const event = { type: 'status_changed', from: incident.status, to } as IncidentEvent
    return apply(ID, incident, { seq: incident.seq + 1, at: START + (index + 1) * 60_000, actor, event })
  }, paged())

test.each(STATUSES.filter(status => status !== 'detected'))('%s', status => {
  const over = ['resolved', 'verifying', 'closed'].includes(status)
  const incident = become([status])
  expect(incident).toMatchObject({
    status,
    resolvedAt: over ? START + 60_000 : null,
    closedAt: status === 'closed' ? START + 60_000 : null,
    closedBy: status === 'closed' ? 'ben' : null,
  })
  expect(incident.pages[0]?.ended).toBe(over ? 'stopped' : null)
  expect(incident.chain?.next === null).toBe(over)
  expect([isOpen(incident), isActive(incident)]).toEqual([
    !['closed', 'postmortem'].includes(status),
    !['resolved', 'verifying', 'closed', 'postmortem'].includes(status),
  ])
})

test('it works since it was resolved first, until it is opened again', () => {
  expect(become(['resolved', 'verifying', 'closed'])).toMatchObject({
    resolvedAt: START + 60_000,
    closedAt: START + 180_000,
  })
  expect(become(['resolved', 'closed', 'postmortem'])).toMatchObject({
    resolvedAt: START + 60_000,
    closedAt: START + 120_000,
  })
  expect(become(['resolved', 'closed', 'investigating'])).toMatchObject({ resolvedAt: null, closedAt: null })
  expect(become(['closed', 'investigating', 'resolved'])).toMatchObject({
    resolvedAt: START + 180_000,
    closedAt: null,
    closedBy: 'ben',
  })
})

test('what closes by itself is closed by nobody', () => {
  expect(become(['closed'], { kind: 'timer' })).toMatchObject({ closedAt: START + 60_000, closedBy: null })
})

test('whoever does something says that they are there; a timer says nothing', () => {
  expect(become(['mitigated'])).toMatchObject({ wordAt: START + 60_000, questionedAt: null })
  expect(become(['mitigated'], { kind: 'timer' }).wordAt).toBe(START)
})

test.each([
  ['detected', 'triaged responding investigating mitigated resolved closed'],
  ['triaged', 'responding investigating mitigated resolved closed'],
  ['responding', 'investigating mitigated resolved closed'],
  ['investigating', 'mitigated resolved closed'],
  ['mitigated', 'investigating resolved closed'],
  ['resolved', 'verifying closed'],
  ['verifying', 'closed'],
  ['closed', 'postmortem'],
  ['postmortem', ''],
] as const)('after %s may come: %s', (status, ways) => {
  expect(nextStatuses(status, 'SEV1').join(' ')).toBe(ways)
  expect(nextStatuses(status, 'SEV2').join(' ')).toBe(ways)
  expect(nextStatuses(status, 'SEV3').join(' ')).toBe(ways.replace('postmortem', ''))
})

test('the diagram has every way forward, and every way back', () => {
  const lines = transitionsDiagram().split('\n')
  expect(lines.slice(0, 3)).toEqual(['stateDiagram-v2', '    [*] --> detected', '    detected --> triaged'])
  expect(lines.slice(-4)).toEqual(
    ['resolved', 'verifying', 'closed', 'postmortem'].map(from => `    ${from} --> investigating: reopen`),
  )
  expect(lines).toHaveLength(2 + 6 + 5 + 4 + 3 + 3 + 2 + 1 + 1 + 4)
})
