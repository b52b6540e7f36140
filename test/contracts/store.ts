/** What every store promises, over a fresh database for each test: `storeContract(name, open)` is run for each implementation. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Arm, Change, IncidentSummary, Settle, Store, Timer } from '../../bot/ports.ts'

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
const summary = (over: Partial<IncidentSummary> = {}): IncidentSummary => ({
  id: 'INC-1',
  number: 1,
  title: 'Checkout is down',
  severity: 'SEV1',
  status: 'declared',
  service: null,
  open: true,
  acked: false,
  quiet: false,
  test: false,
  declaredAt: NOW,
  ackedAt: null,
  resolvedAt: null,
  updatedAt: NOW,
  closedAt: null,
  cause: null,
  published: false,
  rooms: [],
  ...over,
})
const keys = (timers: readonly Timer[]) => timers.map(timer => timer.key)

export const storeContract = (name: string, open: () => Promise<Store>): void =>
  void describe(`the ${name} store`, () => {
    let store: Store
    beforeEach(async () => {
      store = await open()
    })
    afterEach(() => store.close())

    const claim = (now = NOW, limit = 10) => store.claim(now, 15_000, limit, 2)
    const settle = (timer: Timer, outcome: Settle['outcome']) =>
      store.settle([{ key: timer.key, revision: timer.revision, generation: timer.generation, outcome }])

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
      expect(
        await store.commit([change({ cause: 'late', events: [happened('b')], arm: [arm('k')] })]),
      ).toEqual([{ kind: 'stale' }])
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

    test('who built on a change of the same commit that was stale is stale too: a history has no gap', async () => {
      const outcomes = await store.commit([
        change({ seenSettings: 99, events: [happened('a')] }),
        change({ seenSeq: 1, cause: 'second', events: [happened('b')] }),
      ])
      expect(outcomes).toEqual([{ kind: 'stale' }, { kind: 'stale' }])
      expect(await store.load('INC-1')).toEqual([])
      expect(await store.answered('second')).toBeUndefined()
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
      const [before] = await store.due(NOW + 10, 10)
      await store.commit([change({ arm: [arm('k', { kind: 'rung', dueAt: NOW + 20 })] })])
      expect(await store.due(NOW + 10, 10)).toEqual([])
      expect((await store.due(NOW + 20, 10)).map(timer => timer.revision)).toEqual([before!.revision + 1])
    })

    test('an edit that is armed again keeps the earlier time', async () => {
      await store.commit([
        change({ arm: [arm('card', { kind: 'rung', dueAt: NOW + 10, keepEarlier: true })] }),
      ])
      await store.commit([
        change({ arm: [arm('card', { kind: 'rung', dueAt: NOW + 20, keepEarlier: true })] }),
      ])
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
      expect(first).toMatchObject({ attempts: 1, firstAttemptAt: NOW, lastAttemptAt: null, doubt: false })
      expect(await claim(NOW + 14_999)).toEqual([])
      const [second] = await claim(NOW + 15_000)
      expect(second).toMatchObject({
        generation: first!.generation + 1,
        attempts: 2,
        firstAttemptAt: NOW,
        lastAttemptAt: NOW,
        doubt: true,
      })
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
      expect(await claim()).toMatchObject([
        { key: 'card', revision: first!.revision + 1, attempts: 1, lastAttemptAt: null, doubt: false },
      ])
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

    test('the next due time counts the end of a lease: what nobody settles comes back then', async () => {
      await store.commit([change({ arm: [arm('a', { lane: 'l' })] })])
      await claim()
      expect(await store.nextDueAt(NOW)).toBe(NOW + 15_000)
    })

    test('a start voids the leases of the process that died', async () => {
      await store.commit([change({ arm: [arm('a', { lane: 'l' })] })])
      await claim()
      await store.dropLeases()
      expect(await claim()).toMatchObject([{ key: 'a', attempts: 2, doubt: true }])
    })

    test('a lane rests after a post, whenever the next one comes, and however often it is armed', async () => {
      await store.commit([change({ arm: [arm('a', { lane: 'l' })] })])
      const [first] = await claim()
      await settle(first!, { done: true, laneFreeAt: NOW + 1000 })
      await store.commit([change({ arm: [arm('b', { lane: 'l', dueAt: NOW + 100 })] })])
      await store.commit([change({ arm: [arm('b', { lane: 'l', dueAt: NOW + 200 })] })])
      expect(await claim(NOW + 999)).toEqual([])
      expect(await store.nextDueAt(NOW + 200)).toBe(NOW + 1000)
      expect(keys(await claim(NOW + 1000))).toEqual(['b'])
    })

    test('work that waits as long as the chat asked is not brought forward by arming it again', async () => {
      await store.commit([change({ arm: [arm('card', { lane: 'l', rank: 2 })] })])
      const [first] = await claim()
      await settle(first!, { retryAt: NOW + 30_000, doubt: false })
      const again = arm('card', { lane: 'l', rank: 2, dueAt: NOW + 1000, keepEarlier: true })
      await store.commit([change({ arm: [again] })])
      expect(await claim(NOW + 29_999)).toEqual([])
      expect(await claim(NOW + 30_000)).toMatchObject([{ key: 'card', attempts: 2 }])
    })

    test('a failure counts also for work that was armed anew while it was being sent', async () => {
      await store.commit([change({ arm: [arm('card', { lane: 'l', rank: 2 })] })])
      const [first] = await claim()
      await store.commit([change({ arm: [arm('card', { lane: 'l', rank: 2, data: { newer: true } })] })])
      await settle(first!, { retryAt: NOW + 30_000, doubt: true })
      expect(await claim(NOW + 29_999)).toEqual([])
      expect(await claim(NOW + 30_000)).toMatchObject([
        { key: 'card', data: { newer: true }, attempts: 2, doubt: true },
      ])
    })

    test('who still sends what was disarmed cannot touch what was armed since under the same key', async () => {
      await store.commit([change({ arm: [arm('a', { lane: 'l' })] })])
      const [old] = await claim()
      await store.commit([change({ disarm: ['a'], arm: [arm('a', { lane: 'l' })] })])
      const [current] = await claim()
      await settle(old!, { done: true })
      expect((await store.depth(NOW)).byKind).toEqual({ page: 1 })
      await settle(current!, { done: true })
      expect((await store.depth(NOW)).byKind).toEqual({})
    })

    test('a decision about a timer that was disarmed cannot take the one that was armed since', async () => {
      await store.commit([change({ arm: [arm('rung:INC-1', { kind: 'rung' })] })])
      await store.commit([change({ arm: [arm('rung:INC-1', { kind: 'rung' })] })])
      const [read] = await store.due(NOW, 10)
      await store.commit([change({ disarm: ['rung:INC-1'] })])
      await store.commit([change({ arm: [arm('rung:INC-1', { kind: 'rung', dueAt: NOW + 300_000 })] })])
      const late = change({ timer: { key: 'rung:INC-1', revision: read!.revision } })
      expect(await store.commit([late])).toEqual([{ kind: 'stale' }])
      expect(await store.nextDueAt(NOW)).toBe(NOW + 300_000)
    })

    test('work that moves to another lane while it is being sent is not sent twice', async () => {
      await store.commit([change({ arm: [arm('a', { lane: 'l' })] })])
      const [first] = await claim()
      await store.commit([change({ arm: [arm('a', { lane: 'm' })] })])
      expect(await claim()).toEqual([])
      await settle(first!, { done: true })
      expect(await claim()).toMatchObject([{ key: 'a', lane: 'm', attempts: 1, doubt: false }])
    })

    test('a decision that arms its own key again arms the next one', async () => {
      await store.commit([change({ arm: [arm('rung:INC-1', { kind: 'rung' })] })])
      const [timer] = await store.due(NOW, 10)
      const next = arm('rung:INC-1', { kind: 'rung', dueAt: NOW + 60_000 })
      const outcome = await store.commit([
        change({ timer: { key: timer!.key, revision: timer!.revision }, arm: [next] }),
      ])
      expect(outcome).toEqual([{ kind: 'done' }])
      expect(await store.nextDueAt(NOW)).toBe(NOW + 60_000)
    })

    test('only what is urgent is claimed when only that is asked for', async () => {
      await store.commit([
        change({ arm: [arm('edit', { lane: 'x', rank: 2 }), arm('post', { lane: 'y', rank: 1 })] }),
      ])
      expect(keys(await store.claim(NOW, 15_000, 10, 1))).toEqual(['post'])
    })

    test('commits of many callers at once each get their own outcome', async () => {
      const outcomes = await Promise.all(
        Array.from({ length: 50 }, (_, index) =>
          store.commit([
            change({ stream: `INC-${index % 10}`, cause: `c${index}`, events: [happened('a')] }),
          ]),
        ),
      )
      expect(outcomes.flat().filter(({ kind }) => kind === 'done')).toHaveLength(10)
      expect(outcomes.flat().filter(({ kind }) => kind === 'stale')).toHaveLength(40)
    })

    test('a caller whose write cannot be is told so, and takes nobody with it', async () => {
      const impossible = { ...happened('x'), type: null as unknown as string }
      const bug = store.commit([change({ arm: [arm('lost')] }), change({ events: [impossible] })])
      const sound = store.commit([change({ stream: 'INC-2', events: [happened('a')] })])
      const said = await bug.then(String, (error: Error) => `${error} ${String(error.cause)}`)
      expect(said).toMatch(/not.null/i)
      expect(await sound).toEqual([{ kind: 'done' }])
      expect(await store.nextDueAt(0)).toBeUndefined()
    })

    test('an alert group belongs to one open incident, until that lets it go', async () => {
      expect(await store.commit([change({ groupKey: 'g' })])).toEqual([{ kind: 'done' }])
      expect(await store.commit([change({ groupKey: 'g' })])).toEqual([{ kind: 'done' }])
      const rival = change({ stream: 'INC-2', cause: 'rival', groupKey: 'g' })
      expect(await store.commit([rival])).toEqual([{ kind: 'stale' }])
      expect(await store.answered('rival')).toBeUndefined()
      await store.commit([change({ groupKey: null })])
      expect(await store.commit([rival])).toEqual([{ kind: 'done' }])
    })

    test('incidents are listed newest first, page by page, and found by their channels', async () => {
      for (const number of [1, 2, 3]) {
        const id = `INC-${number}`
        const row = summary({ id, number, open: number !== 2, rooms: [`slack:C${number}`] })
        await store.commit([change({ stream: id, summary: row })])
      }
      const numbers = async (query: Parameters<Store['incidents']>[0]) =>
        (await store.incidents(query)).map(row => row.number)
      expect(await numbers({ limit: 2 })).toEqual([3, 2])
      expect(await numbers({ limit: 2, before: 2 })).toEqual([1])
      expect(await numbers({ limit: 9, open: true })).toEqual([3, 1])
      expect(await store.incident('INC-2')).toMatchObject({ number: 2, open: false })
      expect(await store.incidentInRoom('slack:C3')).toBe('INC-3')
      expect(await store.incidentInRoom('slack:C9')).toBeUndefined()
    })

    test.each([
      ['owes a call and has no timer for it', {}, [], ['INC-1']],
      ['has its next rung armed', {}, [arm('rung:INC-1', { kind: 'rung' })], []],
      ['has only other work', {}, [arm('card:INC-1', { kind: 'card', lane: 'l' })], ['INC-1']],
      ['was acknowledged', { acked: true }, [], []],
      ['said that its chain ended', { quiet: true }, [], []],
      ['is closed', { open: false }, [], []],
    ] as const)('an incident that %s: stranded or not', async (_, over, armed, expected) => {
      await store.commit([change({ summary: summary(over), arm: armed })])
      expect(await store.stranded()).toEqual(expected)
    })

    test('the depth counts what waits, and says since when the oldest is due', async () => {
      expect(await store.depth(NOW)).toEqual({ byKind: {}, oldestDueAt: null })
      await store.commit([
        change({
          arm: [
            arm('a', { lane: 'l', dueAt: NOW - 20 }),
            arm('b', { lane: 'l', dueAt: NOW - 30 }),
            arm('r', { kind: 'rung', dueAt: NOW + 10 }),
          ],
        }),
      ])
      expect(await store.depth(NOW)).toEqual({ byKind: { page: 2, rung: 1 }, oldestDueAt: NOW - 30 })
    })

    test('paging is held and let go', async () => {
      expect(await store.held()).toBe(false)
      await store.hold(true)
      expect(await store.held()).toBe(true)
      await store.hold(false)
      expect(await store.held()).toBe(false)
    })

    test('several streams are read in one go, each from where its reader is, in order', async () => {
      await store.commit([
        change({ events: [happened('a'), happened('b'), happened('d')] }),
        change({ stream: 'INC-2', events: [happened('c')] }),
      ])
      const after = new Map([
        ['INC-1', 1],
        ['INC-2', 0],
        ['INC-3', 0],
      ])
      const read = await store.loadMany(after)
      expect([...read].map(([stream, events]) => [stream, events.map(event => event.data)])).toEqual([
        ['INC-1', [{ type: 'b' }, { type: 'd' }]],
        ['INC-2', [{ type: 'c' }]],
      ])
    })
  })
