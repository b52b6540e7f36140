/** The timeline as a list, which needs neither a script nor a picture: each entry with when, learnt when, by whom, and what it said before. */
import { html, raw } from 'hono/html'
import { formatDuration } from '../../bot/schedules/duration.ts'
import { daysOf, timeOfDay } from '../../bot/timeline/days.ts'
import type { Entry } from '../../bot/timeline/entries.ts'
import type { World } from '../../bot/world.ts'
import { type Html, safeUrl } from './layout.ts'
import { laneName } from './timeline-drawing.ts'

export type ListOptions = {
  readonly world: World
  readonly incident: string
  /** The entry whose form is open, with what is in it and what was wrong with it. */
  readonly edited: { readonly entry: string; readonly text?: string; readonly wrong?: string } | undefined
  /** What belongs into every form. */
  readonly hidden: Html
  /** The address of this page, with more in its query. */
  readonly hrefOf: (query: Readonly<Record<string, string>>) => string
  /** What the address of this page has after its path: `?page=2`, or nothing. */
  readonly query: string
}

/** What was learnt later than this after it happened says so. */
const LATE_MS = 5_000

export const timelineList = (options: ListOptions, entries: readonly Entry[]): Html =>
  html`<div class="entries">${daysOf(options.world, entries).map(
    day => html`<h3>${day.title}</h3><ol>${day.entries.map(entry => row(options, entry))}</ol>`,
  )}</div>`

function row(options: ListOptions, entry: Entry): Html {
  const { world, edited, hrefOf } = options
  const { id, at, source, impact, hidden, before } = entry
  return html`<li id="${id}" class="lane-${source}${hidden ? ' is-hidden' : ''}">
<time datetime="${new Date(at).toISOString()}">${timeOfDay(world, at)}</time>
<div><p class="what">${said(entry)}</p><p class="about">${laneName(source)}${impact ? html` <b class="${impact}">${SHAPES[impact]} ${impact}</b>` : ''}${learnt(world, entry)}${entry.addedBy ? html` · kept by ${entry.addedBy}` : ''}${shownBy(entry)}${hidden ? html` · <b>hidden</b>` : ''} · <a href="#${id}">${id}</a></p>
${before.map(words => html`<p class="before">It said: <del>${words}</del></p>`)}
${edited?.entry === id ? form(options, entry) : ''}</div>
<a class="edit" href="${hrefOf({ edit: id })}#${id}" aria-label="Correct or hide ${id}">Edit</a></li>`
}

const SHAPES = { worse: '▲', better: '◆' } as const

/** Who did it stands out, where the sentence begins with it. */
const said = ({ who, text }: Entry): Html =>
  who !== null && text.startsWith(who)
    ? html`<b>${who}</b>${text.slice(who.length)}`
    : html`${text}${who === null ? '' : html` <span class="soft">(${who})</span>`}`

const learnt = (world: World, { at, learntAt }: Entry) =>
  learntAt - at > LATE_MS
    ? html` · learnt <time datetime="${new Date(learntAt).toISOString()}">${timeOfDay(world, learntAt)}</time>, ${formatDuration(learntAt - at)} later`
    : ''

/** The link to what shows it. */
export const shownBy = ({ link }: { readonly link: string | null }) =>
  link === null ? '' : html` · <a href="${safeUrl(link)}" rel="noreferrer noopener">source</a>`

function form({ incident, edited, hidden, hrefOf, query }: ListOptions, entry: Entry): Html {
  return html`<form class="edit" method="post" action="/incidents/${incident}/entries/${entry.id}${query}">${hidden}
<label for="text">What it should say</label><textarea id="text" name="text" rows="3" maxlength="3000" autofocus${edited?.wrong ? raw(' aria-invalid="true" aria-describedby="wrong"') : ''}>${edited?.text ?? entry.text}</textarea>
${edited?.wrong ? html`<p class="wrong" id="wrong" role="alert">${edited.wrong}</p>` : ''}
<div class="buttons"><button class="primary" name="act" value="correct">Correct it</button><button name="act" value="${entry.hidden ? 'show' : 'hide'}">${entry.hidden ? 'Show it again' : 'Hide it'}</button><a href="${hrefOf({})}#${entry.id}">Leave it</a></div>
<p class="soft">What it said before stays in the history.</p></form>`
}
