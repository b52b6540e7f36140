/**
 * The console over HTTP: the page, its live updates, and three ways to act, which take JSON so that curl can use them too.
 *
 * Safety (S27): the Host must be one that Tocsin was told of, so that no name can be rebound to it; whatever is not a GET
 * must be JSON, which a foreign page cannot send without asking first, and from our own origin when it names one.
 */
import { readFileSync } from 'node:fs'
import type { Context, Hono } from 'hono'
import { streamSSE } from 'hono/streaming'
import type { ChatAnswer, ChatInput, Ids } from '../../bot/ports.ts'
import { packageFile } from '../files.ts'
import { actAs } from '../web/door.ts'
import { problem, type Route } from '../web/server.ts'
import type { Console } from './chat.ts'
import type { Entry } from './log.ts'
import { type Hint, HOME, isVisible, renderEntry, renderPage } from './page.ts'
import { renderForm } from './render.ts'

export type ConsoleOptions = {
  readonly console: Console
  readonly ids: Ids
  /** Host names, without a port, by which the console may be reached. */
  readonly hosts: readonly string[]
  readonly hints: readonly Hint[]
}

const PING_MS = 15_000

export function consoleRoutes(options: ConsoleOptions): Route {
  const { console, hosts, hints } = options
  return app => {
    app.use('/console/*', guard(hosts))
    app.get('/', guard(hosts), context => {
      const viewer = viewerOf(console, context)
      actAs(context, viewer.as)
      return context.html(renderPage(console, viewer, hints))
    })
    for (const [path, type, ...files] of STATIC)
      app.get(`/console/${path}`, context =>
        context.body(files.map(readStatic).join(''), 200, {
          'content-type': type,
          'cache-control': 'no-cache',
        }),
      )
    app.get('/console/picture/:entry/:index', context => {
      const { entry, index } = context.req.param()
      const body = console.log.byId(Number(entry))?.body
      const block = body && 'message' in body ? body.message.blocks[Number(index)] : undefined
      return block?.kind === 'image'
        ? context.body(block.picture.svg, 200, { 'content-type': 'image/svg+xml' })
        : problem(404, 'There is no such picture.')
    })
    app.get('/console/messages', context => {
      const viewer = viewerOf(console, context)
      return context.json(
        console.log
          .recent(viewer.channel, viewer.as, 500)
          .map(entry => ({ ...entry, html: String(renderEntry(entry, console.hooks().directory)) })),
      )
    })
    events(app, options)
    app.post('/console/say', async context => act(options, context, ['line']))
    app.post('/console/press', async context => act(options, context, ['line']))
    app.post('/console/submit', async context => act(options, context, ['line', 'values']))
  }
}

const STATIC = [
  ['console.css', 'text/css; charset=utf-8', 'web/static/base.css', 'console/static/console.css'],
  ['console.js', 'text/javascript; charset=utf-8', 'console/static/console.js'],
  ['icon.svg', 'image/svg+xml', 'console/static/icon.svg'],
] as const

const readStatic = (path: string): string => readFileSync(packageFile(`adapters/${path}`), 'utf8')

const guard = (hosts: readonly string[]) => async (context: Context, next: () => Promise<void>) => {
  const host = context.req.header('host') ?? ''
  const name = host.replace(/:\d+$/, '')
  if (!hosts.includes(name))
    return problem(421, `The console does not answer to the name ${name.slice(0, 80)}.`)
  if (context.req.method !== 'GET') {
    const origin = context.req.header('origin')
    const site = context.req.header('sec-fetch-site')
    const foreign =
      (origin !== undefined && origin.replace(/^https?:\/\//, '') !== host) ||
      (site !== undefined && site !== 'same-origin' && site !== 'none')
    if (foreign) return problem(403, 'This came from another page.')
    if (!context.req.header('content-type')?.startsWith('application/json'))
      return problem(415, 'Send JSON: content-type application/json.')
  }
  await next()
  return undefined
}

function viewerOf(console: Console, context: Context): { as: string; channel: string } {
  const people = console.hooks().directory.people()
  const asked = context.req.query('as')
  const as = people.find(id => id === asked) ?? people[0] ?? ''
  const channel = context.req.query('channel') ?? HOME
  console.log.ensureChannel(HOME)
  console.log.ensureChannel(`@${as}`)
  return { as, channel: console.log.channel(channel) && isVisible(channel, as) ? channel : HOME }
}

/** Live updates: what changed since the id that the page knows, then whatever changes. */
function events(app: Hono, { console }: ConsoleOptions): void {
  app.get('/console/events', context => {
    const { as } = viewerOf(console, context)
    const since = Number(context.req.header('last-event-id') ?? context.req.query('since') ?? 0)
    return streamSSE(context, async stream => {
      const send = (entry: Entry) => {
        const mine = (entry.onlyFor === null || entry.onlyFor === as) && isVisible(entry.channel, as)
        const data = {
          id: entry.id,
          channel: entry.channel,
          topic: console.log.channel(entry.channel)?.topic ?? '',
          pinned: console.log.channel(entry.channel)?.pinned === entry.id,
          html: String(renderEntry(entry, console.hooks().directory)),
        }
        return mine
          ? stream.writeSSE({ id: String(entry.change), data: JSON.stringify(data) })
          : Promise.resolve()
      }
      const stop = console.onChange(entry => void send(entry))
      stream.onAbort(stop)
      for (const entry of console.log.since(Number.isFinite(since) ? since : 0, as)) await send(entry)
      while (!stream.aborted) {
        await stream.writeSSE({ event: 'ping', data: '' })
        await stream.sleep(PING_MS)
      }
      stop()
    })
  })
}

type Act = {
  readonly as: string
  readonly channel: string
  readonly line: string
  readonly id?: string
  /** The message that is meant, by its number. */
  readonly message?: number
  readonly values?: Record<string, string>
}

async function act(options: ConsoleOptions, context: Context, needed: readonly string[]): Promise<Response> {
  const body = readAct(await context.req.json().catch(() => undefined), needed)
  if (typeof body === 'string') return problem(400, body)
  const { console } = options
  const { directory, receive } = console.hooks()
  if (!directory.people().includes(body.as))
    return problem(
      400,
      `"${body.as.slice(0, 60)}" is nobody of the team. People: ${directory.people().join(', ')}.`,
    )
  if (!isVisible(body.channel, body.as))
    return problem(403, `${body.channel.slice(0, 60)} is somebody else's.`)
  const cause = `console:${body.id ?? options.ids.fresh()}`
  if (!body.line.startsWith('/')) {
    console.append({
      channel: body.channel,
      key: cause,
      at: Date.now(),
      author: body.as,
      body: { words: body.line },
    })
    return context.json({ kind: 'said' })
  }
  const input: ChatInput = {
    chat: 'console',
    cause,
    user: { id: body.as, name: directory.person(body.as).name, kind: 'member' },
    channel: body.channel,
    line: body.line,
    ...(body.values ? { values: body.values } : {}),
    ...markOf(console, body),
  }
  return context.json(show(options, input, await receive(input)))
}

/** The message that was pressed, if it is one of the channel. */
function markOf({ log }: Console, { message, channel }: Act): Pick<ChatInput, 'mark'> {
  const entry = message === undefined ? undefined : log.byId(message)
  return entry?.channel === channel ? { mark: { channel, id: String(entry.id) } } : {}
}

/** A sentence goes into the log for the one who asked; a form and its errors go back to the page. */
function show({ console }: ConsoleOptions, input: ChatInput, answer: ChatAnswer): unknown {
  if (answer.kind === 'errors') return answer
  if (answer.kind === 'form') return { kind: 'form', html: String(renderForm(answer.form)) }
  const entry = console.append({
    channel: input.channel ?? HOME,
    key: input.cause,
    at: Date.now(),
    author: 'tocsin',
    onlyFor: input.user.id,
    body: { message: answer.message },
  })
  return {
    kind: 'say',
    id: entry.id,
    summary: answer.message.summary,
    tone: answer.message.tone,
    message: answer.message,
  }
}

function readAct(body: unknown, needed: readonly string[]): Act | string {
  if (typeof body !== 'object' || body === null)
    return 'Send a JSON object: { "as": "aiko", "channel": "#incidents", "line": "/incident list" }.'
  const fields = body as Record<string, unknown>
  for (const name of ['as', 'channel', ...needed.filter(each => each !== 'values')]) {
    const value = fields[name]
    if (typeof value !== 'string' || value.trim() === '' || value.length > 8_000)
      return `"${name}" must be a text.`
  }
  const values = fields.values
  if (
    values !== undefined &&
    (typeof values !== 'object' ||
      values === null ||
      Object.values(values).some(each => typeof each !== 'string'))
  )
    return '"values" must map names to texts.'
  if (fields.message !== undefined && !Number.isSafeInteger(fields.message))
    return '"message" must be the number of a message.'
  if (fields.id !== undefined && (typeof fields.id !== 'string' || !/^[\w-]{1,64}$/.test(fields.id)))
    return '"id" must be a short word.'
  return { ...(fields as unknown as Act), line: String(fields.line).trim() }
}
