/**
 * The application, composed from its ports. main.ts passes the real ones; every test passes the real store and strict
 * emulators behind the real adapters, on virtual time. Nothing here knows which.
 */
import type { ActionCommand, ActionEvent } from './actions/events.ts'
import type { Actions } from './actions/state.ts'
import type { Reply } from './answers.ts'
import type { Config } from './config/types.ts'
import type { ContactCommand, ContactEvent } from './contacts/events.ts'
import type { ContactBook } from './contacts/state.ts'
import type { DigestCommand, DigestEvent, DigestState } from './digest/digest.ts'
import type { Period } from './digest/period.ts'
import type { DigestFacts, PatternFacts } from './digest/view.ts'
import { type Clockwork, createClockwork } from './engine/clockwork.ts'
import { completions } from './engine/complete.ts'
import { createDeliver } from './engine/deliver.ts'
import type { PatternRange } from './engine/digest-facts.ts'
import { createFront } from './engine/front.ts'
import { createEngine, type Engine } from './engine/handle.ts'
import { createIntake, type Intake } from './engine/intake.ts'
import {
  type ACTIONS,
  type CONTACTS,
  DIGEST,
  kindOf,
  ROTA,
  type SESSIONS,
  SETTINGS,
  settingsIn,
} from './engine/kinds.ts'
import { createReplies, type Replies } from './engine/replies.ts'
import { createWorlds, type Worlds } from './engine/worlds.ts'
import type { IncidentCommand } from './incidents/commands.ts'
import { type Happened, readEvent } from './incidents/events.ts'
import { homeOf } from './incidents/home.ts'
import type { Incident } from './incidents/state.ts'
import type { IngestedState } from './ingested/ingested.ts'
import type {
  Chat,
  ChatAnswer,
  ChatInput,
  Clock,
  Directory,
  Ids,
  IncidentSummary,
  OpenExporter,
  OpenSource,
  Pager,
  Pictures,
  Receive,
  Signer,
  Store,
  Telemetry,
  Tracker,
} from './ports.ts'
import type { Refusal } from './refusal.ts'
import type { RotaCommand } from './rota/commands.ts'
import type { RotaEvent } from './rota/events.ts'
import type { Rota } from './rota/state.ts'
import type { SessionCommand, SessionEvent, Sessions } from './sessions/sessions.ts'
import type { ChatName, IncidentId, PersonId } from './words.ts'
import type { World } from './world.ts'

/** What a command may look at; see commands/command.ts. */
export type DispatchContext = {
  readonly input: ChatInput
  readonly person: PersonId
  readonly world: World
  readonly now: number
  readonly here: IncidentId | undefined
  incident(id: IncidentId): Promise<Incident | undefined>
  history(id: IncidentId): Promise<readonly Happened[]>
  openIncidents(): Promise<readonly IncidentSummary[]>
  contacts(): Promise<ContactBook>
  actions(): Promise<Actions>
  ingested(): Promise<IngestedState>
  digest(period: Period): Promise<DigestFacts>
  patterns(range: PatternRange): Promise<PatternFacts>
  readonly signer: Signer
  kept(cause: string): Promise<unknown>
}

/** From a typed line to what is to be done; the commands folder provides it. */
export type Dispatch = (context: DispatchContext) => Promise<
  | { readonly stream: IncidentId | 'new'; readonly command: IncidentCommand; readonly reply: Reply }
  | { readonly stream: typeof ROTA; readonly command: RotaCommand; readonly reply: Reply<Rota, RotaEvent> }
  | {
      readonly stream: typeof DIGEST
      readonly command: DigestCommand
      readonly reply: Reply<DigestState, DigestEvent>
    }
  | {
      readonly stream: typeof ACTIONS
      readonly command: ActionCommand
      readonly reply: Reply<Actions, ActionEvent>
    }
  | {
      readonly stream: typeof CONTACTS
      readonly command: ContactCommand
      readonly reply: Reply<ContactBook, ContactEvent>
    }
  | {
      readonly stream: typeof SESSIONS
      readonly command: SessionCommand
      readonly reply: Reply<Sessions, SessionEvent>
    }
  | { readonly about: IncidentId; readonly answer: ChatAnswer; readonly keep: unknown }
  | ChatAnswer
  | Refusal
>

export type Ports = {
  readonly config: Config
  readonly store: Store
  readonly chats: readonly Chat[]
  readonly pagers: readonly Pager[]
  /** What is asked about incidents; absent: nothing. */
  readonly source?: OpenSource
  readonly exporter?: OpenExporter
  /** Absent: what would be drawn is told. */
  readonly pictures?: Pictures
  /** Where action items have their issues; absent: nowhere. */
  readonly tracker?: Tracker
  readonly signer: Signer
  readonly clock: Clock
  readonly ids: Ids
  readonly telemetry: Telemetry
  readonly dispatch: Dispatch
}

export type App = {
  readonly engine: Engine
  readonly worlds: Worlds
  readonly clockwork: Clockwork
  readonly receive: Receive
  readonly replies: Replies
  readonly intake: Intake
  /** Puts a configuration in force: whole, at once. */
  configure(config: Config): Promise<void>
  /** Connects the chats, then runs what is due. */
  start(): Promise<void>
  /** Takes no more input, ends what is in flight. */
  stop(): Promise<void>
}

/** What the streams of the settings say, before there is an engine to ask. */
export async function settingsOf(store: Pick<Store, 'load'>): Promise<Partial<World>> {
  const states = SETTINGS.map(async stream => {
    const events = (await store.load(stream)).map(event => readEvent(event))
    return [stream, kindOf(stream).fold(stream, events, undefined)] as const
  })
  return settingsIn(new Map(await Promise.all(states)))
}

export async function createApp(ports: Ports): Promise<App> {
  const { store, chats, clock, telemetry } = ports
  const open = await store.incidents({ open: true, limit: 1000 })
  const worlds = createWorlds({
    ...ports,
    version: await store.settingsVersion(),
    address: ports.signer.url('/'),
    open,
    settings: await settingsOf(store),
  })
  const engine = createEngine({ store, worlds, clock, telemetry })
  const rooms = new Map(open.map(summary => [summary.id, summary.rooms]))
  const deliver = createDeliver({ ...ports, engine })
  const clockwork = createClockwork({ store, engine, deliver, clock, telemetry })
  const receive = createFront({ ...ports, engine })
  const replies = createReplies({ ...ports, engine })
  const intake = createIntake({ ...ports, engine })
  engine.onSummary(summary => rooms.set(summary.id, summary.rooms))

  const directoryOn = (chat: ChatName): Directory => ({
    person(id) {
      const known = worlds.current().config.people[id]
      return { name: known?.name ?? id, user: known?.identities[chat] }
    },
    room: incident =>
      rooms
        .get(incident)
        ?.find(room => room.startsWith(`${chat}:`))
        ?.slice(chat.length + 1),
    people: () => Object.keys(worlds.current().config.people),
  })

  const look = async () => {
    const actor = { kind: 'timer' as const }
    await engine.handle([
      { cause: null, stream: ROTA, actor, command: { do: 'look' } },
      { cause: null, stream: DIGEST, actor, command: { do: 'plan_digest' } },
    ])
  }

  return {
    engine,
    worlds,
    async configure(config) {
      await store.configure(config, clock.now())
      await look()
    },
    clockwork,
    receive,
    replies,
    intake,
    async start() {
      await Promise.all(
        chats.map(chat =>
          chat.start({
            receive,
            home: async user =>
              homeOf(
                {
                  world: await engine.world(),
                  now: clock.now(),
                  openIncidents: () => store.incidents({ open: true, limit: 50 }),
                  incident: engine.incident,
                },
                chat.name,
                user,
              ),
            complete: (user, what, typed) => completions({ engine, store }, chat.name, user, what, typed),
            keeps: async (channel, sign) =>
              (sign === 'pin' || sign === (await engine.world()).config.timeline.reaction) &&
              (await store.incidentInRoom(`${chat.name}:${channel}`)) !== undefined,
            directory: directoryOn(chat.name),
          }),
        ),
      )
      await look()
    },
    async stop() {
      await Promise.all(chats.map(chat => chat.stop()))
      await clockwork.stop()
    },
  }
}
