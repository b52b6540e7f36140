/**
 * The pages of a post-mortem. Reading, writing, comparing and publishing work without a script; what is done is a command like in
 * chat, by the same path and under the same rules.
 */
import type { Context } from 'hono'
import { html } from 'hono/html'
import type { App } from '../../../bot/app.ts'
import { versionsOf } from '../../../bot/postmortem/history.ts'
import { type Remembered, remember } from '../../../bot/postmortem/load.ts'
import { markdown } from '../../../bot/postmortem/render.ts'
import { postmortemPath } from '../../../bot/sessions/link.ts'
import { htmlFile } from '../../postmortem/html.ts'
import { markdownRenderer } from '../../postmortem/markdown.ts'
import type { Viewer } from '../door.ts'
import { type Html, layout } from '../layout.ts'
import type { Pages } from '../pages.ts'
import { problem, type Route } from '../server.ts'
import { editPage, previewOf } from './edit.ts'
import { historyPage } from './history.ts'
import { readPage } from './read.ts'
import { heard, lineOf, type Said } from './said.ts'

type Parts = { readonly app: App; readonly pages: Pages }
type Known = Remembered & { readonly viewer: Viewer }

export function postmortemPages({ app: { engine }, pages }: Parts): Route {
  const find = async (context: Context): Promise<Remembered | undefined> =>
    remember(engine, await engine.world(), (context.req.param('id') ?? '').toUpperCase().slice(0, 20))

  /** For an incident that there is. */
  const about =
    (show: (context: Context, known: Known) => Promise<Response>) =>
    async (context: Context, viewer: Viewer): Promise<Response> => {
      const found = await find(context)
      return found ? show(context, { ...found, viewer }) : context.html(nothing(viewer), 404)
    }

  async function reading(known: Known, said?: Said): Promise<Html> {
    const { incident, viewer } = known
    const { items } = await engine.actions()
    return layout(
      { title: `Post-mortem of ${incident.id}: ${incident.title}`, viewer, part: 'incidents' },
      readPage({
        ...known,
        world: await engine.world(),
        render: await markdownRenderer(),
        actions: items.filter(item => item.incident === incident.id),
        hidden: pages.hidden(viewer),
        said,
      }),
    )
  }

  async function editing(
    { incident: { id }, postmortem, viewer }: Known,
    name: string,
    box: { readonly text?: string; readonly said?: Said | undefined; readonly conflict?: boolean } = {},
  ): Promise<Html | undefined> {
    const section = postmortem.sections.find(each => each.id === name)
    return (
      section &&
      layout(
        { title: `${section.title} · ${id}`, viewer, part: 'incidents', scripts: ['postmortem.js'] },
        editPage({
          id,
          section,
          text: box.text ?? section.text,
          world: await engine.world(),
          render: await markdownRenderer(),
          hidden: pages.hidden(viewer),
          said: box.said,
          conflict: box.conflict ?? false,
        }),
      )
    )
  }

  async function save(context: Context, known: Known, form: URLSearchParams): Promise<Response> {
    const name = context.req.param('section') ?? ''
    const { incident, viewer } = known
    const text = (form.get('text') ?? '').replaceAll('\r\n', '\n')
    if (form.get('do') === 'preview') return page(context, await editing(known, name, { text }))
    const facts = form.get('do') === 'facts' || text.trim() === ''
    const line = `/incident postmortem ${incident.id} --section ${name} --revision ${Number(form.get('from'))}${facts ? ' --facts' : ''}`
    const said = heard(await pages.act(viewer, form, line, facts ? {} : { text }))
    if (!said.refused) return context.redirect(`${postmortemPath(incident.id)}#${name}`, 303)
    const now = await find(context)
    const there = now?.postmortem.sections.find(each => each.id === name)
    const conflict = there !== undefined && there.revision !== Number(form.get('from'))
    return page(context, await editing({ ...known, ...now }, name, { text, said, conflict }), 409)
  }

  async function press(context: Context, known: Known, form: URLSearchParams): Promise<Response> {
    const { id } = known.incident
    const asked = lineOf(id, form)
    if (!asked) return problem(400, 'It is not said what to do.')
    const said = heard(await pages.act(known.viewer, form, asked.line, asked.values))
    return context.html(await reading({ ...known, ...(await find(context)) }, said), said.refused ? 409 : 200)
  }

  return router => {
    const path = '/incidents/:id/postmortem'
    router.get(path, pages.shown(about(async (context, known) => context.html(await reading(known)))))
    router.post(path, sent(press))
    router.get(
      `${path}/edit/:section`,
      pages.shown(
        about(async (context, known) =>
          page(context, await editing(known, context.req.param('section') ?? '')),
        ),
      ),
    )
    router.post(`${path}/edit/:section`, sent(save))
    router.post(
      `${path}/preview`,
      pages.sent(async (context, _, form) =>
        context.html(
          previewOf({
            text: form.get('text') ?? '',
            render: await markdownRenderer(),
            world: await engine.world(),
          }),
        ),
      ),
    )
    router.get(`${path}/history/:section`, pages.shown(about(history)))
    for (const [ending, type, file] of FILES)
      router.get(
        `${path}.${ending}`,
        pages.shown(
          about(async (context, { postmortem, incident }) =>
            context.body(await file(postmortem), 200, {
              'content-type': `${type}; charset=utf-8`,
              'content-disposition': `attachment; filename="${incident.id}-postmortem.${ending}"`,
            }),
          ),
        ),
      )
  }

  async function history(context: Context, { incident: { id }, postmortem, viewer, ...known }: Known) {
    const section = postmortem.sections.find(each => each.id === context.req.param('section'))
    if (!section) return context.html(nothing(viewer), 404)
    const up = Number(context.req.query('up') ?? Number.NaN)
    const inner = historyPage({
      id,
      section,
      versions: versionsOf(known.history, section.id),
      world: await engine.world(),
      hidden: pages.hidden(viewer),
      upTo: Number.isInteger(up) ? up : undefined,
    })
    return context.html(
      layout({ title: `${section.title} of ${id}: its versions`, viewer, part: 'incidents' }, inner),
    )
  }

  function sent(take: (context: Context, known: Known, form: URLSearchParams) => Promise<Response>) {
    return pages.sent((context, viewer, form) =>
      about((_, known) => take(context, known, form))(context, viewer),
    )
  }
}

const FILES = [
  ['md', 'text/markdown', async (document: Remembered['postmortem']) => markdown(document)],
  ['html', 'text/html', htmlFile],
  [
    'json',
    'application/json',
    async (document: Remembered['postmortem']) => JSON.stringify(document, null, 2),
  ],
] as const

const nothing = (viewer: Viewer): Html =>
  layout({ title: 'Nothing here', viewer, part: 'incidents' }, html`<p>There is no such incident.</p>`)

const page = (
  context: Context,
  inner: Html | undefined,
  status: 200 | 409 = 200,
): Response | Promise<Response> =>
  inner ? context.html(inner, status) : problem(404, 'There is no such section.')
