/**
 * Time passes: the product runs until nothing but time can move it, then the clock goes to what comes next, be it a timer of the
 * product's or something in the world outside. A process that dies is started again after a while; one that stands still goes on.
 */
import { StoreFailure } from '../../adapters/sql/failure.ts'
import type { Trouble } from './evidence.ts'
import type { Running } from './process.ts'
import type { Stage } from './stage.ts'
import { HOUR } from './team.ts'

export type Play = {
  /** A process, while there is one; of two, whichever hears of it. */
  readonly running: Running | undefined
  readonly processes: readonly Running[]
  /** The process that is asked next stands still for a while, soon. */
  hang(ms: number): void
  /** Another process begins; one too many ends in order. */
  rise(): Promise<void>
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
/** More than anything takes in which no time passes. */
const MAX_TURNS = 1_000

/** A start that the database refuses is tried again. */
function unlessStore(error: unknown): undefined {
  if (error instanceof StoreFailure) return undefined
  throw error
}

const turn = () => new Promise<void>(resolve => setImmediate(resolve))

export async function startPlay(stage: Stage): Promise<Play> {
  const { agenda, pulse, luck, store, clock } = stage
  const processes: Running[] = []
  const hanging = new Map<Running, number>()
  const lost = stage.processes > 1 ? 'fallen' : 'dead'
  let steps = 0

  async function settle(): Promise<void> {
    let turns = 0
    do {
      await turn()
      if (++turns > MAX_TURNS) throw new Error('the product never rests')
    } while (pulse.busy > 0)
    for (const each of [...processes]) {
      if (each.line.dead) fall(each)
      else if (each.line.still) freeze(each)
    }
  }

  /** It is dead; somebody starts it again, mostly soon. */
  function fall(one: Running): void {
    leave(one)
    const ms = luck.happens(0.5) ? luck.upTo(30_000) : luck.upTo(HOUR)
    const from = stage.now()
    stage.troubles.push({ from, to: from + ms, what: lost })
    stage.tell('---', `the process is dead for ${Math.round(ms / 1000)} s`)
    agenda.add(from + ms, rise)
  }

  function leave(one: Running): void {
    processes.splice(processes.indexOf(one), 1)
  }

  function freeze(one: Running): void {
    const ms = hanging.get(one)
    if (ms === undefined) return
    hanging.delete(one)
    const from = stage.now()
    stage.troubles.push({ from, to: from + ms, what: 'hung' })
    stage.tell('---', `a process stands still for ${Math.round(ms / 1000)} s`)
    agenda.add(from + ms, () => one.line.wake())
  }

  /** As in a rolling restart: it takes nothing more, and ends what it has begun. */
  function retire(): void {
    const old = processes.find(each => !each.line.still)
    if (!old) return
    leave(old)
    old.line.spare()
    stage.tell('---', 'an older process ends')
    void old.app.stop()
  }

  async function rise(): Promise<void> {
    const starting = stage.begin(steps > 0 && luck.happens(0.15))
    const found = await Promise.race([starting.catch(unlessStore), settled(starting)])
    if (found && !found.line.dead) {
      processes.push(found)
      if (!stage.teams.at(-1)?.sure) stage.teams.push({ from: stage.now(), team: stage.team, sure: true })
      stage.tell('---', 'the process is up')
      if (processes.length > stage.processes) retire()
      return
    }
    const from = stage.now()
    stage.troubles.push({ from, to: from + 5_000, what: lost } satisfies Trouble)
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
    if (processes.every(each => each.line.still)) return Number.POSITIVE_INFINITY
    const own = clock.now()
    const first = await store.nextDueAt(own - 400 * DAY_MS)
    if (first === undefined) return Number.POSITIVE_INFINITY
    // What is due and was not taken up waits for the next look.
    const soon = first <= own ? own + POLL_MS : first
    const next = (first <= own ? await store.nextDueAt(own) : first) ?? Number.POSITIVE_INFINITY
    return Math.min(soon, next) - stage.skew
  }

  for (let missing = stage.processes; missing > 0; missing--) await rise()
  const anyOf = () => (processes.length > 1 ? luck.pick(processes) : processes[0])
  return {
    processes,
    get running() {
      return anyOf()
    },
    hang(ms) {
      const one = anyOf()
      one?.line.haltIn(1 + luck.upTo(14))
      if (one) hanging.set(one, ms)
    },
    rise,
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
