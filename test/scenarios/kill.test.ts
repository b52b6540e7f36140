/** The shipped program, killed with SIGKILL at random: what it said it had, it has; who was owed a page, is paged (I1, I8). */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, expect, test } from 'vitest'
import { TEAM } from '../support/team.ts'

const folder = mkdtempSync(join(tmpdir(), 'tocsin-kill-'))
const file = join(folder, 'tocsin.yaml')
writeFileSync(file, `${TEAM}\nseverities: { SEV1: { respond_within: 2s, repeat: 0 } }`)
let child: ChildProcess | undefined
/** A test that failed must leave no process behind. */
afterEach(() => child?.kill('SIGKILL'))

async function start(): Promise<string> {
  const main = join(import.meta.dirname, '../../bot/main.ts')
  const env = {
    ...process.env,
    TOCSIN_CONFIG: file,
    DATABASE_URL: join(folder, 't.db'),
    PORT: '0',
    LOG_LEVEL: 'fatal',
  }
  child = spawn(process.execPath, [main, 'start'], { env, stdio: ['ignore', 'pipe', 'ignore'] })
  const [line] = await new Promise<[string]>(resolve =>
    createInterface({ input: child!.stdout! }).once('line', text => resolve([text])),
  )
  return /http:\S+\d/.exec(line)?.[0] ?? ''
}

async function kill(): Promise<void> {
  const ended = new Promise(resolve => child?.once('exit', resolve))
  child?.kill('SIGKILL')
  await ended
}

type Entry = {
  readonly key: string | null
  readonly body: { readonly message?: { readonly summary: string; readonly blocks: unknown } }
}

async function post(
  url: string,
  path: string,
  body: Readonly<Record<string, unknown>>,
): Promise<{ summary?: string }> {
  const response = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return (await response.json()) as { summary?: string }
}

const pagesOf = async (url: string, person: string): Promise<readonly Entry[]> => {
  const response = await fetch(`${url}/console/messages?as=${person}&channel=%40${person}`)
  return ((await response.json()) as Entry[]).filter(entry => entry.key?.startsWith('page:'))
}

test('declarations that were answered are there after any kill, and none twice', {
  timeout: 60_000,
}, async () => {
  const answered: string[] = []
  for (let round = 0; round < 6; round++) {
    const url = await start()
    let alive = true
    const declaring = (async () => {
      for (let each = 0; alive; each++) {
        const said = await post(url, '/console/say', {
          as: 'diego',
          channel: '#incidents',
          line: `/incident declare Site is down for everyone, number ${round}-${each} --test`,
        }).catch(() => undefined)
        const id = /INC-\d+/.exec(said?.summary ?? '')?.[0]
        if (id) answered.push(id)
        else return
      }
    })()
    await expect.poll(() => answered.length, { timeout: 10_000, interval: 5 }).toBeGreaterThan(round * 4 + 3)
    await kill()
    alive = false
    await declaring
  }
  expect(new Set(answered).size).toBe(answered.length)
  const url = await start()
  for (const id of answered) {
    const shown = await post(url, '/console/say', {
      as: 'diego',
      channel: '#incidents',
      line: `/incident show ${id}`,
    })
    expect(shown.summary).toContain(id)
  }
  await kill()
})

test('a kill between two rungs costs the next person nothing but the time that Tocsin was down', {
  timeout: 30_000,
}, async () => {
  let url = await start()
  const said = await post(url, '/console/say', {
    as: 'diego',
    channel: '#incidents',
    line: '/incident declare The lights are out for everyone everywhere --test --severity SEV1',
  })
  const id = /INC-\d+/.exec(said.summary ?? '')?.[0] ?? ''
  await expect
    .poll(async () => (await pagesOf(url, 'aiko')).some(page => page.key?.startsWith(`page:${id}:`)), {
      timeout: 5_000,
    })
    .toBe(true)
  await kill()
  url = await start()
  await expect
    .poll(async () => (await pagesOf(url, 'ben')).some(page => page.key?.startsWith(`page:${id}:`)), {
      timeout: 10_000,
    })
    .toBe(true)
  const twice = (await pagesOf(url, 'aiko')).filter(page => page.key?.startsWith(`page:${id}:1:`))
  expect(twice).toHaveLength(1)
  await kill()
})

test('a second process on the same database is refused and told who holds it', {
  timeout: 30_000,
}, async () => {
  await start()
  const main = join(import.meta.dirname, '../../bot/main.ts')
  const second = spawn(process.execPath, [main, 'migrate'], {
    env: { ...process.env, DATABASE_URL: join(folder, 't.db') },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  second.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
  const code = await new Promise(resolve => second.once('exit', resolve))
  expect(code).toBe(1)
  expect(said).toContain(`in use by process ${child?.pid}`)
  await kill()
})
