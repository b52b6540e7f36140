/** A simulation's picture: a lane for each who is reached or passed over, time from left to right, a letter for the way of each page. */
import { html } from 'hono/html'
import type { Simulation } from '../../bot/escalation/simulate.ts'
import { nameOf } from '../../bot/incidents/asked.ts'
import { formatDuration } from '../../bot/schedules/duration.ts'
import type { Instant } from '../../bot/words.ts'
import type { World } from '../../bot/world.ts'
import type { Html } from './layout.ts'

/** What happens to somebody at an instant: a page leaves, or does not. */
export type Moment = {
  readonly id: string
  readonly kind: 'paged' | 'skipped'
  readonly at: Instant
  readonly who: string
  readonly by: string
  readonly pass: number
  readonly rung: number
  readonly why: string
}

/** A chain that repeats often is shown up to here; more tell nobody more. */
const MAX_MOMENTS = 200

export function momentsOf(world: World, { pages, skipped }: Simulation): readonly Moment[] {
  const paged = pages.map(({ person, channel, reason, ...page }) => ({
    ...page,
    kind: 'paged' as const,
    who: person ? nameOf(world, person) : (channel ?? ''),
    why: reason,
  }))
  const left = skipped.map(({ person, reason, ...skip }) => ({
    ...skip,
    kind: 'skipped' as const,
    who: person ? nameOf(world, person) : 'Nobody',
    by: '',
    why: reason,
  }))
  return [...paged, ...left]
    .sort((a, b) => a.at - b.at || a.pass - b.pass || a.rung - b.rung)
    .slice(0, MAX_MOMENTS)
    .map((moment, index) => ({ ...moment, id: `m${index + 1}` }))
}

const LETTERS: Readonly<Record<string, string>> = {
  chat: 'C',
  sms: 'S',
  voice: 'V',
  email: 'E',
  push: 'P',
  webhook: 'W',
  channel: '#',
}

const AXIS_PX = 28
const LANE_PX = 48
const NEAR = 0.025
const LEVELS = [0, -1, 1] as const
const LEVEL_PX = 13

export function simulationDrawing({ at, exhaustedAt }: Simulation, moments: readonly Moment[]): Html {
  const lanes = [...Map.groupBy(moments, ({ who }) => who)]
  const last = Math.max(at + 60_000, exhaustedAt ?? at, moments.at(-1)?.at ?? at)
  const span = (last - at) * 1.08
  const part = (instant: Instant) => 0.06 + ((instant - at) / span) * 0.94
  const x = (instant: Instant) => `${(part(instant) * 100).toFixed(3)}%`
  const height = AXIS_PX + lanes.length * LANE_PX
  const used = [...new Set(moments.filter(({ kind }) => kind === 'paged').map(({ by }) => by))]
  const ticks = ticksOf(last - at).map(
    after =>
      html`<line x1="${x(at + after)}" x2="${x(at + after)}" y1="${AXIS_PX - 6}" y2="100%"/><text x="${x(at + after)}" y="16">+${formatDuration(after)}</text>`,
  )
  const rows = lanes.map(([, own], index) => {
    const middle = AXIS_PX + index * LANE_PX + LANE_PX / 2
    let [turn, before] = [0, Number.NEGATIVE_INFINITY]
    const marks = own.map(moment => {
      turn = part(moment.at) - before < NEAR ? turn + 1 : 0
      before = part(moment.at)
      return mark(moment, at, x(moment.at), middle + (LEVELS[turn % LEVELS.length] ?? 0) * LEVEL_PX)
    })
    return html`<g><line class="rail" x1="0" x2="100%" y1="${middle}" y2="${middle}"/>${marks}</g>`
  })
  const end =
    exhaustedAt === null
      ? ''
      : html`<line class="end" x1="${x(exhaustedAt)}" x2="${x(exhaustedAt)}" y1="${AXIS_PX - 6}" y2="100%"/>`
  return html`<div class="drawing simulation"><ul class="lanes" aria-hidden="true">${lanes.map(([who]) => html`<li>${who}</li>`)}</ul>
<div class="scroll"><svg width="100%" height="${height}" role="group" aria-label="The simulation, drawn; the table below says the same"><g class="ticks">${ticks}</g>${rows}${end}</svg></div></div>
<p class="legend">${used.map(by => html`<b class="key">${LETTERS[by] ?? '?'}</b> ${by} `)}${moments.some(({ kind }) => kind === 'skipped') ? html`<b class="key not">✕</b> not paged ` : ''}${exhaustedAt === null ? '' : html`<span class="key bar"></span> exhausted`}</p>`
}

function mark(
  { id, kind, at, who, by, rung, pass, why }: Moment,
  start: Instant,
  x: string,
  y: number,
): Html {
  const what = kind === 'paged' ? `by ${by}` : 'not paged'
  return html`<a href="#${id}" class="moment ${kind}"><title>+${formatDuration(at - start)} ${who} ${what} (pass ${pass}, rung ${rung}): ${why}</title><circle cx="${x}" cy="${y}" r="11"/><text x="${x}" y="${y + 4}">${kind === 'paged' ? (LETTERS[by] ?? '?') : '✕'}</text></a>`
}

const MINUTE = 60_000
const STEPS = [
  ...[10_000, 30_000],
  ...[1, 2, 5, 10, 15, 30, 60, 120, 360, 720, 1440, 2880, 10_080].map(minutes => minutes * MINUTE),
]
const MOST_TICKS = 4

function ticksOf(spanMs: number): readonly number[] {
  const step = STEPS.find(each => spanMs / each <= MOST_TICKS) ?? spanMs / MOST_TICKS
  return Array.from({ length: Math.floor(spanMs / step) + 1 }, (_, index) => index * step)
}
