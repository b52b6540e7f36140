/**
 * The one path. A slash command, a button, a due timer, the answer of a delivery: each is an Ask, and
 *
 *     load -> decide -> react -> commit, once
 *
 * Many asks may share a commit, each in its own savepoint; one that lost a race is decided again on what is true by then,
 * and usually finds nothing to do. Folded incidents are kept in memory. Where others write to the same database, what they
 * wrote is read before anything is decided or shown; the primary key of events says when that came too late.
 */
import { type Actions, NO_ACTIONS } from '../actions/state.ts'
import type { Config } from '../config/types.ts'
import { type ContactBook, NO_CONTACTS } from '../contacts/state.ts'
import { type DigestState, NO_DIGEST } from '../digest/digest.ts'
import { incidentId } from '../incidents/declare.ts'
import {
  type Actor,
  type AnyHappened,
  type Happened,
  type IncidentEvent,
  readEvent,
} from '../incidents/events.ts'
import type { Incident } from '../incidents/state.ts'
import { type IngestedState, NOTHING_INGESTED } from '../ingested/ingested.ts'
import type { Clock, IncidentSummary, Settle, Store, Telemetry } from '../ports.ts'
import { assert, type Refusal } from '../refusal.ts'
import { NO_ROTA, type Rota } from '../rota/state.ts'
import { NO_SESSIONS, type Sessions } from '../sessions/sessions.ts'
import type { IncidentId } from '../words.ts'
import type { World } from '../world.ts'
import { type Draft, draftChange } from './draft.ts'
import {
  ACTIONS,
  type AnyAsk,
  CONTACTS,
  DIGEST,
  INGESTED,
  kindOf,
  ROTA,
  SESSIONS,
  SETTINGS,
} from './kinds.ts'
import type { Worlds } from './worlds.ts'

/** What is asked of a stream. 'new' is a declaration: its number is drawn here. */
export type Ask = AnyAsk & {
  /** The id of the input, kept in the inbox. Timers bring null: their own row is their inbox. */
  readonly cause: string | null
  readonly actor: Actor
  readonly timer?: { readonly key: string; readonly revision: number }
  readonly settle?: Settle
  /** The W3C traceparent of what brought this about; kept with every timer that it arms. */
  readonly trace?: string
}

export type Handled = {
  /** What was said: a reply, or a refusal's. */
  readonly answer: unknown
  /** The stream, its number drawn. */
  readonly stream: string
  readonly happened: readonly AnyHappened[]
  readonly refusal: Refusal | undefined
}

export type Entity = { readonly seq: number }

export type Engine = {
  handle(asks: readonly Ask[]): Promise<readonly Handled[]>
  /** Keeps an answer with its cause although nothing happened: its buttons will ask for it. */
  remember(cause: string, about: IncidentId, answer: unknown): Promise<void>
  incident(id: IncidentId): Promise<Incident | undefined>
  rota(): Promise<Rota>
  contacts(): Promise<ContactBook>
  ingested(): Promise<IngestedState>
  actions(): Promise<Actions>
  digest(): Promise<DigestState>
  sessions(): Promise<Sessions>
  /** The settings as they are now, whichever process changed them last. */
  world(): Promise<World>
  history(id: IncidentId): Promise<readonly Happened[]>
  /** Called after each commit that armed something. */
  onArmed(listener: () => void): void
  /** Called with an incident's list row after each commit that changed it, here or in another process. */
  onSummary(listener: (summary: IncidentSummary) => void): void
}

/** An ask that lost this many races in a row meets a bug, not a rival. */
const MAX_ROUNDS = 20
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
  /** The next number, when declarations that are not committed yet have drawn those before it. */
  let drawn = 0
  const kept = new Map<string, Entity>()
  const listeners: (() => void)[] = []
  const readers: ((summary: IncidentSummary) => void)[] = [parts.worlds.seen]

  /** A read that took long does not put an older state in the place of a newer one. */
  const keep = (stream: string, entity: Entity) => {
    if ((kept.get(stream)?.seq ?? 0) > entity.seq) return
    kept.delete(stream)
    kept.set(stream, entity)
    const oldest = kept.size > KEPT_INCIDENTS ? kept.keys().next() : undefined
    if (oldest && !oldest.done) kept.delete(oldest.value)
  }

  const tell = (summary: IncidentSummary | undefined) => {
    if (summary) for (const reader of readers) reader(summary)
  }

  /** What is kept is brought up to what others wrote, and what is not kept is folded from its beginning. */
  async function load(streams: readonly string[]): Promise<ReadonlyMap<string, Entity>> {
    const found = new Map<string, Entity>()
    const after = new Map<string, number>()
    for (const stream of streams) {
      const known = kept.get(stream)
      if (known) found.set(stream, known)
      if (!known || store.shared) after.set(stream, known?.seq ?? 0)
    }
    if (after.size === 0) return found
    for (const [stream, events] of await store.loadMany(after)) {
      const [kind, before] = [kindOf(stream), found.get(stream)]
      const news = events.map(event => readEvent(event))
      const entity = news.length > 0 ? kind.fold(stream, news, before) : undefined
      if (!entity) continue
      found.set(stream, entity)
      keep(stream, entity)
      tell(kind.rows(before, entity).summary)
    }
    return found
  }

  const rota = async (): Promise<Rota> => ((await load([ROTA])).get(ROTA) as Rota | undefined) ?? NO_ROTA

  const settings = async (): Promise<Partial<World>> => {
    const found = await load(SETTINGS)
    const each = SETTINGS.map(stream => {
      const state = found.get(stream)
      return state ? kindOf(stream).settings?.(state) : {}
    })
    return Object.assign({}, ...each) as Partial<World>
  }

  /** A configuration that another process read, or an override that it took, counts here from the next look on. */
  async function world(): Promise<World> {
    const version = await store.settingsVersion()
    if (version === parts.worlds.current().version) return parts.worlds.current()
    const last = (await store.load('config')).at(-1)
    const config = last ? (last.data as Config) : parts.worlds.current().config
    parts.worlds.settle({ config, ...(await settings()), version })
    return parts.worlds.current()
  }

  /** A declaration whose group has an incident by now, or gets one in this round, goes to that one instead. */
  async function addressed(asks: readonly Ask[]): Promise<readonly Ask[]> {
    const found: Ask[] = []
    for (const ask of asks) {
      const group = 'group' in ask && ask.stream === 'new' ? ask.group : undefined
      const holder = group && (await store.groupHolder(group.key))
      found.push(holder && group ? ({ ...ask, stream: holder, command: group.join } as Ask) : ask)
    }
    return found
  }

  async function round(given: readonly Ask[]): Promise<readonly (Handled | 'stale')[]> {
    const asks = await addressed(given)
    const loaded = await load(asks.flatMap(ask => (ask.stream === 'new' ? [] : [ask.stream])))
    const declares = asks.some(ask => ask.stream === 'new')
    const stored = declares ? await store.nextNumber() : 0
    const present = await world()
    let number = Math.max(stored, declares ? drawn : 0)
    const now = parts.clock.now()
    const overlay = new Map<string, Entity>()
    const groups = new Map<string, string>()
    const drafts = asks.map(asked => {
      const group = 'group' in asked && asked.stream === 'new' ? asked.group : undefined
      const mine = group && groups.get(group.key)
      const ask = mine && group ? ({ ...asked, stream: mine, command: group.join } as Ask) : asked
      const id = ask.stream === 'new' ? incidentId(number) : ask.stream
      if (group && ask.stream === 'new') groups.set(group.key, id)
      const numbered = ask.stream === 'new' ? numberedWith(ask, number++) : ask
      const draft = draftChange(numbered, id, overlay.get(id) ?? loaded.get(id), { world: present, now })
      if (draft.after) overlay.set(id, draft.after)
      return draft
    })
    if (declares) drawn = number
    const outcomes = await store.commit(drafts.map(draft => draft.change))
    // A number that was drawn and not used, or used elsewhere: draw from the store again.
    if (declares && outcomes.some(({ kind }) => kind !== 'done')) drawn = 0
    return drafts.map((draft, index) => {
      const outcome = outcomes[index]
      assert(outcome, 'a change without an outcome')
      if (outcome.kind === 'stale') kept.delete(draft.change.stream)
      if (outcome.kind === 'repeated')
        return { answer: outcome.answer, stream: draft.change.stream, happened: [], refusal: undefined }
      if (outcome.kind === 'stale') return 'stale'
      committed(draft)
      return draft.handled
    })
  }

  function committed({ change, handled, after }: Draft): void {
    if (after && handled.happened.length > 0) keep(change.stream, after)
    tell(change.summary)
    if (after && change.changesSettings) parts.worlds.changed(kindOf(change.stream).settings?.(after) ?? {})
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
    incident: async id => (await load([id])).get(id) as Incident | undefined,
    rota,
    contacts: async () => ((await load([CONTACTS])).get(CONTACTS) as ContactBook | undefined) ?? NO_CONTACTS,
    ingested: async () =>
      ((await load([INGESTED])).get(INGESTED) as IngestedState | undefined) ?? NOTHING_INGESTED,
    actions: async () => ((await load([ACTIONS])).get(ACTIONS) as Actions | undefined) ?? NO_ACTIONS,
    digest: async () => ((await load([DIGEST])).get(DIGEST) as DigestState | undefined) ?? NO_DIGEST,
    sessions: async () => ((await load([SESSIONS])).get(SESSIONS) as Sessions | undefined) ?? NO_SESSIONS,
    world,
    history: async id => (await store.load(id)).map(event => readEvent<IncidentEvent>(event)),
    onArmed: listener => void listeners.push(listener),
    onSummary: reader => void readers.push(reader),
  }
}

function countEvent(telemetry: Telemetry, event: { readonly type: string; readonly person?: unknown }): void {
  telemetry.count('events', { type: event.type })
  if (event.type === 'chain_exhausted') telemetry.count('exhausted')
  if (event.type === 'rung_skipped' && event.person === null) telemetry.count('nobody_on_call')
}

const NOTHING: Handled = { answer: null, stream: '', happened: [], refusal: undefined }

const numberedWith = (ask: Ask, number: number): Ask =>
  ask.command.do === 'declare' ? ({ ...ask, command: { ...ask.command, number } } as Ask) : ask
