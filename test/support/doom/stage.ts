/**
 * A stage for a process that is killed: the emulators, which outlive it, and one process after the other between them. What
 * people saw is read from the emulators, and nothing else is asked.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Where } from '../../../adapters/sql/open.ts'
import { type Discord, startDiscord } from '../../emulators/discord/index.ts'
import { buttonsOf, type Slack, startSlack, visibleText } from '../../emulators/slack/index.ts'
import { startNtfy } from '../../emulators/ways/ntfy.ts'
import type { Circumstances, Told } from './application.ts'
import type { Doom } from './doom.ts'

const IDS = {
  sana: 'U0SANA',
  omar: 'U0OMAR',
  dima: '100000000000000001',
} as const
type OnSlack = 'sana' | 'omar'

/** Each is reached by one way alone: a page is one message, and who sends it is known. */
const YAML = `
team: { name: Test team, timezone: Etc/UTC, channel: "#incidents" }
people:
  sana: { name: Sana Ito, slack: ${IDS.sana} }
  omar: { name: Omar Haddad, slack: ${IDS.omar} }
  dima: { name: Dima Orlov, discord: "${IDS.dima}" }
  pia: { name: Pia Lund, ntfy: pia-pages, notify: [ { after: 0s, by: push } ] }
roles:
  on_slack: { people: [sana] }
  on_discord: { people: [dima] }
  on_push: { people: [pia] }
  behind: { people: [omar] }
  oncall_primary: { people: [sana] }
  oncall_secondary: { people: [omar] }
  manager: { people: [omar] }
  director: { people: [omar] }
  team_queue: { channel: "#incidents" }
services:
  slack: { escalation: { SEV1: [ { page: on_slack } ] } }
  discord: { escalation: { SEV1: [ { page: on_discord } ] } }
  push: { escalation: { SEV1: [ { page: on_push } ] } }
  ladder: { escalation: { SEV1: [ { page: on_slack }, { after: 2s, page: behind } ] } }
severities: { SEV1: { respond_within: 1h, repeat: 0 } }
integrations:
  own: { source: generic, token: own-token-0123456789a, severities: { worst: SEV1 } }
`

export type Stage = {
  readonly slack: Slack
  readonly discord: Discord
  /** A process lives; another begins when there is none. */
  up(): Promise<void>
  /** The process that lives dies there. */
  doom(where: Doom): Promise<void>
  /** A process begins that dies there, and has died when this resolves. */
  upTo(where: Doom): Promise<void>
  /** Resolves when an event of this type has been written to this incident. */
  written(type: string, incident: string): Promise<void>
  /** Resolves when it has been killed. */
  died(): Promise<void>
  /** It ends as it should. */
  down(): Promise<void>
  /** So much time passes while no process lives. */
  later(ms: number): void
  /** A system sends an alert about a service; the incident that it hears of, or 'no answer'. */
  alert(title: string, service: string): Promise<string>
  /** What a person has as pages about something, as text with its buttons. */
  pages(person: OnSlack | 'dima' | 'pia', about: string): readonly string[]
  /** Presses a button on the page about something. */
  press(person: OnSlack | 'dima', about: string, label: string): Promise<void>
  /** What was said about something in the team's channel, on each chat. */
  said(about: string): { readonly slack: readonly string[]; readonly discord: readonly string[] }
  close(): Promise<void>
}

export async function openStage(program: string, where: Where): Promise<Stage> {
  let aheadMs = 0
  const clock = { now: () => Date.now() + aheadMs }
  const [slack, discord, ntfy] = await Promise.all([
    startSlack({ clock }),
    startDiscord({ clock }),
    startNtfy(),
  ])
  slack.useSocket()
  for (const id of [IDS.sana, IDS.omar]) slack.users.add({ id })
  slack.channels.add({ name: 'incidents', members: [IDS.sana, IDS.omar] })
  discord.users.add({ id: IDS.dima, name: 'dima' })
  discord.channels.add({ name: 'incidents' })

  let child: ChildProcess | undefined
  let url = ''
  const written = new Set<string>()

  function spawned(doom?: Doom): ChildProcess {
    const circumstances: Circumstances = {
      where,
      yaml: YAML,
      aheadMs,
      slack: { botToken: slack.botToken, appToken: slack.appToken, apiUrl: slack.apiUrl },
      discord: {
        token: discord.token,
        applicationId: discord.applicationId,
        guildId: discord.guildId,
        apiUrl: discord.apiUrl,
      },
      ntfyUrl: ntfy.url,
      ...(doom ? { doom } : {}),
    }
    const born = spawn(process.execPath, [program], {
      env: {
        CIRCUMSTANCES: JSON.stringify(circumstances),
        NODE_COMPILE_CACHE: join(dirname(program), 'cache'),
      },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    born.on('message', (told: Told) => {
      if ('committed' in told) for (const each of told.committed) written.add(each)
      if ('url' in told) url = told.url
    })
    child = born
    return born
  }

  async function up(): Promise<void> {
    if (child) return
    url = ''
    const born = spawned()
    await until(() => url !== '' || born.exitCode !== null || born.signalCode !== null)
    if (url === '') throw new Error('the process ended before it was ready')
    await Promise.all([slack.connected(2), discord.connected()])
  }

  const living = (): ChildProcess => {
    if (!child) throw new Error('no process lives')
    return child
  }
  async function ended(): Promise<NodeJS.Signals | null> {
    const one = living()
    if (one.exitCode === null && one.signalCode === null) await once(one, 'exit')
    child = undefined
    return one.signalCode
  }

  async function died(): Promise<void> {
    const signal = await ended()
    if (signal !== 'SIGKILL') throw new Error(`the process ended by ${signal}`)
  }

  const direct = (person: OnSlack) =>
    slack.seenBy(IDS[person]).messages.filter(one => one.channel.startsWith('D') && !one.ephemeral_to)

  return {
    slack,
    discord,
    up,
    async doom(where) {
      living().send(where)
      await once(living(), 'message')
    },
    async upTo(where) {
      spawned(where)
      await died()
    },
    written: (type, incident) => until(() => written.has(`${type} ${incident}`)),
    died,
    async down() {
      living().kill('SIGTERM')
      await ended()
    },
    later(ms) {
      if (child) throw new Error('a process lives')
      aheadMs += ms
    },
    async alert(title, service) {
      const body = JSON.stringify({ title, service, severity: 'worst', id: title })
      const answer = await fetch(`${url}/ingest/generic/own-token-0123456789a`, {
        method: 'POST',
        body,
      }).catch(() => undefined)
      if (!answer) return 'no answer'
      const { incidents = [] } = (await answer.json()) as { readonly incidents?: readonly string[] }
      return answer.status === 200 ? incidents.join() : `HTTP ${answer.status}`
    },
    pages(person, about) {
      if (person === 'pia')
        return ntfy
          .on('pia-pages')
          .filter(one => one.title.includes(about))
          .map(one => one.title)
      const all =
        person === 'dima'
          ? discord
              .seenBy(IDS.dima)
              .direct.map(one => `${discord.text(one)} ${discord.buttons(one).join(' ')}`)
          : direct(person).map(one => `${visibleText(one)} ${buttonsOf(one).join(' ')}`)
      return all.filter(text => text.includes(about))
    },
    async press(person, about, label) {
      if (person === 'dima') {
        const page = discord.seenBy(IDS.dima).direct.find(one => discord.text(one).includes(about))
        if (page) await discord.user(IDS.dima).click(page, label)
      } else {
        const page = direct(person).find(one => visibleText(one).includes(about))
        if (page) await slack.user(IDS[person]).click(page, label)
      }
    },
    said: about => ({
      slack: slack
        .messages('incidents')
        .map(visibleText)
        .filter(text => text.includes(about)),
      discord: discord
        .messages('incidents')
        .map(one => discord.text(one))
        .filter(text => text.includes(about)),
    }),
    async close() {
      child?.kill('SIGKILL')
      if (child) await ended()
      slack.expectNoViolations()
      discord.expectNoViolations()
      await Promise.all([slack.stop(), discord.stop(), ntfy.stop()])
    },
  }
}

/** Real processes take their time. */
async function until(done: () => boolean): Promise<void> {
  const giveUpAt = performance.now() + 20_000
  while (!done()) {
    if (performance.now() > giveUpAt) throw new Error('it did not come within twenty seconds')
    await sleep(10)
  }
}
