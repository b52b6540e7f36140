/**
 * Writing one section: the text, how it will look, hints where words blame. Saved with the revision that was seen; when somebody
 * else was faster, both texts are there and what changed between them, and nothing is lost.
 */
import { html, raw } from 'hono/html'
import { nameOf } from '../../../bot/incidents/asked.ts'
import { blameful } from '../../../bot/postmortem/blameless.ts'
import { hintFor } from '../../../bot/postmortem/cause.ts'
import { MAX_SECTION } from '../../../bot/postmortem/decide.ts'
import type { Section } from '../../../bot/postmortem/document.ts'
import { postmortemPath } from '../../../bot/sessions/link.ts'
import type { World } from '../../../bot/world.ts'
import type { RenderMarkdown } from '../../postmortem/markdown.ts'
import type { Html } from '../layout.ts'
import { changesView } from './changes.ts'
import { notice } from './read.ts'
import type { Said } from './said.ts'

export type Editing = {
  readonly id: string
  readonly section: Section
  /** What is in the box. */
  readonly text: string
  readonly world: World
  readonly render: RenderMarkdown
  readonly hidden: Html
  readonly said: Said | undefined
  /** Somebody else saved another text meanwhile. */
  readonly conflict: boolean
}

export function editPage(editing: Editing): Html {
  const { id, section, text, hidden, said, conflict } = editing
  const base = postmortemPath(id)
  const hint = hintFor(section.id)
  return html`${said ? notice(said) : ''}${conflict ? both(editing) : ''}
<form method="post" class="edit" data-preview="${base}/preview">${hidden}<input type="hidden" name="from" value="${section.revision}">
<div><label for="text">${conflict ? 'Yours' : 'Text'} <small>Markdown: **bold**, - list, [words](https://address). What is left as _to be filled in_ keeps it from being published.${hint === undefined ? '' : ` ${hint}`}</small></label>
<textarea id="text" name="text" rows="18" maxlength="${MAX_SECTION}" spellcheck="true">${text}</textarea>
<div class="buttons"><button class="primary" name="do" value="save">${conflict ? 'Put mine over it' : 'Save'}</button><button name="do" value="preview" class="noscript">Preview</button><a class="button" href="${base}#${section.id}">Cancel</a>
${section.revision > 0 ? html`<button name="do" value="facts" class="quiet">Back to the facts</button>` : ''}</div></div>
<div><h2 class="label">As it will look</h2><div id="preview" aria-live="polite">${previewOf(editing)}</div></div>
</form>`
}

/** What comes back for each stop in writing: the text as HTML, then hints. */
export const previewOf = ({ text, render, world }: Pick<Editing, 'text' | 'render' | 'world'>): Html => {
  const names = Object.values(world.config.people).map(each => each.name)
  const hints = blameful(text, names)
  return html`<div class="prose">${text.trim() === '' ? html`<p class="soft">Emptied, it is as the facts give it.</p>` : raw(render(text))}</div>
${hints.length > 0 ? html`<div class="hints"><h3>Without blame, it teaches more</h3><ul>${hints.map(({ phrase, instead }) => html`<li><q>${phrase}</q>: ${instead}.</li>`)}</ul></div>` : ''}`
}

function both({ section, text, world }: Editing): Html {
  const by = section.authors.at(-1)
  return html`<section class="conflict"><h2>${by === undefined ? 'It' : `${nameOf(world, by)}'s text`} is there now</h2>
<pre class="theirs">${section.text}</pre>
<h3>From theirs to yours</h3>${changesView(section.text, text)}
<p>Put together in the box below what is to stand, then save it. Neither is lost: theirs is in the history as well.</p></section>`
}
