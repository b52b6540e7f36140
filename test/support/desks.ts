/**
 * A desk: one chat with the team's people at it, who type, press and read. The same words for every chat, so that one suite
 * runs on each: the console, Slack over Socket Mode, Slack over signed HTTP. Slack is the strict emulator on loopback.
 */
import { createConsole } from '../../adapters/console/chat.ts'
import { openConsoleLog } from '../../adapters/console/log.ts'
import { createDiscord } from '../../adapters/discord/discord.ts'
import { EVENTS, SCOPES } from '../../adapters/slack/manifest.ts'
import { createSlack } from '../../adapters/slack/slack.ts'
import { createTelemetry } from '../../adapters/telemetry/telemetry.ts'
import { type RawRoute, startServer, type WebServer } from '../../adapters/web/server.ts'
import type { Chat, ChatAnswer, ChatInput } from '../../bot/ports.ts'
import { COMMANDS } from '../../commands/index.ts'
import { type Discord, type Message as DiscordMessage, startDiscord } from '../emulators/discord/index.ts'
import {
  buttonsOf,
  type Slack,
  type Message as SlackMessage,
  startSlack,
  visibleText,
} from '../emulators/slack/index.ts'
import type { VirtualClock } from './clock.ts'
import { textOf } from './story.ts'

const ALL = ['console', 'slack socket', 'slack http', 'discord gateway', 'discord http'] as const
export type DeskName = (typeof ALL)[number]
/** Mutation testing asks for one only: `DESKS=console`. */
export const DESKS: readonly DeskName[] = ALL.filter(name => (process.env.DESKS ?? name).includes(name))

export type Desk = {
  readonly chat: Chat
  /** The process died: another adapter takes the place of the first. */
  renew(): Promise<void>
  /** Types a line in the team's channel; what only they see in answer, as text. */
  says(person: string, line: string): Promise<string>
  /** Types a line that opens a form, fills it in, sends it off; the answer, or the errors by field. */
  fills(person: string, line: string, values: Readonly<Record<string, string>>): Promise<string>
  /** A person's pages as they are now, oldest first, their buttons in brackets. */
  pages(person: string): readonly string[]
  /** Presses a button on their newest page. */
  press(person: string, label: string): Promise<string>
  /** The last delivery comes once more. */
  redeliver(): Promise<void>
  /** What is in the team's channel, and in the only incident's. */
  team(): readonly string[]
  room(): readonly string[]
  /** In the channel that SEV4 goes to. */
  queue(): readonly string[]
  /** Writes into the only incident's channel, or under what was written there; resolves to what the acts below name. */
  writes(person: string, words: string, under?: Written): Promise<Written>
  /** Puts a 📌 on it; resolves once that was answered. */
  reacts(person: string, written: Written): Promise<void>
  /** Pins it; the same. */
  pins(person: string, written: Written): Promise<void>
  /** Uses "Add to timeline" of its menu. */
  adds(person: string, written: Written): Promise<void>
  /** To be called once the app has started. */
  ready(): Promise<void>
  stop(): Promise<void>
  /** The labels of the declaration's form as this chat shows them. */
  readonly labels: { readonly title: string; readonly figures: string }
  /** What this chat cannot do, each with the reason. */
  readonly cannot: { readonly slip?: string; readonly formErrors?: string; readonly signs?: string }
  /** Everybody whom a message of Tocsin notified, by their id on this chat. */
  notified(): readonly string[]
  /** The rules of the emulator, where there is one, were kept. */
  expectNoViolations(): void
  /** The emulator, where there is one. */
  readonly slack?: Slack
  readonly discord?: Discord
}

/** A message that somebody wrote, by its place among all that were. */
export type Written = number

const IDS: Readonly<Record<string, string>> = {
  aiko: 'U0AIKO',
  ben: 'U0BEN',
  chika: 'U0CHIKA',
  diego: 'U0DIEGO',
}
/** As the test team has them. */
const DISCORD_IDS: Readonly<Record<string, string>> = {
  aiko: '100000000000000001',
  ben: '100000000000000002',
  chika: '100000000000000003',
  diego: '100000000000000004',
}
const FORM_LABELS = { title: 'What is broken?', figures: 'Figures, if known' }

export const startDesk = (name: DeskName, clock: VirtualClock): Promise<Desk> =>
  name === 'console'
    ? consoleDesk(clock)
    : name.startsWith('slack')
      ? slackDesk(clock, name === 'slack http')
      : discordDesk(clock, name === 'discord http')

async function consoleDesk(clock: VirtualClock): Promise<Desk> {
  const log = openConsoleLog(':memory:')
  const console = createConsole({ log, clock })
  let count = 0
  let last: ChatInput | undefined
  const texts = (channel: string) =>
    log
      .recent(channel, channel.slice(1), 1000)
      .map(entry => ('message' in entry.body ? textOf(entry.body.message) : entry.body.words))
  const give = async (input: Pick<ChatInput, 'line'> & Partial<ChatInput>, person: string) => {
    last = {
      chat: 'console',
      cause: `c-${++count}`,
      user: { id: person, name: person, kind: 'member' },
      channel: '#incidents',
      ...input,
    }
    return console.hooks().receive(last)
  }
  /** The one button of the console for it. */
  const mark = async (person: string, written: Written) => {
    const channel = log.byId(written)?.channel ?? '#'
    await give({ line: '/incident note', channel, mark: { channel, id: String(written) } }, person)
  }
  return {
    chat: console,
    renew: async () => undefined,
    says: async (person, line) => answerText(await give({ line }, person)),
    async fills(person, line, values) {
      const form = await give({ line }, person)
      if (form.kind !== 'form') throw new Error(`${line} opened no form`)
      const answer = await give({ line: form.form.command, values }, person)
      return answer.kind === 'errors' ? JSON.stringify(answer.errors) : answerText(answer)
    },
    pages: person => texts(`@${person}`),
    async press(person, label) {
      const page = log.recent(`@${person}`, person, 100).at(-1)
      const blocks = page && 'message' in page.body ? page.body.message.blocks : []
      const button = blocks
        .flatMap(block => (block.kind === 'buttons' ? block.buttons : []))
        .find(each => each.label === label)
      if (!button) throw new Error(`there is no ${label} on the page of ${person}`)
      return answerText(await give({ line: button.command, channel: `@${person}` }, person))
    },
    async redeliver() {
      if (last) await console.hooks().receive(last)
    },
    team: () => texts('#incidents'),
    queue: () => texts('#queue'),
    room: () => texts(log.channels().find(channel => channel.name.startsWith('#inc-'))?.name ?? '#'),
    async writes(person, words) {
      const channel = log.channels().find(each => each.name.startsWith('#inc-'))?.name ?? '#'
      return console.append({ channel, at: clock.now(), author: person, body: { words } }).id
    },
    reacts: mark,
    pins: mark,
    adds: mark,
    ready: async () => undefined,
    stop: async () => log.close(),
    labels: { title: 'title', figures: 'figures' },
    cannot: {},
    notified: () => log.channels().flatMap(({ name }) => (name.startsWith('@') ? [name.slice(1)] : [])),
    expectNoViolations: () => undefined,
  }
}

const answerText = (answer: ChatAnswer): string =>
  answer.kind === 'say' ? textOf(answer.message) : JSON.stringify(answer)

async function slackDesk(clock: VirtualClock, http: boolean): Promise<Desk> {
  // No more than the manifest asks for.
  const slack = await startSlack({ clock, scopes: Object.keys(SCOPES), events: EVENTS })
  for (const id of Object.values(IDS)) slack.users.add({ id })
  for (const name of ['incidents', 'queue']) slack.channels.add({ name, members: Object.values(IDS) })
  const telemetry = createTelemetry({ level: 'fatal', secrets: [] })
  const { botToken, appToken, signingSecret, apiUrl } = slack
  const build = () =>
    createSlack({
      botToken,
      apiUrl,
      clock,
      telemetry,
      ...(http ? { signingSecret } : { appToken }),
    })
  let chat = build()
  const server = http ? await serve('/slack/events', () => chat.requestListener) : undefined
  const user = (person: string) => slack.user(IDS[person] ?? person)
  const view = (message: SlackMessage) =>
    `${visibleText(message)} ${buttonsOf(message)
      .map(label => `[${label}]`)
      .join(' ')}`.trim()
  const pagesOf = (person: string) =>
    slack
      .seenBy(IDS[person] ?? person)
      .messages.filter(message => message.channel.startsWith('D') && !message.ephemeral_to)
  /** What only they see, newest last: answers to presses come by the response URL, a moment after the acknowledgement. */
  const whispers = (person: string) =>
    slack.seenBy(IDS[person] ?? person).messages.filter(message => message.ephemeral_to)
  const written: SlackMessage[] = []
  const messageOf = (each: Written): SlackMessage => {
    const found = written[each]
    if (!found) throw new Error(`nothing was written as number ${each}`)
    return found
  }
  const answered = async (person: string, act: () => Promise<unknown>) => {
    const before = whispers(person).length
    await act()
    await poll(() => whispers(person).length > before)
    return view(whispers(person).at(-1)!)
  }
  return {
    get chat() {
      return chat
    },
    async renew() {
      await chat.stop()
      chat = build()
    },
    slack,
    says: (person, line) => answered(person, () => user(person).slash(line, { channel: 'incidents' })),
    async fills(person, line, values) {
      await user(person).slash(line, { channel: 'incidents' })
      const modal = slack.seenBy(IDS[person] ?? person).modal
      if (!modal) throw new Error(`${line} opened no form`)
      const ack = await user(person).submit(modal, values)
      return ack.errors ? JSON.stringify(ack.errors) : ack.view ? visibleText(ack.view) : ''
    },
    pages: person => pagesOf(person).map(view),
    press: (person, label) => answered(person, () => user(person).click(pagesOf(person).at(-1)!, label)),
    async writes(person, words, under) {
      const thread = under === undefined ? {} : { thread: messageOf(under).ts }
      const room = slack.channels.all().find(channel => channel.name.startsWith('inc-'))
      return written.push(await user(person).say(words, { channel: room?.id ?? '', ...thread })) - 1
    },
    reacts: (person, each) => user(person).react(messageOf(each), 'pushpin'),
    pins: (person, each) => user(person).pin(messageOf(each)),
    adds: async (person, each) => void (await user(person).shortcut('timeline_add', messageOf(each))),
    redeliver: async () => void (await slack.redeliver()),
    team: () => slack.messages('incidents').map(view),
    queue: () => slack.messages('queue').map(view),
    room() {
      const room = slack.channels.all().find(channel => channel.name.startsWith('inc-'))
      return room ? slack.messages(room.name).map(view) : []
    },
    async ready() {
      if (server) slack.useHttp(`${server.url}/slack/events`)
      else {
        slack.useSocket()
        await slack.connected(2)
      }
    },
    async stop() {
      await server?.close()
      await slack.stop()
    },
    labels: FORM_LABELS,
    cannot: {},
    notified: () => slack.notifications().map(one => one.user),
    expectNoViolations: () => slack.expectNoViolations(),
  }
}

/** A person of the team by what the chat calls them. */
export const personOf = (user: string): string =>
  [...Object.entries(IDS), ...Object.entries(DISCORD_IDS)].find(([, id]) => id === user)?.[0] ?? user

async function discordDesk(clock: VirtualClock, http: boolean): Promise<Desk> {
  const discord = await startDiscord({ clock })
  for (const [name, id] of Object.entries(DISCORD_IDS)) discord.users.add({ id, name })
  for (const name of ['incidents', 'queue']) discord.channels.add({ name })
  const telemetry = createTelemetry({ level: 'fatal', secrets: [] })
  const { token, applicationId, guildId, publicKey, apiUrl } = discord
  const build = () =>
    createDiscord({
      token,
      applicationId,
      guildId,
      apiUrl,
      clock,
      telemetry,
      commands: COMMANDS,
      settings: () => ({ places: 'channel' }),
      ...(http ? { publicKey } : {}),
    })
  let chat = build()
  const server = http ? await serve('/discord/interactions', () => chat.requestListener) : undefined
  const idOf = (person: string) => DISCORD_IDS[person] ?? person
  const user = (person: string) => discord.user(idOf(person))
  const view = (message: DiscordMessage) =>
    `${discord.text(message)} ${discord
      .buttons(message)
      .map(label => `[${label}]`)
      .join(' ')}`.trim()
  const channel = { channel: 'incidents' }
  const typed = (person: string, line: string) =>
    user(person).slash(line, typedOptions(discord, line), channel)
  const written: DiscordMessage[] = []
  const messageOf = (each: Written): DiscordMessage => {
    const found = written[each]
    if (!found) throw new Error(`nothing was written as number ${each}`)
    return found
  }
  /** A sign is answered with a tick, or with a direct message. */
  const answeredOf = async (act: () => void) => {
    const answers = () =>
      discord.calls.filter(call => call.path.includes('/reactions/') || call.path === '/users/@me/channels')
        .length
    const before = answers()
    act()
    await poll(() => answers() > before)
  }
  const heard = ({ answer }: { readonly answer: DiscordMessage | undefined }) => (answer ? view(answer) : '')
  return {
    get chat() {
      return chat
    },
    async renew() {
      await chat.stop()
      chat = build()
    },
    discord,
    says: async (person, line) => heard(await typed(person, line)),
    async fills(person, line, values) {
      const { modal } = await typed(person, line)
      if (!modal) throw new Error(`${line} opened no form`)
      return heard(await user(person).submit(modal, values, channel))
    },
    pages: person => discord.seenBy(idOf(person)).direct.map(view),
    async press(person, label) {
      const page = discord.seenBy(idOf(person)).direct.at(-1)
      if (!page) throw new Error(`${person} has no page`)
      return heard(await user(person).click(page, label))
    },
    async writes(person, words, under) {
      const room = discord.channels.all().find(each => each.name.startsWith('inc-'))?.name ?? ''
      return (
        written.push(
          under === undefined
            ? discord.say(room, idOf(person), words)
            : discord.reply(messageOf(under), idOf(person), words),
        ) - 1
      )
    },
    reacts: (person, each) => answeredOf(() => user(person).react(messageOf(each), '📌')),
    pins: (person, each) => answeredOf(() => user(person).pin(messageOf(each))),
    async adds(person, each) {
      const message = messageOf(each)
      await user(person).menu('Add to timeline', { message }, { channel: message.channel_id })
    },
    redeliver: discord.redeliver,
    team: () => discord.messages('incidents').map(view),
    queue: () => discord.messages('queue').map(view),
    room() {
      const room = discord.channels.all().find(channel => channel.name.startsWith('inc-'))
      return room ? discord.messages(room.name).map(view) : []
    },
    async ready() {
      if (server) discord.useHttp(`${server.url}/discord/interactions`)
      else await discord.connected()
    },
    async stop() {
      await server?.close()
      await discord.stop()
    },
    labels: FORM_LABELS,
    cannot: {
      slip: 'Discord sends registered subcommands only, so that there is none to mistype',
      formErrors: 'a modal of Discord closes when it is sent: what was wrong is said, with the way back in',
      ...(http ? { signs: 'Discord sends reactions and pins over the gateway only' } : {}),
    },
    notified: () => discord.notifications().map(one => one.user),
    expectNoViolations: () => discord.expectNoViolations(),
  }
}

/** What a person would pick and type for a line: flags, the incident, then the words. */
function typedOptions(discord: Discord, line: string): Readonly<Record<string, string | boolean>> {
  const [group = '', name = '', ...words] = line.replace(/^\//, '').split(' ')
  const registered = discord.commands().find(each => each.name === group)
  const sub = ((registered?.options ?? []) as readonly Readonly<Record<string, unknown>>[]).find(
    each => each.name === name,
  )
  const known = (sub?.options ?? []) as readonly Readonly<Record<string, unknown>>[]
  const options: Record<string, string | boolean> = {}
  const rest: string[] = []
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? ''
    const named = known.find(each => word === `--${String(each.name)}`)
    if (named?.type === 5) options[String(named.name)] = true
    else if (named) options[String(named.name)] = words[++index] ?? ''
    else if (/^INC-\d+$/.test(word) && known.some(each => each.name === 'incident')) options.incident = word
    else rest.push(word)
  }
  // The words go to the options in their order; what is left over goes to the last one.
  const free = known.filter(
    each =>
      each.type === 3 &&
      !['incident', 'schedule'].includes(String(each.name)) &&
      !(String(each.name) in options),
  )
  const names = free.slice(0, group === 'oncall' ? Math.min(rest.length, free.length) : 1)
  names.forEach((each, index) => {
    const last = index === names.length - 1
    if (rest.length > 0) options[String(each.name)] = last ? rest.slice(index).join(' ') : (rest[index] ?? '')
  })
  return options
}

/** The one HTTP server with a chat's address on it; which adapter is behind it may change. */
const serve = (path: string, listener: () => RawRoute['handle'] | undefined): Promise<WebServer> =>
  startServer({
    host: '127.0.0.1',
    port: 0,
    routes: [],
    rawRoutes: [{ path, handle: (request, response) => listener()?.(request, response) }],
    telemetry: createTelemetry({ level: 'fatal', secrets: [] }),
  })

/** Real sockets answer in their own time. */
async function poll(done: () => boolean): Promise<void> {
  const giveUpAt = performance.now() + 3_000
  while (!done()) {
    if (performance.now() > giveUpAt) throw new Error('no answer within three seconds')
    await new Promise(resolve => setImmediate(resolve))
  }
}
