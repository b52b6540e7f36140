/**
 * Who is looking at a page. Signed in: a signed cookie names the session, which the store must know as open (S26). At the console:
 * whom one acts as, since there nobody signs in. Nobody else sees anything.
 */
import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { App } from '../../bot/app.ts'
import type { Clock, Signer } from '../../bot/ports.ts'
import { IDLE_MS, isSignedIn, type SessionId } from '../../bot/sessions/sessions.ts'
import type { PersonId } from '../../bot/words.ts'

export type Viewer = {
  readonly person: PersonId
  readonly name: string
  /** Everybody whom they may act as, at the console; null for whoever signed in. */
  readonly choices: readonly { readonly id: PersonId; readonly name: string }[] | null
}

export type Door = {
  personOf(context: Context): Promise<Viewer | undefined>
  /** The session that the browser's cookie names, whether or not it is open. */
  sessionOf(context: Context): SessionId | undefined
  /** Gives the browser its cookie. */
  admit(context: Context, id: SessionId): void
  /** Takes it back. */
  dismiss(context: Context): void
  /** What only the browser that was given it brings back, for as long as a link holds. */
  readonly mark: { give(context: Context, value: string): void; of(context: Context): string | undefined }
}

export type DoorParts = {
  readonly app: Pick<App, 'engine'>
  readonly clock: Clock
  readonly signer: Signer
  readonly publicUrl: string | undefined
  /** The names that the console answers to; empty where it is off. */
  readonly consoleHosts: readonly string[]
}

const SESSION = 'tocsin-session'
const MARK = 'tocsin-browser'
const AS = 'tocsin-as'
/** The cookie is made anew when its last use lies so far back: not with every request. */
const FRESH_MS = 10 * 60_000

export function createDoor({ app: { engine }, clock, signer, publicUrl, consoleHosts }: DoorParts): Door {
  const secure = publicUrl?.startsWith('https:') ?? false
  const prefix = secure ? { prefix: 'host' as const } : {}
  const read = (context: Context, name: string) =>
    secure ? getCookie(context, name, 'host') : getCookie(context, name)
  const write = (context: Context, name: string, value: string, maxAge: number) =>
    setCookie(context, name, value, { path: '/', httpOnly: true, sameSite: 'Lax', secure, maxAge, ...prefix })

  const admit = (context: Context, id: SessionId) =>
    write(context, SESSION, signer.token('session', cookieOf(id, clock.now())), IDLE_MS / 1000)

  const cookie = (context: Context) => readCookie(signer.subject('session', read(context, SESSION) ?? ''))

  async function signedIn(context: Context): Promise<Viewer | undefined> {
    const given = cookie(context)
    if (!given) return undefined
    const now = clock.now()
    const person = (await engine.world()).config.people[given.id.person]
    if (!person || !isSignedIn(await engine.sessions(), given.id, given.seenAt, now)) return undefined
    if (now - given.seenAt > FRESH_MS) admit(context, given.id)
    return { person: person.id, name: person.name, choices: null }
  }

  async function atConsole(context: Context): Promise<Viewer | undefined> {
    const name = (context.req.header('host') ?? '').replace(/:\d+$/, '')
    if (!consoleHosts.includes(name)) return undefined
    const { people } = (await engine.world()).config
    const choices = Object.values(people).map(({ id, name: called }) => ({ id, name: called }))
    const asked = choices.find(({ id }) => id === context.req.query('as'))
    if (asked) actAs(context, asked.id)
    const acting = asked ?? choices.find(({ id }) => id === getCookie(context, AS)) ?? choices[0]
    return acting && { person: acting.id, name: acting.name, choices }
  }

  return {
    personOf: async context => (await signedIn(context)) ?? atConsole(context),
    sessionOf: context => cookie(context)?.id,
    admit,
    dismiss: context => void deleteCookie(context, SESSION, { path: '/', secure, ...prefix }),
    mark: {
      give: (context, value) => write(context, MARK, value, 10 * 60),
      of: context => read(context, MARK),
    },
  }
}

/** Whom one acts as goes along from the console to the other pages. */
export const actAs = (context: Context, person: PersonId): void =>
  setCookie(context, AS, person, { path: '/', httpOnly: true, sameSite: 'Strict' })

const cookieOf = ({ person, askedAt }: SessionId, seenAt: number): string =>
  JSON.stringify([person, askedAt, seenAt])

function readCookie(subject: string | undefined): { id: SessionId; seenAt: number } | undefined {
  if (subject === undefined) return undefined
  const [person, askedAt, seenAt] = JSON.parse(subject) as [PersonId, number, number]
  return { id: { person, askedAt }, seenAt }
}
