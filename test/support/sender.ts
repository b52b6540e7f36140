/**
 * One delivery at a time, on a chat that writes down what it is told: what left, what is recorded of it, and when it is tried again.
 * A timer is given as it would be claimed; whatever happens to its incident happens for real.
 */

import type { Config } from '../../bot/config/types.ts'
import { createDeliver } from '../../bot/engine/deliver.ts'
import type { Ask } from '../../bot/engine/handle.ts'
import { arm, type Work } from '../../bot/engine/timers.ts'
import type { Message } from '../../bot/message.ts'
import type { Chat, OpenSource, Pager, PageText, Timer, Tracker } from '../../bot/ports.ts'
import { type Process, type Processes, processes } from './processes.ts'
import { testSigner } from './signer.ts'
import { config as team } from './team.ts'

type Answer = (...args: readonly never[]) => unknown

export type Sent = { readonly said: readonly unknown[]; readonly recorded: readonly unknown[] }

export type Sender = Omit<Processes, 'store'> &
  Process & {
    readonly chat: Chat
    close(): Promise<void>
    /** The next call of this verb is answered so; a failure that it throws is the chat's. */
    answers(verb: string, answer: Answer): void
    /** What the chat, the pager and the tracker heard, and `[outcome, command, actor]` of what was written. */
    send(work: Work, timer?: Partial<Timer>): Promise<Sent>
    /** What was posted or edited last, whole. */
    message(): Message | undefined
    pageText(): PageText | undefined
  }

type How = { readonly config: Config; readonly paceMs: number; readonly source: OpenSource }

export async function sender({ config = team(), paceMs = 1000, source }: Partial<How> = {}): Promise<Sender> {
  const all = await processes()
  let said: unknown[] = []
  let [message, text]: [Message?, PageText?] = []
  const prepared = new Map<string, Answer[]>()
  const hear =
    (verb: string, otherwise: unknown) =>
    async (...args: readonly unknown[]): Promise<unknown> => {
      said.push([verb, ...args.map(shown)])
      message = args.find(isMessage) ?? message
      text = args.find(isText) ?? text
      const answer = prepared.get(verb)?.shift()
      return answer ? answer(...(args as never[])) : otherwise
    }
  const ref = { channel: 'C1', id: '1.1' }
  const verbs = {
    ...{
      post: ref,
      edit: undefined,
      find: undefined,
      read: undefined,
      setTopic: undefined,
      invite: undefined,
    },
    ...{ pin: undefined, bookmark: undefined, archive: undefined, keepGroup: undefined },
    ...{ history: { messages: [], next: null }, openRoom: { channel: 'C9', name: 'room' } },
  }
  const chat = {
    ...Object.fromEntries(Object.entries(verbs).map(([verb, otherwise]) => [verb, hear(verb, otherwise)])),
    name: 'slack',
    traits: {
      ...{ rooms: true, topics: true, pins: true, bookmarks: true, invites: true },
      ...{ reaches: 'people', pictures: 'png', paceMs },
    },
  } as unknown as Chat
  const pager: Pager = { way: 'sms', page: hear('page', { id: 'm1' }) as Pager['page'] }
  const issue = { number: 7, url: 'https://t/7', title: 't', closed: false, updatedAt: 1 }
  const tracker = Object.fromEntries(
    Object.entries({ open: issue, find: undefined, change: issue, changed: [issue] }).map(
      ([verb, otherwise]) => [verb, hear(`tracker.${verb}`, otherwise)],
    ),
  ) as unknown as Tracker
  const one = all.open({ config, chats: [chat], pagers: [pager] })
  let recorded: unknown[] = []
  const deliver = createDeliver({
    ...(source && { source }),
    ...{ chats: [chat], pagers: [pager], tracker, signer: testSigner, clock: all.clock },
    telemetry: one.telemetry,
    store: {
      ...one.store,
      settle: async settles => {
        recorded.push(...settles.map(({ outcome }) => [outcome]))
        return one.store.settle(settles)
      },
    },
    engine: {
      ...one.engine,
      handle(asks: readonly Ask[]) {
        for (const { settle, command, actor, trace } of asks)
          recorded.push([settle?.outcome, command, actor, ...(trace ? [trace] : [])])
        return one.engine.handle(asks)
      },
    },
  })
  return {
    ...all,
    ...one,
    chat,
    close: () => all.store.close(),
    message: () => message,
    pageText: () => text,
    answers: (verb, answer) => void prepared.set(verb, [...(prepared.get(verb) ?? []), answer]),
    async send(work, timer = {}) {
      said = []
      recorded = []
      const { lane = null, ...armed } = arm('INC-1', work, all.clock.now(), '#incidents')
      const claimed = { revision: 1, generation: 1, attempts: 1, doubt: false }
      const first = { firstAttemptAt: all.clock.now(), lastAttemptAt: null }
      await deliver({ ...armed, lane, ...claimed, ...first, ...timer }, all.clock.now() + 15_000)
      return { said, recorded }
    },
  }
}

const isMessage = (value: unknown): value is Message =>
  typeof value === 'object' && value !== null && 'summary' in value && 'tone' in value
const isText = (value: unknown): value is PageText =>
  typeof value === 'object' && value !== null && 'spoken' in value
const shown = (value: unknown): unknown =>
  isMessage(value) ? value.summary : isText(value) ? value.summary : value
