/**
 * A timeline as a drawing: which marks, in which lane, how far along, in what shape. A mark is an entry; where there are more than
 * a browser draws, it is the entries of a short stretch, with their number. Only data: the web page makes a picture of it.
 */
import type { Instant } from '../words.ts'
import type { Entry, EntrySource } from './entries.ts'

export type Mark = {
  /** The first of its entries; the mark leads there. */
  readonly entry: Entry
  /** Its place among all entries. */
  readonly index: number
  readonly count: number
  /** From 0, the beginning, to 1. */
  readonly x: number
  /** Marks that would cover each other stand on different levels: 0 is the middle of the lane. */
  readonly level: -1 | 0 | 1
  /** Of several entries the worst. */
  readonly impact: Entry['impact']
}

export type Drawing = {
  readonly from: Instant
  readonly to: Instant
  readonly lanes: readonly { readonly source: EntrySource; readonly marks: readonly Mark[] }[]
  /** The stretch from the first sign, and what changed just before it, to the resolution, as parts of the whole: what one looks at first. */
  readonly focus: { readonly from: number; readonly to: number }
}

/** A browser draws and scrolls so many at ease. */
const MAX_MARKS = 1_000
/** Stretches of a lane when entries are drawn together. */
const STRETCHES = 250
/** Nearer to each other than this, marks change their level. */
const NEAR = 0.012
/** Free room before the first mark and after the last. */
const MARGIN = 0.06
const FOCUS_MARGIN = 0.08
const LEAST_MS = 60_000

export type Stretch = {
  /** The first sign. */
  readonly onsetAt: Instant
  /** The present while an incident goes on, so that its axis ends there. */
  readonly until: Instant
  /** When it was resolved; null while it was not. */
  readonly resolvedAt: Instant | null
}

/** `entries` in order. */
export function drawingOf(
  entries: readonly Entry[],
  sources: readonly EntrySource[],
  { onsetAt, until, resolvedAt }: Stretch,
): Drawing {
  const first = Math.min(entries[0]?.at ?? onsetAt, onsetAt)
  const last = Math.max(entries.at(-1)?.at ?? onsetAt, until)
  const room = Math.max(LEAST_MS, last - first) * MARGIN
  const [from, to] = [first - room, Math.max(last, first + LEAST_MS) + room]
  const part = (at: Instant) => (at - from) / (to - from)
  const stretches = entries.length > MAX_MARKS ? STRETCHES : Number.POSITIVE_INFINITY
  const groups = grouped(entries, at => Math.floor(part(at) * stretches))
  const lanes = sources.flatMap(source => {
    const own = groups.get(source)
    return own ? [{ source, marks: levelled(own.groups, part) }] : []
  })
  const begin = entries.find(entry => isSuspect(entry, onsetAt))?.at ?? onsetAt
  const end = Math.max(resolvedAt ?? last, onsetAt + LEAST_MS)
  const aside = (end - begin) * FOCUS_MARGIN
  return { from, to, lanes, focus: { from: part(begin - aside), to: part(end + aside) } }
}

/** A change so soon before the first sign is looked at together with it. */
const SUSPECT_MS = 30 * 60_000
const isSuspect = ({ source, at }: Entry, onsetAt: Instant): boolean =>
  source === 'change' && at <= onsetAt && onsetAt - at <= SUSPECT_MS

type Group = { readonly entry: Entry; readonly index: number; count: number; impact: Entry['impact'] }
type Lane = { readonly groups: Group[]; stretch: number }

/** By lanes, and within a lane those of one stretch together; in one pass, since there may be very many. */
function grouped(
  entries: readonly Entry[],
  stretchOf: (at: Instant) => number,
): ReadonlyMap<EntrySource, Lane> {
  const lanes = new Map<EntrySource, Lane>()
  entries.forEach((entry, index) => {
    const { source, impact, at } = entry
    const lane = lanes.get(source) ?? { groups: [], stretch: Number.NaN }
    const stretch = stretchOf(at)
    const last = lane.groups.at(-1)
    if (last && stretch === lane.stretch && Number.isFinite(stretch)) {
      last.count++
      last.impact = worse(last.impact, impact)
      return
    }
    lane.groups.push({ entry, index, count: 1, impact })
    lane.stretch = stretch
    lanes.set(source, lane)
  })
  return lanes
}

const worse = (a: Entry['impact'], b: Entry['impact']): Entry['impact'] =>
  a === 'worse' || b === 'worse' ? 'worse' : (a ?? b)

function levelled(groups: readonly Group[], part: (at: Instant) => number): readonly Mark[] {
  const LEVELS = [0, -1, 1] as const
  let [turn, before] = [0, Number.NEGATIVE_INFINITY]
  return groups.map(group => {
    const x = part(group.entry.at)
    turn = x - before < NEAR ? turn + 1 : 0
    before = x
    return { ...group, x, level: LEVELS[turn % LEVELS.length] ?? 0 }
  })
}
