/** Whatever is armed, disarmed, claimed, settled and left to expire, in whatever order: the store does as the model does. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Arm, Change, Settle, Store, Timer } from '../../bot/ports.ts'
import { TimerModel } from './store-model.ts'

const START = 1_800_000_000_000
const LEASE_MS = 15_000

const afterMs = fc.constantFrom(0, 500, 5_000, 40_000)
const armed = fc.record({
  key: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
  lane: fc.constantFrom('l', 'm', undefined),
  rank: fc.constantFrom(0 as const, 1 as const, 2 as const),
  afterMs,
  keepEarlier: fc.boolean(),
})
const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('arm' as const),
      arms: fc.array(armed, { minLength: 1, maxLength: 3 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('disarm' as const), key: fc.constantFrom('a', 'b', 'c', 'd') }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('claim' as const),
      limit: fc.constantFrom(1, 2, 10),
      maxRank: fc.constantFrom(1 as const, 2 as const),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('settle' as const),
      which: fc.nat(),
      outcome: fc.oneof(
        fc.record({ done: fc.constant(true as const), restMs: fc.constantFrom(undefined, 1_000) }),
        fc.record({ afterMs, doubt: fc.boolean(), leaveLane: fc.boolean() }),
      ),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.constantFrom(400, 1_000, LEASE_MS) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restart' as const) }) },
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

/** All but the tokens: their values are the store's own affair. */
const told = ({ key, dueAt, data, rank, lane, attempts, firstAttemptAt, lastAttemptAt, doubt }: Timer) => ({
  key,
  dueAt,
  data,
  rank,
  lane,
  attempts,
  firstAttemptAt,
  lastAttemptAt,
  doubt,
})

const change = (over: Partial<Change>): Change => ({
  stream: 'INC-1',
  cause: null,
  at: START,
  seenSeq: 0,
  events: [],
  answer: null,
  disarm: [],
  arm: [],
  ...over,
})

async function follow(store: Store, steps: readonly Step[]): Promise<void> {
  const model = new TimerModel()
  const out: (readonly [Timer, Timer])[] = []
  let now = START
  for (const [index, each] of steps.entries()) {
    if (each.do === 'wait') now += each.ms
    else await perform(store, model, out, each, now, index)
    expect((await store.due(now, 100)).map(told)).toEqual(model.due(now).map(told))
    expect(await store.nextDueAt(now)).toBe(model.nextDueAt(now))
  }
}

async function perform(
  store: Store,
  model: TimerModel,
  out: (readonly [Timer, Timer])[],
  each: Exclude<Step, { readonly do: 'wait' }>,
  now: number,
  index: number,
): Promise<void> {
  switch (each.do) {
    case 'arm': {
      const arms = each.arms.map(
        ({ lane, afterMs: ms, ...rest }): Arm => ({
          ...rest,
          ...(lane === undefined ? {} : { lane }),
          ...{ kind: 'page', stream: 'INC-1', dueAt: now + ms, data: { index } },
        }),
      )
      await store.commit([change({ arm: arms })])
      for (const arm of arms) model.arm(arm)
      return
    }
    case 'disarm':
      await store.commit([change({ disarm: [each.key] })])
      return model.disarm(each.key)
    case 'claim': {
      const real = await store.claim(now, LEASE_MS, each.limit, each.maxRank)
      const meant = model.claim(now, LEASE_MS, each.limit, each.maxRank)
      expect(real.map(told)).toEqual(meant.map(told))
      real.forEach((timer, position) => void out.push([timer, meant[position]!]))
      return
    }
    case 'settle': {
      const [pair] = out.length > 0 ? out.splice(each.which % out.length, 1) : []
      if (!pair) return
      const outcome = outcomeOf(each.outcome, now)
      const [real, meant] = pair.map(({ key, revision, generation }) => ({
        key,
        revision,
        generation,
        outcome,
      }))
      await store.settle([real!])
      return model.settle(meant!)
    }
    case 'restart':
      await store.dropLeases()
      return model.dropLeases()
  }
}

function outcomeOf(
  asked: Extract<Step, { readonly do: 'settle' }>['outcome'],
  now: number,
): Settle['outcome'] {
  if (!('done' in asked))
    return { retryAt: now + asked.afterMs, doubt: asked.doubt, leaveLane: asked.leaveLane }
  return { done: true, ...(asked.restMs === undefined ? {} : { laneFreeAt: now + asked.restMs }) }
}

export const timersFollowTheModel = (name: string, open: () => Promise<Store>, numRuns = 150): void =>
  void test(`the timers of the ${name} store do what a list in memory does, whatever happens to them`, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60, size: 'max' }), async steps => {
        const store = await open()
        try {
          await follow(store, steps)
        } finally {
          await store.close()
        }
      }),
      { numRuns },
    )
  })
