/** The gateway: hello, identify, heartbeats, dispatches with their numbers, resume with what was missed, and how it breaks. */
import { randomBytes } from 'node:crypto'
import type { Server } from 'node:http'
import { type WebSocket, WebSocketServer } from 'ws'
import { type Guild, userJson } from './guild.ts'
import type { Json } from './types.ts'

const SENDS_A_MINUTE = 120
const REACTIONS = 1 << 10
/** Guilds, and reactions to messages. */
const NEEDED = 1 | REACTIONS

type Session = {
  readonly id: string
  seq: number
  readonly sent: { readonly s: number; readonly text: string }[]
  socket: WebSocket | undefined
  readonly intents: number
}

export type Gateway = ReturnType<typeof createGateway>

type Parts = {
  readonly server: Server
  readonly guild: Guild
  readonly token: string
  readonly heartbeatMs: number
  readonly violation: (what: string) => void
}

export function createGateway({ server, guild, token, heartbeatMs, violation }: Parts) {
  const sockets = new WebSocketServer({ noServer: true })
  const sessions = new Map<string, Session>()
  let current: Session | undefined
  let down = false
  let deaf = false
  let identifies = 0
  let attempts = 0
  const waiters: (() => void)[] = []

  server.on('upgrade', (request, socket, head) => {
    attempts += 1
    if (down) return void socket.end('HTTP/1.1 503 Service Unavailable\r\n\r\n')
    sockets.handleUpgrade(request, socket, head, ws => {
      greet(ws)
    })
  })

  const send = (ws: WebSocket, payload: Json) => ws.send(JSON.stringify(payload))

  function greet(ws: WebSocket): void {
    let sends = 0
    send(ws, { op: 10, s: null, t: null, d: { heartbeat_interval: heartbeatMs } })
    ws.on('message', raw => {
      sends += 1
      if (sends > SENDS_A_MINUTE) violation('more than 120 gateway sends a minute')
      const { op, d } = JSON.parse(String(raw)) as { op: number; d: Json }
      if (op === 1 && !deaf) send(ws, { op: 11, s: null, t: null, d: null })
      if (op === 2) identify(ws, d)
      if (op === 6) resume(ws, d)
    })
  }

  function identify(ws: WebSocket, d: Json): void {
    identifies += 1
    if (d.token !== token) {
      ws.close(4004, 'Authentication failed.')
      return
    }
    const intents = Number(d.intents)
    if ((intents & ~NEEDED) !== 0 || (intents & 1) === 0)
      violation(`intents ${intents}: Guilds is needed, and GuildMessageReactions at most`)
    const session: Session = { id: randomBytes(16).toString('hex'), seq: 0, sent: [], socket: ws, intents }
    sessions.set(session.id, session)
    current = session
    const url = `ws://127.0.0.1:${(server.address() as { port: number }).port}`
    dispatch(session, 'READY', {
      v: 10,
      user: userJson(guild.memberOf(guild.bot)),
      guilds: [{ id: guild.id, unavailable: true }],
      session_id: session.id,
      session_type: 'normal',
      resume_gateway_url: url,
      shard: [0, 1],
      application: { id: guild.application, flags: 0 },
      private_channels: [],
      presences: [],
      relationships: [],
      geo_ordered_rtc_regions: [],
      _trace: [],
    })
    dispatch(session, 'GUILD_CREATE', {
      id: guild.id,
      name: 'Test server',
      owner_id: guild.bot,
      unavailable: false,
      roles: [],
      channels: [],
      members: [],
      threads: [],
      emojis: [],
      stickers: [],
      presences: [],
      voice_states: [],
      stage_instances: [],
      guild_scheduled_events: [],
      soundboard_sounds: [],
      features: [],
      member_count: guild.users.size,
      large: false,
      joined_at: '2026-01-01T00:00:00Z',
      afk_timeout: 300,
      verification_level: 0,
      default_message_notifications: 0,
      explicit_content_filter: 0,
      mfa_level: 0,
      system_channel_flags: 0,
      premium_tier: 0,
      preferred_locale: 'en-US',
      nsfw_level: 0,
      premium_progress_bar_enabled: false,
    })
    tell()
  }

  function resume(ws: WebSocket, d: Json): void {
    const session = sessions.get(String(d.session_id))
    if (!session || d.token !== token) {
      send(ws, { op: 9, s: null, t: null, d: false })
      return
    }
    session.socket = ws
    current = session
    for (const missed of session.sent.filter(each => each.s > Number(d.seq))) ws.send(missed.text)
    dispatch(session, 'RESUMED', {})
    tell()
  }

  function dispatch(session: Session, t: string, d: unknown): void {
    session.seq += 1
    const text = JSON.stringify({ op: 0, s: session.seq, t, d })
    session.sent.push({ s: session.seq, text })
    if (session.socket?.readyState === 1) session.socket.send(text)
  }

  const tell = () => waiters.splice(0).forEach(waiter => waiter())
  const open = () => current?.socket?.readyState === 1

  return {
    dispatch(t: string, d: unknown) {
      if (!current) throw new Error('no bot is connected to the gateway')
      if (t === 'MESSAGE_REACTION_ADD' && (current.intents & REACTIONS) === 0) return
      dispatch(current, t, d)
    },
    /** Resolves once a bot is connected and identified or resumed. */
    async connected(): Promise<void> {
      while (!open()) await new Promise<void>(resolve => void waiters.push(resolve))
    },
    /** The connection breaks without a word. */
    drop: () => current?.socket?.terminate(),
    /** Discord asks to reconnect (op 7). */
    askToReconnect: () => current?.socket && send(current.socket, { op: 7, s: null, t: null, d: null }),
    /** The session is invalid (op 9). */
    invalidate(resumable: boolean) {
      if (!resumable && current) sessions.delete(current.id)
      if (current?.socket) send(current.socket, { op: 9, s: null, t: null, d: resumable })
    },
    close: (code: number) => current?.socket?.close(code),
    /** Nothing connects until `up`. */
    goDown() {
      down = true
      for (const socket of sockets.clients) socket.terminate()
    },
    goUp: () => {
      down = false
    },
    /** Stops to acknowledge heartbeats. */
    goDeaf: (on = true) => {
      deaf = on
    },
    /** A payload that no client should die of. */
    garbage(text: string) {
      current?.socket?.send(text)
    },
    identifies: () => identifies,
    /** How often somebody tried to connect, in vain or not. */
    attempts: () => attempts,
    stop() {
      for (const socket of sockets.clients) socket.terminate()
      sockets.close()
    },
  }
}
