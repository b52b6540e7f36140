/**
 * The clockwork: asks what is due, has it decided or delivered, sleeps until the next. Decisions are taken in batches that
 * share a commit; deliveries are claimed one lane at a time and run side by side. Timers are rows (D7): a wake-up is only a
 * hint, capped, with a poll as the net, and a tick does all that is due whatever woke it. Tests call `tick` on virtual time.
 */
import type { Clock, Store, Telemetry, Timer } from '../ports.ts'
import type { Instant } from '../words.ts'
import type { Deliver } from './deliver.ts'
import type { Ask, Engine } from './handle.ts'
import { traceOf, workOf } from './timers.ts'

export type Clockwork = {
  /** Runs until `stop`. */
  start(): void
  /** Takes nothing more; resolves when what is in flight has ended. */
  stop(): Promise<void>
  /** Decides and delivers all that is due now, and all that this makes due now; resolves when it is done. */
  tick(): Promise<void>
  /** When a tick last ended: the watchdog's question (I30). */
  lastTickAt(): Instant
}

/** Longer than the 8 s in which every send ends (I6), short enough that a crash costs a page no more than this (I26). */
export const LEASE_MS = 15_000
/** The poll that catches what no hint announced. */
const POLL_MS = 2_000
/** Decisions in one commit. */
const BATCH = 500
/** Deliveries side by side; cosmetics may fill no more than half of them, so that a page never waits for a slot (I12). */
const SLOTS = 64
const COSMETIC_SLOTS = 32

/** Without a reason of ours an exception is made up for each, stack and all. */
const ROUSED = 'roused'

type Parts = {
  readonly store: Store
  readonly engine: Engine
  readonly deliver: Deliver
  readonly clock: Clock
  readonly telemetry: Telemetry
}

export function createClockwork({ store, engine, deliver, clock, telemetry }: Parts): Clockwork {
  const inFlight = new Set<Promise<void>>()
  let wake = new AbortController()
  let running: Promise<void> | undefined
  let stopping = false
  let lastTickAt = clock.now()
  const rouse = () => wake.abort(ROUSED)
  engine.onArmed(rouse)

  const taken = ({ dueAt, kind }: Timer) =>
    telemetry.observe('timer_lateness_seconds', (clock.now() - dueAt) / 1000, { kind })

  /** Decides what is due; returns false when nothing was. */
  async function decideDue(): Promise<boolean> {
    const due = await store.due(clock.now(), BATCH)
    if (due.length === 0) return false
    for (const timer of due) taken(timer)
    await engine.handle(due.map(toAsk))
    return true
  }

  /** Claims what may leave and lets it go; returns false when nothing could. */
  async function deliverDue(): Promise<boolean> {
    const free = SLOTS - inFlight.size
    if (free <= 0) return false
    const cosmetic = COSMETIC_SLOTS - inFlight.size
    const [limit, maxRank] = cosmetic > 0 ? ([cosmetic, 2] as const) : ([free, 1] as const)
    const now = clock.now()
    const claimed = await store.claim(now, LEASE_MS, limit, maxRank)
    for (const timer of claimed) launch(timer, now + LEASE_MS)
    return claimed.length > 0
  }

  function launch(timer: Timer, until: Instant): void {
    taken(timer)
    const work = deliver(timer, until)
      .catch(error => telemetry.log('error', 'delivery.bug', { key: timer.key, error }))
      .finally(() => {
        inFlight.delete(work)
        rouse()
      })
    inFlight.add(work)
  }

  async function turn(): Promise<boolean> {
    if (await store.held()) return false
    const decided = await decideDue()
    return (await deliverDue()) || decided
  }

  async function run(): Promise<void> {
    while (!stopping) {
      wake = new AbortController()
      try {
        const since = clock.now()
        if (!(await turn())) await clock.wait(await nextWake(since), wake.signal)
        lastTickAt = clock.now()
      } catch (error) {
        // The store is in trouble: the watchdog sees that no tick ends; try again soon.
        telemetry.log('error', 'clockwork.failed', { error })
        await clock.wait(clock.now() + POLL_MS, wake.signal)
      }
    }
    await Promise.all(inFlight)
  }

  /** `since`: when the turn began that found nothing. What came due during it must not be slept over. */
  async function nextWake(since: Instant): Promise<Instant> {
    // What was due but not yet claimable (its lane is busy, the slots are full) is woken by the end of what holds it.
    return Math.min((await store.nextDueAt(since)) ?? Number.POSITIVE_INFINITY, since + POLL_MS)
  }

  return {
    start() {
      running ??= run()
    },
    async stop() {
      stopping = true
      rouse()
      await running
    },
    async tick() {
      for (;;) {
        const busy = await turn()
        if (busy) continue
        if (inFlight.size === 0) break
        await Promise.race(inFlight)
      }
      lastTickAt = clock.now()
    },
    lastTickAt: () => lastTickAt,
  }
}

function toAsk(timer: Timer): Ask {
  const { key, revision, stream } = timer
  const trace = traceOf(timer)
  return {
    cause: null,
    stream,
    actor: { kind: 'timer' },
    command: decisionOf(timer),
    timer: { key, revision },
    ...(trace ? { trace } : {}),
  } as Ask
}

function decisionOf(timer: Timer): Ask['command'] {
  const work = workOf(timer)
  switch (work.kind) {
    case 'rung':
      return { do: 'rung_due' }
    case 'step':
      return { do: 'step_due', page: work.page, step: work.step }
    case 'window':
      return { do: 'window_over', page: work.page }
    case 'lapse':
      return { do: 'ack_lapses' }
    case 'unfinished':
      return { do: 'postmortem_due' }
    case 'digest':
      return { do: 'plan_digest' }
    case 'remind':
      return { do: 'remind' }
    case 'shift':
      return { do: 'look' }
    case 'ahead':
      return { do: 'look_ahead' }
    default:
      throw new Error(`bug: ${timer.key} is a delivery, not a decision`)
  }
}
