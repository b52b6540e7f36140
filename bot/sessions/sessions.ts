/**
 * Who is signed in to the web pages (S26). A link from chat is one person's, holds five minutes and opens one session; what it
 * opened is kept, so that it opens nothing again, on any replica. A session ends by sign-out, by rest, or with its person.
 */
import type { Asked } from '../incidents/asked.ts'
import type { Happened } from '../incidents/events.ts'
import { type Refusal, refuse } from '../refusal.ts'
import type { Instant, PersonId } from '../words.ts'

/** Names a link, and the session that it opens: one person has one for each instant. */
export type SessionId = { readonly person: PersonId; readonly askedAt: Instant }

export type SessionEvent =
  | ({ readonly type: 'signed_in' } & SessionId)
  /** `askedAt` null: every session of the person. */
  | { readonly type: 'signed_out'; readonly person: PersonId; readonly askedAt: Instant | null }

export type SessionCommand =
  | ({ readonly do: 'sign_in' } & SessionId)
  | { readonly do: 'sign_out'; readonly person: PersonId; readonly askedAt: Instant | null }

export type Sessions = {
  readonly seq: number
  /** Person -> when each session was asked for -> what became of it. Those that have ended by themselves are forgotten. */
  readonly of: Readonly<Record<PersonId, Readonly<Record<string, Session>>>>
}
type Session = { readonly beganAt: Instant; readonly ended: boolean }

export const NO_SESSIONS: Sessions = { seq: 0, of: {} }

export const LINK_HOLDS_MS = 5 * 60_000
/** A session that nobody used for so long is over. */
export const IDLE_MS = 12 * 60 * 60_000
/** However much it is used: a browser that was left somewhere does not stay open. */
const LONGEST_MS = 30 * 24 * 60 * 60_000

export function decideSessions(
  { world, now }: Asked,
  sessions: Sessions = NO_SESSIONS,
  command: SessionCommand,
): readonly SessionEvent[] | Refusal {
  const { person, askedAt } = command
  const own = sessions.of[person] ?? {}
  if (command.do === 'sign_out') {
    const open = Object.entries(own).some(
      ([at, session]) => !session.ended && (askedAt === null || at === String(askedAt)),
    )
    return open ? [{ type: 'signed_out', person, askedAt }] : []
  }
  return linkRefused(sessions, command, now) ?? (world.config.people[person] ? signedIn(command) : nobody())
}

const signedIn = ({ person, askedAt }: SessionId): readonly SessionEvent[] => [
  { type: 'signed_in', person, askedAt },
]

const nobody = () =>
  refuse('not_of_the_team', 'This link was for somebody who is not of the team any more.', AGAIN)

const AGAIN = 'For a new one, in your chat: /incident web'

/** Why a link opens nothing now; undefined while it does. */
export function linkRefused(sessions: Sessions, link: SessionId, now: Instant): Refusal | undefined {
  if (now > link.askedAt + LINK_HOLDS_MS)
    return refuse('expired', 'This link has expired: it holds five minutes.', AGAIN)
  if (sessions.of[link.person]?.[link.askedAt])
    return refuse('used', 'This link was used already: it opens one browser, once.', AGAIN)
  return undefined
}

/** Whether a session is open, last used at `seenAt`. */
export function isSignedIn(sessions: Sessions, id: SessionId, seenAt: Instant, now: Instant): boolean {
  const session = sessions.of[id.person]?.[id.askedAt]
  return (
    session !== undefined && !session.ended && now - seenAt < IDLE_MS && now - session.beganAt < LONGEST_MS
  )
}

export const foldSessions = (
  events: readonly Happened<SessionEvent>[],
  from: Sessions | undefined,
): Sessions | undefined =>
  events.reduce<Sessions | undefined>((state, happened) => apply(state ?? NO_SESSIONS, happened), from)

function apply(sessions: Sessions, { seq, at, event }: Happened<SessionEvent>): Sessions {
  const { person, askedAt } = event
  const living = Object.entries(sessions.of[person] ?? {}).filter(
    ([, { beganAt }]) => at - beganAt < LONGEST_MS,
  )
  const own = Object.fromEntries(living)
  const after =
    event.type === 'signed_in'
      ? { ...own, [event.askedAt]: { beganAt: at, ended: false } }
      : Object.fromEntries(
          living.map(([key, each]) => [
            key,
            { ...each, ended: each.ended || askedAt === null || key === String(askedAt) },
          ]),
        )
  return { seq, of: { ...sessions.of, [person]: after } }
}
