/**
 * What every page is made with: who is looking, forms that act as them, the files. Pages are written once, and serve whoever
 * signed in from chat as well as whoever acts as somebody at the console.
 *
 *     app.get('/incidents/:id', pages.shown(async (context, viewer) => context.html(layout({ title, viewer }, ...))))
 *     app.post('/incidents/:id/note', pages.sent(async (context, viewer, form) => ...pages.act(viewer, form, line, values)...))
 */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Context } from 'hono'
import { html } from 'hono/html'
import type { App } from '../../bot/app.ts'
import type { ChatAnswer, Ids } from '../../bot/ports.ts'
import { packageFile } from '../files.ts'
import { createDoor, type Door, type DoorParts, type Viewer } from './door.ts'
import { type Html, layout } from './layout.ts'
import { ownOrigin } from './own-origin.ts'
import type { Route } from './server.ts'
import { signInRoutes } from './sign-in.ts'

export type Pages = Pick<Door, 'personOf'> & {
  /** A page for whoever is known; everybody else learns how to sign in. */
  shown(
    show: (context: Context, viewer: Viewer) => Promise<Response>,
  ): (context: Context) => Promise<Response>
  /** A form of ours, sent by whoever it was made for. Answer with a redirect (303), or with the page and what was wrong. */
  sent(
    take: (context: Context, viewer: Viewer, form: URLSearchParams) => Promise<Response>,
  ): (context: Context) => Promise<Response>
  /** What a form needs inside: whom it acts as, and an id, so that sending it twice counts once. */
  hidden(viewer: Viewer): Html
  /** A command as the viewer, by the path that chat takes: the same permission, the same record. */
  act(
    viewer: Viewer,
    form: URLSearchParams,
    line: string,
    values?: Readonly<Record<string, string>>,
  ): Promise<ChatAnswer>
  readonly route: Route
}

type Parts = DoorParts & { readonly app: App; readonly ids: Ids }

/** The paths that pages may have. */
const PLACES = ['/incidents', '/incidents/*', '/simulate', '/patterns', '/sign-in/*', '/sign-out'] as const

const FILES: readonly (readonly [string, string, readonly string[]])[] = [
  [
    'page.css',
    'text/css; charset=utf-8',
    ['web/static/base.css', 'web/static/page.css', 'web/static/postmortem.css'],
  ],
  ['page.js', 'text/javascript; charset=utf-8', ['web/static/page.js']],
  ['timeline.js', 'text/javascript; charset=utf-8', ['web/static/timeline.js']],
  ['postmortem.js', 'text/javascript; charset=utf-8', ['web/static/postmortem.js']],
  ['icon.svg', 'image/svg+xml', ['console/static/icon.svg']],
]

export function createPages(parts: Parts): Pages {
  const { app, ids } = parts
  const door = createDoor(parts)

  const shown: Pages['shown'] = show => async context => {
    const viewer = await door.personOf(context)
    return viewer ? show(context, viewer) : context.html(stranger(context), 401)
  }

  return {
    personOf: door.personOf,
    shown,
    sent: take => async context => {
      const form = new URLSearchParams(await context.req.text())
      const viewer = await senderOf(door, context, form)
      return viewer ? take(context, viewer, form) : context.html(stranger(context, form), 401)
    },
    hidden: ({ person }) =>
      html`<input type="hidden" name="as" value="${person}"><input type="hidden" name="id" value="${ids.fresh()}">`,
    act: ({ person, name }, form, line, values = {}) =>
      app.receive({
        chat: 'web',
        cause: `web:${person}:${idOf(form) ?? ids.fresh()}:${digest(line, values)}`,
        user: { id: person, name, kind: 'member' },
        channel: undefined,
        line,
        values,
      }),
    route(router) {
      for (const place of PLACES) {
        router.use(place, ownOrigin(parts.publicUrl))
        router.use(place, async (context, next) => {
          await next()
          // Without a referrer the forms of a page would come from nowhere ("Origin: null").
          context.header('referrer-policy', 'same-origin')
        })
      }
      for (const [name, type, files] of FILES)
        router.get(`/static/${name}`, context =>
          context.body(
            files.map(file => readFileSync(packageFile(`adapters/${file}`), 'utf8')).join(''),
            200,
            {
              'content-type': type,
              'cache-control': 'no-cache',
            },
          ),
        )
      signInRoutes({ ...parts, door })(router)
      // Where the console is on, this address is its own.
      router.get('/', context => context.redirect('/incidents', 303))
    },
  }
}

/** Whoever is signed in by now must be the one whom the form was made for; at the console it is whom the form says. */
async function senderOf(door: Door, context: Context, form: URLSearchParams): Promise<Viewer | undefined> {
  const viewer = await door.personOf(context)
  const meant = form.get('as')
  if (!viewer || meant === viewer.person) return viewer
  const chosen = viewer.choices?.find(({ id }) => id === meant)
  return chosen && { ...viewer, person: chosen.id, name: chosen.name }
}

/** The same form with other words in it, after a step back, is another thing that was asked. */
const digest = (...said: readonly unknown[]): string =>
  createHash('sha256').update(JSON.stringify(said)).digest('base64url').slice(0, 16)

const idOf = (form: URLSearchParams): string | undefined => /^[\w-]{1,64}$/.exec(form.get('id') ?? '')?.[0]

/** What was typed into a form that came too late is given back. */
function stranger(context: Context, form?: URLSearchParams) {
  const [, id] = /^\/incidents\/(inc-\d{1,9})/i.exec(context.req.path) ?? []
  const typed = form?.get('text')
  return layout(
    { title: 'Sign in from chat', viewer: undefined },
    html`<p>Type this in your chat. The answer, which only you see, has a link that signs you in here:</p>
<p class="say"><code>/incident web${id ? ` ${id.toUpperCase()}` : ''}</code></p>
${typed ? html`<p>You were signed out before this was kept:</p><textarea rows="6" readonly aria-label="What you typed">${typed}</textarea>` : ''}`,
  )
}
