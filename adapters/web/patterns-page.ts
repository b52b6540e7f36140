/** `/patterns`: what incidents have in common over any range, in pictures that are as dark as the page, and in words. */
import type { Context } from 'hono'
import { html, raw } from 'hono/html'
import type { App } from '../../bot/app.ts'
import { picturesOf } from '../../bot/digest/charts/pictures.ts'
import { WEB } from '../../bot/digest/charts/theme.ts'
import { patternsView } from '../../bot/digest/patterns-view.ts'
import { readRange } from '../../bot/digest/range.ts'
import type { PatternFacts } from '../../bot/digest/view.ts'
import { type PatternRange, patternFacts } from '../../bot/engine/digest-facts.ts'
import type { Block, Line } from '../../bot/message.ts'
import type { Clock, Store } from '../../bot/ports.ts'
import { Refusal, refuse } from '../../bot/refusal.ts'
import { plain } from '../../bot/timeline/plain.ts'
import type { World } from '../../bot/world.ts'
import { type Html, layout } from './layout.ts'
import type { Pages } from './pages.ts'
import type { Route } from './server.ts'

type Parts = {
  readonly app: Pick<App, 'engine'>
  readonly store: Store
  readonly clock: Clock
  readonly pages: Pick<Pages, 'shown'>
}

export const patternsPage =
  ({ app: { engine }, store, clock, pages }: Parts): Route =>
  router => {
    router.get(
      '/patterns',
      pages.shown(async (context, viewer) => {
        const world = await engine.world()
        const typed = typedIn(context)
        const asked = rangeOf(world, typed, clock.now())
        const answer =
          asked instanceof Refusal
            ? html`<p class="wrong" role="alert">${asked.message}</p>`
            : shown(await patternFacts({ engine, store, clock }, asked))
        return context.html(
          layout({ title: 'Patterns', viewer, part: 'patterns' }, html`${form(world, typed)}${answer}`),
          asked instanceof Refusal ? 400 : 200,
        )
      }),
    )
  }

type Typed = { readonly from: string; readonly to: string; readonly service: string }

const typedIn = (context: Context): Typed => ({
  from: context.req.query('from') ?? '',
  to: context.req.query('to') ?? '',
  service: context.req.query('service') ?? '',
})

function rangeOf({ config }: World, { from, to, service }: Typed, now: number): PatternRange | Refusal {
  if (service !== '' && !config.services[service])
    return refuse('unknown', `"${service.slice(0, 60)}" is not a service of this team.`, 'Choose one below.')
  const range = readRange({ from: from || undefined, to: to || undefined }, config.team.timezone, now)
  return range instanceof Refusal || service === '' ? range : { ...range, service }
}

function form({ config }: World, { from, to, service }: Typed): Html {
  const option = (value: string, label: string) =>
    html`<option value="${value}"${value === service ? raw(' selected') : ''}>${label}</option>`
  return html`<form class="ask" method="get">
<label>From<input type="date" name="from" value="${from}"></label>
<label>To, that day included<input type="date" name="to" value="${to}"></label>
<label>Service<select name="service">${option('', 'all of them')}${Object.keys(config.services).map(each => option(each, each))}</select></label>
<button class="primary">Show</button></form>`
}

function shown(facts: PatternFacts): Html {
  const { blocks } = patternsView(facts)
  // Every text in a drawing was escaped when it was made; the picture of letters is for chats.
  const drawn = facts.past.length === 0 ? [] : picturesOf(facts, WEB)
  return html`${blocks.filter(({ kind }) => kind !== 'code').map(block => worded(facts.world, block))}
<div class="charts">${drawn.map(({ svg }) => html`<figure class="chart">${raw(svg)}</figure>`)}</div>`
}

function worded(world: World, block: Block): Html {
  const line = (parts: Line) =>
    parts.map(part =>
      typeof part === 'object' && 'bold' in part ? html`<b>${part.bold}</b>` : plain(world, [part]),
    )
  switch (block.kind) {
    case 'heading':
      return html`<h2>${block.text}</h2>`
    case 'list':
      return html`<ul>${block.items.map(item => html`<li>${line(item)}</li>`)}</ul>`
    case 'text':
      return html`${block.lines.map(each => html`<p>${line(each)}</p>`)}`
    case 'note':
      return html`<p class="soft">${line(block.line)}</p>`
    default:
      return html``
  }
}
