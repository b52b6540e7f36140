/** The REST API on loopback: who may call, how often, what goes wrong on purpose, and which route does what. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { checkCommands, checkMessage } from './check.ts'
import { channelJson, type Guild, memberJson, messageJson, roleJson, userJson } from './guild.ts'
import type { Interactions } from './interactions.ts'
import { wrongRequest, wrongResponse } from './published.ts'
import { DiscordError, type Json, type Message, UNKNOWN_CHANNEL } from './types.ts'
import { attachmentsOf, type Files, readRequest } from './uploads.ts'

export type FaultKind = 'accept-then-reset' | 'accept-then-500' | 'malformed' | 'html' | '429' | '500' | '401'
export type Fault = {
  readonly method?: string
  /** Matches the route's path, such as `/messages`. */
  readonly path: RegExp
  readonly kind: FaultKind
  readonly times?: number
  readonly retryAfter?: number
  readonly when?: (call: { readonly path: string; readonly body: Json }) => boolean
}

export type Call = {
  readonly at: number
  readonly method: string
  readonly path: string
  readonly body: Json
  readonly status: number
}

type Parts = {
  readonly guild: Guild
  readonly clock: { now(): number }
  readonly token: string
  readonly interactions: Interactions
  readonly violation: (what: string) => void
  /** The gateway's address. */
  readonly gatewayUrl: () => string
  /** Whether the Message Content intent is on in the developer portal. */
  readonly givesContent: () => boolean
  readonly dispatch: (type: string, payload: Json) => void
}

/** Messages in one channel: five in five seconds; name and topic: two in ten minutes; everything: fifty a second. */
const BUCKETS = [
  { name: 'messages', method: 'POST', path: /^\/channels\/(\d+)\/messages$/, most: 5, within: 5_000 },
  { name: 'topic', method: 'PATCH', path: /^\/channels\/(\d+)$/, most: 2, within: 600_000 },
] as const
const GLOBAL = 50

export type Rest = Awaited<ReturnType<typeof startRest>>

export async function startRest(parts: Parts) {
  const { guild, clock, token, interactions, violation, givesContent, dispatch } = parts
  const shown = (message: Message) => messageJson(message, guild, givesContent())
  const faults: { fault: Fault; left: number }[] = []
  const calls: Call[] = []
  const used = new Map<string, number[]>()
  const waitUntil = new Map<string, number>()
  let commands: readonly Json[] = []
  let refuseToken = false
  let registrations = 0

  const taking = (key: string, most: number, within: number): number => {
    const now = clock.now()
    const recent = (used.get(key) ?? []).filter(at => now - at < within)
    if (recent.length >= most) return within - (now - (recent[0] ?? now))
    used.set(key, [...recent, now])
    return 0
  }

  function limit(
    method: string,
    path: string,
  ): { readonly key: string; readonly waitMs: number } | undefined {
    const now = clock.now()
    for (const bucket of BUCKETS) {
      const [found] = method === bucket.method ? (bucket.path.exec(path) ?? []) : []
      if (!found) continue
      const key = `${bucket.name} ${found}`
      if (now < (waitUntil.get(key) ?? 0)) violation(`${method} ${path} before its retry_after was over`)
      const waitMs = taking(key, bucket.most, bucket.within)
      if (waitMs > 0) return { key, waitMs }
    }
    const waitMs = path.startsWith('/interactions/') ? 0 : taking('global', GLOBAL, 1_000)
    return waitMs > 0 ? { key: 'global', waitMs } : undefined
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { body, files } = await readRequest(request)
    const url = new URL(request.url ?? '/', 'http://x')
    const path = url.pathname.replace(/^\/api\/v10/, '')
    const method = request.method ?? 'GET'
    const done = (status: number, json: unknown, headers: Record<string, string> = {}) => {
      calls.push({ at: clock.now(), method, path, body, status })
      if (status === 204) return void response.writeHead(204, headers).end()
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(json))
    }
    const ownToken = /^\/(?:interactions|webhooks)\//.test(path)
    if (!ownToken && (refuseToken || request.headers.authorization !== `Bot ${token}`))
      return done(401, { message: '401: Unauthorized', code: 0 })
    if (ownToken && request.headers.authorization) violation(`${path} carries the bot token`)
    if (!url.pathname.startsWith('/api/v10/')) violation(`${url.pathname} is not of version 10`)
    const fault = faults.find(
      ({ fault: each, left }) =>
        left > 0 &&
        (each.method ?? method) === method &&
        each.path.test(path) &&
        (each.when?.({ path, body }) ?? true),
    )
    if (fault) fault.left -= 1
    const kind = fault?.fault.kind
    if (kind === '401') return done(401, { message: '401: Unauthorized', code: 0 })
    if (kind === '500') return done(500, { message: 'Internal Server Error', code: 0 })
    if (kind === '429') {
      const seconds = fault?.fault.retryAfter ?? 1
      const bucket = BUCKETS.find(each => each.method === method && each.path.test(path))
      if (bucket) waitUntil.set(`${bucket.name} ${path}`, clock.now() + seconds * 1000)
      return done(
        429,
        { message: 'You are being rate limited.', retry_after: seconds, global: false },
        { 'retry-after': String(seconds) },
      )
    }
    const over = limit(method, path)
    if (over) {
      waitUntil.set(over.key, clock.now() + over.waitMs)
      const seconds = over.waitMs / 1000
      return done(
        429,
        { message: 'You are being rate limited.', retry_after: seconds, global: over.key === 'global' },
        { 'retry-after': String(Math.ceil(seconds)) },
      )
    }
    try {
      const against = wrongRequest(method, path, body)
      if (against) violation(`${method} ${path}: Discord's description says: ${against}`)
      const answer = route(method, path, body, url.searchParams, files)
      const own = answer === undefined ? undefined : wrongResponse(method, path, answer)
      if (own) violation(`the emulator's own answer to ${method} ${path}: ${own}`)
      if (kind && kind !== 'accept-then-500') calls.push({ at: clock.now(), method, path, body, status: 0 })
      if (kind === 'accept-then-reset') return void response.destroy()
      if (kind === 'accept-then-500') return done(500, { message: 'Internal Server Error', code: 0 })
      if (kind === 'malformed')
        return void response.writeHead(200, { 'content-type': 'application/json' }).end('{"id": ')
      if (kind === 'html')
        return void response
          .writeHead(200, { 'content-type': 'text/html' })
          .end('<html>a proxy says hello</html>')
      return answer === undefined ? done(204, undefined) : done(200, answer)
    } catch (error) {
      if (!(error instanceof DiscordError)) throw error
      if (error.code === 50035) violation(`${method} ${path}: ${error.message}`)
      done(error.status, {
        code: error.code,
        message: error.message,
        ...(error.errors ? { errors: error.errors } : {}),
      })
    }
  }

  const checked = (body: Json, options?: Parameters<typeof checkMessage>[1]): Json => {
    if (body.allowed_mentions === undefined) violation('a message without allowed_mentions')
    checkMessage(body, options)
    return body
  }

  /** Method and path to what it does; undefined is 204. */
  const routes: readonly (readonly [
    method: string,
    path: RegExp,
    run: (ids: readonly string[], body: Json, query: URLSearchParams, files: Files) => unknown,
  ])[] = [
    [
      'GET',
      /^\/gateway\/bot$/,
      () => ({
        url: parts.gatewayUrl(),
        shards: 1,
        session_start_limit: { total: 1000, remaining: 999, reset_after: 0, max_concurrency: 1 },
      }),
    ],
    ['GET', /^\/users\/@me$/, () => userJson(guild.memberOf(guild.bot))],
    ['GET', /^\/applications\/@me$/, () => applicationJson(guild, givesContent())],
    [
      'POST',
      /^\/users\/@me\/channels$/,
      (_, body) => {
        const user = guild.users.get(String(body.recipient_id))
        if (!user) throw new DiscordError(404, 10013, 'Unknown User')
        return { ...channelJson(guild.direct(user.id), guild.id), recipients: [userJson(user)] }
      },
    ],
    [
      'GET',
      /^\/guilds\/(\d+)\/channels$/,
      () =>
        [...guild.channels.values()]
          .filter(one => one.type !== 1 && one.type !== 11)
          .map(one => channelJson(one, guild.id)),
    ],
    ['POST', /^\/guilds\/(\d+)\/channels$/, (_, body) => createChannel(body)],
    [
      'GET',
      /^\/guilds\/(\d+)\/threads\/active$/,
      () => ({
        threads: [...guild.channels.values()]
          .filter(one => one.type === 11 && !one.archived)
          .map(one => channelJson(one, guild.id)),
        members: [],
      }),
    ],
    ['GET', /^\/guilds\/(\d+)\/members\/(\d+)$/, ([, user = '']) => memberJson(guild.memberOf(user))],
    ['GET', /^\/guilds\/(\d+)\/roles$/, () => [...guild.roles.values()].map(roleJson)],
    [
      'PUT',
      /^\/guilds\/(\d+)\/members\/(\d+)\/roles\/(\d+)$/,
      ([, user = '', role = '']) => giveRole(user, role, true),
    ],
    [
      'DELETE',
      /^\/guilds\/(\d+)\/members\/(\d+)\/roles\/(\d+)$/,
      ([, user = '', role = '']) => giveRole(user, role, false),
    ],
    ['GET', /^\/applications\/(\d+)\/guilds\/(\d+)\/commands$/, () => commands],
    [
      'PUT',
      /^\/applications\/(\d+)\/guilds\/(\d+)\/commands$/,
      (_, body) => {
        checkCommands(body as unknown as readonly Json[])
        registrations += 1
        commands = (body as unknown as readonly Json[]).map(command => ({
          id: guild.snowflake(),
          application_id: guild.application,
          version: '1',
          default_member_permissions: null,
          nsfw: false,
          type: 1,
          description: '',
          ...command,
        }))
        return commands
      },
    ],
    ['GET', /^\/channels\/(\d+)$/, ([id = '']) => channelJson(guild.channelOf(id), guild.id)],
    [
      'PATCH',
      /^\/channels\/(\d+)$/,
      ([id = ''], body) => {
        guild.need(1n << 4n)
        const channel = guild.channelOf(id)
        if (typeof body.topic === 'string') {
          if (Array.from(body.topic).length > 1024)
            throw new DiscordError(400, 50035, 'topic: Must be 1024 or fewer in length.')
          channel.topic = body.topic
        }
        if (typeof body.archived === 'boolean') channel.archived = body.archived
        return channelJson(channel, guild.id)
      },
    ],
    [
      'PUT',
      /^\/channels\/(\d+)\/permissions\/(\d+)$/,
      ([id = '', target = ''], body) => {
        guild.need(1n << 28n)
        const channel = guild.channelOf(id)
        if (body.type === 1) guild.memberOf(target)
        channel.overwrites.set(target, {
          id: target,
          type: body.type,
          allow: String(body.allow),
          deny: String(body.deny),
        })
        if (body.type === 1) channel.members.add(target)
      },
    ],
    [
      'PUT',
      /^\/channels\/(\d+)\/thread-members\/(\d+)$/,
      ([id = '', user = '']) => void guild.channelOf(id).members.add(guild.memberOf(user).id),
    ],
    [
      'POST',
      /^\/channels\/(\d+)\/threads$/,
      ([id = ''], body) => {
        guild.need(1n << 35n)
        const parent = guild.channelOf(id)
        if (typeof body.name !== 'string' || body.name.length > 100)
          throw new DiscordError(400, 50035, 'name: Must be between 1 and 100 in length.')
        if (parent.type === 15 && !body.message)
          throw new DiscordError(400, 50035, 'message: This field is required')
        const thread = guild.addChannel(body.name, { type: 11, parent_id: id })
        if (parent.type === 15) guild.post(thread, checked(body.message as Json))
        return channelJson(thread, guild.id)
      },
    ],
    [
      'POST',
      /^\/channels\/(\d+)\/messages$/,
      ([id = ''], body, _, files) => {
        const channel = guild.channelOf(id)
        if (channel.recipient) {
          const user = guild.users.get(channel.recipient)
          if (!user || user.closed) throw new DiscordError(403, 50007, 'Cannot send messages to this user')
          if (!user.roles)
            throw new DiscordError(
              403,
              50278,
              'Cannot send messages to this user due to having no mutual guilds',
            )
        } else guild.need(1n << 11n)
        if (channel.archived) throw new DiscordError(400, 50083, 'Thread is archived')
        if (files.size > 0) guild.need(1n << 15n)
        const uploaded = attachmentsOf(checked(body), files, guild.snowflake)
        const message = guild.post(channel, { ...body, uploaded })
        return { ...messageJson(message, guild), ...(message.nonce === null ? {} : { nonce: message.nonce }) }
      },
    ],
    [
      'GET',
      /^\/channels\/(\d+)\/messages$/,
      ([id = ''], _, query) => {
        guild.need(1n << 16n)
        if (query.has('after') && query.has('before'))
          throw new DiscordError(400, 50035, 'before: not together with after')
        const after = BigInt(query.get('after') ?? 0)
        const before = query.has('before') ? BigInt(query.get('before') ?? 0) : 1n << 63n
        const limit = Number(query.get('limit') ?? 50)
        if (limit < 1 || limit > 100) throw new DiscordError(400, 50035, 'limit: between 1 and 100')
        guild.channelOf(id)
        const within = guild.messages.filter(
          one =>
            one.channel_id === id && !one.ephemeral_to && BigInt(one.id) > after && BigInt(one.id) < before,
        )
        return within
          .slice(-limit)
          .reverse()
          .map(one => ({ ...shown(one), ...threadOf(guild, one) }))
      },
    ],
    [
      'PATCH',
      /^\/channels\/(\d+)\/messages\/(\d+)$/,
      ([id = '', message = ''], body, _, files) => {
        const found = guild.messageOf(id, message)
        if (guild.channelOf(id).archived) throw new DiscordError(400, 50083, 'Thread is archived')
        const uploaded = attachmentsOf(checked(body, { edit: true }), files, guild.snowflake)
        // Without a word about attachments they stay.
        guild.edit(found, {
          ...body,
          uploaded: body.attachments === undefined ? found.attachments : uploaded,
        })
        return messageJson(found, guild)
      },
    ],
    [
      'PUT',
      /^\/channels\/(\d+)\/messages\/pins\/(\d+)$/,
      ([id = '', message = '']) => {
        guild.need(1n << 51n)
        guild.messageOf(id, message)
        guild.pin(guild.channelOf(id), message, guild.bot)
        dispatch('CHANNEL_PINS_UPDATE', pinsUpdate(guild, id))
      },
    ],
    [
      'GET',
      /^\/channels\/(\d+)\/messages\/pins$/,
      ([id = ''], _, query) => {
        const limit = Number(query.get('limit') ?? 50)
        if (limit < 1 || limit > 50) throw new DiscordError(400, 50035, 'limit: between 1 and 50')
        const { pins } = guild.channelOf(id)
        const items = pins.slice(0, limit).map(pin => ({
          pinned_at: new Date(pin.at).toISOString(),
          message: shown(guild.messageOf(id, pin.id)),
        }))
        return { items, has_more: pins.length > limit }
      },
    ],
    [
      'GET',
      /^\/channels\/(\d+)\/messages\/(\d+)$/,
      ([id = '', message = '']) => {
        guild.need(1n << 16n)
        return shown(guild.messageOf(guild.channelOf(id).id, message))
      },
    ],
    [
      'PUT',
      /^\/channels\/(\d+)\/messages\/(\d+)\/reactions\/([^/]+)\/@me$/,
      ([id = '', message = '', emoji = '']) => {
        guild.need(1n << 16n)
        const { reactions } = guild.messageOf(id, message)
        const name = decodeURIComponent(emoji)
        if (!reactions.has(name)) guild.need(1n << 6n)
        reactions.set(name, (reactions.get(name) ?? new Set()).add(guild.bot))
      },
    ],
    [
      'POST',
      /^\/interactions\/(\d+)\/([^/]+)\/callback$/,
      ([id = '', secret = ''], body) => {
        interactions.callback(id, secret, body, checked)
      },
    ],
    [
      'PATCH',
      /^\/webhooks\/(\d+)\/([^/]+)\/messages\/@original$/,
      ([, secret = ''], body) => messageJson(interactions.editOriginal(secret, body, checked), guild),
    ],
  ]

  function createChannel(body: Json): Json {
    guild.need(1n << 4n)
    const parent = typeof body.parent_id === 'string' ? body.parent_id : null
    const siblings = [...guild.channels.values()].filter(one => one.parent_id === parent && parent !== null)
    if (siblings.length >= 50)
      throw new DiscordError(400, 50035, 'parent_id: Maximum number of channels in category reached (50)')
    if (parent !== null && guild.channels.get(parent)?.type !== 4) throw UNKNOWN_CHANNEL()
    if (guild.channels.size >= 500)
      throw new DiscordError(400, 30013, 'Maximum number of guild channels reached (500)')
    const name = String(body.name ?? '')
      .toLowerCase()
      .replace(/\s+/g, '-')
    if (name.length < 1 || name.length > 100)
      throw new DiscordError(400, 50035, 'name: Must be between 1 and 100 in length.')
    return channelJson(
      guild.addChannel(name, {
        parent_id: parent,
        topic: typeof body.topic === 'string' ? body.topic : null,
      }),
      guild.id,
    )
  }

  function giveRole(user: string, role: string, give: boolean): void {
    guild.need(1n << 28n)
    const member = guild.memberOf(user)
    if (!guild.roles.has(role)) throw new DiscordError(404, 10011, 'Unknown Role')
    member.roles = [...(member.roles ?? []).filter(one => one !== role), ...(give ? [role] : [])]
  }

  function route(method: string, path: string, body: Json, query: URLSearchParams, files: Files): unknown {
    for (const [wanted, pattern, run] of routes) {
      const found = wanted === method ? pattern.exec(path) : null
      if (!found) continue
      const [, first] = found
      if (path.startsWith('/guilds/') && first !== guild.id)
        throw new DiscordError(404, 10004, 'Unknown Guild')
      if (path.startsWith('/applications/') && first !== undefined && first !== guild.application)
        throw new DiscordError(
          403,
          20012,
          'You are not authorized to perform this action on this application',
        )
      return run(found.slice(1), body, query, files)
    }
    violation(`${method} ${path} is not known here`)
    throw new DiscordError(404, 0, '404: Not Found')
  }

  const server = createServer(
    (request, response) =>
      void handle(request, response).catch(error => {
        violation(`the emulator failed: ${String(error)}`)
        response.destroy()
      }),
  )
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', () => resolve()))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`,
    server,
    calls: calls as readonly Call[],
    fault: (fault: Fault) => void faults.push({ fault, left: fault.times ?? 1 }),
    heal: () => void faults.splice(0),
    revokeToken: () => {
      refuseToken = true
    },
    commands: () => commands,
    registrations: () => registrations,
    deny: (bit: bigint) => {
      for (const role of guild.roles.values()) role.permissions = String(BigInt(role.permissions) & ~bit)
    },
    stop: () =>
      new Promise<void>(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** The bits of its flags say whether the Message Content intent is on. */
const applicationJson = (guild: Guild, givesContent: boolean): Json => ({
  id: guild.application,
  name: 'Tocsin',
  icon: null,
  description: '',
  type: null,
  flags: givesContent ? 1 << 19 : 0,
  flags_new: String(givesContent ? 1 << 19 : 0),
  verify_key: '0'.repeat(64),
  redirect_uris: [],
  interactions_endpoint_url: null,
  role_connections_verification_url: null,
  owner: userJson(guild.memberOf(guild.bot)),
  approximate_guild_count: 1,
  approximate_user_install_count: 0,
  approximate_user_authorization_count: 0,
  explicit_content_filter: 0,
  team: null,
  eligible_oauth2_scopes: [],
})

/** What Discord adds to a message that a thread began from: the thread has the message's id. */
function threadOf(guild: Guild, { id }: Message): Json {
  const thread = guild.channels.get(id)
  return thread ? { thread: channelJson(thread, guild.id) } : {}
}

export const pinsUpdate = (guild: Guild, channel: string): Json => {
  const [last] = guild.channelOf(channel).pins
  return {
    guild_id: guild.id,
    channel_id: channel,
    last_pin_timestamp: last ? new Date(last.at).toISOString() : null,
  }
}
