/**
 * What would happen if an incident were declared at some instant: the engine's own decide and react, run over a virtual
 * clock on timers kept in a map. It sends nothing, writes nothing, and has no second implementation of any rule.
 */
import { reactions } from '../engine/reactions.ts'
import { workOf } from '../engine/timers.ts'
import type { IncidentCommand } from '../incidents/commands.ts'
import { decide } from '../incidents/decide.ts'
import { incidentId } from '../incidents/declare.ts'
import type { Actor, Happened } from '../incidents/events.ts'
import { fold, happen } from '../incidents/fold.ts'
import type { Incident } from '../incidents/state.ts'
import type { Arm } from '../ports.ts'
import { Refusal } from '../refusal.ts'
import type { Instant, PersonId, Severity, Way } from '../words.ts'
import type { World } from '../world.ts'

export type SimulatedPage = {
  readonly at: Instant
  readonly pass: number
  readonly rung: number
  readonly person: PersonId | null
  readonly by: Way | 'channel'
  readonly channel?: string
  readonly reason: string
}

export type Simulation = {
  readonly at: Instant
  readonly severity: Severity
  readonly pages: readonly SimulatedPage[]
  readonly skipped: readonly {
    readonly at: Instant
    readonly pass: number
    readonly rung: number
    readonly person: PersonId | null
    readonly reason: string
  }[]
  readonly exhaustedAt: Instant | null
}

export type Scenario = {
  readonly severity: Severity
  readonly service: string | null
  readonly at: Instant
  /** Somebody acknowledges this long after the declaration; null: nobody does. */
  readonly ackAfterMs: number | null
}

/** More than any chain that a person could have meant. */
const MAX_MOVES = 10_000

/** Throws a Refusal when the declaration is refused, such as for an unknown service. */
export function simulate(world: World, scenario: Scenario): Simulation {
  const run = new Run(world)
  run.ask({ kind: 'timer' }, declaration(scenario), scenario.at)
  const ackAt = scenario.ackAfterMs === null ? Number.POSITIVE_INFINITY : scenario.at + scenario.ackAfterMs
  for (let move = 0; move < MAX_MOVES; move++) {
    const due = run.nextDecision()
    if (!due || due.dueAt > ackAt) break
    run.fire(due)
  }
  return { at: scenario.at, severity: scenario.severity, ...run.outcome(ackAt) }
}

const declaration = ({ severity, service }: Scenario): IncidentCommand => ({
  do: 'declare',
  number: 1,
  title: 'Simulated',
  details: '',
  service,
  judged: { severity, criterion: 'default', confidence: 1, reasons: [] },
  severity,
  test: false,
  drill: false,
})

/** One imagined incident: its state, its timers, its history. */
class Run {
  readonly #world: World
  readonly #timers = new Map<string, Arm>()
  readonly #history: Happened[] = []
  #incident: Incident | undefined

  constructor(world: World) {
    this.#world = world
  }

  ask(actor: Actor, command: IncidentCommand, now: Instant): void {
    const decision = decide({ world: this.#world, actor, now }, this.#incident, command)
    if (decision instanceof Refusal) throw decision
    const before = this.#incident
    const happened = happen(before?.seq ?? 0, decision, now, actor)
    const after = fold(incidentId(1), happened, before)
    if (!after || happened.length === 0) return
    const { arm, disarm } = reactions(after.id, { world: this.#world, before, after, happened, now })
    for (const key of disarm) this.#timers.delete(key)
    for (const each of arm) this.#timers.set(each.key, each)
    this.#history.push(...happened)
    this.#incident = after
    this.#accept(now)
  }

  /** Every page is taken by its provider at once. */
  #accept(now: Instant): void {
    for (const timer of [...this.#timers.values()]) {
      const work = workOf(timer)
      if (work.kind !== 'page') continue
      this.#timers.delete(timer.key)
      const { page, step, target } = work
      this.ask(
        { kind: 'timer' },
        { do: 'page_sent', page, step, target, ref: null, acceptedAt: now, linked: false },
        now,
      )
    }
  }

  nextDecision(): Arm | undefined {
    const decisions = [...this.#timers.values()].filter(timer => timer.lane === undefined)
    return decisions.sort((a, b) => a.dueAt - b.dueAt)[0]
  }

  fire(timer: Arm): void {
    this.#timers.delete(timer.key)
    const work = workOf(timer)
    if (work.kind === 'rung') this.ask({ kind: 'timer' }, { do: 'rung_due' }, timer.dueAt)
    if (work.kind === 'step')
      this.ask({ kind: 'timer' }, { do: 'step_due', page: work.page, step: work.step }, timer.dueAt)
  }

  outcome(until: Instant): Pick<Simulation, 'pages' | 'skipped' | 'exhaustedAt'> {
    const seen = this.#history.filter(({ at }) => at < until || until === Number.POSITIVE_INFINITY)
    return {
      pages: seen.flatMap(each => this.#pagesOf(each)),
      skipped: seen.flatMap(({ at, event }) =>
        event.type === 'rung_skipped'
          ? [{ at, pass: event.pass, rung: event.rung, person: event.person, reason: event.why }]
          : [],
      ),
      exhaustedAt: seen.find(({ event }) => event.type === 'chain_exhausted')?.at ?? null,
    }
  }

  #pagesOf({ at, event }: Happened): readonly SimulatedPage[] {
    if (event.type === 'rung_paged' && event.channel) {
      const { pass, rung, channel, why } = event
      return [{ at, pass, rung, person: null, by: 'channel', channel: channel.name, reason: why }]
    }
    if (event.type !== 'page_sent') return []
    const page = this.#incident?.pages[event.page - 1]
    const step = page?.steps[event.step]
    const first = this.#history.find(
      other =>
        other.event.type === 'page_sent' &&
        other.event.page === event.page &&
        other.event.step === event.step,
    )
    if (!page?.rung || !step || first?.event !== event) return []
    return [{ at, ...page.rung, person: page.person, by: step.by, reason: page.why }]
  }
}
