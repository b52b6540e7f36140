/** `/incidents`: the open ones first, then what was, a hundred at a time. */
import { html } from 'hono/html'
import type { IncidentSummary, Store } from '../../bot/ports.ts'
import { clockTime } from '../../bot/timeline/plain.ts'
import type { World } from '../../bot/world.ts'
import { badge, type Html, layout } from './layout.ts'
import type { Pages } from './pages.ts'
import type { Route } from './server.ts'

type Parts = { readonly world: () => Promise<World>; readonly store: Store; readonly pages: Pages }

const PAGE = 100

export const incidentListPage =
  ({ world, store, pages }: Parts): Route =>
  router => {
    router.get(
      '/incidents',
      pages.shown(async (context, viewer) => {
        const before = Number(context.req.query('before') ?? Number.NaN)
        const isFirst = !Number.isInteger(before)
        const [present, open, all] = await Promise.all([
          world(),
          isFirst ? store.incidents({ open: true, limit: 1000 }) : [],
          store.incidents({ limit: PAGE, ...(isFirst ? {} : { before }) }),
        ])
        const over = all.filter(each => !each.open || !isFirst)
        const more = all.length === PAGE ? all.at(-1)?.number : undefined
        const inner = html`${isFirst ? section(present, `Open (${open.length})`, open, 'No incident is open.') : ''}
${section(present, isFirst ? 'Over' : 'Before', over, isFirst ? 'None is over yet.' : 'There are no earlier ones.')}
${more === undefined ? '' : html`<p><a href="/incidents?before=${more}">Older ones</a></p>`}`
        return context.html(layout({ title: 'Incidents', viewer, part: 'incidents' }, inner))
      }),
    )
  }

const section = (world: World, title: string, incidents: readonly IncidentSummary[], none: string): Html =>
  html`<h2>${title}</h2>${incidents.length === 0 ? html`<p class="soft">${none}</p>` : html`<ul class="incidents">${incidents.map(each => item(world, each))}</ul>`}`

const item = (world: World, each: IncidentSummary): Html =>
  html`<li>${badge(each.severity)}<div><a href="/incidents/${each.id}">${each.id}: ${each.title}</a><p class="about"><b>${each.status}</b>${each.open && !each.acked ? html` · <b class="worse">not acknowledged</b>` : ''}${each.service ? html` · ${each.service}` : ''}${each.test ? ' · test' : ''} · <time datetime="${new Date(each.declaredAt).toISOString()}">${clockTime(world, each.declaredAt)}</time></p></div></li>`
