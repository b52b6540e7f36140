/**
 * Turns as an iCalendar feed (RFC 5545). Times are UTC, so that no calendar has to know our zones; a turn's UID is made of
 * what it is, so that a calendar that asks again finds the same events and no copies of them.
 */
import type { Instant, PersonId } from '../words.ts'
import type { Turn } from './turns.ts'

export type Feed = {
  readonly title: string
  /** When it was made, or when what it says last changed. */
  readonly at: Instant
  readonly turns: readonly Turn[]
  nameOf(person: PersonId): string
}

/**
 * What a feed shows: the month before this one to a year ahead. It begins and ends with a month, so that a turn that is
 * cut at an edge stays the same event from one asking to the next.
 */
export function feedWindow(now: Instant): { readonly from: Instant; readonly to: Instant } {
  const [year, month] = [new Date(now).getUTCFullYear(), new Date(now).getUTCMonth()]
  return { from: Date.UTC(year, month - 1, 1), to: Date.UTC(year + 1, month + 1, 1) }
}

export const icalendar = ({ title, at, turns, nameOf }: Feed): string =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Tocsin//On call//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `NAME:${escaped(title)}`,
    `X-WR-CALNAME:${escaped(title)}`,
    'REFRESH-INTERVAL;VALUE=DURATION:PT1H',
    'X-PUBLISHED-TTL:PT1H',
    ...turns.flatMap(turn => event(turn, at, nameOf(turn.person))),
    'END:VCALENDAR',
  ]
    .map(line => `${folded(line)}\r\n`)
    .join('')

/** Transparent: who is on call is not busy for that. */
const event = (
  { schedule, person, from, to, source }: Turn,
  at: Instant,
  name: string,
): readonly string[] => [
  'BEGIN:VEVENT',
  `UID:${escaped(`${schedule}/${person}/${utc(from)}`)}@tocsin`,
  `DTSTAMP:${utc(at)}`,
  `DTSTART:${utc(from)}`,
  `DTEND:${utc(to)}`,
  `SUMMARY:${escaped(`${name} on call: ${schedule}`)}`,
  `DESCRIPTION:${escaped(source)}`,
  'TRANSP:TRANSPARENT',
  'END:VEVENT',
]

/** `20261102T000000Z` */
const utc = (at: Instant): string => `${new Date(at).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`

/** A text's own commas, semicolons and line ends are no syntax; other control characters have no place in one. */
const escaped = (text: string): string =>
  text
    .replaceAll(/[\\;,]/g, String.raw`\$&`)
    .replaceAll(/\r\n?|\n/g, String.raw`\n`)
    .replaceAll(/\p{Cc}/gu, '')

const MAX_OCTETS = 75

/** No line is longer than 75 octets; one that is goes on after a line end and a space. No character is cut in two. */
function folded(line: string): string {
  const lines: string[] = []
  let [current, octets] = ['', 0]
  for (const character of line) {
    const size = Buffer.byteLength(character)
    if (octets + size > MAX_OCTETS) {
      lines.push(current)
      ;[current, octets] = [' ', 1]
    }
    current += character
    octets += size
  }
  return [...lines, current].join('\r\n')
}
