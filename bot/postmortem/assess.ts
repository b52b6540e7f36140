/** What went well and what went wrong, as far as the facts can say: measured against the targets that were set, about nobody. */
import type { Happened } from '../incidents/events.ts'
import { formatDuration } from '../schedules/duration.ts'
import type { Figures, Targets } from './document.ts'

type Measure = { readonly took: number | null; readonly target: number | null; readonly done: string }

/** Each time that is measured, in a sentence's words. */
const MEASURES: Readonly<Record<keyof Targets, { readonly done: string; readonly never: string }>> = {
  detectMs: { done: 'declared', never: '' },
  acknowledgeMs: { done: 'acknowledged', never: 'Nobody acknowledged it.' },
  mitigateMs: { done: 'mitigated', never: 'It was not marked as mitigated.' },
  resolveMs: { done: 'resolved', never: '' },
}

const measuresOf = (figures: Figures): readonly Measure[] =>
  (Object.keys(MEASURES) as (keyof Targets)[])
    .map(name => ({ took: figures[name], target: figures.targets[name], done: MEASURES[name].done, name }))
    // Declared before there was a sign is not a feat that was measured.
    .filter(({ name, took }) => name !== 'detectMs' || took !== 0)

const against = ({ took, target, done }: Measure): string =>
  `It was ${done} ${formatDuration(took ?? 0)} after ${done === 'declared' ? 'the first sign' : 'it was declared'}; the target is ${formatDuration(target ?? 0)}.`

export function wentWell(figures: Figures): readonly string[] {
  const inTime = measuresOf(figures).filter(
    ({ took, target }) => took !== null && target !== null && took <= target,
  )
  const all = figures.pages > 0 && figures.unanswered === 0 && figures.acknowledgeMs !== null
  const { mitigateMs, targets } = figures
  const contained = mitigateMs !== null && targets.mitigateMs === null
  return [
    ...inTime.map(against),
    ...(contained ? [`Its effects were contained after ${formatDuration(mitigateMs)}.`] : []),
    ...(all ? ['No page was missed.'] : []),
  ]
}

export function wentWrong(figures: Figures, history: readonly Happened[]): readonly string[] {
  const late = measuresOf(figures).filter(
    ({ took, target }) => took !== null && target !== null && took > target,
  )
  const { unanswered, undelivered, handOvers } = figures
  return [
    ...late.map(against),
    ...(figures.acknowledgeMs === null && figures.pages > 0 ? [MEASURES.acknowledgeMs.never] : []),
    ...(figures.mitigateMs === null && figures.targets.mitigateMs !== null
      ? [MEASURES.mitigateMs.never]
      : []),
    ...(unanswered > 0 ? [`${many(unanswered, 'page was', 'pages were')} missed.`] : []),
    ...(undelivered > 0 ? [`${many(undelivered, 'page', 'pages')} could not be delivered.`] : []),
    ...(handOvers > 0 ? [`It changed hands ${many(handOvers, 'time', 'times')}.`] : []),
    ...troubles(history),
  ]
}

const many = (count: number, one: string, more: string): string => `${count} ${count === 1 ? one : more}`

/** What the pager itself has to say. */
function troubles(history: readonly Happened[]): readonly string[] {
  const late = history.flatMap(({ event }) =>
    event.type === 'rung_paged' && event.lateMs > 0
      ? [`A page left ${formatDuration(event.lateMs)} late, after an outage of the pager.`]
      : [],
  )
  const exhausted = history.some(({ event }) => event.type === 'chain_exhausted')
  const reopened = history.some(
    ({ event }) =>
      event.type === 'status_changed' && event.from === 'resolved' && event.to === 'investigating',
  )
  return [
    ...(exhausted ? ['The chain of pages ended and nobody had taken it.'] : []),
    ...(reopened ? ['It came back after it had been resolved.'] : []),
    ...late,
  ]
}
