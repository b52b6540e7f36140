/** Anything that can be asked of an incident, by anybody and at any time: also what no command of a chat would let through. */
import fc from 'fast-check'
import type { Alert } from '../../../bot/alerts/types.ts'
import type { IncidentCommand } from '../../../bot/incidents/commands.ts'
import type { Actor, Judgement } from '../../../bot/incidents/events.ts'
import type { Said } from '../../../bot/ports.ts'
import { BLANK, EXPORTS } from '../../../bot/postmortem/document.ts'
import { SECTIONS } from '../../../bot/postmortem/template.ts'
import { DUTIES, SEVERITIES, STATUSES } from '../../../bot/words.ts'
import { anybody, anyWorld, CHATS, DAY, MINUTE, PEOPLE, START } from './any.ts'

const severity = fc.constantFrom(...SEVERITIES)

const judged: fc.Arbitrary<Judgement> = severity.map(each => ({
  severity: each,
  criterion: 'default',
  confidence: 1,
  reasons: ['it says so'],
}))

const alert: fc.Arbitrary<Alert> = fc.record({
  fingerprint: fc.constantFrom('a', 'b'),
  status: fc.constantFrom('firing' as const, 'resolved' as const),
  title: fc.constant('It is broken'),
  details: fc.constant(''),
  severity: fc.constant(null),
  service: fc.constant(null),
  group: fc.constant('g'),
  labels: fc.constant({}),
  startsAt: fc.constantFrom(null, START, START + MINUTE),
  endsAt: fc.constant(null),
  link: fc.constant(null),
})

export const declaration = fc.record({
  do: fc.constant('declare' as const),
  number: fc.constant(1),
  title: fc.constant('The site is down'),
  details: fc.constantFrom('', 'since noon'),
  service: fc.constantFrom(null, 'checkout'),
  judged,
  severity: fc.option(severity, { nil: null }),
  test: fc.boolean(),
  drill: fc.constant(false),
})

type By<D> = Extract<IncidentCommand, { do: D }>
const text = fc.constantFrom('', 'still looking', 'x'.repeat(4000))
const page = fc.integer({ min: 0, max: 9 })
const step = fc.integer({ min: 0, max: 4 })
const target = fc.constantFrom(...CHATS, 'sms', 'push')
const why = fc.constant('it said no')
const instant = fc.integer({ min: START, max: START + DAY })
const ref = fc.record({ channel: fc.constantFrom('C1', 'C2'), id: fc.constantFrom('1', '2', '3') })
const chat = fc.constantFrom(...CHATS)
const entry = fc.constantFrom('1', '3', '99')
const exportName = fc.constantFrom(...EXPORTS)
const message = fc.tuple(ref, chat).map(([each, where]) => ({ ...each, chat: where }))
const said: fc.Arbitrary<Said> = fc.record({
  ref,
  user: fc.constantFrom(undefined, 'slack-aiko'),
  author: fc.constant('Aiko'),
  own: fc.boolean(),
  text: fc.constantFrom(null, '', 'it began at noon'),
  at: instant,
  link: fc.constantFrom(undefined, 'https://chat.example/1'),
})

/** A command by its name, with anything in its fields. */
type Fields<D extends IncidentCommand['do']> = {
  readonly [K in keyof Omit<By<D>, 'do'>]: fc.Arbitrary<Omit<By<D>, 'do'>[K]>
}
const asks = <D extends IncidentCommand['do']>(name: D, fields: Fields<D>): fc.Arbitrary<IncidentCommand> =>
  fc.record({ do: fc.constant(name), ...fields }) as unknown as fc.Arbitrary<IncidentCommand>

const revision = fc.option(fc.integer({ min: 0, max: 2 }), { nil: null })
const sections = fc.constantFrom(
  Object.fromEntries(SECTIONS.map(each => [each, 'said'])),
  Object.fromEntries(SECTIONS.map(each => [each, BLANK])),
)

const byPerson: readonly fc.Arbitrary<IncidentCommand>[] = [
  asks('ack', { page: fc.option(page, { nil: null }) }),
  asks('unack', {}),
  asks('escalate', {}),
  asks('stand_aside', {}),
  asks('page', { people: fc.array(anybody, { maxLength: 3 }) }),
  asks('status', { to: fc.constantFrom(...STATUSES) }),
  asks('reopen', {}),
  asks('severity', { to: severity }),
  asks('duty', { duty: fc.constantFrom(...DUTIES), person: anybody }),
  asks('update', { text }),
  asks('note', { text }),
  asks('keep', { message, said: fc.option(said, { nil: null }) }),
  asks('read_history', {}),
  asks('join', { title: fc.constant('The same') }),
  asks('retry_setup', {}),
  asks('hide_entry', { entry, hidden: fc.boolean() }),
  asks('correct_entry', { entry, text }),
  asks('draft_postmortem', {}),
  asks('write_section', { section: fc.constantFrom(...SECTIONS), text, from: revision }),
  asks('review_postmortem', { seen: revision }),
  asks('publish_postmortem', { sections }),
  asks('give_postmortem', { to: anybody }),
  asks('waive_postmortem', { why }),
  asks('export_postmortem', {}),
]

const byTimer: readonly fc.Arbitrary<IncidentCommand>[] = [
  asks('rung_due', {}),
  asks('ack_lapses', {}),
  asks('postmortem_due', {}),
  asks('step_due', { page, step }),
  asks('window_over', { page }),
]

const byChat: readonly fc.Arbitrary<IncidentCommand>[] = [
  asks('page_sent', {
    ...{ page, step, target, ref: fc.option(ref, { nil: null }), acceptedAt: instant, linked: fc.boolean() },
  }),
  asks('page_failed', { page, step, target, why, final: fc.boolean() }),
  asks('page_held', { page, step, target, until: instant, why }),
  asks('page_delivered', { page, step, target, state: fc.constantFrom('delivered', 'read') }),
  asks('copy_failed', { page, chat, why }),
  asks('room_opened', { chat, channel: fc.constant('C1'), name: fc.constant('#inc-1') }),
  asks('room_failed', { chat, why }),
  asks('card_posted', { chat, ref, shows: fc.integer({ min: 1, max: 9 }) }),
  asks('setup_failed', { chat, step: fc.constantFrom('card', 'pin', 'invite:ben'), why }),
  asks('caught_up', { chat, until: fc.integer({ min: 1, max: 9 }) }),
  asks('post_failed', { chat, what: fc.constant('declared'), why }),
  asks('export_done', { to: exportName, edition: fc.integer({ min: 1, max: 3 }), ref: fc.constant('abc') }),
  asks('export_failed', { to: exportName, why, final: fc.boolean() }),
  asks('message_read', { message, said }),
  asks('message_lost', { message, why }),
  asks('history_page', {
    chat,
    page: fc.integer({ min: 1, max: 3 }),
    messages: fc.array(said, { maxLength: 3 }),
    next: fc.constantFrom(null, 'more'),
  }),
  asks('history_lost', { chat, why }),
]

const byAlert = asks('alert', { integration: fc.constant('prom'), alert, judged })

export type Asking = { readonly afterMs: number; readonly actor: Actor; readonly command: IncidentCommand }

const asking = (actor: fc.Arbitrary<Actor>, command: fc.Arbitrary<IncidentCommand>): fc.Arbitrary<Asking> =>
  fc.record({ afterMs: fc.constantFrom(0, 1000, MINUTE, 5 * MINUTE, DAY), actor, command })

/** One thing that is asked, so much later than the one before it. */
export const anyAsking: fc.Arbitrary<Asking> = fc.oneof(
  {
    weight: 5,
    arbitrary: asking(
      fc.constantFrom(...PEOPLE).map(who => ({ kind: 'person', person: who, via: 'slack' })),
      fc.oneof(...byPerson),
    ),
  },
  { weight: 3, arbitrary: asking(fc.constant({ kind: 'timer' }), fc.oneof(...byTimer)) },
  { weight: 3, arbitrary: asking(fc.constant({ kind: 'chat', chat: 'slack' }), fc.oneof(...byChat)) },
  { weight: 1, arbitrary: asking(fc.constant({ kind: 'alert', integration: 'prom' }), byAlert) },
)

/** A life: how it was declared, and what was asked of it. */
export const anyLife = fc.record({
  world: anyWorld,
  declared: declaration,
  asked: fc.array(anyAsking, { maxLength: 30 }),
})
