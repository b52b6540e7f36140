/**
 * The one path. A slash command, a button, a due timer, the answer of a delivery: each is an Ask, and
 *
 *     load -> decide -> react -> commit, once
 *
 * Many asks may share a commit, each in its own savepoint; one that lost a race is decided again on what is true by then,
 * and usually finds nothing to do. Folded incidents are kept in memory; the primary key of events says when one is stale.
 */
import type { Told } from '../answers.ts'
import type { IncidentCommand } from '../incidents/commands.ts'
import { decide } from '../incidents/decide.ts'
import { incidentId } from '../incidents/declare.ts'
import { type Actor, actorText, type Happened, type IncidentEvent, parseActor } from '../incidents/events.ts'
import { fold, happen } from '../incidents/fold.ts'
import type { Incident } from '../incidents/state.ts'
import { sameSummary, summaryOf } from '../incidents/summary.ts'
import type { Change, Clock, IncidentSummary, Settle, Store, StoredEvent, Telemetry } from '../ports.ts'
import { assert, Refusal } from '../refusal.ts'
import type { IncidentId } from '../words.ts'
import { react } from './reactions.ts'
import type { Worlds } from './worlds.ts'

export type Ask = {
  /** The id of the input, kept in the inbox. Timers bring null: their own row is their inbox. */
  readonly cause: string | null
  /** 'new' for a declaration: its number is drawn here. */
  readonly stream: IncidentId | 'new'
  readonly actor: Actor
  readonly command: IncidentCommand
  /** What to say; kept with the cause, so that a redelivery hears the same. */
  readonly reply?: (told: Told) => unknown
  readonly timer?: { readonly key: string; readonly revision: number }
  readonly settle?: Settle
  /** The W3C traceparent of what brought this about; kept with every timer that it arms. */
  readonly trace?: string
}

export type Handled = {
  /** What was said: a reply, or a refusal's. */
  readonly answer: unknown
  readonly incident: Incident | undefined
  readonly happened: readonly Happened[]
  readonly refusal: Refusal | undefined
}

export type Engine = {
  handle(asks: readonly Ask[]): Promise<readonly Handled[]>
  /** Keeps an answer with its cause although nothing happened: its buttons will ask for it. */
  remember(cause: string, about: IncidentId, answer: unknown): Promise<void>
  incident(id: IncidentId): Promise<Incident | undefined>
  history(id: IncidentId): Promise<readonly Happened[]>
  /** Called after each commit that armed something. */
  onArmed(listener: () => void): void
  /** Called with an incident's list row after each commit that changed it. */
  onSummary(listener: (summary: IncidentSummary) => void): void
}

/** An ask that lost this many races in a row meets a bug, not a rival. */
const MAX_ROUNDS = 8
/** Folded incidents kept in memory: some 3 kB each. */
const KEPT_INCIDENTS = 20_000

type Parts = {
  readonly store: Store
  readonly worlds: Worlds
  readonly clock: Clock
  readonly telemetry: Telemetry
}

export function createEngine(parts: Parts): Engine {
  const { store, telemetry } = parts
  const kept = new Map<IncidentId, Incident>()
  const listeners: (() => void)[] = []
  const readers: ((summary: IncidentSummary) => void)[] = [parts.worlds.seen]

  const keep = (incident: Incident) => {
    kept.delete(incident.id)
    kept.set(incident.id, incident)
    const oldest = kept.size > KEPT_INCIDENTS ? kept.keys().next() : undefined
    if (oldest && !oldest.done) kept.delete(oldest.value)
  }

  async function load(ids: readonly IncidentId[]): Promise<void> {
    const missing = [...new Set(ids)].filter(id => !kept.has(id))
    if (missing.length === 0) return
    for (const [id, events] of await store.loadMany(missing)) {
      const incident = fold(id, events.map(toHappened))
      if (incident) keep(incident)
    }
  }

  async function round(asks: readonly Ask[]): Promise<readonly (Handled | 'stale')[]> {
    await load(asks.flatMap(ask => (ask.stream === 'new' ? [] : [ask.stream])))
    let number = asks.some(ask => ask.stream === 'new') ? await store.nextNumber() : 0
    const settings = parts.worlds.current()
    const now = parts.clock.now()
    const overlay = new Map<IncidentId, Incident>()
    const drafts = asks.map(ask => {
      const id = ask.stream === 'new' ? incidentId(number) : ask.stream
      const numbered = ask.stream === 'new' ? numberedWith(ask, number++) : ask
      const draft = draftChange(numbered, id, overlay.get(id) ?? kept.get(id), { world: settings, now })
      if (draft.handled.incident) overlay.set(id, draft.handled.incident)
      return draft
    })
    const outcomes = await store.commit(drafts.map(draft => draft.change))
    return drafts.map((draft, index) => {
      const outcome = outcomes[index]
      assert(outcome, 'a change without an outcome')
      if (outcome.kind === 'stale') kept.delete(draft.change.stream)
      if (outcome.kind === 'repeated')
        return {
          answer: outcome.answer,
          incident: kept.get(draft.change.stream),
          happened: [],
          refusal: undefined,
        }
      if (outcome.kind === 'stale') return 'stale'
      committed(draft)
      return draft.handled
    })
  }

  function committed({ change, handled }: Draft): void {
    if (handled.incident && handled.happened.length > 0) keep(handled.incident)
    if (change.summary) for (const reader of readers) reader(change.summary)
    for (const { event } of handled.happened) countEvent(telemetry, event)
    if (change.arm.length > 0) for (const listener of listeners) listener()
  }

  return {
    async handle(asks) {
      const results: Handled[] = new Array(asks.length)
      let open = asks.map((ask, index) => ({ ask, index }))
      for (let turn = 0; open.length > 0; turn++) {
        if (turn >= MAX_ROUNDS)
          throw new Error(
            `bug: ${open[0]?.ask.command.do} on ${open[0]?.ask.stream} lost ${MAX_ROUNDS} races`,
          )
        const outcomes = await round(open.map(({ ask }) => ask))
        const lost: typeof open = []
        open.forEach((each, position) => {
          const outcome = outcomes[position]
          if (outcome === 'stale' || outcome === undefined) lost.push(each)
          else results[each.index] = outcome
        })
        if (lost.length > 0) telemetry.count('conflicts', {}, lost.length)
        // A timer that is gone or moved was handled elsewhere: nothing is left to decide.
        open = lost.filter(each => turn === 0 || !each.ask.timer)
        for (const each of lost) if (!open.includes(each)) results[each.index] = NOTHING
      }
      return results
    },
    async remember(cause, about, answer) {
      const nothing = { events: [], disarm: [], arm: [], seenSeq: (await this.incident(about))?.seq ?? 0 }
      await store.commit([{ stream: about, cause, at: parts.clock.now(), answer, ...nothing }])
    },
    async incident(id) {
      await load([id])
      return kept.get(id)
    },
    history: async id => (await store.load(id)).map(toHappened),
    onArmed: listener => void listeners.push(listener),
    onSummary: reader => void readers.push(reader),
  }
}

function countEvent(telemetry: Telemetry, event: IncidentEvent): void {
  telemetry.count('events', { type: event.type })
  if (event.type === 'chain_exhausted') telemetry.count('exhausted')
  if (event.type === 'rung_skipped' && event.person === null) telemetry.count('nobody_on_call')
}

const NOTHING: Handled = { answer: null, incident: undefined, happened: [], refusal: undefined }

const numberedWith = (ask: Ask, number: number): Ask =>
  ask.command.do === 'declare' ? { ...ask, command: { ...ask.command, number } } : ask

type Draft = { readonly change: Change; readonly handled: Handled }
type Setting = { readonly world: ReturnType<Worlds['current']>; readonly now: number }

function draftChange(ask: Ask, id: IncidentId, before: Incident | undefined, { world, now }: Setting): Draft {
  const decision = decide({ world, actor: ask.actor, now }, before, ask.command)
  const refusal = decision instanceof Refusal ? decision : undefined
  const seenSeq = before?.seq ?? 0
  const happened = happen(seenSeq, decision instanceof Refusal ? [] : decision, now, ask.actor)
  const after = fold(id, happened, before)
  const effects =
    after && happened.length > 0 ? react({ world, before, after, happened, now }) : { arm: [], disarm: [] }
  const answer = ask.reply ? ask.reply({ world, before, after, happened, refusal }) : null
  const cause = ask.cause ?? ask.timer?.key ?? ask.settle?.key ?? 'timer'
  const change: Change = {
    stream: id,
    cause: ask.cause,
    at: now,
    seenSeq,
    ...(happened.some(({ event }) => event.type === 'rung_paged') ? { seenSettings: world.version } : {}),
    ...(ask.timer ? { timer: ask.timer } : {}),
    ...(ask.settle ? { settle: ask.settle } : {}),
    ...(ask.command.do === 'declare' && !refusal ? { takesNumber: ask.command.number } : {}),
    events: happened.map(({ at, actor, event }) => ({
      at,
      type: event.type,
      actor: actorText(actor),
      cause,
      data: event,
    })),
    answer,
    ...summaryChange(before, after),
    disarm: effects.disarm,
    arm:
      ask.trace === undefined
        ? effects.arm
        : effects.arm.map(each => ({ ...each, data: { ...(each.data as object), trace: ask.trace } })),
  }
  return { change, handled: { answer, incident: after, happened, refusal } }
}

function summaryChange(before: Incident | undefined, after: Incident | undefined): Pick<Change, 'summary'> {
  if (!after || after === before) return {}
  const summary = summaryOf(after)
  return before && sameSummary(summaryOf(before), summary) ? {} : { summary }
}

const toHappened = ({ seq, at, actor, data }: StoredEvent): Happened => ({
  seq,
  at,
  actor: parseActor(actor),
  event: data as Happened['event'],
})
