/** Links from chat into the web pages: what is signed in them, and which link somebody in a chat is given. */
import type { Signer } from '../ports.ts'
import type { ChatName, Instant, PersonId } from '../words.ts'
import type { World } from '../world.ts'
import type { SessionId } from './sessions.ts'

/** `to` is the page that it leads to, a path of ours; signed along, so that nobody can make it lead elsewhere. */
export type SignInLink = SessionId & { readonly to: string }

const subjectOf = ({ person, askedAt, to }: SignInLink): string => JSON.stringify([person, askedAt, to])

export function readSignIn(signer: Signer, token: string): SignInLink | undefined {
  const subject = signer.subject('sign-in', token)
  if (subject === undefined) return undefined
  const [person, askedAt, to] = JSON.parse(subject) as [PersonId, Instant, string]
  return { person, askedAt, to }
}

type Asker = {
  readonly world: World
  readonly signer: Signer
  readonly person: PersonId
  readonly now: Instant
  readonly input: { readonly chat: ChatName }
}

/**
 * The address of a page for one person, only to be shown to them; null while nobody knows how the world reaches us. Where the
 * chat is itself a page of this server, who is looking is known and the path is enough.
 */
export function pageLink({ world, signer, person, now, input }: Asker, to: string): string | null {
  if (world.chats.find(({ name }) => name === input.chat)?.traits.reaches === 'screen') return to
  return signer.url(`/sign-in/${signer.token('sign-in', subjectOf({ person, askedAt: now, to }))}`)
}

/** The address of a page for everybody in a chat: whoever opens it is known there, or signs in. */
export const openLink = (
  { world, signer }: Pick<Asker, 'world' | 'signer'>,
  chat: ChatName,
  to: string,
): string | null =>
  world.chats.find(({ name }) => name === chat)?.traits.reaches === 'screen' ? to : signer.url(to)

export const postmortemPath = (id: string): string => `/incidents/${id}/postmortem`
export const incidentPath = (id: string): string => `/incidents/${id}`

/** `at` null: the present, whenever it is looked at. */
export const simulationPath = (severity: string, service: string | null, at: Instant | null): string =>
  `/simulate?${new URLSearchParams({
    severity,
    ...(service === null ? {} : { service }),
    ...(at === null ? {} : { at: new Date(at).toISOString() }),
  }).toString()}`
