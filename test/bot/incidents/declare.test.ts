/** A declaration: what it must say, what becomes of it, and that somebody is called in the same breath. */
import { expect, test } from 'vitest'
import { stampChains } from '../../../bot/escalation/policy.ts'
import type { Declaration } from '../../../bot/incidents/commands.ts'
import { declare } from '../../../bot/incidents/declare.ts'
import { Refusal } from '../../../bot/refusal.ts'
import { config, TEAM } from '../../support/team.ts'
import { START, worldOf } from './any.ts'
import { BEN } from './some.ts'

const JUDGED = {
  severity: 'SEV2',
  criterion: 'partial_outage',
  confidence: 1,
  reasons: ['it says so'],
} as const

function told(more: Partial<Declaration> = {}, yaml = TEAM) {
  const asked: Declaration = {
    ...{ number: 7, title: 'Checkout is down', details: '', service: null, judged: JUDGED },
    ...{ severity: null, test: false, drill: false },
    ...more,
  }
  const decided = declare({ world: worldOf(config(yaml)), actor: BEN, now: START }, asked)
  return decided instanceof Refusal ? `${decided.code}: ${decided.message}` : decided
}

test('it is as bad as it was judged, or as bad as somebody says; its chains are stamped', () => {
  const event = {
    type: 'declared',
    number: 7,
    title: 'Checkout is down',
    details: '',
    service: null,
    severity: 'SEV2',
    judged: JUDGED,
    chosen: false,
    test: false,
    drill: false,
    chains: stampChains(config(), null),
  }
  expect(told()[0]).toEqual(event)
  expect(told({ severity: 'SEV1' })[0]).toEqual({ ...event, severity: 'SEV1', chosen: true })
  const full = {
    ...{ service: 'checkout', test: true, drill: true, figures: { users: 5 } },
    ...{ silent: ['aiko'], broken: ['sms'] },
  } as const
  expect(told({ ...full, details: ' since noon ', title: ' It hangs ' } as Partial<Declaration>)[0]).toEqual({
    ...event,
    ...full,
    title: 'It hangs',
    details: 'since noon',
    chains: stampChains(config(), 'checkout'),
  })
  expect(told({ details: 'x'.repeat(3001) })[0]).toEqual({ ...event, details: 'x'.repeat(3000) })
})

test('its first rung is called, after the alert that declared it', () => {
  const types = (more: Partial<Declaration>) =>
    (told(more) as readonly { type: string }[]).map(({ type }) => type)
  expect(types({})).toEqual(['declared', 'chain_started', 'rung_paged'])
  const alert = { integration: 'prom', alert: { fingerprint: 'f' } } as Declaration['alert']
  expect(types({ ...(alert ? { alert } : {}) })).toEqual([
    'declared',
    'alert_fired',
    'chain_started',
    'rung_paged',
  ])
  expect(told({ ...(alert ? { alert } : {}) })[1]).toEqual({ type: 'alert_fired', ...alert })
  expect(told()[1]).toEqual({ type: 'chain_started', severity: 'SEV2', why: 'declared', without: [] })
})

test('it has a title, and one that fits', () => {
  expect(told({ title: '  ' })).toBe(
    'no_title: An incident needs a title. Say in a few words what is broken: /incident declare Checkout is down.',
  )
  expect(typeof told({ title: ` ${'x'.repeat(200)} ` })).toBe('object')
  expect(told({ title: 'x'.repeat(201) })).toBe(
    'title_too_long: The title has 201 characters; 200 is the most. Put the rest into an update.',
  )
})

test('a service that nobody knows is refused, with those that are known', () => {
  expect(told({ service: 'shop' })).toBe(
    'unknown_service: "shop" is not a service of this team. Services: checkout.',
  )
  const two = `${TEAM}  search: {}\n`
  expect(told({ service: 'shop' }, two)).toMatch(/Services: checkout, search\.$/)
  expect(told({ service: 'shop' }, TEAM.replace(/services:[\s\S]*$/, ''))).toBe(
    'unknown_service: "shop" is not a service of this team. The configuration names none: leave it out.',
  )
})

test('only in a drill somebody is silent, or something broken', () => {
  const refused = 'not_a_drill: Only in a drill somebody is silent, or something broken. Add --drill.'
  expect([told({ silent: ['ben'] }), told({ broken: ['sms'] })]).toEqual([refused, refused])
  expect(typeof told({ silent: ['ben'], drill: true })).toBe('object')
})
