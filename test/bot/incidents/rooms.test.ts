/** The places of an incident: what is opened, furnished, edited, tried again and put away, and when. */
import { expect, test } from 'vitest'
import type { Effect } from '../../../bot/engine/reactions.ts'
import { chatOf, homesOf, linksOf, placesOf, teamChannelOn } from '../../../bot/incidents/places.ts'
import { cardReactions, involved } from '../../../bot/incidents/reactions.ts'
import type { Incident } from '../../../bot/incidents/state.ts'
import type { World } from '../../../bot/world.ts'
import { config, TEAM } from '../../support/team.ts'
import { DAY, START, worldOf } from './any.ts'
import { ACKED, CHAIN, declared, happened, PROM, RUNG, since, status } from './some.ts'

const SECOND = 1000

function shown(effect: Effect, now: number): string {
  const work = 'arm' in effect ? effect.arm : effect.disarm
  const { kind, chat, step, of } = work as { kind: string; chat?: string; step?: string; of?: string }
  const what = [kind, chat, step, of].filter(each => each !== undefined).join(' ')
  if (!('arm' in effect)) return `not ${what}`
  return effect.at === now ? what : `${what} +${(effect.at - now) / SECOND}s`
}

type Given = { readonly world?: World; readonly before?: Incident | undefined; readonly now?: number }
/** What follows from events that make `after` of `before`. */
function follows(after: Incident, events: readonly object[], given: Given = {}): readonly string[] {
  const { world = worldOf(config()), now = START } = given
  const moment = { world, before: given.before, after, happened: events.map(each => happened(each)), now }
  return cardReactions.flatMap(react => react(moment)).map(effect => shown(effect, now))
}
/** What follows from one more event. */
const after = (before: Incident, event: object, given: Given = {}) =>
  follows(since(before, [event]), [event], { before, ...given })

const without = (trait: string): World => {
  const world = worldOf(config())
  return {
    ...world,
    chats: world.chats.map(({ name, traits }) => ({ name, traits: { ...traits, [trait]: false } })),
  }
}

const DECLARED = { type: 'declared' }
const OPENED = { type: 'room_opened', chat: 'slack', channel: 'C1', name: '#x' }
const CARD = { type: 'card_posted', chat: 'slack', ref: { channel: 'C1', id: '1' }, shows: 2 }
const opened = (service: string | null = null) => since(declared({ service }), [CHAIN, RUNG, OPENED])

test('a declaration opens a channel on every chat that has them, and posts its card where none has', () => {
  expect(follows(declared(), [DECLARED])).toEqual(['room slack', 'room discord'])
  expect(follows(declared(), [DECLARED], { world: without('rooms') })).toEqual(['card slack', 'card discord'])
  const one = worldOf(config(`${TEAM}channels: [discord]\n`))
  expect(follows(declared(), [DECLARED], { world: one })).toEqual(['room discord'])
})

test('a channel that opens gets its card, topic, links, and everybody with a part in the incident', () => {
  const before = since(declared({ service: 'checkout' }), [CHAIN, RUNG])
  const all = [
    'card slack',
    'setup slack topic',
    'setup slack bookmark Runbook',
    'setup slack invite ben',
    'setup slack invite aiko',
  ]
  expect(after(before, OPENED)).toEqual(all)
  const lacks = (trait: string) => after(before, OPENED, { world: without(trait) })
  expect(lacks('topics')).toEqual(all.filter(each => !each.includes('topic')))
  expect(lacks('bookmarks')).toEqual(all.filter(each => !each.includes('bookmark')))
  expect(lacks('invites')).toEqual(all.filter(each => !each.includes('invite')))
  expect(after(since(declared({}, PROM), [CHAIN]), OPENED)).toEqual(['card slack', 'setup slack topic'])
  const unlinked = worldOf(config(TEAM.replace('slack: U0BEN, ', '')))
  expect(after(before, OPENED, { world: unlinked })).toEqual(all.filter(each => !each.includes('ben')))
})

test('what one chat can do is asked of no other', () => {
  const world = worldOf(config())
  const chats = world.chats.map(({ name, traits }) => ({
    name,
    traits: name === 'slack' ? { ...traits, invites: false, bookmarks: false } : traits,
  }))
  const before = since(declared({ service: 'checkout' }), [CHAIN])
  expect(after(before, OPENED, { world: { ...world, chats } })).toEqual(['card slack', 'setup slack topic'])
})

test('without a channel the card is posted all the same; once it is there it is pinned', () => {
  expect(after(declared(), { type: 'room_failed', chat: 'slack', why: 'x' })).toEqual(['card slack'])
  expect(after(opened(), { ...CARD, shows: 4 })).toEqual(['setup slack pin'])
  expect(after(opened(), CARD, { world: without('pins') })).toEqual(['card slack +1s'])
  expect(after(opened(), CARD)).toEqual(['setup slack pin', 'card slack +1s'])
  expect(after(declared(), { ...CARD, shows: 1 })).toEqual([])
  expect(after(opened(), { ...CARD, shows: 4 }, { world: worldOf(config(), ['discord']) })).toEqual([])
})

const failed = (step: string) => ({ type: 'setup_failed', chat: 'slack', step, why: 'x' })

test('what failed of the set-up is tried again, and nothing else', () => {
  const retried = (steps: readonly string[], more = {}) =>
    after(since(opened('checkout'), steps.map(failed)), { type: 'setup_retried', chat: 'slack', ...more })
  expect(retried(['card', 'topic', 'pin', 'bookmark:Run: book', 'invite:ben', 'invite:nobody'])).toEqual([
    'card slack',
    'setup slack topic',
    'setup slack pin',
    'setup slack bookmark Run: book',
    'setup slack invite ben',
  ])
  expect(retried([])).toEqual([])
  expect(retried(['topic'], { chat: 'discord' })).toEqual([])
  const none = since(declared(), [{ type: 'room_failed', chat: 'slack', why: 'x' }])
  expect(after(none, { type: 'setup_retried', chat: 'slack' })).toEqual(['room slack'])
})

test('whoever declared it, is called, has a duty or has it has a part in it, once, until they stand aside', () => {
  const all = since(declared(), [
    CHAIN,
    RUNG,
    { type: 'duty_taken', duty: 'scribe', person: 'chika' },
    { ...ACKED, by: 'diego' },
    { type: 'duty_taken', duty: 'commander', person: 'ben' },
  ])
  expect(involved(all)).toEqual(['ben', 'aiko', 'chika', 'diego'])
  expect(involved(since(all, [{ type: 'stood_aside', person: 'aiko' }]))).toEqual(['ben', 'chika', 'diego'])
  expect(involved(declared({}, PROM))).toEqual([])
})

test('who comes to have a part, and who joins, is invited where a channel is open', () => {
  const invited = (event: object, before = opened()) =>
    after(before, event).filter(each => each.includes('invite'))
  const duty = (person: string) => ({ type: 'duty_taken', duty: 'scribe', person })
  expect(invited(duty('chika'))).toEqual(['setup slack invite chika'])
  expect(invited(duty('aiko'))).toEqual([])
  expect(invited({ type: 'joined', person: 'diego', title: '' })).toEqual(['setup slack invite diego'])
  expect(invited({ type: 'update_posted', text: 'x', person: 'diego' })).toEqual([])
  expect(invited(duty('chika'), declared())).toEqual([])
  expect(
    invited(duty('chika'), since(opened(), [{ type: 'room_failed', chat: 'discord', why: 'x' }])),
  ).toEqual(['setup slack invite chika'])
  expect(follows(opened(), [{ type: 'joined', person: 'diego', title: '' }])).toEqual([])
})

const carded = () => since(opened(), [CARD])

test('the card is edited a second later, for all that it shows and nothing else', () => {
  const cards = (event: object, before = carded()) =>
    after(before, event).filter(each => each.startsWith('card'))
  expect(cards({ type: 'update_posted', text: 'x' })).toEqual(['card slack +1s'])
  expect(cards({ type: 'update_posted', text: 'x' }, opened())).toEqual([])
  const unseen = ['copy_failed', 'note_added', 'message_marked', 'history_ended', 'sources_asked']
  for (const type of unseen) expect(cards({ type, message: {}, from: null })).toEqual([])
  for (const type of [
    'evidence_found',
    'source_failed',
    'investigation_posted',
    'message_lost',
    'history_asked',
  ])
    expect(cards({ type, findings: [], message: {} })).toEqual([])
  expect(cards({ type: 'history_read', messages: [] })).toEqual([])
  expect(cards({ ...CARD, shows: 5 })).toEqual([])
  const both = [
    { type: 'note_added', text: 'x', from: null },
    { type: 'update_posted', text: 'x' },
  ]
  const before = carded()
  expect(follows(since(before, both), both, { before })).toEqual(['card slack +1s'])
})

test('the topic is set anew when the status, the severity, a duty or who has it changes', () => {
  const topics = (before: Incident, event: object) =>
    after(before, event).filter(each => each.includes('topic'))
  const anew = ['setup slack topic']
  expect(topics(opened(), status('detected', 'mitigated'))).toEqual(anew)
  expect(topics(opened(), { type: 'severity_changed', to: 'SEV2' })).toEqual(anew)
  expect(topics(opened(), ACKED)).toEqual(anew)
  expect(topics(since(opened(), [ACKED]), { type: 'unacknowledged' })).toEqual(anew)
  expect(topics(opened(), { type: 'duty_taken', duty: 'scribe', person: 'ben' })).toEqual(anew)
  expect(topics(opened(), { type: 'update_posted', text: 'x' })).toEqual([])
  expect(topics(declared(), ACKED)).toEqual([])
})

test('a channel is archived a week after nothing needs it, and kept when something does again', () => {
  const archived = (before: Incident, event: object) =>
    after(before, event).filter(each => each.includes('archive'))
  const later = [`archive slack +${(7 * DAY) / SECOND}s`]
  const closed = () => since(opened(), [status('detected', 'closed')])
  expect(archived(opened(), status('detected', 'closed'))).toEqual(later)
  expect(archived(opened(), status('detected', 'resolved'))).toEqual([])
  expect(archived(closed(), status('closed', 'investigating'))).toEqual(['not archive slack'])
  expect(archived(closed(), status('closed', 'postmortem'))).toEqual([])
  expect(archived(closed(), { type: 'postmortem_drafted' })).toEqual(['not archive slack'])
  const drafted = since(closed(), [{ type: 'postmortem_drafted' }])
  expect(archived(drafted, { type: 'postmortem_published', by: 'ben', sections: {} })).toEqual(later)
  expect(archived(drafted, { type: 'postmortem_waived', by: 'ben', why: 'x' })).toEqual(later)
  const unopened = since(declared(), [{ type: 'room_failed', chat: 'slack', why: 'x' }])
  expect(archived(unopened, status('detected', 'closed'))).toEqual([])
})

test('a bare name of a channel means that name on every chat, and one with its chat only that', () => {
  const world = worldOf(config())
  expect(placesOf(world, { name: '#queue' })).toEqual([
    { chat: 'slack', channel: '#queue' },
    { chat: 'discord', channel: '#queue' },
  ])
  expect(placesOf(world, { chat: 'discord', name: '#queue' })).toEqual([
    { chat: 'discord', channel: '#queue' },
  ])
  expect([teamChannelOn(world, 'discord'), teamChannelOn(world, 'console')]).toEqual([
    '#incidents',
    undefined,
  ])
})

test('incidents live on all chats, or on those that the configuration names', () => {
  const homes = (yaml: string) => homesOf(worldOf(config(yaml))).map(({ name }) => name)
  expect([homes(TEAM), homes(`${TEAM}channels: [discord]\n`)]).toEqual([['slack', 'discord'], ['discord']])
})

test('somebody is told on the first chat on which they are linked', () => {
  const world = worldOf(config(TEAM.replace('slack: U0BEN, ', '')))
  expect([chatOf(world, 'aiko'), chatOf(world, 'ben'), chatOf(world, 'zoe')]).toEqual([
    'slack',
    'discord',
    undefined,
  ])
})

test('the links of an incident are those of its service', () => {
  const links = (service: string | null) => linksOf(worldOf(config(`${TEAM}  search: {}\n`)), { service })
  expect([links('checkout'), links('search'), links('gone'), links(null)]).toEqual([
    { Runbook: 'https://wiki.example.com/checkout' },
    {},
    {},
    {},
  ])
})
