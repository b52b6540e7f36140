/** What an alert does to the incident of its group: told once, a worse one raises the severity, and the last one over says so. */
import { expect, test } from 'vitest'
import type { Alert } from '../../../bot/alerts/types.ts'
import { decide } from '../../../bot/incidents/decide.ts'
import type { Incident } from '../../../bot/incidents/state.ts'
import { Refusal } from '../../../bot/refusal.ts'
import type { Severity } from '../../../bot/words.ts'
import { config } from '../../support/team.ts'
import { START, worldOf } from '../incidents/any.ts'
import { CHAIN, declared, PROM, RUNG, since } from '../incidents/some.ts'
import { alert } from './some.ts'

const known = (...all: readonly Alert[]) =>
  all.reduce(
    (incident, each) => since(incident, [{ type: 'alert_fired', integration: 'prom', alert: each }]),
    since(declared({ severity: 'SEV2' }), [{ ...CHAIN, severity: 'SEV2' }, RUNG]),
  )

function hear(incident: Incident, heard: Alert, severity: Severity = 'SEV2', integration = 'prom') {
  const judged = { severity, criterion: 'x', confidence: 1, reasons: [] }
  const asked = { world: worldOf(config()), actor: PROM, now: START }
  const decided = decide(asked, incident, { do: 'alert', integration, alert: heard, judged })
  if (decided instanceof Refusal) throw decided
  return decided
}
const types = (events: ReturnType<typeof hear>) => events.map(({ type }) => type).join()

const FIRST = alert('firing', START)

test.each([
  ['the same again', FIRST, ''],
  ['the same without a time', alert('firing', null), ''],
  ['a later one', alert('firing', START + 1), 'alert_fired'],
  ['an earlier one', alert('firing', START - 1), ''],
  ['its end', alert('resolved', START), 'alert_resolved'],
  ['its end without a time', alert('resolved', null), 'alert_resolved'],
  ['the end of a later one', alert('resolved', START + 1), 'alert_resolved'],
  ['the end of an earlier one', alert('resolved', START - 1), ''],
  ['another one', alert('firing', START, 'other'), 'alert_fired'],
  ['the end of another one', alert('resolved', START, 'other'), 'alert_resolved'],
  ['the end of another one without a time', alert('resolved', null, 'other'), ''],
])('while an alert goes on comes %s', (_, heard, expected) => {
  expect(types(hear(known(FIRST), heard))).toBe(expected)
})

test.each([
  ['the same again', alert('resolved', START), ''],
  ['its end without a time', alert('resolved', null), ''],
  ['its beginning', FIRST, ''],
  ['a beginning without a time', alert('firing', null), 'alert_fired'],
  ['a later one', alert('firing', START + 1), 'alert_fired'],
  ['the end of a later one', alert('resolved', START + 1), 'alert_resolved'],
  ['an earlier one', alert('firing', START - 1), ''],
])('when an alert is over comes %s', (_, heard, expected) => {
  expect(types(hear(known(alert('resolved', START)), heard))).toBe(expected)
})

test('of one that came without a time a beginning with a time is news', () => {
  expect(types(hear(known(alert('firing', null)), FIRST))).toBe('alert_fired')
  expect(types(hear(known(alert('firing', null)), alert('firing', null)))).toBe('')
})

test('the end says how many go on, beside its own; the same of another system is another alert', () => {
  const two = known(FIRST, alert('firing', START, 'other'), alert('resolved', START, 'third'))
  expect(hear(two, alert('resolved', START))).toEqual([
    { type: 'alert_resolved', integration: 'prom', alert: alert('resolved', START), left: 1 },
  ])
  expect(hear(known(FIRST), alert('resolved', START))).toMatchObject([{ left: 0 }])
  expect(hear(two, FIRST, 'SEV2', 'other')).toEqual([
    { type: 'alert_fired', integration: 'other', alert: FIRST },
  ])
})

test('a worse alert raises the severity and its chain begins; one that is no worse only tells', () => {
  const other = alert('firing', START, 'other')
  expect(types(hear(known(FIRST), other, 'SEV1'))).toBe(
    'alert_fired,severity_changed,chain_started,rung_paged',
  )
  expect([types(hear(known(FIRST), other, 'SEV2')), types(hear(known(FIRST), other, 'SEV3'))]).toEqual([
    'alert_fired',
    'alert_fired',
  ])
  for (const status of ['resolved', 'verifying', 'closed'] as const)
    expect(types(hear({ ...known(FIRST), status }, other, 'SEV1'))).toBe('alert_fired')
})
