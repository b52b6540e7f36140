/**
 * An incident's page: its figures, its timeline drawn in lanes and listed, its post-mortem. Reading only; each entry is reached
 * by keyboard, lanes are shown and hidden by boxes that need no script.
 */
import { html, raw } from 'hono/html'
import type { App } from '../../bot/app.ts'
import { candidatesOf } from '../../bot/evidence/candidates.ts'
import type { Store } from '../../bot/ports.ts'
import { type Remembered, remember } from '../../bot/postmortem/load.ts'
import { rows } from '../../bot/postmortem/render.ts'
import { ENTRY_SOURCES, type Entry } from '../../bot/timeline/entries.ts'
import { clockTime } from '../../bot/timeline/plain.ts'
import type { World } from '../../bot/world.ts'
import { markdownRenderer } from '../postmortem/markdown.ts'
import { layout } from './layout.ts'
import type { Pages } from './pages.ts'
import type { Route } from './server.ts'

type Parts = { readonly app: App; readonly store: Store; readonly pages: Pages }

export const incidentPages =
  ({ app: { engine }, store, pages }: Parts): Route =>
  router => {
    router.get(
      '/incidents',
      pages.shown(async (context, viewer) => {
        const all = await store.incidents({ limit: 100 })
        const lines = all.map(
          each =>
            html`<tr><td><a href="/incidents/${each.id}">${each.id}</a></td><td>${each.severity}</td><td>${each.title}</td><td>${each.status}</td></tr>`,
        )
        const table = html`<table><thead><tr><th>Incident</th><th>Severity</th><th>Title</th><th>Status</th></tr></thead><tbody>${lines}</tbody></table>`
        const inner = all.length > 0 ? table : html`<p>There was no incident yet.</p>`
        return context.html(layout({ title: 'Incidents', viewer, part: 'incidents' }, inner))
      }),
    )
    router.get(
      '/incidents/:id',
      pages.shown(async (context, viewer) => {
        const world = await engine.world()
        const id = (context.req.param('id') ?? '').toUpperCase()
        const found = await remember(engine, world, id)
        if (!found)
          return context.html(
            layout(
              { title: 'Nothing here', viewer, part: 'incidents' },
              html`<p>There is no ${id.slice(0, 20)}.</p>`,
            ),
            404,
          )
        const candidates = candidatesOf(world, found.incident, await engine.ingested())
        const { incident } = found
        return context.html(
          layout(
            { title: `${incident.severity} ${incident.id}: ${incident.title}`, viewer, part: 'incidents' },
            html`<p>Status: <b>${incident.status}</b>${incident.service ? html` · Service: ${incident.service}` : ''}</p>
${figures(found)}
${candidates.length > 0 ? html`<h2>What may have caused it</h2><ol>${candidates.slice(0, 5).map(each => html`<li><b>${Math.round(each.score * 100)} %</b> ${each.title}: ${each.reasons.join('; ')}</li>`)}</ol>` : ''}
<h2>Timeline</h2>${timeline(world, found)}
${await document(found)}`,
          ),
        )
      }),
    )
  }

const figures = ({ postmortem }: Remembered) =>
  html`<table class="figures">${rows(postmortem.figures).map(([name, value]) => html`<tr><th scope="row">${name}</th><td>${value}</td></tr>`)}</table>`

function timeline(world: World, { entries }: Remembered) {
  const shown = entries.filter(entry => !entry.hidden)
  const lanes = ENTRY_SOURCES.filter(source => shown.some(entry => entry.source === source))
  return html`<div class="timeline">
<fieldset><legend>Show</legend>${lanes.map(lane => html`<label><input type="checkbox" id="lane-${lane}" ${lane === 'set-up' ? '' : raw('checked')}> ${lane}</label>`)}</fieldset>
${raw(drawing(shown, lanes))}
<ol class="entries">${shown.map(
    entry =>
      html`<li id="${entry.id}" class="lane-${entry.source}" tabindex="0"><time datetime="${new Date(entry.at).toISOString()}">${clockTime(world, entry.at)}</time> <small>${entry.id} ${entry.source}</small><br>${entry.text}${entry.link ? html` <a href="${entry.link}">look</a>` : ''}${entry.before.length > 0 ? html` <small>corrected; it was: ${entry.before.join('; ')}</small>` : ''}</li>`,
  )}</ol></div>`
}

const WIDTH = 1000
const LANE = 34
const LEFT = 90

/** One dot an entry, lane by lane, against time; a press leads to its words. Coordinates and ids are ours: nothing of an entry's text is in it. */
function drawing(entries: readonly Entry[], lanes: readonly Entry['source'][]): string {
  const [first, last] = [entries[0]?.at ?? 0, entries.at(-1)?.at ?? 0]
  const x = (at: number) => LEFT + ((at - first) / Math.max(1, last - first)) * (WIDTH - LEFT - 20)
  const height = lanes.length * LANE + 10
  const rails = lanes.map(
    (lane, index) =>
      `<text x="0" y="${index * LANE + 27}">${lane}</text><line x1="${LEFT}" x2="${WIDTH - 10}" y1="${index * LANE + 22}" y2="${index * LANE + 22}"/>`,
  )
  const dots = entries.map(entry => {
    const lane = lanes.indexOf(entry.source)
    const kind = entry.impact ?? 'plain'
    return `<a href="#${entry.id}" aria-label="${entry.id}"><circle class="${kind} lane-${entry.source}" cx="${x(entry.at).toFixed(1)}" cy="${lane * LANE + 22}" r="7"/></a>`
  })
  return `<svg viewBox="0 0 ${WIDTH} ${height}" role="group" aria-label="Timeline, drawn">${rails.join('')}${dots.join('')}</svg>`
}

async function document({ incident, postmortem }: Remembered) {
  if (!incident.postmortem)
    return html`<h2>Post-mortem</h2><p>Not begun. When the incident is closed: <code>/incident postmortem ${incident.id}</code></p>`
  const render = await markdownRenderer()
  return html`<h2>Post-mortem: ${postmortem.status}</h2>
${postmortem.sections
  .filter(section => section.id !== 'timeline')
  .map(
    section =>
      html`<section id="${section.id}"><h3>${section.title}</h3>${raw(render(section.text))}<small>${section.authors.length > 0 ? `By ${section.authors.join(', ')}. ` : 'From the facts. '}To write it: <code>/incident postmortem ${incident.id} --section ${section.id}</code></small></section>`,
  )}`
}
