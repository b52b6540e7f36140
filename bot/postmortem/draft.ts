/**
 * The post-mortem as the facts give it. It says what happened and when, and asks what only people know; it names nobody as the
 * cause of anything.
 */
import type { Action } from '../actions/state.ts'
import type { Candidate } from '../evidence/candidates.ts'
import type { Happened } from '../incidents/events.ts'
import type { Incident } from '../incidents/state.ts'
import { formatDuration } from '../schedules/duration.ts'
import type { Entry } from '../timeline/entries.ts'
import { clockTime } from '../timeline/plain.ts'
import type { World } from '../world.ts'
import { BLANK, type Figures, type Postmortem, SECTION_TITLES, SECTIONS, type SectionId } from './document.ts'
import { figuresOf } from './figures.ts'

export type Facts = {
  readonly world: World
  readonly incident: Incident
  readonly history: readonly Happened[]
  readonly entries: readonly Entry[]
  readonly candidates: readonly Candidate[]
  readonly actions: readonly Action[]
}

export function postmortemOf(facts: Facts): Postmortem {
  const { incident, history } = facts
  const state = incident.postmortem
  const figures = figuresOf(incident, history)
  const sections = SECTIONS.map(id => {
    const written = state?.written[id]
    const authors = history.flatMap(({ event }) =>
      event.type === 'section_written' && event.section === id ? [event.by] : [],
    )
    return {
      id,
      title: SECTION_TITLES[id],
      text: written?.text ?? DRAFTS[id](facts, figures),
      authors: [...new Set(authors)],
      revision: written?.revision ?? 0,
    }
  })
  return {
    incident: incident.id,
    title: incident.title,
    status: state?.publishedAt != null ? 'published' : state?.reviewedBy != null ? 'reviewed' : 'draft',
    figures,
    sections,
  }
}

const DRAFTS: Readonly<Record<SectionId, (facts: Facts, figures: Figures) => string>> = {
  summary: ({ world, incident }, { resolveMs, severity }) => {
    const affected = [
      incident.service ?? 'a service that was not named',
      ...affectedBy(world, incident.service),
    ]
    const lasted =
      resolveMs === null ? 'It is not resolved yet.' : `It was resolved after ${formatDuration(resolveMs)}.`
    return [
      `On ${clockTime(world, incident.declaredAt)} ${incident.id}, "${incident.title}", was declared as ${severity} (${incident.judged.criterion}). ${lasted}`,
      `Affected: ${affected.join(', ')}.`,
    ].join('\n\n')
  },
  impact: ({ incident }, { resolveMs, detectMs }) =>
    [
      `- Duration: ${resolveMs === null ? BLANK : formatDuration(resolveMs + detectMs)}`,
      `- Users affected: ${BLANK}`,
      `- Revenue: ${BLANK}`,
      `- SLO budget spent: ${BLANK}`,
      ...(incident.details ? [`- As it was reported: ${oneLine(incident.details)}`] : []),
    ].join('\n'),
  timeline: ({ world, entries }) =>
    entries
      .filter(entry => !entry.hidden && entry.source !== 'set-up')
      .map(entry => `- ${clockTime(world, entry.at)}: ${entry.text}`)
      .join('\n'),
  root_cause: ({ candidates }) =>
    [
      BLANK,
      ...(candidates.length > 0 ? ['', 'Candidates, from what changed before it; none is proven:'] : []),
      ...candidates
        .slice(0, 5)
        .map(each => `- ${each.title} (${Math.round(each.score * 100)} %): ${each.reasons.join('; ')}`),
    ].join('\n'),
  contributing: ({ history }) => list(contributing(history), BLANK),
  went_well: (_, figures) => list(goodOf(figures), BLANK),
  went_wrong: ({ history }, figures) => list(badOf(figures, history), 'Nothing stands out in the facts.'),
  action_items: ({ world, actions }) =>
    list(
      actions.map(
        item =>
          `${item.id} ${item.title} (${item.priority}, ${world.config.people[item.owner]?.name ?? item.owner}, due ${clockTime(world, item.dueAt)}, ${item.status})`,
      ),
      `None yet. Add them with /action add.`,
    ),
  lessons: () => BLANK,
}

const list = (items: readonly string[], otherwise: string): string =>
  items.length === 0 ? otherwise : items.map(item => `- ${item}`).join('\n')

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim()

/** Services that depend on it, and so felt it. */
const affectedBy = ({ config }: World, service: string | null): readonly string[] =>
  service === null
    ? []
    : Object.values(config.services)
        .filter(each => each.dependsOn.includes(service))
        .map(each => `${each.id} (depends on it)`)

function contributing(history: readonly Happened[]): readonly string[] {
  const skipped = history.flatMap(({ event }) =>
    event.type === 'rung_skipped'
      ? [`Rung ${event.rung} (${event.role}) could not be paged: ${event.why}`]
      : [],
  )
  return [...new Set(skipped)]
}

function goodOf({ acknowledgeMs, targetMs, mitigateMs, detectMs }: Figures): readonly string[] {
  const inTime = acknowledgeMs !== null && targetMs !== null && acknowledgeMs <= targetMs
  return [
    ...(inTime
      ? [`It was taken within ${formatDuration(acknowledgeMs)}; the aim is ${formatDuration(targetMs)}.`]
      : []),
    ...(detectMs > 0 && detectMs <= 5 * 60_000
      ? [`It was declared ${formatDuration(detectMs)} after the first sign.`]
      : []),
    ...(mitigateMs !== null ? [`Its effects were contained after ${formatDuration(mitigateMs)}.`] : []),
  ]
}

function badOf(figures: Figures, history: readonly Happened[]): readonly string[] {
  const { acknowledgeMs, targetMs, unanswered, handOvers, detectMs } = figures
  const late = history.flatMap(({ event }) =>
    event.type === 'rung_paged' && event.lateMs > 0
      ? [`A page left ${formatDuration(event.lateMs)} late, after an outage of the pager.`]
      : [],
  )
  return [
    ...(detectMs > 5 * 60_000 ? [`It was declared ${formatDuration(detectMs)} after the first sign.`] : []),
    ...(acknowledgeMs !== null && targetMs !== null && acknowledgeMs > targetMs
      ? [`It was taken after ${formatDuration(acknowledgeMs)}; the aim is ${formatDuration(targetMs)}.`]
      : []),
    ...(acknowledgeMs === null ? ['Nobody acknowledged it.'] : []),
    ...(unanswered > 0
      ? [`${unanswered} ${unanswered === 1 ? 'page was' : 'pages were'} not answered.`]
      : []),
    ...(handOvers > 0 ? [`It changed hands ${handOvers} ${handOvers === 1 ? 'time' : 'times'}.`] : []),
    ...(history.some(({ event }) => event.type === 'chain_exhausted')
      ? ['The chain of pages ended and nobody had taken it.']
      : []),
    ...late,
  ]
}
