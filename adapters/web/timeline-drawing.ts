/**
 * The timeline's picture. Places along the axis are in per cent of a width that the script changes: that is the zoom, and moving
 * along is scrolling. A mark is a link to its entry, with a shape for what it means, not a colour alone.
 */
import { html, raw } from 'hono/html'
import { ticksOf } from '../../bot/timeline/axis.ts'
import { timeOfDay } from '../../bot/timeline/days.ts'
import type { Drawing, Mark } from '../../bot/timeline/drawing.ts'
import type { EntrySource } from '../../bot/timeline/entries.ts'
import type { World } from '../../bot/world.ts'
import type { Html } from './layout.ts'

/** Lanes as people call them; a source that is not here has its own name. */
export const LANE_NAMES: Readonly<Partial<Record<EntrySource, string>>> = {
  incident: 'Incident',
  page: 'Pages',
  alert: 'Alerts',
  change: 'Changes',
  finding: 'Findings',
  chat: 'Chat',
  'set-up': 'Set-up',
}
export const laneName = (source: EntrySource): string => LANE_NAMES[source] ?? source

const AXIS_PX = 28
const LANE_PX = 44
const LEVEL_PX = 11

/** `hrefOf`: where the row of an entry is. */
export function timelineDrawing(world: World, drawing: Drawing, hrefOf: (mark: Mark) => string): Html {
  const { lanes, from, to, focus } = drawing
  const height = lanes.length * LANE_PX + AXIS_PX
  const x = (part: number) => `${(part * 100).toFixed(3)}%`
  const levels = ticksOf(world.config.team.timezone, from, to)
  const ticks = levels.map(
    (level, index) =>
      html`<g class="ticks${index === 0 ? '' : ' off'}">${level.map(({ at, label }) => {
        const place = x((at - from) / (to - from))
        return html`<line x1="${place}" x2="${place}" y1="${AXIS_PX - 6}" y2="100%"/><text x="${place}" y="16">${label}</text>`
      })}</g>`,
  )
  const rows = lanes.map(({ source, marks }, index) => {
    const middle = AXIS_PX + index * LANE_PX + LANE_PX / 2
    return html`<g class="lane lane-${source}"><line class="rail" x1="0" x2="100%" y1="${middle}" y2="${middle}"/>${marks.map(mark => markOf(world, mark, x(mark.x), middle + mark.level * LEVEL_PX, hrefOf(mark)))}</g>`
  })
  return html`<div class="drawing"><ul class="lanes" aria-hidden="true">${lanes.map(({ source }) => html`<li class="lane-${source}">${laneName(source)}</li>`)}</ul>
<div class="scroll"><svg id="drawing" width="100%" height="${height}" role="group" aria-label="The timeline, drawn. Arrows go from mark to mark, Enter to its entry, plus and minus zoom." data-from="${focus.from.toFixed(4)}" data-to="${focus.to.toFixed(4)}">
<defs><path id="worse" d="M0-8 8 6H-8z"/><path id="better" d="M0-8 8 0 0 8-8 0z"/><circle id="plain" r="5.500"/></defs>${ticks}${rows}</svg></div></div>`
}

function markOf(world: World, mark: Mark, x: string, y: number, href: string): Html {
  const { entry, count, impact } = mark
  const words = count > 1 ? `${count} entries, the first: ${entry.text}` : entry.text
  const meant = impact === null ? '' : `, ${impact}`
  return html`<a href="${href}" tabindex="-1" data-entry="${entry.id}" class="mark ${impact ?? 'plain'}"><title>${timeOfDay(world, entry.at)} ${laneName(entry.source)}${meant}: ${words.slice(0, 200)}</title><circle class="reach" cx="${x}" cy="${y}" r="13"/><use href="#${impact ?? 'plain'}" x="${x}" y="${y}"/>${count > 1 ? html`<text x="${x}" y="${y - 11}">${count}</text>` : ''}</a>`
}

/** What the shapes mean. */
export const legend = raw(
  '<p class="legend"><svg width="18" height="18" aria-hidden="true" class="mark worse"><use href="#worse" x="9" y="9"/></svg> worse <svg width="18" height="18" aria-hidden="true" class="mark better"><use href="#better" x="9" y="9"/></svg> better <svg width="18" height="18" aria-hidden="true" class="mark plain"><use href="#plain" x="9" y="9"/></svg> neither</p>',
)
