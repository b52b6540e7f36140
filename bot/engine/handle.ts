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
import {
  type Actor,
  type AnyHappened,
  type Happened,
  type IncidentEvent,
  readEvent,
} from '../incidents/events.ts'
import type { Incident } from '../incidents/state.ts'
import { type IngestedState, NOTHING_INGESTED } from '../ingested/ingested.ts'
import type { Clock, CommitOutcome, IncidentSummary, Settle, Store, Telemetry } from '../ports.ts'
import type { Refusal } from '../refusal.ts'
import { NO_ROTA, type Rota } from '../rota/state.ts'
import { NO_SESSIONS, type Sessions } from '../sessions/sessions.ts'
import type { IncidentId } from '../words.ts'
import type { World } from '../world.ts'
import { type Draft, draftAll, groupOf, joining } from './draft.ts'
import { createKept, type Entity } from './kept.ts'
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
  settingsIn,
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
  const kept = createKept(KEPT_INCIDENTS)
  const listeners: (() => void)[] = []
  const readers: ((summary: IncidentSummary) => void)[] = [parts.worlds.seen]

  const tell = (summary: IncidentSummary | undefined) => {
    if (summary) for (const reader of readers) reader(summary)
  }

  /** What is kept is brought up to what others wrote, and what is not kept is folded from its beginning. */
  async function load(streams: readonly string[]): Promise<ReadonlyMap<string, Entity | undefined>> {
    const found = new Map(streams.map(stream => [stream, kept.get(stream)]))
    const unread = [...found].filter(([, known]) => !known || store.shared)
    if (unread.length === 0) return found
    const after = new Map(unread.map(([stream, known]) => [stream, known?.seq ?? 0]))
    for (const [stream, events] of await store.loadMany(after)) {
      const [kind, before] = [kindOf(stream), found.get(stream)]
      const news = events.map(event => readEvent(event))
      const entity = kind.fold(stream, news, before)!
      found.set(stream, entity)
      kept.put(stream, entity)
      tell(kind.rows(before, entity).summary)
    }
    return found
  }

  /** A stream of which there is one. */
  const single =
    <S extends Entity>(stream: string, before: S) =>
    async (): Promise<S> =>
      ((await load([stream])).get(stream) as S | undefined) ?? before

  /** A configuration that another process read, or an override that it took, counts here from the next look on. */
  async function world(): Promise<World> {
    const version = await store.settingsVersion()
    if (version === parts.worlds.current().version) return parts.worlds.current()
    const last = (await store.load('config')).at(-1)
    const config = last ? (last.data as Config) : parts.worlds.current().config
    parts.worlds.settle({ config, ...settingsIn(await load(SETTINGS)), version })
    return parts.worlds.current()
  }

  /** A declaration whose group has an incident by now goes to that one instead. */
  async function addressed(asks: readonly Ask[]): Promise<readonly Ask[]> {
    const found: Ask[] = []
    for (const ask of asks) {
      const group = groupOf(ask)
      const holder = group && (await store.groupHolder(group.key))
      found.push(holder === undefined ? ask : joining(ask, holder))
    }
    return found
  }

  async function round(given: readonly Ask[]): Promise<readonly (Handled | 'stale')[]> {
    const asks = await addressed(given)
    const found = await load(asks.flatMap(ask => (ask.stream === 'new' ? [] : [ask.stream])))
    const declares = asks.some(ask => ask.stream === 'new')
    const stored = declares ? await store.nextNumber() : 0
    const setting = { world: await world(), now: parts.clock.now() }
    const { drafts, number } = draftAll(asks, found, Math.max(stored, drawn), setting)
    drawn = number
    const outcomes = await store.commit(drafts.map(draft => draft.change))
    // A number that was drawn and not used, or used elsewhere: draw from the store again.
    if (declares && outcomes.some(({ kind }) => kind !== 'done')) drawn = 0
    return drafts.map((draft, index) => settled(draft, outcomes[index]!))
  }

  function settled(draft: Draft, outcome: CommitOutcome): Handled | 'stale' {
    const { stream } = draft.change
    if (outcome.kind === 'repeated')
      return { answer: outcome.answer, stream, happened: [], refusal: undefined }
    if (outcome.kind === 'done') {
      committed(draft)
      return draft.handled
    }
    kept.drop(stream)
    return 'stale'
  }

  function committed({ change, handled, after }: Draft): void {
    if (after) kept.put(change.stream, after)
    tell(change.summary)
    if (change.changesSettings) parts.worlds.changed(settingsIn(new Map([[change.stream, after]])))
    for (const { event } of handled.happened) countEvent(telemetry, event)
    if (change.arm.length > 0) for (const listener of listeners) listener()
  }

  return {
    async handle(asks) {
      const results: Handled[] = []
      let open = asks.map((ask, index) => ({ ask, index }))
      for (let turn = 0; open.length > 0; turn++) {
        if (turn === MAX_ROUNDS)
          throw new Error(
            `bug: ${open.map(({ ask }) => `${ask.command.do} on ${ask.stream}`).join()} lost ${turn} races`,
          )
        const outcomes = await round(open.map(({ ask }) => ask))
        const lost = open.filter((_, position) => outcomes[position] === 'stale')
        telemetry.count('conflicts', {}, lost.length)
        open.forEach(({ index }, position) => {
          const outcome = outcomes[position]!
          results[index] = outcome === 'stale' ? NOTHING : outcome
        })
        // A timer that is gone or moved was handled elsewhere: nothing is left to decide.
        open = lost.filter(({ ask }) => turn === 0 || !ask.timer)
      }
      return results
    },
    async remember(cause, about, answer) {
      const nothing = { seenSeq: 0, events: [], disarm: [], arm: [] }
      await store.commit([{ stream: about, cause, at: parts.clock.now(), answer, ...nothing }])
    },
    incident: async id => (await load([id])).get(id) as Incident | undefined,
    rota: single(ROTA, NO_ROTA),
    contacts: single(CONTACTS, NO_CONTACTS),
    ingested: single(INGESTED, NOTHING_INGESTED),
    actions: single(ACTIONS, NO_ACTIONS),
    digest: single(DIGEST, NO_DIGEST),
    sessions: single(SESSIONS, NO_SESSIONS),
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
