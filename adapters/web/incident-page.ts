/**
 * An incident's page: how it stands, its timeline drawn and listed, what may have caused it, its post-mortem. Entries are added,
 * corrected and hidden by forms, which say what the chat commands say.
 */
import type { Context } from 'hono'
import { html } from 'hono/html'
import type { App } from '../../bot/app.ts'
import type { ChatAnswer, Clock, Store } from '../../bot/ports.ts'
import { blanksOf } from '../../bot/postmortem/document.ts'
import { type Remembered, remember } from '../../bot/postmortem/load.ts'
import { rows, statusText } from '../../bot/postmortem/render.ts'
import { postmortemPath } from '../../bot/sessions/link.ts'
import { timelineMarkdown } from '../../bot/timeline/markdown.ts'
import type { Viewer } from './door.ts'
import { incidentActs, isOffered } from './incident-acts.ts'
import { incidentHead } from './incident-head.ts'
import { incidentListPage } from './incident-list.ts'
import { badge, layout } from './layout.ts'
import type { Pages } from './pages.ts'
import type { Route } from './server.ts'
import { timelineJson } from './timeline-json.ts'
import { shownBy } from './timeline-list.ts'
import { type Asked, readAsked, timelineSection } from './timeline-section.ts'

type Parts = { readonly app: App; readonly store: Store; readonly clock: Clock; readonly pages: Pages }

export const incidentPages =
  ({ app: { engine }, store, clock, pages }: Parts): Route =>
  router => {
    incidentListPage({ world: engine.world, store, pages })(router)

    const idOf = (context: Context) => (context.req.param('id') ?? '').toUpperCase().slice(0, 20)
    const find = async (context: Context) => remember(engine, await engine.world(), idOf(context))
    const missing = (context: Context, viewer: Viewer) =>
      context.html(
        layout(
          { title: 'Nothing here', viewer, part: 'incidents' },
          html`<p>There is no ${idOf(context)}. <a href="/incidents">All incidents</a></p>`,
        ),
        404,
      )

    async function show(context: Context, viewer: Viewer, asked: Asked): Promise<Response> {
      const [world, found] = [await engine.world(), await find(context)]
      if (!found) return missing(context, viewer)
      const { incident } = found
      const { candidates } = found.investigation
      const title = `${incident.severity} ${incident.id}: ${incident.title}`
      const heading = html`${badge(incident.severity)} ${incident.id}: ${incident.title}`
      const shell = { title, heading, viewer, part: 'incidents', scripts: ['timeline.js'] } as const
      return context.html(
        layout(
          shell,
          html`${incidentHead(world, incident)}
${asked.acted ? html`<p class="wrong" role="alert">${asked.acted}</p>` : ''}
${incidentActs(incident, () => pages.hidden(viewer))}
${candidates.length > 0 ? html`<h2>What may have caused it</h2><ol>${candidates.slice(0, 3).map(each => html`<li><b>${Math.round(each.score * 100)} %</b> ${each.title}: ${each.reasons.join('; ')}${shownBy(each)}</li>`)}</ol>` : ''}
${timelineSection({ world, found, asked, now: clock.now(), hidden: pages.hidden(viewer) })}
<h2>Figures</h2>${figures(found)}
${document(found)}`,
        ),
        asked.wrong === undefined && asked.acted === undefined ? 200 : 400,
      )
    }

    router.get(
      '/incidents/:id',
      pages.shown(async (context, viewer) => show(context, viewer, readAsked(context))),
    )
    router.get(
      '/incidents/:id/seq',
      pages.shown(async context => {
        const found = await engine.incident(idOf(context))
        return context.json({ seq: found?.seq ?? 0 })
      }),
    )
    router.get(
      '/incidents/:id/timeline.json',
      pages.shown(async (context, viewer) => {
        const found = await find(context)
        return found ? context.json(timelineJson(found.entries)) : missing(context, viewer)
      }),
    )
    router.get(
      '/incidents/:id/timeline.md',
      pages.shown(async (context, viewer) => {
        const found = await find(context)
        if (!found) return missing(context, viewer)
        const text = timelineMarkdown(await engine.world(), found.incident, found.entries)
        return context.body(text, 200, { 'content-type': 'text/markdown; charset=utf-8' })
      }),
    )

    router.post(
      '/incidents/:id/acts',
      pages.sent(async (context, viewer, form) => {
        const id = idOf(context)
        const incident = await engine.incident(id)
        if (!incident) return missing(context, viewer)
        const line = form.get('line') ?? ''
        const acted = isOffered(incident, line)
          ? refusedIn(await pages.act(viewer, form, line))
          : 'The incident went on meanwhile. This is how it stands now.'
        return acted === undefined
          ? context.redirect(pathOf(context, id), 303)
          : show(context, viewer, { ...readAsked(context), acted })
      }),
    )
    router.post(
      '/incidents/:id/entries',
      pages.sent(async (context, viewer, form) => {
        const id = idOf(context)
        const text = form.get('text') ?? ''
        const wrong =
          text.trim() === ''
            ? 'Nothing is written yet.'
            : refusedIn(await pages.act(viewer, form, `/incident ${kindOf(form)} ${id}`, { text }))
        const last = (await engine.incident(id))?.seq ?? 0
        return wrong === undefined
          ? context.redirect(`${pathOf(context, id)}#e${last}`, 303)
          : show(context, viewer, { ...readAsked(context), text, wrong })
      }),
    )
    router.post(
      '/incidents/:id/entries/:entry{[a-z]\\d+(?:\\.\\d+)?}',
      pages.sent(async (context, viewer, form) => {
        const [id, entry] = [idOf(context), context.req.param('entry') ?? '']
        const text = form.get('text') ?? ''
        const act = form.get('act')
        const values: Record<string, string> = act === 'hide' || act === 'show' ? { [act]: 'true' } : { text }
        const wrong =
          act === 'correct' && text.trim() === ''
            ? 'Nothing is written. To take an entry away, hide it.'
            : refusedIn(await pages.act(viewer, form, `/incident edit ${id} ${entry}`, values))
        return wrong === undefined
          ? context.redirect(`${pathOf(context, id)}#${entry}`, 303)
          : show(context, viewer, { ...readAsked(context), edit: entry, text, wrong })
      }),
    )
  }

/** A note is kept; an update is told to everybody as well. */
const kindOf = (form: URLSearchParams): 'note' | 'update' =>
  form.get('act') === 'update' ? 'update' : 'note'

/** Back to where the form was. */
const pathOf = (context: Context, id: string): string => {
  const kept = new URLSearchParams(new URL(context.req.url).search)
  return `/incidents/${id}${kept.size > 0 ? `?${kept.toString()}` : ''}`
}

/** What was wrong, in a sentence; undefined when it was done. */
const refusedIn = (answer: ChatAnswer): string | undefined =>
  answer.kind === 'say'
    ? answer.message.tone === 'refused'
      ? answer.message.summary
      : undefined
    : answer.kind === 'errors'
      ? Object.values(answer.errors).join(' ')
      : 'Something is missing.'

const figures = ({ postmortem }: Remembered) =>
  html`<table class="figures">${rows(postmortem.figures).map(([name, value]) => html`<tr><th scope="row">${name}</th><td>${value}</td></tr>`)}</table>`

function document({ incident, postmortem }: Remembered) {
  const path = postmortemPath(incident.id)
  if (!incident.postmortem)
    return html`<h2>Post-mortem</h2><p>Not begun. <a href="${path}">Begin it</a> when the incident is closed.</p>`
  const blanks = blanksOf(postmortem)
  return html`<h2>Post-mortem</h2><p><span class="chip ${postmortem.status}">${statusText(postmortem.status, postmortem.changed)}</span> <a href="${path}">Read and write it</a>${blanks.length > 0 ? html` · to be filled in: ${blanks.map(each => each.title).join(', ')}` : ''}</p>`
}
