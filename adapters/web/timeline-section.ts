/** The timeline on the incident's page: what is drawn and listed of it, which lanes, which part of a long one. */
import type { Context } from 'hono'
import { html, raw } from 'hono/html'
import { onsetOf } from '../../bot/evidence/candidates.ts'
import { isOpen } from '../../bot/incidents/state.ts'
import type { Remembered } from '../../bot/postmortem/load.ts'
import { drawingOf, type Mark } from '../../bot/timeline/drawing.ts'
import { ENTRY_SOURCES, type Entry } from '../../bot/timeline/entries.ts'
import type { World } from '../../bot/world.ts'
import type { Html } from './layout.ts'
import { laneName, legend, timelineDrawing } from './timeline-drawing.ts'
import { timelineList } from './timeline-list.ts'

/** What the address asks for, and what a form brought back. */
export type Asked = {
  readonly page: number | undefined
  readonly withHidden: boolean
  readonly edit: string | undefined
  readonly text?: string
  readonly wrong?: string
  /** Why a button of the incident did nothing. */
  readonly acted?: string
}

export function readAsked(context: Context): Asked {
  const page = Number(context.req.query('page') ?? Number.NaN)
  return {
    page: Number.isInteger(page) && page > 0 ? page : undefined,
    withHidden: context.req.query('hidden') === '1',
    edit: context.req.query('edit'),
  }
}

type Options = {
  readonly world: World
  readonly found: Remembered
  readonly asked: Asked
  readonly now: number
  readonly hidden: Html
}

/** Rows on one page: what a phone scrolls through. */
const ROWS = 500
/** What nobody looks for first. */
const OFF_AT_FIRST: readonly string[] = ['set-up']

export function timelineSection({ world, found, asked, now, hidden }: Options): Html {
  const { incident } = found
  const visible = found.entries.filter(entry => !entry.hidden)
  const entries = asked.withHidden ? found.entries : visible
  const pages = Math.max(1, Math.ceil(entries.length / ROWS))
  const page = pageOf(asked, entries, pages, isOpen(incident))
  const shown = entries.slice((page - 1) * ROWS, page * ROWS)
  const hrefOf = (query: Readonly<Record<string, string>>) => {
    const kept = {
      ...(pages > 1 ? { page: String(page) } : {}),
      ...(asked.withHidden ? { hidden: '1' } : {}),
    }
    const all = new URLSearchParams({ ...kept, ...query }).toString()
    return `/incidents/${incident.id}${all ? `?${all}` : ''}`
  }
  const query = hrefOf({}).slice(`/incidents/${incident.id}`.length)
  const rowOf = ({ entry, index }: Mark) => {
    const own = Math.floor(index / ROWS) + 1
    return own === page ? `#${entry.id}` : `${hrefOf({ page: String(own) })}#${entry.id}`
  }
  const drawing = drawingOf(entries, ENTRY_SOURCES, {
    onsetAt: onsetOf(incident),
    until: isOpen(incident) ? now : incident.declaredAt,
    resolvedAt: incident.resolvedAt,
  })
  const edited = asked.edit === undefined ? undefined : { ...asked, entry: asked.edit }
  const pager = pages > 1 ? pagerOf(page, pages, number => hrefOf({ page: String(number) })) : ''
  return html`<section class="timeline" data-incident="${incident.id}" data-seq="${incident.seq}"><h2>Timeline</h2>
<p class="news" id="news" role="status" hidden>The incident went on. <a href="${hrefOf({})}">Show what is new</a></p>
<div class="tools"><fieldset><legend class="hidden">Lanes</legend>${drawing.lanes.map(
    ({ source, marks }) =>
      html`<label><input type="checkbox" class="lane-box" value="${source}" id="lane-${source}"${OFF_AT_FIRST.includes(source) ? '' : raw(' checked')}>${laneName(source)} <small>${marks.reduce((sum, { count }) => sum + count, 0)}</small></label>`,
  )}</fieldset>
<div class="zoom" hidden><button type="button" data-zoom="out" aria-label="Zoom out">−</button><button type="button" data-zoom="in" aria-label="Zoom in">+</button><button type="button" data-zoom="focus">Incident</button><button type="button" data-zoom="whole">Whole</button></div></div>
${timelineDrawing(world, drawing, rowOf)}
<p class="detail" id="detail" role="status">Times are those of ${world.config.team.timezone}.</p>${legend}
${added(incident.id, asked, hidden, query)}
<p class="links">${hiddenLink(found.entries.length - visible.length, asked, hrefOf)}<a href="/incidents/${incident.id}/timeline.md">Markdown</a> · <a href="/incidents/${incident.id}/timeline.json">JSON</a></p>
${edited?.wrong && !shown.some(({ id }) => id === edited.entry) ? html`<p class="wrong" role="alert">${edited.wrong}</p>` : ''}
${pager}${timelineList({ world, incident: incident.id, edited, hidden, hrefOf, query }, shown)}${pager}</section>`
}

/** The page that is asked for, that has the entry which is edited, or that has what is looked for first: of an open incident the news. */
function pageOf({ page, edit }: Asked, entries: readonly Entry[], pages: number, open: boolean): number {
  const place = edit === undefined ? -1 : entries.findIndex(({ id }) => id === edit)
  if (place >= 0) return Math.floor(place / ROWS) + 1
  return Math.min(page ?? (open ? pages : 1), pages)
}

const pagerOf = (page: number, pages: number, hrefOf: (page: number) => string): Html =>
  html`<nav class="pager" aria-label="Pages of the timeline">${page > 1 ? html`<a href="${hrefOf(page - 1)}" rel="prev">Earlier</a>` : ''}<span>Page ${page} of ${pages}</span>${page < pages ? html`<a href="${hrefOf(page + 1)}" rel="next">Later</a>` : ''}</nav>`

function hiddenLink(
  count: number,
  { withHidden }: Asked,
  hrefOf: (query: Readonly<Record<string, string>>) => string,
) {
  if (count === 0) return ''
  return withHidden
    ? html`<a href="${hrefOf({ hidden: '0' })}">Without the ${count} hidden</a> · `
    : html`<a href="${hrefOf({ hidden: '1' })}">Show ${count} hidden</a> · `
}

function added(incident: string, { edit, text, wrong }: Asked, hidden: Html, query: string): Html {
  const mine = edit === undefined ? { text: text ?? '', wrong } : { text: '', wrong: undefined }
  return html`<form class="add" method="post" action="/incidents/${incident}/entries${query}">${hidden}
<label for="note">Add to the timeline</label><div class="row"><textarea id="note" name="text" rows="2" maxlength="3000" placeholder="Deploy 4711 went out at 09:05"${mine.wrong ? raw(' aria-invalid="true" aria-describedby="wrong"') : ''}>${mine.text}</textarea><div class="buttons"><button class="primary">Keep it</button><button name="act" value="update">Tell everybody</button></div></div>
${mine.wrong ? html`<p class="wrong" id="wrong" role="alert">${mine.wrong}</p>` : ''}</form>`
}
