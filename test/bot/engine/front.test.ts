/** The front door: who may come in, what they hear, and that nothing is done twice. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createFront } from '../../../bot/engine/front.ts'
import type { ChatAnswer, ChatInput, ChatUser } from '../../../bot/ports.ts'
import { dispatch } from '../../../commands/dispatch.ts'
import { countedIds } from '../../support/clock.ts'
import { type Process, type Processes, processes } from '../../support/processes.ts'
import { testSigner } from '../../support/signer.ts'
import { textOf } from '../../support/story.ts'

let all: Processes
let one: Process
let receive: (input: ChatInput) => Promise<ChatAnswer>
beforeEach(async () => {
  all = await processes()
  one = all.open()
  receive = createFront({ ...one, clock: all.clock, ids: countedIds('ref'), signer: testSigner, dispatch })
})
afterEach(() => all.store.close())

let count = 0
const input = (line: string, more: Partial<ChatInput> = {}): ChatInput => ({
  ...{ chat: 'console', cause: `c${++count}`, channel: '#incidents', line },
  user: { id: 'diego', name: 'diego', kind: 'member' },
  ...more,
})
const heard = (answer: ChatAnswer) => (answer.kind === 'say' ? textOf(answer.message) : answer)
const hears = async (line: string, more: Partial<ChatInput> = {}) => heard(await receive(input(line, more)))
const counted = (outcome: string) => one.metric(`commands_total{chat="console",outcome="${outcome}"}`)
const DOWN = '/incident declare The whole site is down for everyone --test'

test.each<[Partial<ChatUser>, string, string?]>([
  [{ kind: 'bot' }, 'Bots cannot use Tocsin. Send alerts to its ingest address instead.'],
  [{ kind: 'stranger' }, 'You belong to another workspace; only this team may use Tocsin.'],
  [{ kind: 'guest' }, 'Guests of this workspace may not use Tocsin. Ask a member of the team.'],
  [
    { id: 'U9' },
    'Tocsin does not know who you are: no person of the configuration has the slack id U9. To be linked, have this added under your name in `people`: slack: U9. Then reload (SIGHUP).',
    'slack',
  ],
  [
    { id: '99' },
    'Tocsin does not know who you are: no person of the configuration has the discord id 99. To be linked, have this added under your name in `people`: discord: "99". Then reload (SIGHUP).',
    'discord',
  ],
])('who is not of the team is told so, and how to be: %o', async (who, said, chat = 'console') => {
  const user = { id: 'diego', name: 'x', kind: 'member' as const, ...who }
  expect(await hears(DOWN, { user, chat })).toBe(said)
  expect(await all.store.nextNumber()).toBe(1)
  expect(await one.metric(`commands_total{chat="${chat}",outcome="refused"}`)).toBe(1)
})

test('a command is done once, however often it comes, counted by what came of it, and logged with who gave it', async () => {
  const given = input(DOWN)
  const first = await receive(given)
  expect(heard(first)).toContain('INC-1')
  expect(await receive(given)).toEqual(first)
  expect(await all.store.nextNumber()).toBe(2)
  expect(await counted('done')).toBe(1)
  const nobody = await hears('/incident ack INC-9')
  expect(nobody).toBe('There is no such incident. Try /incident list.')
  expect(await hears('/incident list')).toContain('INC-1')
  expect([await counted('done'), await counted('refused'), await counted('answered')]).toEqual([1, 1, 1])
  expect(one.logged('level', 'do', 'stream', 'person', 'chat', 'outcome')).toEqual([
    ['command', 'info', 'declare', 'INC-1', 'diego', 'console', 'done'],
    ['command', 'info', 'ack', 'INC-9', 'diego', 'console', 'refused'],
  ])
  const [declared] = await all.store.load('INC-1')
  expect(declared).toMatchObject({ actor: 'person:diego@console', cause: given.cause })
})

test('an incident is meant where it was said: in its channel, or in a thread of it', async () => {
  await hears(DOWN)
  const opened = { do: 'room_opened', chat: 'console', channel: '#inc-1', name: 'inc-1' }
  await one.engine.handle([
    { stream: 'INC-1', cause: null, actor: { kind: 'timer' }, command: opened } as never,
  ])
  expect(await hears('/incident status mitigated', { channel: '#inc-1' })).toContain('INC-1')
  expect((await one.engine.incident('INC-1'))?.status).toBe('mitigated')
  await hears('/incident status investigating', { channel: 'thread', parent: '#inc-1' })
  expect((await one.engine.incident('INC-1'))?.status).toBe('investigating')
  await hears('/incident status mitigated', { channel: undefined, parent: '#inc-1', chat: 'slack' })
  expect((await one.engine.incident('INC-1'))?.status).toBe('investigating')
})

test('what breaks is told with a reference, counted, timed, and logged with what was typed', async () => {
  one.before('answered', () => {
    all.clock.moveTo(all.clock.now() + 2_000)
    throw new Error('no disk')
  })
  const line = `/incident note ${'x'.repeat(300)}`
  expect(await hears(line)).toBe(
    "Something went wrong on Tocsin's side (reference ref-0000). It may not have been recorded: press or type it again.",
  )
  expect(one.logged('level', 'reference', 'chat', 'line', 'error')).toEqual([
    [
      ...['command.failed', 'error', 'ref-0000', 'console', line.slice(0, 200)],
      expect.objectContaining({ message: 'no disk' }),
    ],
  ])
  expect([await counted('failed'), await one.metric('command_seconds_sum{chat="console"}')]).toEqual([1, 2])
})

test('a form that is wrong keeps what was filled in, and says where', async () => {
  const values = { title: 'It is all broken', figures: 'errors many' }
  const answer = await receive(input('/incident declare', { values }))
  expect(answer).toMatchObject({ kind: 'errors', errors: { figures: expect.any(String) } })
  expect(await counted('refused')).toBe(1)
})
