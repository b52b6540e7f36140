/**
 * A desk: one chat with the team's people at it, who type, press and read. The same words for every chat, so that one suite
 * runs on each: the console, Slack over Socket Mode, Slack over signed HTTP. Slack is the strict emulator on loopback.
 */
import { createConsole } from '../../adapters/console/chat.ts'
import { openConsoleLog } from '../../adapters/console/log.ts'
import { createSlack } from '../../adapters/slack/slack.ts'
import { createTelemetry } from '../../adapters/telemetry/telemetry.ts'
import { startServer, type WebServer } from '../../adapters/web/server.ts'
import type { Chat, ChatAnswer, ChatInput } from '../../bot/ports.ts'
import {
  buttonsOf,
  type Slack,
  type Message as SlackMessage,
  startSlack,
  visibleText,
} from '../emulators/slack/index.ts'
import type { VirtualClock } from './clock.ts'
import { textOf } from './story.ts'

export const DESKS = ['console', 'slack socket', 'slack http'] as const
export type DeskName = (typeof DESKS)[number]

export type Desk = {
  readonly chat: Chat
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
  /** To be called once the app has started. */
  ready(): Promise<void>
  stop(): Promise<void>
  /** The emulator, where there is one. */
  readonly slack?: Slack
}

const IDS: Readonly<Record<string, string>> = {
  aiko: 'U0AIKO',
  ben: 'U0BEN',
  chika: 'U0CHIKA',
  diego: 'U0DIEGO',
}

export const startDesk = (name: DeskName, clock: VirtualClock): Promise<Desk> =>
  name === 'console' ? consoleDesk(clock) : slackDesk(clock, name === 'slack http')

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
  return {
    chat: console,
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
    room: () => texts(log.channels().find(channel => channel.name.startsWith('#inc-'))?.name ?? '#'),
    ready: async () => undefined,
    stop: async () => log.close(),
  }
}

const answerText = (answer: ChatAnswer): string =>
  answer.kind === 'say' ? textOf(answer.message) : JSON.stringify(answer)

async function slackDesk(clock: VirtualClock, http: boolean): Promise<Desk> {
  const slack = await startSlack({ clock })
  for (const id of Object.values(IDS)) slack.users.add({ id })
  for (const name of ['incidents', 'queue']) slack.channels.add({ name, members: Object.values(IDS) })
  const telemetry = createTelemetry({ level: 'fatal', secrets: [] })
  const { botToken, appToken, signingSecret, apiUrl } = slack
  const chat = createSlack({
    botToken,
    apiUrl,
    clock,
    telemetry,
    ...(http ? { signingSecret } : { appToken }),
  })
  const server: WebServer | undefined =
    chat.requestListener &&
    (await startServer({
      host: '127.0.0.1',
      port: 0,
      routes: [],
      rawRoutes: [{ path: '/slack/events', handle: chat.requestListener }],
      telemetry,
    }))
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
  const answered = async (person: string, act: () => Promise<unknown>) => {
    const before = whispers(person).length
    await act()
    await poll(() => whispers(person).length > before)
    return view(whispers(person).at(-1)!)
  }
  return {
    chat,
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
    redeliver: async () => void (await slack.redeliver()),
    team: () => slack.messages('incidents').map(view),
    room: () =>
      slack
        .messages(slack.channels.all().find(channel => channel.name.startsWith('inc-'))?.name ?? '')
        .map(view),
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
  }
}

/** Real sockets answer in their own time. */
async function poll(done: () => boolean): Promise<void> {
  const giveUpAt = performance.now() + 3_000
  while (!done()) {
    if (performance.now() > giveUpAt) throw new Error('no answer within three seconds')
    await new Promise(resolve => setImmediate(resolve))
  }
}
