/** Several processes on one PostgreSQL: one truth, one page, whoever hears, whoever dies (I7, I26). */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Console, createConsole } from '../../adapters/console/chat.ts'
import { openConsoleLog } from '../../adapters/console/log.ts'
import type { PostgresStore } from '../../adapters/sql/postgres.ts'
import { createTelemetry } from '../../adapters/telemetry/telemetry.ts'
import { type App, createApp } from '../../bot/app.ts'
import { SESSIONS } from '../../bot/engine/kinds.ts'
import type { Chat, Directory, Hooks } from '../../bot/ports.ts'
import { isSignedIn } from '../../bot/sessions/sessions.ts'
import { dispatch } from '../../commands/dispatch.ts'
import { countedIds, VirtualClock } from '../support/clock.ts'
import { type Server, startPostgres } from '../support/postgres.ts'
import { makeHome } from '../support/program.ts'
import { testSigner } from '../support/signer.ts'
import { ms, START, textOf } from '../support/story.ts'
import { config, TEAM } from '../support/team.ts'

type Replica = { readonly app: App; readonly store: PostgresStore; readonly directory: () => Directory }

let server: Server
let clock: VirtualClock
let console: Console
let replicas: Replica[]

beforeAll(async () => {
  server = await startPostgres()
}, 60_000)
afterAll(() => server.stop())

async function replica(store: PostgresStore, chat: Chat = console, its = clock): Promise<Replica> {
  let given: Hooks | undefined
  const app = await createApp({
    config: config(),
    store,
    chats: [
      {
        ...chat,
        start(hooks) {
          given = hooks
          return chat.start(hooks)
        },
      },
    ],
    pagers: [],
    signer: testSigner,
    clock: its,
    ids: countedIds(`r${replicas.length}`),
    telemetry: createTelemetry({ level: 'fatal', secrets: [] }),
    dispatch,
  })
  await app.start()
  const directory = () => {
    if (!given) throw new Error('the chat was not started')
    return given.directory
  }
  const made = { app, store, directory }
  replicas.push(made)
  return made
}

beforeEach(async () => {
  clock = new VirtualClock(START)
  console = createConsole({ log: openConsoleLog(':memory:'), clock })
  replicas = []
  await replica(await server.open())
  await replica(await server.join())
})
afterEach(async () => {
  for (const { app, store } of replicas) {
    await app.stop()
    await store.close()
  }
})

let count = 0
async function says({ app }: Replica, person: string, line: string): Promise<string> {
  const answer = await app.receive({
    chat: 'console',
    cause: `said-${++count}`,
    user: { id: person, name: person, kind: 'member' },
    channel: '#incidents',
    line,
  })
  return answer.kind === 'say' ? textOf(answer.message) : JSON.stringify(answer)
}
const pagesOf = (person: string) =>
  console.log
    .recent(`@${person}`, person, 100)
    .flatMap(entry =>
      entry.key?.startsWith('page:') && 'message' in entry.body ? [textOf(entry.body.message)] : [],
    )
const tickAll = () => Promise.all(replicas.map(({ app }) => app.clockwork.tick()))
async function at(after: string): Promise<void> {
  const target = Date.parse(START) + ms(after)
  const [{ store } = replicas[0]!] = replicas
  await tickAll()
  for (
    let due = await store.nextDueAt(clock.now());
    due !== undefined && due <= target;
    due = await store.nextDueAt(clock.now())
  ) {
    clock.moveTo(Math.max(due, clock.now()))
    await tickAll()
  }
  clock.moveTo(target)
}
const pair = (): readonly [Replica, Replica] => {
  const [one, two] = replicas
  if (!one || !two) throw new Error('there are two replicas')
  return [one, two]
}
const DOWN = '/incident declare The whole site is down for everyone'

test('every timer has one effect, however many processes look for it at once', async () => {
  const [one] = pair()
  await says(one, 'diego', DOWN)
  await at('12m')
  for (const person of ['aiko', 'ben', 'chika'])
    expect([person, pagesOf(person)]).toEqual([person, [expect.any(String)]])
})

test('an ack that one process heard is known to the other at once, and nobody is paged after it', async () => {
  const [one, two] = pair()
  await says(one, 'diego', DOWN)
  await at('1m')
  expect(await says(two, 'aiko', '/incident ack INC-1')).toContain('acknowledged after 1 min')
  expect(await says(one, 'ben', '/incident ack INC-1')).toContain('acknowledged already')
  await at('30m')
  expect(pagesOf('ben')).toEqual([])
})

test('two acks at the same moment on two processes are one, and the other is told who won (I7)', async () => {
  const [one, two] = pair()
  await says(one, 'diego', DOWN)
  await at('1m')
  const answers = await Promise.all([
    says(one, 'aiko', '/incident ack INC-1'),
    says(two, 'ben', '/incident ack INC-1'),
  ])
  expect(answers.filter(answer => answer.includes('acknowledged after'))).toHaveLength(1)
  expect(answers.filter(answer => answer.includes('acknowledged already'))).toHaveLength(1)
})

test('ten declarations on two processes at once are ten incidents with ten numbers', async () => {
  const [one, two] = pair()
  const said = await Promise.all(
    Array.from({ length: 10 }, (_, each) =>
      says(each % 2 ? one : two, 'diego', `${DOWN} in part ${each} --test`),
    ),
  )
  expect(new Set(said.map(answer => /INC-\d+/.exec(answer)?.[0])).size).toBe(10)
})

test('an override taken on one process pages the right person from the other', async () => {
  const [one, two] = pair()
  await says(one, 'chika', '/oncall take 3h')
  await says(two, 'diego', DOWN)
  await at('10s')
  expect(pagesOf('chika').join()).toContain('You are paged')
  expect(pagesOf('aiko')).toEqual([])
})

test('an override taken on one process is shown by the other at once', async () => {
  const [one, two] = pair()
  await says(one, 'chika', '/oncall take 3h')
  expect(await says(two, 'diego', '/oncall who')).toContain('primary: chika')
})

test('a link into the web pages that one process redeemed opens nothing on the other, and its session ends on both', async () => {
  const [one, two] = pair()
  const askedAt = clock.now()
  const ask = async ({ app }: Replica, act: 'sign_in' | 'sign_out') => {
    const actor = { kind: 'person' as const, person: 'aiko', via: 'web' }
    const command = { do: act, person: 'aiko', askedAt }
    const [handled] = await app.engine.handle([{ cause: `web-${++count}`, stream: SESSIONS, actor, command }])
    return handled?.refusal?.code
  }
  const both = await Promise.all([ask(one, 'sign_in'), ask(two, 'sign_in')])
  expect(both.toSorted()).toEqual(['used', undefined])
  const isOpen = async ({ app }: Replica) =>
    isSignedIn(await app.engine.sessions(), { person: 'aiko', askedAt }, clock.now(), clock.now())
  expect([await isOpen(one), await isOpen(two)]).toEqual([true, true])
  await ask(two, 'sign_out')
  expect([await isOpen(one), await isOpen(two)]).toEqual([false, false])
})

test('a configuration that one process reads again is in force on the other at once', async () => {
  const [one, two] = pair()
  await one.app.configure(config())
  await one.app.configure(config(TEAM.replace('people: [aiko]', 'people: [chika]')))
  expect(await says(two, 'diego', '/oncall who')).toContain('primary: chika')
  await says(two, 'diego', DOWN)
  await two.app.clockwork.tick()
  expect(pagesOf('chika')).toHaveLength(1)
  expect(pagesOf('aiko')).toEqual([])
})

test('a reload on one process loses no override that the other took meanwhile', async () => {
  const [one, two] = pair()
  await says(two, 'chika', '/oncall take 3h')
  await one.app.configure(config())
  expect(await says(one, 'diego', '/oncall who')).toContain('primary: chika')
})

test('the channel that one process opened for an incident is known to the other when it reads the incident', async () => {
  const [one, two] = pair()
  await says(one, 'diego', DOWN)
  await at('5s')
  const [room] = (await one.store.incident('INC-1'))?.rooms ?? []
  expect(room).toMatch(/^console:/)
  for (const { app, directory } of [one, two]) {
    await app.engine.incident('INC-1')
    expect(`console:${directory().room('INC-1')}`).toBe(room)
  }
})

test('what a process had claimed when it froze is sent by another after the lease; when it wakes, its row is not its own any more (I26)', async () => {
  const [, two] = pair()
  let thaw = () => {}
  const frozen = new Promise<void>(resolve => {
    thaw = resolve
  })
  const slow: Chat = {
    ...console,
    async post(to, message, key) {
      if (key.startsWith('page:')) await frozen
      return console.post(to, message, key)
    },
  }
  const first = replicas.shift()
  await first?.app.stop()
  await first?.store.close()
  // Its time stands still too: else it may claim its own row anew before the other does.
  const stuck = await replica(await server.join(), slow, new VirtualClock(START))
  await says(stuck, 'diego', DOWN)
  const ticking = stuck.app.clockwork.tick()
  await expect
    .poll(async () => (await server.query("select attempts from timers where kind = 'page'"))[0]?.attempts)
    .toBe('1')
  clock.moveTo(clock.now() + 16_000)
  await two.app.clockwork.tick()
  await expect.poll(() => pagesOf('aiko').length).toBe(1)
  thaw()
  await ticking
  expect(await server.query("select key from timers where kind = 'page'")).toEqual([])
})

test('connections that are cut in the middle lose nothing that was said to be recorded', async () => {
  const [one] = pair()
  const recorded: string[] = []
  for (let each = 0; each < 30; each++) {
    const saying = says(one, 'diego', `${DOWN} in part ${each} --test`)
    if (each % 5 === 2)
      await server.query(
        "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'tocsin'",
      )
    const id = /INC-\d+/.exec(await saying)?.[0]
    if (id) recorded.push(id)
  }
  expect(recorded.length).toBeGreaterThan(15)
  expect(new Set(recorded).size).toBe(recorded.length)
  for (const id of recorded) expect(await says(one, 'diego', `/incident show ${id}`)).toContain(id)
})

test('of two programs on one database one is killed with SIGKILL, and the other pages the next person on time', {
  timeout: 60_000,
}, async () => {
  for (const { app, store } of replicas.splice(0)) {
    await app.stop()
    await store.close()
  }
  await (await server.open()).close()
  const env = { DATABASE_URL: server.url, TOCSIN_CONSOLE: '1' }
  const team = `${TEAM}\nseverities: { SEV1: { respond_within: 3s, repeat: 0 } }`
  // Each keeps its console's log in its own working folder.
  const one = await makeHome(team).start(env)
  const two = await makeHome(team).start(env)
  expect(await one.says('diego', DOWN)).toContain('INC-1')
  await expect
    .poll(async () => (await one.pagesOf('aiko')).length + (await two.pagesOf('aiko')).length)
    .toBe(1)
  await one.end('SIGKILL')
  await expect.poll(async () => (await two.pagesOf('ben')).length, { timeout: 60_000 }).toBe(1)
  expect((await two.get('/readyz')).status).toBe(200)
  expect(await two.says('ben', '/incident ack INC-1')).toContain('acknowledged')
  await two.end('SIGTERM')
})
