/**
 * One claimed delivery, from claim to record. An attempt that may have reached its target is resolved by looking before it
 * is sent again (D3); what a send brought about is recorded as a command in the commit that settles its timer (F4). A failure
 * moves the timer forward and never deletes it; its bound turns it into an event that people see.
 */
import type { ActionCommand } from '../actions/events.ts'
import type { Actions } from '../actions/state.ts'
import type { ContactCommand } from '../contacts/events.ts'
import type { DigestCommand } from '../digest/digest.ts'
import type { Period } from '../digest/period.ts'
import type { DigestFacts } from '../digest/view.ts'
import type { ResultCommand } from '../incidents/commands.ts'
import type { Happened } from '../incidents/events.ts'
import type { Incident } from '../incidents/state.ts'
import type { IngestedState } from '../ingested/ingested.ts'
import {
  type Chat,
  ChatFailure,
  type Clock,
  type OpenExporter,
  type OpenSource,
  type Pager,
  type Pictures,
  type Settle,
  type Signer,
  type Store,
  type Telemetry,
  type Timer,
  type Tracker,
} from '../ports.ts'
import type { Remembered } from '../postmortem/load.ts'
import type { Seen } from '../postmortem/view.ts'
import { assert } from '../refusal.ts'
import type { Rota } from '../rota/state.ts'
import type { ChatName, IncidentId, Instant, PersonId, Way } from '../words.ts'
import type { World } from '../world.ts'
import { DELIVERIES } from './deliveries.ts'
import { digestFacts, type SentDigest } from './digest-facts.ts'
import { postmortemFacts, unfinishedFacts } from './facts.ts'
import { createGate, type Gate } from './gate.ts'
import type { Ask, Engine } from './handle.ts'
import { isIncident } from './kinds.ts'
import { inHand, LeaseOver } from './lease.ts'
import { createStorm, type Storm } from './storm.ts'
import { pageLane, traceOf, type Work, workOf } from './timers.ts'
import { createTrouble } from './trouble.ts'

/** `until`: when its lease is over. */
export type Deliver = (timer: Timer, until: Instant) => Promise<void>

export type Delivery = {
  readonly timer: Timer
  readonly work: Work
  readonly incident: Incident
  readonly world: World
  readonly now: Instant
  readonly clock: Clock
  readonly history: () => Promise<readonly Happened[]>
  readonly chat: (name: ChatName) => Chat
  readonly pager: (way: Way) => Pager | undefined
  readonly pictures: Pictures | undefined
  readonly rota: () => Promise<Rota>
  readonly actions: () => Promise<Actions>
  /** Where action items have their issues. */
  readonly tracker: Tracker | undefined
  readonly other: (id: IncidentId) => Promise<Incident | undefined>
  readonly digest: (period: Period, sent: SentDigest) => Promise<DigestFacts>
  /** The incidents whose post-mortems somebody is asked for now, oldest first. */
  readonly unfinished: (who: PersonId | 'team') => Promise<readonly Incident[]>
  /** The post-mortem of an incident, as views want it on a chat. */
  readonly postmortem: (id: IncidentId, chat: ChatName) => Promise<(Seen & Remembered) | undefined>
  readonly ingested: () => Promise<IngestedState>
  readonly source: OpenSource
  readonly exporter: OpenExporter
  /** A place among the questions that are on their way. */
  readonly asking: Gate
  readonly signer: Signer
  readonly storm: Storm
}

/** What can be recorded of a delivery: on its incident, among the contacts, or of a digest. */
export type Recorded =
  | ResultCommand
  | Extract<ContactCommand, { do: 'trial_sent' | 'trial_failed' }>
  | Extract<ActionCommand, { do: 'mirrored' | 'issues_seen' | 'update_action' }>
  | Extract<DigestCommand, { do: 'digest_lost' }>

/** What a delivery brought about: a command to record, or nothing worth an event (an edit). */
export type Done = {
  readonly record?: Recorded
  readonly laneFreeAt?: Instant
  /** It did not leave, and is tried again then; its lane goes on without it. */
  readonly heldUntil?: Instant
}

/** How one kind of work leaves, and what becomes of its failures. */
export type DeliveryKind = {
  send(delivery: Delivery): Promise<Done>
  /** Refused for good: what to record, if anybody should know. */
  lost(delivery: Delivery, failure: ChatFailure): Recorded | undefined
  /** After this long without success it is said once (`overdue`), and tried on or given up. */
  readonly boundMs: number
  /** The longest pause between two tries; absent: a minute. */
  readonly pauseMs?: number
  overdue(delivery: Delivery, failure: ChatFailure): { readonly record?: Recorded; readonly giveUp: boolean }
}

const PAUSE_MS = 60_000
/** Questions to sources on their way at once: a few of the slots, so that slow ones leave the rest to what people wait for. */
const ASKING = 8

type Parts = {
  readonly store: Store
  readonly engine: Engine
  readonly chats: readonly Chat[]
  readonly pagers: readonly Pager[]
  readonly source?: OpenSource
  readonly exporter?: OpenExporter
  readonly pictures?: Pictures
  readonly tracker?: Tracker
  readonly signer: Signer
  readonly clock: Clock
  readonly telemetry: Telemetry
}

const BEHIND = 'what was sent before it is not getting through either'

/** Only pages have troubles that others share. */
const sharedLane = (work: Work): string | undefined => (work.kind === 'page' ? pageLane(work) : undefined)

export function createDeliver(parts: Parts): Deliver {
  const { store, engine, clock, telemetry } = parts
  const storm = createStorm()
  const trouble = createTrouble()
  const asking = createGate(ASKING)
  const chats = new Map(parts.chats.map(chat => [chat.name, chat]))

  const chat = (name: ChatName): Chat => {
    const found = chats.get(name)
    if (!found) throw new ChatFailure('later', 'not_set_up', `${name} is not set up in this process`)
    return found
  }

  async function record(
    timer: Timer,
    outcome: Settle['outcome'],
    command: Recorded | undefined,
  ): Promise<void> {
    const settle: Settle = { key: timer.key, revision: timer.revision, generation: timer.generation, outcome }
    if (!command) return store.settle([settle])
    const work = workOf(timer)
    const actor =
      work.kind === 'reconcile'
        ? { kind: 'alert' as const, integration: 'GitHub' }
        : 'chat' in work
          ? { kind: 'chat' as const, chat: work.chat }
          : { kind: 'timer' as const }
    const trace = traceOf(timer)
    await engine.handle([
      { cause: null, stream: timer.stream, actor, command, settle, ...(trace ? { trace } : {}) } as Ask,
    ])
  }

  async function failed(delivery: Delivery, kind: DeliveryKind, failure: ChatFailure): Promise<void> {
    const { timer } = delivery
    telemetry.count('deliveries', { kind: timer.kind, outcome: failure.kind })
    telemetry.log('warn', 'delivery.failed', {
      key: timer.key,
      reason: failure.reason,
      kind: failure.kind,
      attempt: timer.attempts,
    })
    if (failure.kind === 'never') return record(timer, { done: true }, kind.lost(delivery, failure))
    const now = clock.now()
    const pauseMs = Math.min(1000 * 2 ** (timer.attempts - 1), kind.pauseMs ?? PAUSE_MS)
    const retryAt = now + Math.max(failure.retryAfterMs ?? 0, pauseMs)
    // Once in doubt it stays so: what came of this attempt says nothing of the ones before.
    const retry = { retryAt, doubt: timer.doubt || failure.kind === 'doubt' }
    const firstAt = timer.firstAttemptAt ?? now
    const lane = sharedLane(delivery.work)
    const since = lane === undefined ? firstAt : Math.min(firstAt, trouble.failed(lane, now))
    // Pages that wait behind it have their own try now, unless the provider asked for patience (I13).
    const leaveLane = lane !== undefined && failure.retryAfterMs === undefined
    // A try that could only come after the bound is too late already: what waits for it must not.
    if (retryAt - since < kind.boundMs) return record(timer, { ...retry, leaveLane }, undefined)
    const { record: command, giveUp } = kind.overdue(delivery, failure)
    return record(timer, giveUp ? { done: true } : { ...retry, leaveLane: true }, command)
  }

  /** Behind pages that have not got through for so long it does not wait for a failure of its own. */
  async function giveWay(delivery: Delivery, kind: DeliveryKind): Promise<boolean> {
    const { timer, now } = delivery
    const lane = sharedLane(delivery.work)
    const since = lane === undefined || timer.attempts > 1 ? undefined : trouble.since(lane, now)
    if (since === undefined || now - since < kind.boundMs) return false
    const { record: command } = kind.overdue(delivery, new ChatFailure('later', 'behind', BEHIND))
    await record(timer, { retryAt: now, doubt: timer.doubt, leaveLane: true }, command)
    return true
  }

  async function attempt(kind: DeliveryKind, delivery: Delivery): Promise<Done> {
    const { timer, now } = delivery
    const done = await kind.send(delivery)
    const lane = sharedLane(delivery.work)
    // What is over and needs not leave says nothing of the way.
    if (lane !== undefined && done.record?.do === 'page_sent') trouble.over(lane)
    const seconds = (clock.now() - timer.dueAt) / 1000
    telemetry.count('deliveries', { kind: timer.kind, outcome: 'accepted' })
    telemetry.observe('delivery_seconds', (clock.now() - now) / 1000, { kind: timer.kind })
    if (delivery.work.kind === 'page')
      telemetry.observe('page_latency_seconds', seconds, { way: delivery.work.target })
    telemetry.log('info', 'delivered', { key: timer.key, seconds, attempt: timer.attempts })
    return done
  }

  return async (timer, until) => {
    const incident = isIncident(timer.stream) ? await engine.incident(timer.stream) : undefined
    const work = workOf(timer)
    const kind = DELIVERIES[work.kind]
    if (!kind) throw new Error(`bug: ${timer.key} is a decision, not a delivery`)
    const held = <T extends object>(port: T | undefined) => port && inHand(port, clock, until)
    const delivery: Delivery = {
      timer,
      work,
      get incident() {
        assert(incident, `${timer.key} belongs to no incident`)
        return incident
      },
      world: await engine.world(),
      now: clock.now(),
      clock,
      history: () => engine.history(timer.stream),
      chat: name => inHand(chat(name), clock, until),
      pager: way => held(parts.pagers.find(each => each.way === way)),
      pictures: parts.pictures,
      rota: engine.rota,
      actions: engine.actions,
      other: engine.incident,
      tracker: held(parts.tracker),
      digest: (period, sent) => digestFacts(parts, period, sent),
      unfinished: who => unfinishedFacts(parts, who, clock.now()),
      postmortem: (id, name) => postmortemFacts(parts, id, name),
      ingested: engine.ingested,
      source: parts.source ?? (async () => undefined),
      exporter: parts.exporter ?? (async () => undefined),
      asking,
      signer: parts.signer,
      storm,
    }
    if (await giveWay(delivery, kind)) return
    try {
      const done = await telemetry.span(`deliver ${timer.kind}`, traceOf(timer), () =>
        attempt(kind, delivery),
      )
      const { laneFreeAt, heldUntil } = done
      const outcome =
        heldUntil === undefined
          ? { done: true as const, ...(laneFreeAt === undefined ? {} : { laneFreeAt }) }
          : { retryAt: heldUntil, doubt: timer.doubt, leaveLane: true }
      await record(timer, outcome, done.record)
    } catch (error) {
      // Where another has it by now the generation is another, and this writes nothing.
      if (error instanceof LeaseOver)
        return record(timer, { retryAt: clock.now(), doubt: timer.doubt }, undefined)
      if (!(error instanceof ChatFailure)) throw error
      await failed(delivery, kind, error)
    }
  }
}
