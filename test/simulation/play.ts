/**
 * Time passes: the product runs until nothing but time can move it, then the clock goes to what comes next, be it a timer of the
 * product's or something in the world outside. A process that dies is started again after a while.
 */
import { StoreFailure } from '../../adapters/sql/failure.ts'
import type { Trouble } from './evidence.ts'
import type { Running, Stage } from './stage.ts'
import { HOUR } from './team.ts'

export type Play = {
  /** The process, while there is one. */
  readonly running: Running | undefined
  /** Everything until then, in the order in which it comes. */
  until(target: number): Promise<void>
  /** The machine sleeps. */
  sleep(ms: number): void
  readonly steps: number
}

/** So often the product looks for itself. */
const POLL_MS = 2_000
const DAY_MS = 24 * HOUR
/** More than any life takes. */
const MAX_STEPS = 60_000

/** A start that the database refuses is tried again. */
function unlessStore(error: unknown): undefined {
  if (error instanceof StoreFailure) return undefined
  throw error
}

const turn = () => new Promise<void>(resolve => setImmediate(resolve))

export async function startPlay(stage: Stage): Promise<Play> {
  const { agenda, pulse, luck, store, clock } = stage
  let running: Running | undefined
  let steps = 0

  async function settle(): Promise<void> {
    do await turn()
    while (pulse.busy > 0)
    if (running?.line.dead) fall()
  }

  /** It is dead; somebody starts it again, mostly soon. */
  function fall(): void {
    running = undefined
    const ms = luck.happens(0.5) ? luck.upTo(30_000) : luck.upTo(HOUR)
    const from = stage.now()
    stage.troubles.push({ from, to: from + ms, what: 'dead' })
    stage.tell('---', `the process is dead for ${Math.round(ms / 1000)} s`)
    agenda.add(from + ms, rise)
  }

  async function rise(): Promise<void> {
    const starting = stage.begin(steps > 0 && luck.happens(0.15))
    const found = await Promise.race([starting.catch(unlessStore), settled(starting)])
    if (found && !found.line.dead) {
      running = found
      if (!stage.teams.at(-1)?.sure) stage.teams.push({ from: stage.now(), team: stage.team, sure: true })
      stage.tell('---', 'the process is up')
      return
    }
    const from = stage.now()
    stage.troubles.push({ from, to: from + 5_000, what: 'dead' } satisfies Trouble)
    agenda.add(from + 5_000, rise)
  }

  /** Undefined when nothing moves any more and it has not started: then it died on the way. */
  async function settled(starting: Promise<Running>): Promise<undefined> {
    let done = false
    starting.then(
      () => (done = true),
      () => (done = true),
    )
    for (let idle = 0; !done && idle < 3; ) {
      await turn()
      idle = pulse.busy > 0 ? 0 : idle + 1
    }
    return done ? starting.then(undefined, unlessStore).then(() => undefined) : undefined
  }

  /** When the product moves next, in true time. */
  async function nextMove(): Promise<number> {
    if (!running) return Number.POSITIVE_INFINITY
    const own = clock.now()
    const first = await store.nextDueAt(own - 400 * DAY_MS)
    if (first === undefined) return Number.POSITIVE_INFINITY
    // What is due and was not taken up waits for the next look.
    const soon = first <= own ? own + POLL_MS : first
    const next = (first <= own ? await store.nextDueAt(own) : first) ?? Number.POSITIVE_INFINITY
    return Math.min(soon, next) - stage.skew
  }

  await rise()
  return {
    get running() {
      return running
    },
    get steps() {
      return steps
    },
    sleep(ms) {
      const from = stage.now()
      stage.troubles.push({ from, to: from + ms, what: 'paused' })
      stage.tell('---', `the machine sleeps for ${Math.round(ms / 1000)} s`)
      stage.passTo(from + ms)
    },
    async until(target) {
      for (;;) {
        await settle()
        steps += 1
        if (steps > MAX_STEPS) throw new Error('the product never rests')
        const next = Math.min(await nextMove(), agenda.nextAt())
        if (next > target) break
        stage.passTo(next)
        for (let due = agenda.take(stage.now()); due; due = agenda.take(stage.now())) {
          await due()
          await settle()
        }
      }
      stage.passTo(target)
    },
  }
}
