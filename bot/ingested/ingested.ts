/**
 * What came in and belongs to no incident by itself: changes to what runs, and alerts whose route declares nothing. One stream;
 * its state keeps the latest of each, which is what an investigation and a timeline look at.
 */
import type { Alert, Change } from '../alerts/types.ts'
import type { Asked } from '../incidents/asked.ts'
import type { Happened } from '../incidents/events.ts'
import type { Instant } from '../words.ts'

export type IngestedEvent =
  | { readonly type: 'change_seen'; readonly integration: string; readonly change: Change }
  | {
      readonly type: 'alert_noted'
      readonly integration: string
      readonly alert: Alert
      readonly why: string
    }

export type IngestedCommand =
  | { readonly do: 'see_change'; readonly integration: string; readonly change: Change }
  | { readonly do: 'note_alert'; readonly integration: string; readonly alert: Alert; readonly why: string }

export type SeenChange = Change & {
  readonly integration: string
  readonly learntAt: Instant
  readonly seq: number
}

/** An alert that belongs to no incident. */
export type SeenAlert = Alert & {
  readonly integration: string
  readonly learntAt: Instant
  readonly seq: number
}

/** "deployment succeeded", "flag changed". */
export function happenedIn({ kind, state }: Change): string {
  if (state === 'started') return `${kind} began`
  return state === 'succeeded' && (kind === 'flag' || kind === 'configuration')
    ? `${kind} changed`
    : `${kind} ${state}`
}

export type IngestedState = {
  readonly seq: number
  /** By the time at which they happened, oldest first. */
  readonly changes: readonly SeenChange[]
  /** Fingerprint -> the alert as last heard of, for those that belong to no incident. */
  readonly alerts: Readonly<Record<string, SeenAlert>>
  /** Each time that one of them fired, oldest first: what a week's noise is made of. */
  readonly firings: readonly { readonly title: string; readonly at: Instant }[]
}

export const NOTHING_INGESTED: IngestedState = { seq: 0, changes: [], alerts: {}, firings: [] }

/** Older ones stay in the stream, and are no longer looked at. */
export const KEPT_CHANGES = 5_000
const KEPT_ALERTS = 2_000
const KEPT_FIRINGS = 10_000

export function decideIngested(
  _: Asked,
  state: IngestedState = NOTHING_INGESTED,
  command: IngestedCommand,
): readonly IngestedEvent[] {
  if (command.do === 'see_change') {
    const { integration, change } = command
    const known = state.changes.some(each => each.integration === integration && each.id === change.id)
    return known ? [] : [{ type: 'change_seen', integration, change }]
  }
  const { integration, alert, why } = command
  const known = state.alerts[`${integration}/${alert.fingerprint}`]
  if (known?.status === alert.status || (alert.status === 'firing' && isOver(known, alert.startsAt)))
    return []
  // The end of something that nobody heard of is kept where its beginning may still come (I15).
  if (!known && alert.status === 'resolved' && alert.startsAt === null) return []
  return [{ type: 'alert_noted', integration, alert, why }]
}

/** Whether what began then has been heard to end: its beginning comes too late. */
export const isOver = (last: Alert | undefined, startsAt: Instant | null): boolean =>
  last?.status === 'resolved' && startsAt !== null && last.startsAt === startsAt

export const foldIngested = (
  events: readonly Happened<IngestedEvent>[],
  from: IngestedState | undefined,
): IngestedState | undefined => {
  if (events.length === 0) return from
  const start = from ?? NOTHING_INGESTED
  const changes = [...start.changes]
  const alerts = { ...start.alerts }
  const firings = [...start.firings]
  for (const { at, seq, event } of events) {
    if (event.type === 'change_seen')
      changes.push({ ...event.change, integration: event.integration, learntAt: at, seq })
    else {
      alerts[`${event.integration}/${event.alert.fingerprint}`] = {
        ...event.alert,
        integration: event.integration,
        learntAt: at,
        seq,
      }
      if (event.alert.status === 'firing') firings.push({ title: event.alert.title, at })
    }
  }
  changes.sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))
  const kept = Object.entries(alerts).slice(-KEPT_ALERTS)
  return {
    seq: events.at(-1)?.seq ?? start.seq,
    changes: changes.slice(-KEPT_CHANGES),
    alerts: Object.fromEntries(kept),
    firings: firings.slice(-KEPT_FIRINGS),
  }
}

/** Changes to any of the services, or to none that is named, within a stretch. */
export const changesTo = (
  { changes }: IngestedState,
  services: readonly string[],
  from: Instant,
  to: Instant,
): readonly SeenChange[] =>
  changes.filter(
    change =>
      change.at >= from && change.at <= to && (change.service === null || services.includes(change.service)),
  )

/** Alerts of no incident about any of the services, that began within a stretch. */
export const alertsAbout = (
  { alerts }: IngestedState,
  services: readonly string[],
  from: Instant,
  to: Instant,
): readonly SeenAlert[] =>
  Object.values(alerts).filter(alert => {
    const at = alert.startsAt ?? alert.learntAt
    return at >= from && at <= to && alert.service !== null && services.includes(alert.service)
  })
