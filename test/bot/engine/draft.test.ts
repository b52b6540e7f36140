/** What is written of an ask, before it is written: the whole change. */
import { expect, test } from 'vitest'
import { draftAll } from '../../../bot/engine/draft.ts'
import type { Ask } from '../../../bot/engine/handle.ts'
import type { Entity } from '../../../bot/engine/kept.ts'
import type { Change } from '../../../bot/ports.ts'
import { DIEGO, declare, group, of } from '../../support/asks.ts'
import { config } from '../../support/team.ts'

const NOW = Date.parse('2026-11-24T03:00:00Z')
const world = () => ({
  config: config(),
  version: 7,
  overrides: [],
  contacts: {},
  open: [],
  chats: [{ name: 'console', traits: {} as never }],
  ways: [],
})
const drafted = (asks: readonly Ask[], found: ReadonlyMap<string, Entity> = new Map(), number = 1) =>
  draftAll(asks, found, number, { world: world(), now: NOW })
const changeOf = (ask: Ask, found?: ReadonlyMap<string, Entity>): Change =>
  drafted([ask], found).drafts[0]!.change
const incident = (severity: string, isTest: boolean) => {
  const [draft] = drafted([declare('a', {}, { severity, test: isTest })]).drafts
  return new Map([['INC-1', draft!.after!]])
}

test('a declaration takes its number and its group, names its cause, and pages on the settings that it saw', () => {
  const ask = declare('a', group('disk'), { severity: 'SEV1', test: false })
  const { arm, events, summary, ...change } = changeOf(ask)
  expect(change).toEqual({
    stream: 'INC-1',
    cause: 'cause of a',
    at: NOW,
    seenSeq: 0,
    seenSettings: 7,
    takesNumber: 1,
    groupKey: 'disk',
    answer: null,
    disarm: [],
  })
  expect(summary).toMatchObject({ id: 'INC-1', title: 'a' })
  expect(events.map(({ at, actor, cause }) => [at, actor, cause])).toEqual(
    events.map(() => [NOW, 'person:diego@console', 'cause of a']),
  )
  expect(events.map(({ type, data }) => [type, (data as { type: string }).type])).toEqual(
    ['declared', 'chain_started', 'rung_paged'].map(type => [type, type]),
  )
  expect(arm.map(({ kind }) => kind)).toContain('page')
  expect(arm.every(({ data }) => !('trace' in (data as object)))).toBe(true)
})

test('what pages nobody does not depend on the settings, and without a group claims none', () => {
  const change = changeOf(of('INC-1', { do: 'status', to: 'mitigated' }), incident('SEV1', false))
  expect('seenSettings' in change).toBe(false)
  expect(change.events.map(({ type }) => type)).toEqual(['status_changed'])
  expect(changeOf(declare('a'))).toMatchObject({ takesNumber: 1, seenSettings: 7 })
  expect('groupKey' in changeOf(declare('a'))).toBe(false)
})

test('under a trace everything that is armed goes on under it', () => {
  const { arm } = changeOf(declare('a', { trace: '00-1-2-00' }))
  const plain = changeOf(declare('a')).arm
  expect(arm).toEqual(
    plain.map(each => ({ ...each, data: { ...(each.data as object), trace: '00-1-2-00' } })),
  )
})

test('an ask that is refused writes its answer, and nothing else', () => {
  const reply = ({ refusal }: { refusal?: { code: string } }) => `no: ${refusal?.code}`
  const asks = [
    declare(' ', { ...group('disk'), reply }),
    of('INC-9', { do: 'status', to: 'mitigated' }, { cause: 'c', reply }),
  ]
  const nothing = { at: NOW, seenSeq: 0, events: [], disarm: [], arm: [] }
  const { drafts, number } = drafted(asks)
  expect(drafts.map(({ change }) => change)).toEqual([
    { stream: 'INC-1', cause: 'cause of  ', answer: 'no: no_title', ...nothing },
    { stream: 'INC-9', cause: 'c', answer: 'no: no_such_incident', ...nothing },
  ])
  expect(drafts.map(({ after }) => after)).toEqual([undefined, undefined])
  expect(number).toBe(1)
})

test('a refusal on an incident that calls somebody arms nothing anew, and leaves its row as it is', () => {
  const found = incident('SEV1', false)
  const refused = of('INC-1', { do: 'duty', duty: 'commander', person: 'nobody' })
  expect(changeOf(refused, found)).toEqual({
    ...{ stream: 'INC-1', cause: null, at: NOW, seenSeq: found.get('INC-1')?.seq },
    ...{ events: [], answer: null, disarm: [], arm: [] },
  })
})

test('what a timer or a delivery brings about names its row as the cause; what nobody asked is called timer', () => {
  const found = incident('SEV1', true)
  const timer = { key: 'rung:INC-1', revision: 3 }
  const settle = { key: 'card:INC-1', revision: 1, generation: 2, outcome: { done: true } }
  const note = { do: 'note', text: 'x' }
  const written = (more: object) => {
    const { events, timer, settle } = changeOf(of('INC-1', note, more), found)
    return [events.map(each => each.cause), timer, settle]
  }
  expect(written({ cause: 'c', timer, settle })).toEqual([['c'], timer, settle])
  expect(written({ timer, settle })).toEqual([['rung:INC-1'], timer, settle])
  expect(written({ settle })).toEqual([['card:INC-1'], undefined, settle])
  expect(written({})).toEqual([['timer'], undefined, undefined])
})

test('asks of one commit are decided one after the other: numbers, groups, and what each did', () => {
  const { drafts, number } = drafted(
    [
      declare('a', group('disk')),
      declare('b', group('disk')),
      declare(' ', group('cpu')),
      declare('c', group('cpu')),
      declare('d'),
      of('INC-5', { do: 'status', to: 'mitigated' }),
      of('INC-5', { do: 'status', to: 'mitigated' }),
    ],
    new Map(),
    4,
  )
  expect(
    drafts.map(({ change: { stream, seenSeq, takesNumber, groupKey, events } }) => [
      stream,
      ...[seenSeq, takesNumber, groupKey],
      events[0]?.type,
    ]),
  ).toEqual([
    ['INC-4', 0, 4, 'disk', 'declared'],
    ['INC-4', 3, undefined, undefined, 'joined'],
    ['INC-5', 0, undefined, undefined, undefined],
    ['INC-5', 0, 5, 'cpu', 'declared'],
    ['INC-6', 0, 6, undefined, 'declared'],
    ['INC-5', 3, undefined, undefined, 'status_changed'],
    ['INC-5', expect.any(Number), undefined, undefined, undefined],
  ])
  expect(drafts.map(({ handled: { stream, happened } }) => [stream, happened.length])).toEqual(
    drafts.map(({ change: { stream, events } }) => [stream, events.length]),
  )
  expect(drafts[0]!.handled.happened[0]).toMatchObject({ seq: 1, at: NOW, actor: DIEGO })
  expect(number).toBe(7)
})

test('who answers is told what was, what is and what happened', () => {
  const found = incident('SEV1', true)
  const heard: unknown[] = []
  const reply = (given: unknown) => `said ${heard.push(given)}`
  const ask = of('INC-1', { do: 'note', text: 'x' }, { reply })
  const [draft] = drafted([ask], found).drafts
  expect(heard).toEqual([
    {
      world: world(),
      before: found.get('INC-1'),
      after: draft!.after,
      happened: draft!.handled.happened,
      refusal: undefined,
    },
  ])
  expect([draft!.change.answer, draft!.handled.answer]).toEqual(['said 1', 'said 1'])
  expect(draft!.after?.seq).toBe((found.get('INC-1')?.seq ?? 0) + 1)
})
