/** Who is signed in to the web pages (S26): a link opens one browser once, for five minutes; a session ends, and is forgotten. */
import { expect, test } from 'vitest'
import { happen } from '../../../bot/incidents/fold.ts'
import type { Signer } from '../../../bot/ports.ts'
import { Refusal } from '../../../bot/refusal.ts'
import {
  incidentPath,
  openLink,
  pageLink,
  postmortemPath,
  readSignIn,
  simulationPath,
} from '../../../bot/sessions/link.ts'
import {
  decideSessions,
  foldSessions,
  IDLE_MS,
  isSignedIn,
  LINK_HOLDS_MS,
  NO_SESSIONS,
  type SessionCommand,
  type Sessions,
} from '../../../bot/sessions/sessions.ts'
import { config } from '../../support/team.ts'
import { DAY, MINUTE, START, worldOf } from '../incidents/any.ts'
import { BEN, TIMER } from '../incidents/some.ts'

/** Sessions as they stand after commands, each so long after the start. */
function life() {
  let sessions: Sessions = NO_SESSIONS
  return {
    ask(command: SessionCommand, after = 0) {
      const now = START + after
      const decided = decideSessions({ world: worldOf(config()), actor: BEN, now }, sessions, command)
      if (decided instanceof Refusal) return `${decided.code}: ${decided.message}`
      sessions = foldSessions(happen(sessions.seq, decided, now, TIMER), sessions) ?? sessions
      return decided
    },
    sessions: () => sessions,
    isIn: (askedAt: number, after: number, seen = after, person = 'aiko') =>
      isSignedIn(sessions, { person, askedAt: START + askedAt }, START + seen, START + after),
  }
}
const into = (askedAt = 0, person = 'aiko') => ({ do: 'sign_in', person, askedAt: START + askedAt }) as const
const out = (askedAt: number | null, person = 'aiko') =>
  ({ do: 'sign_out', person, askedAt: askedAt === null ? null : START + askedAt }) as const

test('a link signs its person in for five minutes, once', () => {
  expect([LINK_HOLDS_MS, IDLE_MS]).toEqual([5 * MINUTE, 12 * 60 * MINUTE])
  const late = life()
  expect(late.ask(into(), LINK_HOLDS_MS + 1)).toBe(
    'expired: This link has expired: it holds five minutes. For a new one, in your chat: /incident web',
  )
  const { ask, sessions } = life()
  expect(ask(into(), LINK_HOLDS_MS)).toEqual([{ type: 'signed_in', person: 'aiko', askedAt: START }])
  expect(sessions()).toEqual({
    seq: 1,
    of: { aiko: { [START]: { beganAt: START + LINK_HOLDS_MS, ended: false } } },
  })
  expect(ask(into(), LINK_HOLDS_MS)).toBe(
    'used: This link was used already: it opens one browser, once. For a new one, in your chat: /incident web',
  )
  expect(ask(into(1), 2)).toHaveLength(1)
  expect(ask(into(0, 'ben'), 2)).toHaveLength(1)
  expect(ask(into(0, 'gone'), 2)).toBe(
    'not_of_the_team: This link was for somebody who is not of the team any more. For a new one, in your chat: /incident web',
  )
})

test('a session holds while it is used, and a month at the most', () => {
  const { ask, isIn } = life()
  ask(into(), MINUTE)
  expect([isIn(0, 2 * MINUTE), isIn(1, 2 * MINUTE), isIn(0, 2 * MINUTE, 0, 'ben')]).toEqual([
    true,
    false,
    false,
  ])
  const rests = (rest: number) => isIn(0, DAY, DAY - rest)
  expect([rests(IDLE_MS - 1), rests(IDLE_MS)]).toEqual([true, false])
  const month = MINUTE + 30 * DAY
  expect([isIn(0, month - 1), isIn(0, month)]).toEqual([true, false])
})

test('somebody signs out of one browser, or of all of theirs, and nobody else is', () => {
  const { ask, isIn } = life()
  for (const command of [into(0), into(1), into(2), into(0, 'ben')]) ask(command, 5)
  const all = () => [isIn(0, 9), isIn(1, 9), isIn(2, 9), isIn(0, 9, 9, 'ben')]
  expect(ask(out(1), 6)).toEqual([{ type: 'signed_out', person: 'aiko', askedAt: START + 1 }])
  expect(all()).toEqual([true, false, true, true])
  expect([ask(out(1), 7), ask(out(7), 7), ask(out(null, 'chika'), 7)]).toEqual([[], [], []])
  expect(ask(out(null), 7)).toHaveLength(1)
  expect(all()).toEqual([false, false, false, true])
  expect(ask(out(null), 8)).toEqual([])
  // What was used opens nothing again.
  expect(ask(into(1), 8)).toMatch(/^used: /)
})

test('what ended by itself a month ago is forgotten with the next word of its person', () => {
  const { ask, sessions } = life()
  ask(into(0), 0)
  ask(into(0, 'ben'), 0)
  ask(into(30 * DAY - 1), 30 * DAY - 1)
  expect(Object.keys(sessions().of.aiko ?? {})).toEqual([String(START), String(START + 30 * DAY - 1)])
  ask(into(30 * DAY), 30 * DAY)
  expect(Object.keys(sessions().of.aiko ?? {})).toEqual([
    String(START + 30 * DAY - 1),
    String(START + 30 * DAY),
  ])
  expect(Object.keys(sessions().of.ben ?? {})).toHaveLength(1)
  expect(foldSessions([], undefined)).toBeUndefined()
})

const signer = {
  token: (purpose: string, subject: string) => `${purpose}|${subject}`,
  subject: (purpose: string, token: string) =>
    token.startsWith(`${purpose}|`) ? token.slice(purpose.length + 1) : undefined,
  url: (path: string) => `https://t.example.com${path}`,
} as unknown as Signer

test('a link is one person’s, leads to one page, and is read back only from what was signed for it', () => {
  const world = worldOf(config())
  const asker = { world, signer, person: 'aiko', now: START, input: { chat: 'slack' } }
  const token = `sign-in|["aiko",${START},"/incidents"]`
  expect(pageLink(asker, '/incidents')).toBe(`https://t.example.com/sign-in/${token}`)
  expect(readSignIn(signer, token)).toEqual({ person: 'aiko', askedAt: START, to: '/incidents' })
  expect(readSignIn(signer, `page|["aiko",${START},"/incidents"]`)).toBeUndefined()
  expect(openLink({ world, signer }, 'slack', '/incidents')).toBe('https://t.example.com/incidents')
})

test('where the chat is a page of this server the path is enough', () => {
  const world = worldOf(config(), ['console'])
  const screen = {
    ...world,
    chats: world.chats.map(each => ({ ...each, traits: { ...each.traits, reaches: 'screen' as const } })),
  }
  const asker = { world: screen, signer, person: 'aiko', now: START, input: { chat: 'console' } }
  expect([pageLink(asker, '/x'), openLink({ world: screen, signer }, 'console', '/x')]).toEqual(['/x', '/x'])
  expect(pageLink({ ...asker, input: { chat: 'slack' } }, '/x')).toMatch(/^https:/)
  const both = { ...screen, chats: [...screen.chats, ...worldOf(config()).chats] }
  expect(openLink({ world: both, signer }, 'slack', '/x')).toBe('https://t.example.com/x')
  expect(openLink({ world: both, signer }, 'gone', '/x')).toBe('https://t.example.com/x')
})

test('the pages have addresses that are easy to read', () => {
  expect([
    incidentPath('INC-7'),
    postmortemPath('INC-7'),
    simulationPath('SEV1', null, null),
    simulationPath('SEV2', 'check out', START),
  ]).toEqual([
    '/incidents/INC-7',
    '/incidents/INC-7/postmortem',
    '/simulate?severity=SEV1',
    '/simulate?severity=SEV2&service=check+out&at=2026-11-24T03%3A00%3A00.000Z',
  ])
})
