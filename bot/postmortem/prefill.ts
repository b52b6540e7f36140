/**
 * What the facts give for each name of a template. They say what happened and when, and ask what only people know; nobody is named
 * as the cause of anything. Words of people and of other systems are put in as words (see `literal`).
 */
import type { Action } from '../actions/state.ts'
import type { Candidate } from '../evidence/candidates.ts'
import type { Investigation } from '../evidence/investigation.ts'
import type { Happened } from '../incidents/events.ts'
import { involved } from '../incidents/reactions.ts'
import { formatDuration } from '../schedules/duration.ts'
import type { Entry } from '../timeline/entries.ts'
import { clockTime } from '../timeline/plain.ts'
import type { World } from '../world.ts'
import { wentWell, wentWrong } from './assess.ts'
import { BLANK, type Figures } from './document.ts'
import { durationOf } from './figures.ts'
import { type About, revenue, users } from './impact.ts'
import { literal } from './literal.ts'
import { sloBudget } from './slo.ts'
import type { BuiltIn, Fillable, Placeholder } from './template.ts'

export type Facts = About & {
  readonly entries: readonly Entry[]
  readonly investigation: Investigation
  readonly actions: readonly Action[]
}

type Given = { readonly facts: Facts; readonly figures: Figures }

export const prefill = (given: Given, name: Fillable): string =>
  name in DRAFTS ? DRAFTS[name as BuiltIn](given) : SHORT[name as Placeholder](given)

/** More entries than this are for the incident's own page. */
const MAX_ENTRIES = 400
const CAUSES = 3
const ALSO = 5

const DRAFTS: Readonly<Record<BuiltIn, (given: Given) => string>> = {
  summary(given) {
    const { world, incident } = given.facts
    const { resolveMs, severity } = given.figures
    const declared = given.facts.history.find(({ event }) => event.type === 'declared')?.event
    const first = declared?.type === 'declared' ? declared.severity : severity
    const later = first === severity ? '' : `, and was ${severity} in the end`
    const lasted =
      resolveMs === null ? 'It is not resolved yet.' : `It was resolved after ${formatDuration(resolveMs)}.`
    return [
      `On ${clockTime(world, incident.declaredAt)} ${incident.id}, "${literal(incident.title)}", was declared as ${first} (${literal(incident.judged.criterion)})${later}. ${lasted}`,
      `Affected: ${SHORT.affected_services(given)}.`,
    ].join('\n\n')
  },
  impact: given =>
    [
      `- Duration: ${SHORT.duration(given)}`,
      `- Users affected: ${SHORT.users(given)}`,
      `- Revenue: ${SHORT.revenue(given)}`,
      `- SLO budget spent: ${SHORT.slo_budget(given)}`,
      ...(given.facts.incident.details
        ? [`- As it was reported: ${literal(given.facts.incident.details)}`]
        : []),
    ].join('\n'),
  timeline({ facts }) {
    const shown = facts.entries.filter(entry => isToldIn(entry, facts.history))
    const left = shown.length - MAX_ENTRIES
    return [
      ...shown
        .slice(0, MAX_ENTRIES)
        .map(entry => `- ${clockTime(facts.world, entry.at)}: ${literal(entry.text)}`),
      ...(left > 0 ? [`- and ${left} more: /incident timeline ${facts.incident.id}`] : []),
    ].join('\n')
  },
  root_cause: ({ facts: { investigation } }) =>
    [
      BLANK,
      ...asCandidates(
        'Candidates, from what changed and what showed; none is proven:',
        investigation.candidates.slice(0, CAUSES),
      ),
    ].join('\n'),
  contributing({ facts: { history, investigation } }) {
    const known = skippedRungs(history)
    return [
      known.length === 0 ? BLANK : bullets(known),
      ...asCandidates(
        'Also changed before it; none is proven:',
        investigation.candidates
          .slice(CAUSES)
          .filter(({ kind }) => kind === 'change')
          .slice(0, ALSO),
      ),
    ].join('\n')
  },
  went_well: ({ figures }) => bullets(wentWell(figures), BLANK),
  went_wrong: ({ facts, figures }) =>
    bullets(wentWrong(figures, facts.history), 'Nothing stands out in the facts.'),
  action_items: ({ facts: { world, actions } }) =>
    bullets(
      actions.map(
        item =>
          `${item.id} ${literal(item.title)} (${item.priority}, ${name(world, item.owner)}, due ${clockTime(world, item.dueAt)}, ${item.status})`,
      ),
      'None yet. Add them with /action add.',
    ),
  lessons: () => BLANK,
}

const after = (ms: number | null): string => (ms === null ? BLANK : formatDuration(ms))

const SHORT: Readonly<Record<Placeholder, (given: Given) => string>> = {
  blank: () => BLANK,
  incident: ({ facts }) => facts.incident.id,
  title: ({ facts }) => literal(facts.incident.title),
  severity: ({ figures }) => figures.severity,
  service: ({ facts }) => facts.incident.service ?? BLANK,
  declared_at: ({ facts }) => clockTime(facts.world, facts.incident.declaredAt),
  resolved_at: ({ facts: { world, incident } }) =>
    incident.resolvedAt === null ? BLANK : clockTime(world, incident.resolvedAt),
  duration: ({ figures }) => after(durationOf(figures)),
  time_to_detect: ({ figures }) => after(figures.detectMs),
  time_to_acknowledge: ({ figures }) => after(figures.acknowledgeMs),
  time_to_mitigate: ({ figures }) => after(figures.mitigateMs),
  time_to_resolve: ({ figures }) => after(figures.resolveMs),
  users: ({ facts }) => users(facts),
  revenue: ({ facts, figures }) => revenue(facts, figures),
  slo_budget: ({ facts, figures }) => sloBudget(facts.world, facts.incident, figures),
  affected_services: ({ facts: { world, incident, investigation } }) => {
    const depend = dependants(world, incident.service)
    const seen = new Set(investigation.findings.map(({ service }) => service))
    return [
      incident.service ?? 'a service that was not named',
      ...depend.map(id => `${id} (depends on it)`),
      ...[...seen]
        .filter(id => id !== incident.service && !depend.includes(id))
        .map(id => `${id} (by what was seen)`),
    ].join(', ')
  },
  responders: ({ facts: { world, incident } }) =>
    involved(incident)
      .map(id => name(world, id))
      .join(', ') || BLANK,
}

const name = ({ config }: World, id: string): string => literal(config.people[id]?.name ?? id)

/** Services that depend on it, and so felt it. */
const dependants = ({ config }: World, service: string | null): readonly string[] =>
  service === null
    ? []
    : Object.values(config.services).flatMap(each => (each.dependsOn.includes(service) ? [each.id] : []))

/** How each page travelled, and how the post-mortem itself came about. */
const UNTOLD =
  /^(?:postmortem_|section_|export_|page_sent|page_delivered|page_held|step_due|chain_waits|chain_started|ack_renewed)/

/** Not how its channel was set up either, nor all that was said in the channel: what matters of it was kept by itself. */
function isToldIn({ id, hidden, source }: Entry, history: readonly Happened[]): boolean {
  if (hidden || source === 'set-up' || (source === 'chat' && id.includes('.'))) return false
  const type = id.startsWith('e') ? history[Number(id.slice(1)) - 1]?.event.type : undefined
  return !UNTOLD.test(type ?? '')
}

const bullets = (items: readonly string[], otherwise = ''): string =>
  items.length === 0 ? otherwise : items.map(item => `- ${item}`).join('\n')

const asCandidates = (title: string, candidates: readonly Candidate[]): readonly string[] =>
  candidates.length === 0
    ? []
    : [
        '',
        title,
        '',
        bullets(
          candidates.map(
            each =>
              `${literal(each.title)} (${Math.round(each.score * 100)} %): ${each.reasons.map(literal).join('; ')}`,
          ),
        ),
      ]

function skippedRungs(history: readonly Happened[]): readonly string[] {
  const skipped = history.flatMap(({ event }) =>
    event.type === 'rung_skipped'
      ? [`Rung ${event.rung} (${literal(event.role)}) could not be paged: ${literal(event.why)}`]
      : [],
  )
  return [...new Set(skipped)]
}
