/** `/simulate`: who would be paged, when, by what way and why, and who would not; drawn over time, with the same as a table beside it. */
import type { Context } from 'hono'
import { html, raw } from 'hono/html'
import type { App } from '../../bot/app.ts'
import { type Scenario, type Simulation, simulate } from '../../bot/escalation/simulate.ts'
import type { Clock } from '../../bot/ports.ts'
import { Refusal, refuse } from '../../bot/refusal.ts'
import { formatDuration, parseDuration } from '../../bot/schedules/duration.ts'
import { parseWhen } from '../../bot/schedules/when.ts'
import { clockTime } from '../../bot/timeline/plain.ts'
import { SEVERITIES } from '../../bot/words.ts'
import type { World } from '../../bot/world.ts'
import { badge, type Html, layout } from './layout.ts'
import type { Pages } from './pages.ts'
import type { Route } from './server.ts'
import { type Moment, momentsOf, simulationDrawing } from './simulate-drawing.ts'

type Parts = {
  readonly app: Pick<App, 'engine'>
  readonly clock: Clock
  readonly pages: Pick<Pages, 'shown'>
}

export const simulatePage =
  ({ app: { engine }, clock, pages }: Parts): Route =>
  router => {
    router.get(
      '/simulate',
      pages.shown(async (context, viewer) => {
        const world = await engine.world()
        const typed = typedIn(context)
        const outcome = run(world, typed, clock.now())
        const answer =
          outcome instanceof Refusal
            ? html`<p class="wrong" role="alert">${outcome.message}</p>`
            : result(world, typed, outcome)
        return context.html(
          layout(
            { title: 'Who would be paged', viewer, part: 'simulate' },
            html`${form(world, typed)}${answer}<p class="soft">Nothing is sent, and nothing is written. It is what Tocsin itself would do, with today's people, schedules and overrides, each page taken as it leaves. Times are those of ${world.config.team.timezone}.</p>`,
          ),
          outcome instanceof Refusal ? 400 : 200,
        )
      }),
    )
  }

type Typed = {
  readonly severity: string
  readonly service: string
  readonly at: string
  readonly ack: string
}

const typedIn = (context: Context): Typed => ({
  severity: context.req.query('severity') ?? 'SEV1',
  service: context.req.query('service') ?? '',
  at: context.req.query('at') ?? '',
  ack: context.req.query('ack') ?? '',
})

function run(world: World, typed: Typed, now: number): Simulation | Refusal {
  const severity = SEVERITIES.find(each => each === typed.severity.toUpperCase())
  if (!severity)
    return refuse('bad_severity', `"${typed.severity.slice(0, 20)}" is not a severity.`, 'SEV1 to SEV4.')
  const at = typed.at.trim() === '' ? now : parseWhen(typed.at, world.config.team.timezone, now)
  if (at instanceof Refusal) return at
  const ackAfterMs = typed.ack.trim() === '' ? null : parseDuration(typed.ack.trim())
  if (ackAfterMs instanceof Refusal) return ackAfterMs
  return attempt(world, { severity, service: typed.service === '' ? null : typed.service, at, ackAfterMs })
}

function attempt(world: World, scenario: Scenario): Simulation | Refusal {
  try {
    return simulate(world, scenario)
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
}

function form(world: World, { severity, service, at, ack }: Typed): Html {
  const option = (value: string, label: string, chosen: string) =>
    html`<option value="${value}"${value === chosen ? raw(' selected') : ''}>${label}</option>`
  return html`<form class="ask" method="get">
<label>Severity<select name="severity">${SEVERITIES.map(each => option(each, each, severity.toUpperCase()))}</select></label>
<label>Service<select name="service">${option('', 'none in particular', service)}${Object.keys(world.config.services).map(each => option(each, each, service))}</select></label>
<label>Declared<input name="at" value="${at}" placeholder="now, or fri 18:00" maxlength="60" autocomplete="off"></label>
<label>Acknowledged after<input name="ack" value="${ack}" placeholder="never" maxlength="20" autocomplete="off"></label>
<button class="primary">Show</button></form>`
}

function result(world: World, typed: Typed, outcome: Simulation): Html {
  const moments = momentsOf(world, outcome)
  const people = new Set(outcome.pages.flatMap(({ person }) => person ?? []))
  const when = typed.at.trim() === '' ? 'now' : `at ${clockTime(world, outcome.at)}`
  return html`<h2>${badge(outcome.severity)} ${typed.service ? `${typed.service}, ` : ''}declared ${when}</h2>
<p class="standing">${sentence(outcome, people.size)}</p>
${moments.length > 0 ? simulationDrawing(outcome, moments) : ''}
${table(world, outcome, moments)}`
}

function sentence({ pages, skipped, exhaustedAt, at }: Simulation, people: number): string {
  const first = (pages[0]?.at ?? at) - at
  const paged =
    pages.length === 0
      ? 'Nobody would be paged.'
      : `${count(pages.length, 'page')}${people > 0 ? ` to ${count(people, 'person', 'people')}` : ''}, the first ${first === 0 ? 'at once' : `after ${formatDuration(first)}`}.`
  const left = skipped.length === 0 ? '' : ` ${count(skipped.length, 'rung')} skipped.`
  const end =
    exhaustedAt === null
      ? ''
      : ` After ${formatDuration(exhaustedAt - at)} everybody has been called, and that is said loudly.`
  return `${paged}${left}${end}`
}

const count = (number: number, one: string, many = `${one}s`): string =>
  `${number} ${number === 1 ? one : many}`

function table(world: World, { at, exhaustedAt }: Simulation, moments: readonly Moment[]): Html {
  const rows = moments.map(
    moment =>
      html`<tr id="${moment.id}" class="${moment.kind}"><td><time datetime="${new Date(moment.at).toISOString()}" title="${clockTime(world, moment.at)}">+${formatDuration(moment.at - at)}</time></td><td>${moment.who}</td><td>${moment.kind === 'paged' ? moment.by : 'not paged'}</td><td>${moment.pass > 1 ? `${moment.pass}, ` : ''}${moment.rung}</td><td>${moment.why}</td></tr>`,
  )
  const end =
    exhaustedAt === null
      ? html`<tr><td></td><td colspan="4">The chain ends there, and nothing more is said.</td></tr>`
      : html`<tr class="skipped"><td>+${formatDuration(exhaustedAt - at)}</td><td colspan="4"><b>Exhausted:</b> it is said loudly that nobody answered.</td></tr>`
  return html`<div class="wide"><table class="moments"><thead><tr><th scope="col">After</th><th scope="col">Who</th><th scope="col">By</th><th scope="col">Rung</th><th scope="col">Why</th></tr></thead><tbody>${rows}${end}</tbody></table></div>`
}
