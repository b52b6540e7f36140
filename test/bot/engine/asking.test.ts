/** How a source is asked about an incident, and how much of its answer is kept. */
import { afterEach, expect, test } from 'vitest'
import type { Answer, Question } from '../../../bot/evidence/types.ts'
import { ChatFailure, type EvidenceSource } from '../../../bot/ports.ts'
import { declare } from '../../support/asks.ts'
import { type Sender, sender } from '../../support/sender.ts'

let s: Sender
let now: number
let asked: Question[]
afterEach(() => s.close())

const EMPTY: Answer = { kind: 'series', source: 'prom', series: [] }
type Ask = (question: Question) => Promise<{ answer: Answer; missing: readonly string[] }>
async function begin(ask: Ask = async () => ({ answer: EMPTY, missing: [] })) {
  asked = []
  const prom = {
    name: 'prom',
    kind: 'prometheus',
    ask(question: Question) {
      asked.push(question)
      return ask(question)
    },
  } as unknown as EvidenceSource
  s = await sender({ source: async name => (name === 'prom' ? prom : undefined) })
  now = s.clock.now()
  await s.engine.handle([declare('Checkout is down', {}, { test: false, service: 'checkout' })])
}
const MINUTE = 60_000
const ASK = { kind: 'ask', source: 'prom' } as const

test('a source is asked about the half hour before the first sign; what it cannot say is kept, ten lines at most', async () => {
  await begin(async () => ({ answer: EMPTY, missing: Array.from({ length: 12 }, (_, each) => `m${each}`) }))
  const stretch = { onset: now, from: now - 30 * MINUTE, to: now }
  const { recorded } = await s.send(ASK)
  expect(asked).toEqual([{ service: 'checkout', ...stretch }])
  const missing = Array.from({ length: 10 }, (_, each) => `m${each}`)
  expect(recorded).toEqual([
    [
      { done: true },
      expect.objectContaining({
        ...{ do: 'evidence_found', source: 'prom', ...stretch, findings: [], series: [], missing },
      }),
      { kind: 'timer' },
    ],
  ])
  expect(await s.send({ ...ASK, source: 'unheard' })).toEqual({ said: [], recorded: [[{ done: true }]] })
})

test('a source that fails is said at once, and asked again for five minutes', async () => {
  await begin(() => Promise.reject(new ChatFailure('later', 'down', 'it is down')))
  const failed = { do: 'source_failed', source: 'prom', why: 'it is down' }
  const again = { retryAt: now + 1_000, doubt: false, leaveLane: true }
  const last = { firstAttemptAt: now - 5 * MINUTE }
  expect((await s.send(ASK)).recorded).toEqual([[again, failed, { kind: 'timer' }]])
  expect((await s.send(ASK, { firstAttemptAt: now - 5 * MINUTE + 1 })).recorded).toMatchObject([
    [again, failed, {}],
  ])
  expect((await s.send(ASK, last)).recorded).toEqual([[{ done: true }, failed, { kind: 'timer' }]])
})

test('eight questions are on their way at once; the next waits two seconds, and a place is given back', async () => {
  const end = Promise.withResolvers<void>()
  await begin(async () => {
    await end.promise
    return { answer: EMPTY, missing: [] }
  })
  const first = Array.from({ length: 8 }, () => s.send(ASK))
  await new Promise(resolve => setImmediate(resolve))
  await s.send(ASK)
  expect(asked).toHaveLength(8)
  expect((await s.send(ASK)).recorded).toEqual([[{ retryAt: now + 2_000, doubt: false, leaveLane: true }]])
  end.resolve()
  await Promise.all(first)
  await s.send(ASK)
  expect(asked).toHaveLength(9)
})
