/** How an incident stands, above everything else: who has it or who is called next, and since when. */
import { html } from 'hono/html'
import { standing } from '../../bot/incidents/card.ts'
import { linksOf } from '../../bot/incidents/places.ts'
import type { Incident } from '../../bot/incidents/state.ts'
import type { Line } from '../../bot/message.ts'
import { formatDuration } from '../../bot/schedules/duration.ts'
import { clockTime, plain } from '../../bot/timeline/plain.ts'
import { DUTIES } from '../../bot/words.ts'
import type { World } from '../../bot/world.ts'
import { type Html, safeUrl } from './layout.ts'

export function incidentHead(world: World, incident: Incident): Html {
  const { status, service, declaredAt, declaredBy, resolvedAt, details, lastUpdate, duties } = incident
  const name = (line: Line) => plain(world, line)
  const links = Object.entries(linksOf(world, incident))
  const facts: readonly (readonly [string, string | null])[] = [
    ['Status', status],
    ['Service', service],
    [
      'Declared',
      `${clockTime(world, declaredAt)} by ${declaredBy.kind === 'person' ? name([{ person: declaredBy.person }]) : 'an alert'}`,
    ],
    ['Resolved', resolvedAt === null ? null : `after ${formatDuration(resolvedAt - declaredAt)}`],
    ...DUTIES.map(duty => [titled(duty), duties[duty] ? name([{ person: duties[duty] }]) : null] as const),
  ]
  return html`<p class="standing">${name(standing(incident))}</p>
<dl class="facts">${facts.map(([label, value]) => (value === null ? '' : html`<div><dt>${label}</dt><dd>${value}</dd></div>`))}</dl>
${details ? html`<blockquote>${details}</blockquote>` : ''}
${lastUpdate ? html`<p><b>Last update</b> <time datetime="${new Date(lastUpdate.at).toISOString()}">${clockTime(world, lastUpdate.at)}</time>: ${lastUpdate.text}</p>` : ''}
${links.length > 0 ? html`<p>${links.map(([title, url], index) => html`${index > 0 ? ' · ' : ''}<a href="${safeUrl(url)}" rel="noreferrer noopener">${title}</a>`)}</p>` : ''}`
}

const titled = (word: string): string => `${word[0]?.toUpperCase() ?? ''}${word.slice(1)}`
