/**
 * What people and systems do, by the doors of the product: a line in a chat, a text, a press, an alert's delivery. What gets no
 * answer is delivered again, as the platforms do it: with the same id, so that it counts once.
 */
import { read } from '../../adapters/ingest/alertmanager.ts'
import type { App } from '../../bot/app.ts'
import type { ChatAnswer } from '../../bot/ports.ts'
import { addressOf } from './cast.ts'
import { incidentIn, type Seen } from './evidence.ts'
import type { Play } from './play.ts'
import { pressesOf } from './pub.ts'
import type { Stage } from './stage.ts'

export type ChatName = 'slack' | 'discord'
export type AlertWord = {
  readonly group: string
  readonly status: 'firing' | 'resolved'
  readonly startsAt: number
  readonly label: string
  readonly service: string
}
export type Acts = {
  types(who: string, line: string, chat: ChatName, cause?: string): Promise<string>
  texts(who: string, words: string, about: string | undefined): Promise<string>
  presses(who: string, page: Seen, what: 'ack' | 'escalate'): Promise<string>
  fires(alert: AlertWord): Promise<void>
}

/** A platform tries again so soon, and so often. */
const AGAIN_MS = [1_000, 60_000, 300_000]

type Answer = { readonly words: string; readonly presses: readonly string[] }
const answerOf = (answer: ChatAnswer): Answer =>
  answer.kind === 'say'
    ? { words: answer.message.summary, presses: pressesOf(answer.message) }
    : { words: JSON.stringify(answer), presses: [] }
const plainly = (words: string): Answer => ({ words, presses: [] })

export function createActs(stage: Stage, play: () => Play): Acts {
  /**
   * Undefined when no process is there, or when it dies, stands still or fails over it. What reaches one that stands still is done
   * when it goes on, and nobody hears its answer.
   */
  async function ask<T>(work: (app: App) => Promise<T>): Promise<T | undefined> {
    const running = play().running
    if (!running || running.line.dead) return undefined
    const { line, app } = running
    const ready = () => work(app).catch(() => undefined)
    if (line.still) {
      void line.awake().then(ready)
      return undefined
    }
    stage.pulse.busy += 1
    const found = await Promise.race([ready(), line.lost().then(() => undefined)])
    stage.pulse.busy -= 1
    return found
  }

  type Doing = {
    readonly cause: string
    readonly who: string
    readonly line: string
    readonly about?: string | undefined
  }

  async function deliver(
    doing: Doing,
    work: (app: App) => Promise<Answer>,
    from = stage.now(),
    tries = 0,
  ): Promise<string> {
    const answer = await ask(work)
    const { cause, who, line } = doing
    const { words, presses } = answer ?? plainly('')
    const incident = doing.about ?? incidentIn(line) ?? incidentIn(words)
    stage.said.push({ cause, from, at: stage.now(), who, line, incident, words, presses })
    stage.tell(who, `${line} -> ${words || '(no answer)'}`)
    const wait = AGAIN_MS[tries]
    if (answer === undefined && wait !== undefined)
      stage.agenda.add(stage.now() + wait, () => deliver(doing, work, from, tries + 1))
    return words
  }

  return {
    types(who, line, chat, cause = stage.fresh()) {
      const user = { id: addressOf(who, chat), name: who, kind: 'member' as const }
      return deliver({ cause, who, line }, async app =>
        answerOf(await app.receive({ chat, cause, user, channel: '#incidents', line })),
      )
    },
    texts(who, words, about) {
      const cause = stage.fresh()
      return deliver({ cause, who, line: `sms: ${words}`, about }, async app =>
        plainly((await app.replies.text(addressOf(who, 'sms'), words, cause)) ?? 'nothing is answered'),
      )
    },
    presses(who, page, what) {
      const cause = stage.fresh()
      const { token = '' } = page.reply ?? {}
      const about = incidentIn(page.first)
      const way = page.by as 'voice'
      return deliver({ cause, who, line: `press ${what} by ${way}`, about }, async app =>
        plainly(await app.replies.press(token, what, way, cause)),
      )
    },
    async fires(alert) {
      await send(alert, 0)
    },
  }

  async function send(alert: AlertWord, tries: number): Promise<void> {
    const { group, status, startsAt, label, service } = alert
    const ingested = read(payloadOf(alert), { now: stage.clock.now(), header: () => undefined, mapping: {} })
    const taken = await ask(async app => {
      const prom = app.worlds.current().config.integrations.prom
      return prom && ingested ? app.intake(prom, { alerts: [], changes: [], ...ingested }) : undefined
    })
    stage.delivered.push({ at: stage.now(), group, status, startsAt, label, incidents: taken?.incidents })
    stage.tell(
      'alerts',
      `${group} (${service}) ${status} as ${label} -> ${taken ? taken.incidents.join() || 'noted' : '(no answer)'}`,
    )
    if (taken === undefined && tries < 5) stage.agenda.add(stage.now() + 10_000, () => send(alert, tries + 1))
  }
}

const payloadOf = ({ group, status, startsAt, label, service }: AlertWord) => ({
  version: '4',
  groupKey: group,
  alerts: [
    {
      status,
      labels: { alertname: group, severity: label, service },
      annotations: { summary: `${group} is not as it should be` },
      startsAt: new Date(startsAt).toISOString(),
      ...(status === 'resolved' ? { endsAt: new Date(startsAt + 1).toISOString() } : {}),
      fingerprint: group,
    },
  ],
})
