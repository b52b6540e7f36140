/**
 * One seeded life of two days: incidents, people who answer and people who do not, bad weather, crashes at any await, outages.
 * Afterwards the weather clears, nobody does anything for half a day, and the checker looks at what people saw.
 */

import { openSqlite } from '../../adapters/sql/sqlite.ts'
import { createTelemetry } from '../../adapters/telemetry/telemetry.ts'
import { type App, createApp } from '../../bot/app.ts'
import type { Config } from '../../bot/config/types.ts'
import type { ChatAnswer } from '../../bot/ports.ts'
import { dispatch } from '../../commands/dispatch.ts'
import { countedIds, VirtualClock } from '../support/clock.ts'
import { testSigner } from '../support/signer.ts'
import { checkHistories } from '../support/story.ts'
import { chance } from './chance.ts'
import { check, type Life, type Said } from './check.ts'
import { lifeline, mortal } from './mortal.ts'
import { openPub, type Seen } from './pub.ts'
import { simulated } from './team.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const START = Date.parse('2026-03-27T22:00:00Z')
const PEOPLE = ['aiko', 'ben', 'chika', 'diego'] as const
const TITLES = [
  'The whole site is down for everyone',
  'All customer orders were deleted, data loss',
  'Checkout fails for most users',
  'Search is slow for some users',
  'A typo on the help page',
] as const

type Act = { readonly at: number; readonly who: string; readonly line: string; readonly chat: 0 | 1 }

export type Outcome = {
  readonly seed: number
  readonly violations: readonly string[]
  readonly story: readonly string[]
  readonly steps: number
}

export async function live(seed: number, config: Config = simulated): Promise<Outcome> {
  const luck = chance(seed)
  const clock = new VirtualClock(START)
  const store = await openSqlite(':memory:')
  const ids = countedIds(`s${seed}`)
  const telemetry = createTelemetry({ level: 'fatal', secrets: [] })
  const pubs = [openPub('slack', clock, luck), openPub('discord', clock, luck)] as const
  const story: string[] = []
  const said: Said[] = []
  const outages: { from: number; to: number }[] = []
  const acts: Act[] = []
  const errors: string[] = []
  let steps = 0
  const tell = (words: string) => story.push(`${new Date(clock.now()).toISOString().slice(5, 19)} ${words}`)
  const plan = (after: number, who: string, line: string, chat: 0 | 1 = 0) => {
    acts.push({ at: clock.now() + after, who, line, chat })
    acts.sort((a, b) => a.at - b.at)
  }

  pubs.forEach((pub, index) =>
    pub.onMessage(seen => {
      tell(`${pub.chat.name} ${seen.where}: ${seen.text.slice(0, 110)}`)
      answerPage(seen, index as 0 | 1)
    }),
  )

  /** Somebody was called: they take it, pass it on, press twice, or sleep. */
  function answerPage(seen: Seen, chat: 0 | 1): void {
    const incident = /INC-\d+/.exec(seen.text)?.[0]
    if (!seen.where.startsWith('@') || !incident || !seen.text.includes('[Ack]') || quiet) return
    const who = nameOf(seen.where.slice(1))
    const delay = luck.wait(4 * MINUTE)
    const dice = luck.next()
    if (dice < 0.35) plan(delay, who, `/incident ack ${incident}`, chat)
    else if (dice < 0.4) {
      plan(delay, who, `/incident ack ${incident}`, 0)
      plan(delay, who, `/incident ack ${incident}`, 1)
    } else if (dice < 0.46) plan(delay, who, `/incident notme ${incident}`, chat)
    else if (dice < 0.52) plan(delay, who, `/incident escalate ${incident}`, chat)
  }
  const nameOf = (user: string) =>
    Object.values(config.people).find(each => Object.values(each.identities).includes(user))?.id ?? user

  async function begin() {
    const line = lifeline()
    const app = await createApp({
      config,
      store: mortal(store, line),
      chats: pubs.map(pub => mortal(pub.chat, line)),
      pagers: [],
      signer: testSigner,
      clock,
      ids,
      telemetry,
      dispatch,
    })
    await app.start()
    return { app, line }
  }

  let quiet = false
  let now = await begin()
  const alive = async <T>(work: (app: App) => Promise<T>): Promise<T | undefined> =>
    Promise.race([work(now.app), now.line.died.then(() => undefined)])

  async function rise(): Promise<void> {
    const pause = luck.happens(0.5) ? luck.upTo(30_000) : luck.upTo(HOUR)
    outages.push({ from: clock.now(), to: clock.now() + pause })
    tell(`--- dead for ${Math.round(pause / 1000)} s`)
    clock.moveTo(clock.now() + pause)
    await store.dropLeases()
    now = await begin()
    tell('--- up again')
  }

  async function perform({ who, line, chat }: Act): Promise<void> {
    const user = config.people[who]?.identities[chat === 0 ? 'slack' : 'discord'] ?? ''
    const cause = ids.fresh()
    const input = {
      chat: chat === 0 ? 'slack' : 'discord',
      cause,
      user: { id: user, name: who, kind: 'member' as const },
      channel: '#incidents',
      line,
    }
    const from = clock.now()
    let answer = await alive(app => app.receive(input))
    // The platform redelivers what was not answered.
    for (let again = 0; answer === undefined && again < 5; again++) {
      await rise()
      answer = await alive(app => app.receive(input))
    }
    if (answer === undefined) return
    const words = wordsOf(answer)
    tell(`${who}: ${line} -> ${words.slice(0, 120)}`)
    said.push({ from, at: clock.now(), who, line, words })
  }

  async function settle(): Promise<void> {
    steps += 1
    await alive(app => app.clockwork.tick())
    if (now.line.dead) {
      await rise()
      await settle()
    }
  }

  /** Everything until then, in the order in which it comes. */
  async function until(target: number): Promise<void> {
    for (;;) {
      await settle()
      const due = await store.nextDueAt(clock.now())
      const next = Math.min(due ?? Number.POSITIVE_INFINITY, acts[0]?.at ?? Number.POSITIVE_INFINITY)
      if (next > target) break
      clock.moveTo(Math.max(next, clock.now()))
      while (acts[0] && acts[0].at <= clock.now()) await perform(acts.shift()!)
    }
    if (target > clock.now()) clock.moveTo(target)
  }

  const end = START + 48 * HOUR
  while (clock.now() < end) {
    await until(Math.min(end, clock.now() + luck.wait(40 * MINUTE)))
    const open = await store.incidents({ open: true, limit: 50 })
    const someone = luck.pick(PEOPLE)
    const one = open.length > 0 ? luck.pick(open).id : undefined
    const dice = luck.next()
    if (dice < 0.4 && open.length < 6) {
      const how = luck.happens(0.3) ? ` --severity ${luck.pick(['SEV1', 'SEV2', 'SEV3'])}` : ''
      plan(0, someone, `/incident declare ${luck.pick(TITLES)} ${luck.upTo(1e6)}${how}`)
    } else if (dice < 0.5) pubs[luck.upTo(2)]?.weather(luck.pick([0, 0, 0.1, 0.5, 0.9]))
    else if (dice < 0.58) now.line.dieIn(1 + luck.upTo(12), luck.happens(0.5))
    else if (one) {
      const lines = [
        'resolve',
        'close',
        'unack',
        'reopen',
        'severity SEV1',
        'severity SEV3',
        'update going on',
        'ack',
        'resolve',
        'close',
      ]
      const line = luck.pick(lines)
      const [verb = '', ...rest] = line.split(' ')
      plan(0, someone, `/incident ${verb} ${one} ${rest.join(' ')}`.trim())
    }
  }
  for (const pub of pubs) pub.weather(0)
  quiet = true
  acts.length = 0
  tell('--- the weather clears, nobody does anything')
  await until(end + 12 * HOUR)
  await settle()
  if (now.line.dead) now = await begin()
  await checkHistories(store, now.app).catch((error: Error) => errors.push(error.message))
  const summaries = await store.incidents({ limit: 1000 })
  await store.close()
  const life: Life = { config, said, outages, seen: pubs.flatMap(pub => pub.seen), summaries, end }
  return { seed, violations: [...errors, ...check(life)], story, steps }
}

const wordsOf = (answer: ChatAnswer): string =>
  answer.kind === 'say' ? answer.message.summary : JSON.stringify(answer)
