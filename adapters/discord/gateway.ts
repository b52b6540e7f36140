/**
 * Interactions, reactions and pins over the gateway, through discord.js's own connection: it identifies, beats, resumes and replays. What it
 * leaves out is ours: a growing pause between attempts while Discord is away, and a payload that cannot break the process,
 * since it is handed on as it came.
 */
import { type SessionInfo, WebSocketManager, WebSocketShardEvents } from '@discordjs/ws'
import type { Telemetry } from '../../bot/ports.ts'
import type { Api } from './rest.ts'

export type Gateway = {
  /** Resolves when connected, or when the first attempt has failed: later ones go on by themselves. */
  start(): Promise<void>
  stop(): Promise<void>
  connected(): boolean
  /** Why it will not connect again. */
  refused(): string | undefined
}

/** `Guilds`, the least that Discord takes, with which pins come; and `GuildMessageReactions`. Neither is privileged. */
const INTENTS = (1 << 0) | (1 << 10)
const HEARD: readonly string[] = ['INTERACTION_CREATE', 'MESSAGE_REACTION_ADD', 'CHANNEL_PINS_UPDATE']
const RETRY_MS = 500
const RETRY_CAP_MS = 30_000
const HANDSHAKE_MS = 10_000

export function createGateway({
  token,
  api,
  telemetry,
  receive,
}: {
  readonly token: string
  readonly api: Api
  readonly telemetry: Telemetry
  /** The raw payload of an interaction, a reaction or a change of pins. */
  readonly receive: (type: string, payload: unknown) => void
}): Gateway {
  let session: SessionInfo | null = null
  let open = true
  let failures = 0
  let connected = false
  let stopped = false
  let refused: string | undefined
  let manager: WebSocketManager | undefined
  let settled: (() => void) | undefined

  const pause = (): number => (failures < 2 ? 0 : Math.min(RETRY_MS * 2 ** (failures - 2), RETRY_CAP_MS))
  const sleep = (ms: number) => new Promise<void>(resolve => setTimeout(resolve, ms).unref())
  const up = () => {
    connected = true
    failures = 0
    settled?.()
  }

  /** The client asks for the session before each connection: the one place where it can be made to wait. */
  async function sessionWhenDue(): Promise<SessionInfo | null> {
    if (open) return session
    await (stopped ? new Promise<void>(() => undefined) : sleep(pause()))
    open = true
    return session
  }

  function build(): WebSocketManager {
    const built = new WebSocketManager({
      token,
      intents: INTENTS,
      rest: api.rest,
      shardCount: 1,
      shardIds: [0],
      compression: null,
      handshakeTimeout: HANDSHAKE_MS,
      helloTimeout: HANDSHAKE_MS,
      readyTimeout: HANDSHAKE_MS,
      retrieveSessionInfo: sessionWhenDue,
      updateSessionInfo(_, info) {
        session = info
      },
    })
    built.on(WebSocketShardEvents.Ready, up)
    built.on(WebSocketShardEvents.Resumed, up)
    built.on(WebSocketShardEvents.Closed, ({ code }) => {
      connected = false
      open = false
      failures += 1
      telemetry.log('warn', 'discord.connection_lost', { code, failures })
      settled?.()
    })
    built.on(WebSocketShardEvents.Error, ({ error }) => {
      refused = FATAL.find(words => error.message.includes(words))
      telemetry.log('warn', 'discord.connection_error', { error })
      settled?.()
    })
    built.on(WebSocketShardEvents.Dispatch, ({ data }) => {
      if (HEARD.includes(data.t)) receive(data.t, data.d)
    })
    return built
  }

  async function connect(): Promise<void> {
    while (!stopped) {
      try {
        manager = build()
        await manager.connect()
        return
      } catch (error) {
        failures += 1
        telemetry.log('warn', 'discord.connect_failed', { error, failures })
        settled?.()
        // Once a socket was opened, the client goes on by itself.
        if (manager && (await manager.fetchStatus()).size > 0) return
        await sleep(Math.max(RETRY_MS, pause()))
      }
    }
  }

  return {
    async start() {
      const first = new Promise<void>(resolve => {
        settled = resolve
      })
      void connect()
      await first
    },
    async stop() {
      stopped = true
      connected = false
      await manager?.destroy()
    },
    connected: () => connected,
    refused: () => refused,
  }
}

/** Discord's client does not try again after these. */
const FATAL = [
  'Authentication failed',
  'disallowed intents',
  'invalid intents',
  'Sharding is required',
] as const
