/** A post-mortem as it is read: how it stands, what is missing, its sections, and what can be done about it. */
import { html, raw } from 'hono/html'
import type { Action } from '../../../bot/actions/state.ts'
import { nameOf } from '../../../bot/incidents/asked.ts'
import { blanksOf, type Section } from '../../../bot/postmortem/document.ts'
import { ownerOf } from '../../../bot/postmortem/due.ts'
import type { Remembered } from '../../../bot/postmortem/load.ts'
import { rows, statusText } from '../../../bot/postmortem/render.ts'
import { isReviewed } from '../../../bot/postmortem/review.ts'
import { postmortemPath } from '../../../bot/sessions/link.ts'
import { clockTime } from '../../../bot/timeline/plain.ts'
import type { World } from '../../../bot/world.ts'
import type { RenderMarkdown } from '../../postmortem/markdown.ts'
import type { Html } from '../layout.ts'
import { actionItems } from './items.ts'
import type { Said } from './said.ts'

export type Reading = Remembered & {
  readonly world: World
  readonly render: RenderMarkdown
  readonly actions: readonly Action[]
  /** What a form needs inside. */
  readonly hidden: Html
  /** What came of the last press. */
  readonly said: Said | undefined
}

export function readPage(reading: Reading): Html {
  const { incident, postmortem, said } = reading
  const base = postmortemPath(incident.id)
  if (!incident.postmortem) return notBegun(reading)
  return html`${said ? notice(said) : ''}
<p class="standing"><span class="chip ${postmortem.status}">${statusText(postmortem.status, postmortem.changed)}</span> <a href="/incidents/${incident.id}">${incident.id}</a> · ${incident.severity}${incident.service ? ` · ${incident.service}` : ''}</p>
${people(reading)}
<div class="buttons">${whatNext(reading)}<a class="button" href="#items">Add action item</a><span class="downloads">Download: <a href="${base}.md">Markdown</a> <a href="${base}.html">HTML</a> <a href="${base}.json">JSON</a></span></div>
${missing(postmortem.sections)}
<div class="document">
<nav class="contents" aria-label="Sections"><ol>${postmortem.sections.map(each => html`<li><a href="#${each.id}">${each.title}</a>${isBlank(each) ? html` <mark class="blank" title="to be filled in">…</mark>` : ''}</li>`)}</ol></nav>
<div>
<table class="figures">${rows(postmortem.figures).map(([name, value]) => html`<tr><th scope="row">${name}</th><td>${value}</td></tr>`)}</table>
${postmortem.sections.map(each => section(reading, each))}
${actionItems(reading)}
${more(reading)}
</div></div>`
}

const isBlank = (section: Section): boolean => blanksOf({ sections: [section] }).length > 0

export const notice = ({ text, refused }: Said): Html =>
  html`<p class="notice${refused ? ' refused' : ''}" role="status">${text}</p>`

function notBegun({ incident, hidden, said }: Reading): Html {
  const over = incident.status === 'closed' || incident.status === 'postmortem'
  return html`${said ? notice(said) : ''}<p>It is not begun. ${over ? '' : `${incident.id} is ${incident.status}; it is begun when that is over.`}</p>
${over ? html`<form method="post">${hidden}<button class="primary" name="do" value="begin">Begin it from the facts</button></form>` : ''}`
}

function people({ world, incident, postmortem }: Reading): Html {
  const names = (all: readonly string[]) => all.map(id => nameOf(world, id)).join(', ')
  const state = incident.postmortem
  const owner = ownerOf(world, incident)
  const authors = [...new Set(postmortem.sections.flatMap(each => each.authors))]
  const parts = [
    ...(state?.publishedAt == null && !state?.waived && owner !== null
      ? [`To be finished by ${nameOf(world, owner)}`]
      : []),
    ...(state?.waived ? [`${nameOf(world, state.waived.by)}: ${state.waived.why}`] : []),
    ...(authors.length > 0 ? [`Written by ${names(authors)}`] : []),
    ...(state?.reviewers.length ? [`Read by ${names(state.reviewers)}`] : []),
    ...(state?.publishedAt != null
      ? [`Published by ${nameOf(world, state.publishedBy ?? '')}, ${clockTime(world, state.publishedAt)}`]
      : []),
  ]
  return html`<p class="soft">${parts.join(' · ')}</p>`
}

/** The same rules as in chat decide what a press does; what cannot work is not offered. */
function whatNext({ world, incident, postmortem, hidden }: Reading): Html {
  const state = incident.postmortem
  const press = (what: string, label: string, kind = '') =>
    html`<button name="do" value="${what}" class="${kind}">${label}</button>`
  if (state?.waived)
    return html`<form method="post">${hidden}${press('begin', 'Begin it after all', 'primary')}</form>`
  if (!state || (state.publishedAt !== null && !state.changed)) return html``
  const ready = blanksOf(postmortem).length === 0
  const reviewed = isReviewed(world, state)
  if (!ready) return html``
  const may = incident.severity !== 'SEV1' || reviewed
  return html`<form method="post">${hidden}<input type="hidden" name="seen" value="${state.edits}">${press('review', 'I have read it: it is right', reviewed ? '' : 'primary')}${may ? press('publish', state.changed ? 'Publish the changes' : 'Publish', 'primary') : ''}</form>${!may ? html`<span class="soft">A SEV1 is published once somebody has read it who did not write it.</span>` : ''}`
}

function missing(sections: readonly Section[]): Html {
  const blanks = blanksOf({ sections })
  return blanks.length === 0
    ? html``
    : html`<p class="missing"><mark class="blank">To be filled in</mark> ${blanks.map((each, index) => html`${index > 0 ? ' · ' : ''}<a href="#${each.id}">${each.title}</a>`)}</p>`
}

function section({ incident, render, world }: Reading, each: Section): Html {
  const base = postmortemPath(incident.id)
  const by = each.authors.map(id => nameOf(world, id)).join(', ')
  const history =
    each.revision > 0
      ? html`<a href="${base}/history/${each.id}">${each.revision === 1 ? '1 version' : `${each.revision} versions`}</a>`
      : ''
  return html`<section id="${each.id}"><header><h2>${each.title}</h2><a class="button" href="${base}/edit/${each.id}" aria-label="Edit ${each.title}">Edit</a></header>
<div class="prose">${raw(render(each.text))}</div>
<p class="by">${by === '' ? 'From the facts' : `By ${by}`} ${history}</p></section>`
}

/** What is seldom done. */
function more({ world, incident, hidden }: Reading): Html {
  const state = incident.postmortem
  if (!state || state.publishedAt !== null || state.waived) return html``
  const owner = ownerOf(world, incident)
  return html`<details class="more"><summary>Hand it on, or say that none is needed</summary>
<form method="post">${hidden}<label for="to">To be finished by</label><select id="to" name="owner">${Object.values(world.config.people).map(({ id, name }) => html`<option value="${id}"${id === owner ? raw(' selected') : ''}>${name}</option>`)}</select><button name="do" value="give">Hand it on</button></form>
<form method="post">${hidden}<label for="why">None is needed, because</label><input id="why" name="text" maxlength="500" required><button name="do" value="waive">Say so</button></form></details>`
}
