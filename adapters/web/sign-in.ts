/**
 * The link that signs somebody in (S26). A GET shows a button and changes nothing, since previews follow every link that they
 * see; the POST opens the session, once, in the browser in which the link was opened.
 */
import { timingSafeEqual } from 'node:crypto'
import type { Context } from 'hono'
import { html } from 'hono/html'
import type { App } from '../../bot/app.ts'
import { SESSIONS } from '../../bot/engine/kinds.ts'
import type { Clock, Ids, Signer } from '../../bot/ports.ts'
import type { Refusal } from '../../bot/refusal.ts'
import { readSignIn, type SignInLink } from '../../bot/sessions/link.ts'
import { linkRefused, type SessionCommand } from '../../bot/sessions/sessions.ts'
import type { PersonId } from '../../bot/words.ts'
import type { Door } from './door.ts'
import { layout } from './layout.ts'
import type { Route } from './server.ts'

type Parts = {
  readonly app: Pick<App, 'engine'>
  readonly clock: Clock
  readonly ids: Ids
  readonly signer: Signer
  readonly door: Door
}

export const signInRoutes =
  ({ app: { engine }, clock, ids, signer, door }: Parts): Route =>
  router => {
    const ask = async (person: PersonId, command: SessionCommand) => {
      const actor = { kind: 'person' as const, person, via: 'web' }
      const [handled] = await engine.handle([{ cause: ids.fresh(), stream: SESSIONS, actor, command }])
      return handled?.refusal
    }

    router.get('/sign-in/:token', async context => {
      const link = readSignIn(signer, context.req.param('token'))
      if (!link) return context.html(notOurs(), 404)
      if ((await door.personOf(context))?.person === link.person && door.sessionOf(context))
        return context.redirect(pathOf(link), 303)
      const refusal = linkRefused(await engine.sessions(), link, clock.now())
      if (refusal) return context.html(refused(refusal), 410)
      // Two links may be open side by side.
      const mark = door.mark.of(context) ?? ids.fresh()
      door.mark.give(context, mark)
      const name = (await engine.world()).config.people[link.person]?.name ?? link.person
      return context.html(question(name, mark))
    })

    router.post('/sign-in/:token', async context => {
      const link = readSignIn(signer, context.req.param('token'))
      if (!link) return context.html(notOurs(), 404)
      if (!isSameBrowser(door, context, await context.req.text())) return context.html(otherBrowser(), 403)
      const { person, askedAt } = link
      const refusal = await ask(person, { do: 'sign_in', person, askedAt })
      if (refusal) return context.html(refused(refusal), 410)
      const earlier = door.sessionOf(context)
      if (earlier) await ask(earlier.person, { do: 'sign_out', ...earlier })
      door.admit(context, link)
      return context.redirect(pathOf(link), 303)
    })

    router.post('/sign-out', async context => {
      const session = door.sessionOf(context)
      if (session) await ask(session.person, { do: 'sign_out', ...session })
      door.dismiss(context)
      return context.html(
        layout(
          { title: 'Signed out', viewer: undefined },
          html`<p>This browser is signed out of Tocsin.</p>`,
        ),
      )
    })
  }

/** A path of ours, whatever was signed once. */
const pathOf = ({ to }: SignInLink): string => (/^\/(?![/\\])/.test(to) ? to : '/incidents')

function isSameBrowser(door: Door, context: Context, body: string): boolean {
  const sent = Buffer.from(new URLSearchParams(body).get('mark') ?? '')
  const kept = Buffer.from(door.mark.of(context) ?? '')
  return sent.length > 0 && sent.length === kept.length && timingSafeEqual(sent, kept)
}

const question = (name: string, mark: string) =>
  layout(
    { title: `Sign in as ${name}`, viewer: undefined },
    html`<p>You asked for this in chat. If you did not, close this page: nothing has happened.</p>
<form method="post"><input type="hidden" name="mark" value="${mark}"><button class="primary big">Sign in as ${name}</button></form>`,
  )

const refused = ({ say, hint }: Refusal) =>
  layout({ title: 'This link opens nothing', viewer: undefined }, html`<p>${say}</p><p>${hint}</p>`)

const notOurs = () =>
  layout(
    { title: 'This link opens nothing', viewer: undefined },
    html`<p>It is not a link of this Tocsin, or not the whole of it.</p><p>For a new one, in your chat: <code>/incident web</code></p>`,
  )

const otherBrowser = () =>
  layout(
    { title: 'Open the link here first', viewer: undefined },
    html`<p>The button was pressed in another browser than the link was opened in, or this one keeps no cookies.</p>
<p>Open the link from chat in this browser, and press the button there.</p>`,
  )
