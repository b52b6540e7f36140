/** One page's life, as it is decided: its steps come due, its copies get through or fail, its window ends. */
import { expect, test } from 'vitest'
import { LATE_AFTER_MS } from '../../../bot/escalation/chain.ts'
import type { IncidentCommand } from '../../../bot/incidents/commands.ts'
import { decide } from '../../../bot/incidents/decide.ts'
import type { Actor } from '../../../bot/incidents/events.ts'
import type { Incident } from '../../../bot/incidents/state.ts'
import { Refusal } from '../../../bot/refusal.ts'
import { config, TEAM } from '../../support/team.ts'
import { MINUTE, START, worldOf } from '../incidents/any.ts'
import { ACKED, BEN, CHAIN, declared, RUNG, since, TIMER } from '../incidents/some.ts'

const PHONE = TEAM.replace(
  '"100000000000000001" }',
  '"100000000000000001", phone: "+815012345678", notify: [ { after: 0s, by: chat }, { after: 2m, by: sms } ] }',
)
const HOUR = 60 * MINUTE

function ask(incident: Incident, command: object, now = START, actor: Actor = TIMER) {
  const world = worldOf(config(PHONE))
  const decided = decide({ world, actor, now }, incident, command as IncidentCommand)
  return decided instanceof Refusal ? `${decided.code}: ${decided.message}` : decided
}
const call = (incident: Incident, people: readonly string[]) =>
  ask(incident, { do: 'page', people }, START, BEN)

test('people are called by hand, each once, and so long as their steps take and five minutes more', () => {
  const chat = { afterMs: 0, by: 'chat', targets: ['slack', 'discord'] }
  const why = 'paged by Ben Okafor'
  expect(call(declared(), ['aiko', 'ben', 'aiko'])).toEqual([
    {
      type: 'paged_by_hand',
      pages: [
        { page: 1, person: 'aiko', why, steps: [chat, { afterMs: 2 * MINUTE, by: 'sms', targets: ['sms'] }] },
        { page: 2, person: 'ben', why, steps: [chat] },
      ],
      windowMs: 7 * MINUTE,
    },
  ])
  expect(call(since(declared(), [CHAIN, RUNG]), ['ben'])).toMatchObject([
    { pages: [{ page: 2 }], windowMs: 5 * MINUTE },
  ])
})

test('what somebody stopped is left out, and said', () => {
  const world = {
    ...worldOf(config(PHONE)),
    contacts: {
      aiko: {
        'sms +815012345678': { stoppedAt: 1, trial: null, trialSentAt: null, verifiedAt: null, why: null },
      },
    },
  }
  expect(
    decide({ world, actor: BEN, now: START }, declared(), { do: 'page', people: ['aiko'] }),
  ).toMatchObject([
    { pages: [{ why: 'paged by Ben Okafor; not by sms: stopped by Aiko Tanaka', steps: { length: 1 } }] },
  ])
})

test('nobody is called by hand for what is closed, nor somebody who cannot be reached', () => {
  expect(call({ ...declared(), status: 'closed' }, ['ben'])).toBe(
    'closed: INC-42 is closed. If it is back: /incident reopen INC-42.',
  )
  expect(call(declared(), [])).toBe(
    'nobody: A page needs somebody to call. Name them: /incident page @person.',
  )
  expect(call(declared(), ['aiko', 'gone'])).toBe(
    'unreachable: gone cannot be reached: no way of theirs is set up here. Link their chat account in `people`, or page somebody else.',
  )
  expect(call(declared(), ['gone', 'lost'])).toMatch(/^unreachable: gone and lost cannot be reached/)
})

const paged = () => since(declared(), [CHAIN, RUNG])
const SENT = { page: 1, step: 0, target: 'slack', ref: null, acceptedAt: START, linked: true }

test('what came of a delivery is told as it was', () => {
  const told = (command: object) => ask(paged(), command)
  expect(told({ do: 'page_sent', ...SENT })).toEqual([{ type: 'page_sent', ...SENT }])
  const held = { page: 1, step: 0, target: 'sms', until: 9, why: 'too many' }
  expect(told({ do: 'page_held', ...held })).toEqual([{ type: 'page_held', ...held }])
  const read = { page: 1, step: 0, target: 'sms', state: 'read' }
  expect(told({ do: 'page_delivered', ...read })).toEqual([{ type: 'page_delivered', ...read }])
  const copy = { page: 1, chat: 'slack', why: 'gone' }
  expect(told({ do: 'copy_failed', ...copy })).toEqual([{ type: 'copy_failed', ...copy }])
})

test('a later step comes due once, while the page calls', () => {
  const due = (incident: Incident, page = 1, step = 1) => ask(incident, { do: 'step_due', page, step })
  expect(due(paged())).toEqual([{ type: 'step_due', page: 1, step: 1 }])
  expect([
    due(paged(), 1, 0),
    due(paged(), 1, 2),
    due(paged(), 2),
    due(since(paged(), [ACKED])),
    due(since(paged(), [{ type: 'step_due', page: 1, step: 1 }])),
  ]).toEqual([[], [], [], [], []])
})

/** A page by hand that began a minute after the start and waits five minutes for its answer. */
const byHand = (events: readonly object[] = []) =>
  since(declared(), [{ type: 'paged_by_hand', pages: RUNG.pages, windowMs: 5 * MINUTE }, ...events])
const BEGAN = START + MINUTE
const sent = (step = 0) => ({ type: 'page_sent', page: 1, step, target: 'slack', ref: null })

test('a page by hand that gets through late has its whole time to be answered', () => {
  const got = (incident: Incident, after: number) => {
    const decided = ask(incident, { do: 'page_sent', ...SENT }, BEGAN + after)
    return typeof decided === 'string' ? decided : decided.slice(1)
  }
  const waits = (windowMs: number) => [{ type: 'page_waits', page: 1, windowMs }]
  expect(got(byHand(), LATE_AFTER_MS)).toEqual([])
  expect(got(byHand(), LATE_AFTER_MS + 1)).toEqual(waits(5 * MINUTE + LATE_AFTER_MS + 1))
  expect(got(byHand(), 5 * MINUTE)).toEqual(waits(10 * MINUTE))
  const long = byHand([{ type: 'page_waits', page: 1, windowMs: 10 * MINUTE }])
  expect([got(long, 5 * MINUTE), got(long, 5 * MINUTE + 1)]).toEqual([[], waits(10 * MINUTE + 1)])
  expect(got(byHand([sent()]), HOUR)).toEqual([])
  expect(got(byHand([ACKED]), HOUR)).toEqual([])
  expect(got(paged(), HOUR)).toEqual([])
  expect(got(declared(), HOUR)).toEqual([])
})

test('a window that is over: unanswered, or waited on while it is tried on or has not left in time', () => {
  const over = (incident: Incident, after: number) =>
    ask(incident, { do: 'window_over', page: 1 }, BEGAN + after)
  const waits = (windowMs: number) => [{ type: 'page_waits', page: 1, windowMs }]
  const unanswered = [{ type: 'page_unanswered', page: 1 }]
  const both = byHand([sent(), sent(1)])
  expect(over(both, 5 * MINUTE)).toEqual(unanswered)
  expect(over(both, 9 * MINUTE)).toEqual(unanswered)
  // Its later step had no time yet.
  expect(over(byHand([sent()]), 5 * MINUTE + LATE_AFTER_MS)).toEqual(unanswered)
  expect(over(byHand([sent()]), 6 * MINUTE)).toEqual(waits(11 * MINUTE))
  expect(over(byHand(), 5 * MINUTE)).toEqual(waits(10 * MINUTE))
  const tried = (hours: number) => byHand([{ type: 'page_waits', page: 1, windowMs: hours * HOUR }])
  expect(over(tried(11), 11 * HOUR)).toEqual(waits(22 * HOUR))
  expect(over(tried(12), 12 * HOUR)).toEqual(unanswered)
  const failed = (target: string, step: number) => ({
    type: 'page_failed',
    page: 1,
    step,
    target,
    final: true,
    why: 'x',
  })
  const beaten = byHand([failed('slack', 0), failed('discord', 0), failed('sms', 1)])
  expect(over(beaten, 5 * MINUTE)).toEqual(unanswered)
  expect(over(byHand([ACKED]), 5 * MINUTE)).toEqual([])
  expect(over(declared(), 5 * MINUTE)).toEqual([])
})

const FAILED = { page: 1, step: 0, target: 'slack', why: 'it is down', final: true }
const fails = (incident: Incident, more: object = {}) => {
  const decided = ask(incident, { do: 'page_failed', ...FAILED, ...more }, START + 3 * MINUTE)
  return typeof decided === 'string' ? decided : decided
}
const failed = (more: object = {}) => ({ type: 'page_failed', ...FAILED, ...more })

test('a step that is beaten passes to the next at once; one of two copies that fails is told, and no more', () => {
  expect(fails(paged())).toEqual([failed()])
  const half = since(paged(), [failed()])
  const other = { target: 'discord' }
  const next = { type: 'step_due', page: 1, step: 1 }
  expect(fails(half, other)).toEqual([failed(other), next])
  expect(fails(half, { ...other, final: false })).toEqual([failed({ ...other, final: false }), next])
  expect(fails(since(half, [ACKED]), other)).toEqual([failed(other)])
  expect(fails(half, { ...other, page: 7 })).toEqual([failed({ ...other, page: 7 })])
  const late = since(half, [failed({ ...other, final: false })])
  expect(fails(late, { ...other, final: false })).toEqual([failed({ ...other, final: false })])
})

/** Aiko's only step, and Chika's on the same rung where `two`. */
function called(two = false, events: readonly object[] = []): Incident {
  const [page] = RUNG.pages
  const steps = [{ afterMs: 0, by: 'chat', targets: ['slack'] }]
  const people = two ? ['aiko', 'chika'] : ['aiko']
  const pages = people.map((person, index) => ({ ...page, person, page: index + 1, steps }))
  return since(declared(), [CHAIN, { ...RUNG, pages }, ...events])
}
const pushes = (incident: Incident, more: object = {}) => {
  const decided = fails(incident, more)
  return typeof decided === 'string' ? decided : decided.slice(1)
}
const UNREACHED = {
  type: 'rung_paged',
  pass: 1,
  rung: 2,
  role: 'oncall_secondary',
  why: 'rung 1 could not be reached',
}

test('when nobody of a rung can be reached the next rung is paged at once', () => {
  expect(pushes(called())).toMatchObject([UNREACHED])
  expect(pushes(called(), { final: false })).toMatchObject([UNREACHED])
  expect(pushes(called(true))).toEqual([])
  expect(pushes(called(true, [failed({ page: 2 })]))).toMatchObject([UNREACHED])
  expect(pushes(called(true, [failed({ page: 2, final: false })]))).toMatchObject([UNREACHED])
  // The other one has ended: nobody else is called.
  expect(pushes(called(true, [{ type: 'stood_aside', person: 'chika' }]))).toMatchObject([UNREACHED])
})

test('somebody who was reached by one of two steps keeps the rung from being given up', () => {
  const [page] = RUNG.pages
  const steps = [{ afterMs: 0, by: 'chat', targets: ['slack'] }]
  const two = since(declared(), [
    CHAIN,
    {
      ...RUNG,
      pages: [
        { ...page, steps },
        { ...page, page: 2, person: 'chika' },
      ],
    },
    failed({ page: 2 }),
    failed({ page: 2, target: 'discord' }),
    { type: 'page_sent', page: 2, step: 1, target: 'sms', ref: null },
  ])
  expect(pushes(two)).toEqual([])
})

test('an earlier rung, a page by hand, or the end of a pass pushes nothing on', () => {
  const waits = (next: object) => ({ type: 'chain_waits', next, passStartAt: START, shiftMs: 0 })
  const at = (pass: number, rung: number) => called(false, [waits({ pass, rung, dueAt: START + HOUR })])
  expect(pushes(at(1, 2))).toHaveLength(1)
  expect([pushes(at(1, 3)), pushes(at(2, 2)), pushes(at(1, 5))]).toEqual([[], [], []])
  const [page] = RUNG.pages
  const steps = [{ afterMs: 0, by: 'chat', targets: ['slack'] }]
  const hand = since(declared(), [
    CHAIN,
    { ...RUNG, pages: [] },
    { type: 'paged_by_hand', pages: [{ ...page, steps }], windowMs: 5 },
  ])
  expect(pushes(hand)).toEqual([])
  expect(pushes(called(false, [{ type: 'chain_exhausted' }]))).toEqual([])
})

test('fellows of another rung or another pass keep no rung from being given up', () => {
  const [page] = RUNG.pages
  const steps = [{ afterMs: 0, by: 'chat', targets: ['slack'] }]
  const more = (pass: number, rung: number) =>
    called(false, [
      { ...RUNG, pass, rung, pages: [{ ...page, page: 2, person: 'diego', steps }] },
      {
        type: 'chain_waits',
        next: { pass: 1, rung: 2, dueAt: START + HOUR },
        passStartAt: START,
        shiftMs: 0,
      },
    ])
  expect([pushes(more(1, 3)), pushes(more(2, 1))]).toMatchObject([[UNREACHED], [UNREACHED]])
  expect(pushes(more(1, 1))).toEqual([])
})

test('a step that got through is not beaten by what failed beside it', () => {
  const through = since(paged(), [sent(), failed({ target: 'discord' })])
  expect(fails(through)).toEqual([failed()])
})
