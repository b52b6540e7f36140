/**
 * One ordered timeline: everything that happened to an incident, every alert, and every change to what it runs on, each with when
 * it happened and when it was learnt. Entries are hidden and corrected, never deleted; the same inputs in any order give the same.
 */
import { nameOf } from '../incidents/asked.ts'
import type { Happened } from '../incidents/events.ts'
import type { Incident } from '../incidents/state.ts'
import {
  alertsAbout,
  changesTo,
  happenedIn,
  type IngestedState,
  type SeenAlert,
  type SeenChange,
} from '../ingested/ingested.ts'
import { type KnownFinding, knownOf } from '../sources/known.ts'
import { findingLine } from '../sources/words.ts'
import { type Instant, STATUSES, type Status } from '../words.ts'
import type { World } from '../world.ts'
import { describe } from './describe.ts'
import { plain } from './plain.ts'

export const ENTRY_SOURCES = ['incident', 'page', 'alert', 'change', 'finding', 'chat', 'set-up'] as const
export type EntrySource = (typeof ENTRY_SOURCES)[number]

export type Entry = {
  /** Names it for good: `e12` is the incident's twelfth event, `c7` a change, `f12.3` what a source's answer of that event showed. */
  readonly id: string
  readonly at: Instant
  readonly learntAt: Instant
  readonly source: EntrySource
  /** Who did or said it; null for what no person did. */
  readonly who: string | null
  /** Who had it kept, for what was said in a chat. */
  readonly addedBy: string | null
  readonly text: string
  /** What it means for whoever uses the service. */
  readonly impact: 'worse' | 'better' | null
  readonly link: string | null
  readonly hidden: boolean
  /** The words that it had before, oldest first. */
  readonly before: readonly string[]
}

/** How long before a declaration a change may have brought it about, and is shown. */
const BEFORE_MS = 6 * 60 * 60_000

export function entriesOf(
  world: World,
  incident: Incident,
  history: readonly Happened[],
  ingested: IngestedState,
): readonly Entry[] {
  const own: Entry[] = []
  for (const each of history)
    if (each.event.type === 'history_read') own.push(...ofPage(world, each, each.event))
    else if (!NO_ENTRIES.has(each.event.type)) own.push(ofEvent(world, each))
  const until = incident.closedAt ?? Number.POSITIVE_INFINITY
  const reach = reachOf(world, incident.service)
  const changes = changesTo(ingested, reach, incident.declaredAt - BEFORE_MS, until)
  const noted = alertsAbout(ingested, reach, incident.declaredAt - BEFORE_MS, until)
  const edits = editsOf(history)
  const found = knownOf(history).findings.map(each => ofFinding(world, each))
  const all = own.concat(changes.map(ofChange), noted.map(ofNoted), found)
  const edited = edits.size === 0 ? all : all.map(entry => edit(entry, edits.get(entry.id) ?? []))
  return edited.sort((a, b) => a.at - b.at || a.learntAt - b.learntAt || order(a.id, b.id))
}

/** Edits are read with what they edit, a mark with the message that it brought, an answer as its findings. */
const NO_ENTRIES: ReadonlySet<Happened['event']['type']> = new Set([
  'entry_hidden',
  'entry_shown',
  'entry_corrected',
  'message_marked',
  'evidence_found',
])

/** Changes before events before findings before alerts of no incident, each in its own order; `e12.3` is the third of the twelfth. */
function order(a: string, b: string): number {
  const [[first = 0, second = 0], [third = 0, fourth = 0]] = [numbersOf(a), numbersOf(b)]
  return a.charCodeAt(0) - b.charCodeAt(0) || first - third || second - fourth
}

const numbersOf = (id: string): readonly number[] => id.slice(1).split('.').map(Number)

/** A service and everything that it depends on, however far; no service: every one. */
export function reachOf({ config }: World, service: string | null): readonly string[] {
  if (service === null) return Object.keys(config.services)
  const found = new Set([service])
  for (const each of found) for (const on of config.services[each]?.dependsOn ?? []) found.add(on)
  return [...found]
}

function ofEvent(world: World, happened: Happened): Entry {
  const { event, at, seq, actor } = happened
  const alert = event.type === 'alert_fired' || event.type === 'alert_resolved' ? event.alert : undefined
  const said = event.type === 'note_added' ? event.from : undefined
  const began = event.type === 'alert_resolved' ? alert?.endsAt : alert?.startsAt
  return {
    id: `e${seq}`,
    // What the sender says lies ahead is not believed.
    at: Math.min(at, said?.saidAt ?? began ?? at),
    learntAt: at,
    source: sourceOf(event.type),
    who: said?.author ?? (actor.kind === 'person' ? nameOf(world, actor.person) : null),
    addedBy: said?.by === undefined ? null : nameOf(world, said.by),
    text: plain(world, describe(world, unlinked(happened))),
    impact: impactOf(happened),
    link: alert?.link ?? said?.link ?? null,
    hidden: false,
    before: [],
  }
}

/** What was said in a channel, read a page at a time. */
const ofPage = (
  world: World,
  { seq, at }: Happened,
  { by, messages }: Extract<Happened['event'], { type: 'history_read' }>,
): readonly Entry[] =>
  messages.map(({ author, text, saidAt, link }, index) => ({
    id: `e${seq}.${index + 1}`,
    at: Math.min(at, saidAt),
    learntAt: at,
    source: 'chat',
    who: author,
    addedBy: nameOf(world, by),
    text: `${author} wrote: ${text}`,
    impact: null,
    link,
    hidden: false,
    before: [],
  }))

/** The link is the entry's own, and no part of its words. */
const unlinked = (happened: Happened): Happened =>
  happened.event.type === 'alert_fired'
    ? { ...happened, event: { ...happened.event, alert: { ...happened.event.alert, link: null } } }
    : happened

const ofChange = (change: SeenChange): Entry => ({
  id: `c${change.seq}`,
  at: Math.min(change.at, change.learntAt),
  learntAt: change.learntAt,
  source: 'change',
  who: change.by,
  addedBy: null,
  text: `${happenedIn(change)}: ${change.title}`,
  impact: null,
  link: change.link,
  hidden: false,
  before: [],
})

/** It declared nothing, and may be a sign all the same. */
const ofNoted = (alert: SeenAlert): Entry => ({
  id: `n${alert.seq}`,
  at: Math.min(alert.startsAt ?? alert.learntAt, alert.learntAt),
  learntAt: alert.learntAt,
  source: 'alert',
  who: null,
  addedBy: null,
  text: `${alert.integration}: ${alert.title} (${alert.service}${alert.status === 'resolved' ? ', over by now' : ''})`,
  impact: alert.status === 'resolved' ? null : 'worse',
  link: alert.link,
  hidden: false,
  before: [],
})

const ofFinding = (world: World, { id, learntAt, finding }: KnownFinding): Entry => ({
  id,
  at: finding.at,
  learntAt,
  source: 'finding',
  who: null,
  addedBy: null,
  text: plain(world, findingLine(finding)),
  impact: 'worse',
  link: finding.link,
  hidden: false,
  before: [],
})

type Edit = Extract<Happened['event'], { readonly entry: string }>

/** The edits of each entry, in order. */
function editsOf(history: readonly Happened[]): ReadonlyMap<string, readonly Edit[]> {
  const edits: Edit[] = []
  for (const { event } of history) if ('entry' in event) edits.push(event)
  return Map.groupBy(edits, event => event.entry)
}

function edit(entry: Entry, edits: readonly Edit[]): Entry {
  let { text, hidden, before } = entry
  for (const event of edits) {
    if (event.type === 'entry_corrected') {
      before = [...before, text]
      text = event.text
    } else hidden = event.type === 'entry_hidden'
  }
  return { ...entry, text, hidden, before }
}

function sourceOf(type: Happened['event']['type']): EntrySource {
  if (type.startsWith('alert_')) return 'alert'
  if (type === 'note_added' || type === 'update_posted') return 'chat'
  if (type === 'source_failed') return 'finding'
  if (type === 'sources_asked' || type === 'investigation_posted') return 'set-up'
  if (/^(?:room|card|setup|post|copy|caught|message|history)_/.test(type)) return 'set-up'
  return /^(?:page|rung|chain|step|paged|ack_questioned)/.test(type) ? 'page' : 'incident'
}

const isOver = (status: Status): boolean => STATUSES.indexOf(status) >= STATUSES.indexOf('resolved')

function impactOf({ event }: Happened): Entry['impact'] {
  switch (event.type) {
    case 'declared':
    case 'alert_fired':
      return 'worse'
    case 'alert_resolved':
      return 'better'
    case 'severity_changed':
      return event.to < event.from ? 'worse' : 'better'
    case 'status_changed':
      if (event.to === 'mitigated' || event.to === 'resolved') return isOver(event.from) ? null : 'better'
      return isOver(event.from) && !isOver(event.to) ? 'worse' : null
    default:
      return null
  }
}
