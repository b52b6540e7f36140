/** The shipped program as a process of its own, on a folder of its own: started, spoken to, stopped, killed. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { onTestFinished } from 'vitest'
import { SHIPPED } from './shipped.ts'

export type Home = {
  readonly folder: string
  /** Writes the configuration file anew. */
  configure(text: string): void
  /** `tocsin start` with the console chat, on a free port. */
  start(env?: Readonly<Record<string, string>>): Promise<Program>
  /** The same, killed so long after it began, ready or not. */
  startAndDie(afterMs: number): Promise<void>
  /** Any other command of `tocsin`, run to its end. */
  run(
    ...args: readonly string[]
  ): Promise<{ readonly code: number; readonly out: string; readonly err: string }>
}

export type Program = {
  readonly url: string
  readonly pid: number
  /** What it wrote to stderr so far. */
  log(): string
  signal(name: NodeJS.Signals): void
  /** Ends it and waits: SIGTERM drains, SIGKILL does not. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>
  /** Types a line in the console's #incidents. */
  says(person: string, line: string): Promise<string>
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Response>
  messages(person: string, channel: string): Promise<readonly Entry[]>
  /** What reached a person as pages, oldest first. */
  pagesOf(person: string): Promise<readonly Entry[]>
}

export type Entry = {
  readonly key: string | null
  readonly body: { readonly message?: { readonly summary: string; readonly blocks: unknown } }
}

export function makeHome(config: string, main = SHIPPED): Home {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-home-'))
  const file = join(folder, 'tocsin.yaml')
  const base = {
    PATH: process.env.PATH ?? '',
    TOCSIN_CONFIG: file,
    DATABASE_URL: join(folder, 't.db'),
    PORT: '0',
    LOG_LEVEL: 'warn',
  }
  writeFileSync(file, config)
  return {
    folder,
    configure: text => writeFileSync(file, text),
    start: env => startProgram(main, { ...base, ...env }),
    async startAndDie(afterMs) {
      const child = spawn(process.execPath, [main, 'start'], { cwd: folder, env: base, stdio: 'ignore' })
      const gone = once(child, 'exit')
      await sleep(afterMs)
      child.kill('SIGKILL')
      await gone
    },
    async run(...args) {
      const child = spawn(process.execPath, [main, ...args], { env: base, stdio: ['ignore', 'pipe', 'pipe'] })
      const said = { out: '', err: '' }
      child.stdout.on('data', (chunk: Buffer) => {
        said.out += chunk.toString()
      })
      child.stderr.on('data', (chunk: Buffer) => {
        said.err += chunk.toString()
      })
      const [code] = await once(child, 'close')
      return { code: Number(code), ...said }
    },
  }
}

async function startProgram(main: string, env: Readonly<Record<string, string>>): Promise<Program> {
  const child: ChildProcess = spawn(process.execPath, [main, 'start'], {
    cwd: dirname(env.TOCSIN_CONFIG ?? '.'),
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  // A test that failed must leave no process behind.
  onTestFinished(() => void child.kill('SIGKILL'))
  let log = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    log += chunk.toString()
  })
  const gone = once(child, 'exit')
  if (!child.stdout) throw new Error('the program has no stdout')
  const line = await Promise.race([
    once(createInterface({ input: child.stdout }), 'line').then(([text]) => String(text)),
    gone.then(() => Promise.reject(new Error(`the program ended at once: ${log}`))),
  ])
  const url = /http:\S+\d/.exec(line)?.[0] ?? ''
  const get: Program['get'] = (path, headers = {}) => fetch(`${url}${path}`, { headers })
  const messages: Program['messages'] = async (person, channel) =>
    (await (
      await get(`/console/messages?as=${person}&channel=${encodeURIComponent(channel)}`)
    ).json()) as Entry[]
  return {
    url,
    pid: child.pid ?? 0,
    log: () => log,
    signal: name => void child.kill(name),
    async end(signal) {
      child.kill(signal)
      await gone
    },
    async says(person, line) {
      const response = await fetch(`${url}/console/say`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ as: person, channel: '#incidents', line }),
      })
      return ((await response.json()) as { summary?: string }).summary ?? ''
    },
    get,
    messages,
    async pagesOf(person) {
      return (await messages(person, `@${person}`)).filter(entry => entry.key?.startsWith('page:'))
    },
  }
}

/** Somebody else's server on loopback that takes everything and remembers it. */
export async function listening(): Promise<{
  readonly url: string
  readonly got: { path: string; body: string }[]
}> {
  const got: { path: string; body: string }[] = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += String(chunk)
    got.push({ path: request.url ?? '', body })
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, got }
}
