/** What every store promises, over a fresh database for each test. */
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openSqlite } from '../../adapters/sql/sqlite.ts'
import type { Arm, Change, Store, Timer } from '../../bot/ports.ts'

const stores: Readonly<Record<string, () => Promise<Store>>> = { sqlite: () => openSqlite(':memory:') }

const NOW = 1_800_000_000_000

const change = (over: Partial<Change> = {}): Change => ({
  stream: 'INC-1',
  cause: null,
  at: NOW,
  seenSeq: 0,
  events: [],
  answer: null,
  disarm: [],
  arm: [],
  ...over,
})
const happened = (type: string) => ({ at: NOW, type, actor: 'timer', cause: 'c', data: { type } })
const arm = (key: string, over: Partial<Arm> = {}): Arm => ({
  key,
  kind: 'page',
  stream: 'INC-1',
  dueAt: NOW,
  data: {},
  rank: 0,
  ...over,
})
const keys = (timers: readonly Timer[]) => timers.map(timer => timer.key)

describe.each(Object.entries(stores))('the %s store', (_, open) => {
  let store: Store
  beforeEach(async () => {
    store = await open()
  })
  afterEach(() => store.close())

  const claim = (now = NOW, limit = 10) => store.claim(now, 15_000, limit, 2)
  const settle = (
    timer: Timer,
    outcome: { done: true; laneFreeAt?: number } | { retryAt: number; doubt: boolean; leaveLane?: boolean },
  ) => store.settle([{ key: timer.key, revision: timer.revision, generation: timer.generation, outcome }])

  test('what was committed is there, in order', async () => {
    expect(
      await store.commit([
        change({ events: [happened('a'), happened('b')] }),
        change({ seenSeq: 2, events: [happened('c')] }),
      ]),
    ).toEqual([{ kind: 'done' }, { kind: 'done' }])
    expect((await store.load('INC-1')).map(event => [event.seq, event.type])).toEqual([
      [1, 'a'],
      [2, 'b'],
      [3, 'c'],
    ])
    expect((await store.load('INC-1', 2)).map(event => event.type)).toEqual(['c'])
  })

  test('a decision on an old state is stale, and nothing of it is written', async () => {
    await store.commit([change({ events: [happened('a')] })])
    expect(await store.commit([change({ cause: 'late', events: [happened('b')], arm: [arm('k')] })])).toEqual(
      [{ kind: 'stale' }],
    )
    expect(await store.load('INC-1')).toHaveLength(1)
    expect(await store.answered('late')).toBeUndefined()
    expect(await claim()).toEqual([])
  })

  test('one stale change does not take the others of its transaction with it', async () => {
    await store.commit([change({ events: [happened('a')] })])
    const outcomes = await store.commit([
      change({ events: [happened('b')] }),
      change({ stream: 'INC-2', events: [happened('c')] }),
    ])
    expect(outcomes.map(outcome => outcome.kind)).toEqual(['stale', 'done'])
    expect(await store.load('INC-2')).toHaveLength(1)
  })

  test('a cause that was handled gets its first answer again, and nothing is written', async () => {
    await store.commit([change({ cause: 'press-1', events: [happened('a')], answer: { say: 'first' } })])
    const again = await store.commit([
      change({ cause: 'press-1', seenSeq: 1, events: [happened('b')], answer: { say: 'second' } }),
    ])
    expect(again).toEqual([{ kind: 'repeated', answer: { say: 'first' } }])
    expect(await store.load('INC-1')).toHaveLength(1)
  })

  test('a decision under settings that moved is stale', async () => {
    await store.configure({ a: 1 }, NOW)
    expect(await store.settingsVersion()).toBe(1)
    expect(await store.commit([change({ seenSettings: 0, events: [happened('a')] })])).toEqual([
      { kind: 'stale' },
    ])
    expect(await store.commit([change({ seenSettings: 1, events: [happened('a')] })])).toEqual([
      { kind: 'done' },
    ])
  })

  test('the same configuration twice is one entry', async () => {
    await store.configure({ a: 1 }, NOW)
    await store.configure({ a: 1 }, NOW + 1)
    expect(await store.load('config')).toHaveLength(1)
  })

  test('a number is taken once', async () => {
    const taking = (stream: string) => change({ stream, takesNumber: 1, events: [happened('declared')] })
    expect((await store.commit([taking('INC-1'), taking('INC-2')])).map(outcome => outcome.kind)).toEqual([
      'done',
      'stale',
    ])
    expect(await store.nextNumber()).toBe(2)
  })

  test('a due decision is handled once: its row is its inbox', async () => {
    await store.commit([change({ arm: [arm('rung:INC-1', { kind: 'rung' })] })])
    const [timer] = await store.due(NOW, 10)
    const handled = change({
      timer: { key: 'rung:INC-1', revision: timer!.revision },
      events: [happened('paged')],
    })
    expect(await store.commit([handled])).toEqual([{ kind: 'done' }])
    expect(await store.commit([{ ...handled, seenSeq: 1 }])).toEqual([{ kind: 'stale' }])
    expect(await store.due(NOW, 10)).toEqual([])
  })

  test('arming a key that exists moves it and bumps its revision', async () => {
    await store.commit([change({ arm: [arm('k', { kind: 'rung', dueAt: NOW + 10 })] })])
    await store.commit([change({ arm: [arm('k', { kind: 'rung', dueAt: NOW + 20 })] })])
    expect(await store.due(NOW + 10, 10)).toEqual([])
    expect((await store.due(NOW + 20, 10)).map(timer => timer.revision)).toEqual([2])
  })

  test('an edit that is armed again keeps the earlier time', async () => {
    await store.commit([change({ arm: [arm('card', { kind: 'rung', dueAt: NOW + 10, keepEarlier: true })] })])
    await store.commit([change({ arm: [arm('card', { kind: 'rung', dueAt: NOW + 20, keepEarlier: true })] })])
    expect(keys(await store.due(NOW + 10, 10))).toEqual(['card'])
  })

  test('only the oldest of a lane is claimed, and the next when it is settled', async () => {
    await store.commit([
      change({ arm: [arm('a', { lane: 'l' }), arm('b', { lane: 'l' }), arm('c', { lane: 'm' })] }),
    ])
    const first = await claim()
    expect(keys(first)).toEqual(['a', 'c'])
    expect(await claim()).toEqual([])
    await settle(first[0]!, { done: true })
    expect(keys(await claim())).toEqual(['b'])
  })

  test('the next of a lane waits as long as the chat asks', async () => {
    await store.commit([change({ arm: [arm('a', { lane: 'l' }), arm('b', { lane: 'l' })] })])
    const [first] = await claim()
    await settle(first!, { done: true, laneFreeAt: NOW + 1000 })
    expect(await claim(NOW + 999)).toEqual([])
    expect(keys(await claim(NOW + 1000))).toEqual(['b'])
  })

  test('pages go before posts, posts before cosmetics, whatever came first', async () => {
    await store.commit([
      change({
        arm: [
          arm('edit', { lane: 'x', rank: 2, dueAt: NOW - 100 }),
          arm('post', { lane: 'y', rank: 1, dueAt: NOW - 50 }),
          arm('page', { lane: 'z', rank: 0 }),
        ],
      }),
    ])
    expect(keys(await claim())).toEqual(['page', 'post', 'edit'])
  })

  test('a lease that ended is claimed again, one generation on, in doubt', async () => {
    await store.commit([change({ arm: [arm('a', { lane: 'l' })] })])
    const [first] = await claim()
    expect(first).toMatchObject({ generation: 1, attempts: 1, doubt: false })
    expect(await claim(NOW + 14_999)).toEqual([])
    const [second] = await claim(NOW + 15_000)
    expect(second).toMatchObject({ generation: 2, attempts: 2, doubt: true, lastAttemptAt: NOW })
  })

  test('a holder that lost its lease writes nothing', async () => {
    await store.commit([change({ arm: [arm('a', { lane: 'l' })] })])
    const [first] = await claim()
    const [second] = await claim(NOW + 15_000)
    await settle(first!, { done: true })
    expect((await store.depth(NOW)).byKind).toEqual({ page: 1 })
    await settle(second!, { done: true })
    expect((await store.depth(NOW)).byKind).toEqual({})
  })

  test('work that was armed anew while it was being sent is released, not deleted', async () => {
    await store.commit([change({ arm: [arm('card', { lane: 'l', rank: 2 })] })])
    const [first] = await claim()
    await store.commit([change({ arm: [arm('card', { lane: 'l', rank: 2 })] })])
    await settle(first!, { done: true })
    expect(await claim()).toMatchObject([{ key: 'card', revision: 2, attempts: 1, doubt: false }])
  })

  test('a failure moves the due time and keeps its place; a definite one is not in doubt', async () => {
    await store.commit([change({ arm: [arm('a', { lane: 'l' }), arm('b', { lane: 'l' })] })])
    const [first] = await claim()
    await settle(first!, { retryAt: NOW + 1000, doubt: false })
    expect(await claim(NOW + 999)).toEqual([])
    expect(await claim(NOW + 1000)).toMatchObject([{ key: 'a', attempts: 2, doubt: false }])
  })

  test('what leaves its lane no longer holds it up', async () => {
    await store.commit([change({ arm: [arm('a', { lane: 'l' }), arm('b', { lane: 'l' })] })])
    const [first] = await claim()
    await settle(first!, { retryAt: NOW + 60_000, doubt: true, leaveLane: true })
    expect(keys(await claim())).toEqual(['b'])
    expect(keys(await claim(NOW + 60_000))).toContain('a')
  })

  test('disarming takes a row that is being sent, and its lane goes on', async () => {
    await store.commit([change({ arm: [arm('a', { lane: 'l' }), arm('b', { lane: 'l' })] })])
    await claim()
    await store.commit([change({ disarm: ['a'] })])
    expect(keys(await claim())).toEqual(['b'])
  })

  test('the next due time is that of what comes, not of what is held up', async () => {
    expect(await store.nextDueAt(NOW)).toBeUndefined()
    await store.commit([
      change({
        arm: [arm('a', { lane: 'l', dueAt: NOW - 5 }), arm('later', { kind: 'rung', dueAt: NOW + 70 })],
      }),
    ])
    expect(await store.nextDueAt(NOW)).toBe(NOW + 70)
  })

  test('whatever is armed, claimed and settled in whatever order: at most one of a lane is out, and nothing is lost', async () => {
    const step = fc.oneof(
      fc.record({
        do: fc.constant('arm' as const),
        key: fc.integer({ min: 0, max: 5 }),
        lane: fc.integer({ min: 0, max: 2 }),
      }),
      fc.record({ do: fc.constant('disarm' as const), key: fc.integer({ min: 0, max: 5 }) }),
      fc.record({ do: fc.constant('claim' as const) }),
      fc.record({ do: fc.constant('done' as const) }),
      fc.record({ do: fc.constant('retry' as const), leave: fc.boolean() }),
      fc.record({ do: fc.constant('expire' as const) }),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async steps => {
        const own = await open()
        let now = NOW
        const known = new Set<string>()
        // What the model must know to tell a settle that counts from one that lost its lease.
        const newest = new Map<string, number>()
        const revisions = new Map<string, number>()
        const lanesOf = new Map<string, number>()
        let out: Timer[] = []
        for (const each of steps) {
          if (each.do === 'arm') {
            await own.commit([change({ arm: [arm(`k${each.key}`, { lane: `l${each.lane}`, dueAt: now })] })])
            const again = known.has(`k${each.key}`)
            if (again && lanesOf.get(`k${each.key}`) === each.lane)
              revisions.set(`k${each.key}`, (revisions.get(`k${each.key}`) ?? 0) + 1)
            else {
              // A row that is new, or moves to another lane, begins afresh.
              revisions.set(`k${each.key}`, 1)
              out = out.filter(timer => timer.key !== `k${each.key}`)
            }
            lanesOf.set(`k${each.key}`, each.lane)
            known.add(`k${each.key}`)
          }
          if (each.do === 'disarm') {
            await own.commit([change({ disarm: [`k${each.key}`] })])
            known.delete(`k${each.key}`)
            out = out.filter(timer => timer.key !== `k${each.key}`)
          }
          if (each.do === 'claim') {
            const claimed = await own.claim(now, 15_000, 100, 2)
            const lanes = claimed.map(timer => timer.lane)
            expect(new Set(lanes).size).toBe(lanes.length)
            for (const timer of claimed) expect(known.has(timer.key)).toBe(true)
            for (const timer of claimed) newest.set(timer.key, timer.generation)
            out.push(...claimed)
          }
          if (each.do === 'done' || each.do === 'retry') {
            const timer = out.shift()
            if (!timer) continue
            const outcome =
              each.do === 'done'
                ? { done: true as const }
                : { retryAt: now, doubt: false, leaveLane: each.leave }
            await own.settle([
              { key: timer.key, revision: timer.revision, generation: timer.generation, outcome },
            ])
            if (
              each.do === 'done' &&
              timer.generation === newest.get(timer.key) &&
              timer.revision === revisions.get(timer.key)
            )
              known.delete(timer.key)
          }
          if (each.do === 'expire') now += 15_000
        }
        // Draining: everything that is left comes out once, lane by lane.
        const left = new Set(known)
        now += 60_000
        for (let round = 0; left.size > 0 && round < 50; round++) {
          for (const timer of await own.claim(now, 15_000, 100, 2)) {
            expect(left.delete(timer.key)).toBe(true)
            await own.settle([
              {
                key: timer.key,
                revision: timer.revision,
                generation: timer.generation,
                outcome: { done: true },
              },
            ])
          }
        }
        expect([...left]).toEqual([])
        await own.close()
      }),
      { numRuns: 60 },
    )
  })
})
