/** Alerts come late, twice and in the wrong order: what an incident knows of one in the end is the same (I15). */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Alert } from '../../../bot/alerts/types.ts'
import { config } from '../../support/team.ts'
import { START, worldOf } from '../incidents/any.ts'
import { begin, declarer, type Life } from '../incidents/life.ts'
import { alert } from './some.ts'

const MINUTE = 60_000
const judged = {
  severity: 'SEV2' as const,
  criterion: 'default',
  confidence: 1,
  reasons: ['the sender says critical'],
}

const world = worldOf(config())

/** An incident of another alert of the same group. */
function declared(): Life {
  const life = begin(world, START)
  const how = {
    number: 1,
    title: 'It is broken',
    details: '',
    service: null,
    severity: null,
    test: false,
    drill: false,
  }
  life.ask(
    { do: 'declare', ...how, judged, alert: { integration: 'prom', alert: alert('firing', START, 'other') } },
    declarer,
  )
  return life
}

const hear = (life: Life, heard: Alert) =>
  life.ask({ do: 'alert', integration: 'prom', alert: heard, judged }, { kind: 'alert', integration: 'prom' })
    .events

/** It fires and is over, so many times. */
const historyOf = (times: number): readonly Alert[] =>
  Array.from({ length: times }, (_, each) => START + each * MINUTE).flatMap(at => [
    alert('firing', at),
    alert('resolved', at),
  ])

test('in whatever order the history of an alert comes, some of it twice, its end is the same (I15)', () => {
  const heard = fc
    .integer({ min: 1, max: 4 })
    .chain(times =>
      fc.tuple(
        fc.constant(historyOf(times)),
        fc.boolean(),
        fc.array(fc.nat({ max: times * 2 - 1 }), { maxLength: 3 }),
        fc.infiniteStream(fc.nat()),
      ),
    )
  fc.assert(
    fc.property(heard, ([whole, stillFires, twice, dice]) => {
      const history = stillFires ? whole.slice(0, -1) : whole
      const again = twice.flatMap(each => history[each] ?? [])
      const shuffled = [...history, ...again]
        .map(each => ({ each, at: dice.next().value ?? 0 }))
        .toSorted((one, other) => one.at - other.at)
      const life = declared()
      for (const { each } of shuffled) hear(life, each)
      expect(life.incident?.alerts['prom/a']).toEqual(history.at(-1))
    }),
    { numRuns: 100 },
  )
})

test('a word that an earlier time is over, which comes late, does not end what fires now (I15)', () => {
  const life = declared()
  hear(life, alert('firing', START))
  hear(life, alert('firing', START + MINUTE))
  expect(hear(life, alert('resolved', START))).toEqual([])
  expect(life.incident?.alerts['prom/a']?.status).toBe('firing')
})

test('of two alerts that fire one is over: the other goes on, and that is said (I15)', () => {
  const life = declared()
  hear(life, alert('firing', START))
  expect(hear(life, alert('resolved', START))).toMatchObject([{ type: 'alert_resolved', left: 1 }])
  expect(hear(life, alert('resolved', START, 'other'))).toMatchObject([{ type: 'alert_resolved', left: 0 }])
})

test('an alert that says no time is over when its sender says so, and fires again when it says so (I15)', () => {
  const life = declared()
  expect(hear(life, alert('resolved', null))).toEqual([])
  expect(hear(life, alert('firing', null))).toMatchObject([{ type: 'alert_fired' }])
  expect(hear(life, alert('firing', null))).toEqual([])
  expect(hear(life, alert('resolved', null))).toMatchObject([{ type: 'alert_resolved', left: 1 }])
  expect(hear(life, alert('firing', null))).toMatchObject([{ type: 'alert_fired' }])
})
