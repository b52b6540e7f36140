/**
 * Tocsin's own health: an auditor asks of every open unacknowledged incident whether it has a timer or a stated reason (I2),
 * and an outside watcher is called only while that is so. What it sees is what /readyz and /metrics say (I30).
 */
import { existsSync, statfsSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import type { App } from '../../bot/app.ts'
import type { Chat, Telemetry } from '../../bot/ports.ts'
import { parseDuration } from '../../bot/schedules/duration.ts'
import { StoreFailure } from '../sql/failure.ts'
import type { Check, Readiness } from '../web/health.ts'
import type { Env } from './env.ts'
import type { Ground } from './ground.ts'
import { networkBytes } from './network.ts'

const AUDIT_EVERY_MS = 10_000
/** A clockwork that ended no tick for this long is stuck. */
const STALLED_MS = 30_000
const HEARTBEAT_TIMEOUT_MS = 8_000

type Parts = {
  readonly app: App
  readonly chats: readonly Chat[]
  readonly telemetry: Telemetry
  readonly ground: Ground
  readonly env: Env
  readonly path: string
}

export type Audit = { readyz(): Promise<Readiness>; start(): void; stop(): void }

export function createAudit(parts: Parts): Audit {
  const { chats, telemetry, app, env, ground } = parts
  const { store, clock } = ground
  const timers: NodeJS.Timeout[] = []

  async function readyz(): Promise<Readiness> {
    const behind = clock.now() - app.clockwork.lastTickAt()
    const checks: Record<string, Check> = {
      ...(await databaseChecks()),
      clock: ground.clockCheck(),
      clockwork: { ok: behind < STALLED_MS, detail: `last tick ${Math.round(behind / 1000)} s ago` },
    }
    for (const chat of chats) {
      const { connected, detail } = chat.health()
      checks[chat.name] = { ok: connected, detail }
    }
    return { ready: Object.values(checks).every(check => check.ok), checks }
  }

  async function databaseChecks(): Promise<Readonly<Record<string, Check>>> {
    try {
      const [stranded, held] = [await store.stranded(), await store.held()]
      const clean = 'every open incident has a timer or a reason'
      return {
        database: { ok: true, detail: 'answers' },
        audit: {
          ok: stranded.length === 0,
          detail: stranded.length === 0 ? clean : `without a timer: ${stranded.slice(0, 10).join(', ')}`,
        },
        paging: { ok: !held, detail: held ? 'held after a restore: npx tocsin resume' : 'on' },
      }
    } catch (error) {
      telemetry.log('error', 'database.failed', { error })
      return {
        database: { ok: false, detail: error instanceof StoreFailure ? error.say : 'does not answer' },
      }
    }
  }

  async function measure(): Promise<void> {
    const now = clock.now()
    const { byKind, oldestDueAt } = await store.depth(now)
    for (const [kind, waiting] of Object.entries(byKind)) telemetry.set('queue_depth', waiting, { kind })
    telemetry.set('oldest_due_seconds', oldestDueAt === null ? 0 : (now - oldestDueAt) / 1000)
    const open = await store.incidents({ open: true, limit: 1000 })
    telemetry.set('open_unacked', open.filter(each => !each.acked).length)
    telemetry.set('engine_last_cycle_timestamp_seconds', app.clockwork.lastTickAt() / 1000)
    const stranded = await store.stranded()
    telemetry.set('audit_ok', stranded.length === 0 ? 1 : 0)
    if (stranded.length > 0) telemetry.log('error', 'audit.stranded', { incidents: stranded })
    telemetry.set('paging_held', (await store.held()) ? 1 : 0)
    for (const chat of chats)
      telemetry.set('chat_connected', chat.health().connected ? 1 : 0, { chat: chat.name })
    measureMachine(parts)
  }

  async function beat(url: string): Promise<void> {
    const { ready, checks } = await readyz()
    if (!ready) return telemetry.log('warn', 'heartbeat.withheld', { checks })
    await fetch(url, { method: 'POST', signal: AbortSignal.timeout(HEARTBEAT_TIMEOUT_MS) })
  }

  const every = (ms: number, name: string, work: () => Promise<void>) => {
    const run = () => void work().catch(error => telemetry.log('error', `${name}.failed`, { error }))
    timers.push(setInterval(run, ms).unref())
    run()
  }

  return {
    readyz,
    start() {
      every(AUDIT_EVERY_MS, 'audit', measure)
      const url = env.get('HEARTBEAT_URL')
      const period = parseDuration(env.get('HEARTBEAT_EVERY') ?? '60s')
      if (url) every(typeof period === 'number' ? period : 60_000, 'heartbeat', () => beat(url))
    },
    stop: () => timers.forEach(clearInterval),
  }
}

function measureMachine({ telemetry, path }: Parts): void {
  const { received, sent } = networkBytes()
  telemetry.set('network_bytes', received, { direction: 'received' })
  telemetry.set('network_bytes', sent, { direction: 'sent' })
  if (!existsSync(path)) return
  const { bavail, bsize } = statfsSync(dirname(path))
  telemetry.set('disk_free_bytes', bavail * bsize)
  telemetry.set('database_bytes', statSync(path).size)
}
