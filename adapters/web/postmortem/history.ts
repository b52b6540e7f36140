/** Every version of a section: who wrote it, when, what changed, and the way back to it. */
import { html } from 'hono/html'
import { nameOf } from '../../../bot/incidents/asked.ts'
import type { Section } from '../../../bot/postmortem/document.ts'
import type { Version } from '../../../bot/postmortem/history.ts'
import { postmortemPath } from '../../../bot/sessions/link.ts'
import { clockTime } from '../../../bot/timeline/plain.ts'
import type { World } from '../../../bot/world.ts'
import type { Html } from '../layout.ts'
import { changesView } from './changes.ts'

type History = {
  readonly id: string
  readonly section: Section
  readonly versions: readonly Version[]
  readonly world: World
  readonly hidden: Html
  /** The newest of the versions to be shown; the newest of all when it is not said. */
  readonly upTo: number | undefined
}

/** On one page: each is compared with the one before it. */
const SHOWN = 10

export function historyPage({ id, section, versions, world, hidden, upTo }: History): Html {
  const base = postmortemPath(id)
  const until = versions.filter(({ revision }) => upTo === undefined || revision <= upTo)
  const shown = until.slice(-SHOWN)
  const earlier = shown[0] && shown[0].revision > 1 ? shown[0].revision - 1 : undefined
  const last = versions.length
  return html`<p><a href="${base}#${section.id}">Back to the post-mortem</a></p>
${versions.length === 0 ? html`<p>Nobody has written it yet; it is as the facts give it.</p>` : ''}
<ol class="versions" reversed>${shown.toReversed().map(
    version => html`<li value="${version.revision}"><article>
<header><b>${nameOf(world, version.by)}</b> <time datetime="${new Date(version.at).toISOString()}">${clockTime(world, version.at)}</time> <span class="soft">${version.text === '' ? 'took back what was written, as the facts give it' : `version ${version.revision}`}</span></header>
${version.text === '' ? '' : changesView(versions[version.revision - 2]?.text ?? '', version.text)}
${version.revision === last || version.text === '' ? '' : html`<details><summary>The whole of version ${version.revision}</summary><pre>${version.text}</pre><form method="post" action="${base}/edit/${section.id}">${hidden}<input type="hidden" name="from" value="${section.revision}"><input type="hidden" name="text" value="${version.text}"><button name="do" value="save">Bring this version back</button></form></details>`}
</article></li>`,
  )}</ol>
${earlier === undefined ? '' : html`<p><a href="?up=${earlier}">Earlier versions</a></p>`}`
}
