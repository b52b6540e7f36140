/** The table of docs/schedules.md: when clocks change, and what then becomes of a handoff. Computed by the rules of the product. */
import { toInstant, toLastInstant, toLocal } from '../bot/schedules/zone.ts'

/** Of each kind one: by an hour and by half an hour, beside half and quarter hours, in either half of the year, at night and at midnight. */
const ZONES = [
  'America/Los_Angeles',
  'America/New_York',
  'America/St_Johns',
  'America/Santiago',
  'Europe/London',
  'Europe/Berlin',
  'Australia/Sydney',
  'Australia/Lord_Howe',
  'Pacific/Auckland',
  'Pacific/Chatham',
] as const
const FROM = Date.parse('2026-01-01T00:00:00Z')
const TO = Date.parse('2029-01-01T00:00:00Z')
const HOUR_MS = 3_600_000
const STEP_MS = HOUR_MS / 4
const DAY_MS = 24 * HOUR_MS
const NOON_MS = DAY_MS / 2

export function clockChangesTable(): string {
  const rows = ZONES.flatMap(zone => changesOf(zone).map(at => row(zone, at)))
  return [
    '| zone | the clock goes | at (UTC) | a handoff at | happens at (UTC) | hours until then end at (UTC) | from noon to noon |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...rows,
  ].join('\n')
}

/** No zone of the table changes its clock but at a quarter of an hour. */
const changesOf = (zone: string): readonly number[] =>
  Array.from({ length: (TO - FROM) / STEP_MS }, (_, index) => FROM + index * STEP_MS).filter(
    at => offset(zone, at) !== offset(zone, at - 1),
  )

const offset = (zone: string, at: number): number => toLocal(zone, at) - at

function row(zone: string, at: number): string {
  const [before, after] = [at + offset(zone, at - 1), toLocal(zone, at)]
  const middle = (before + after) / 2
  const noon = Math.floor((before - NOON_MS) / DAY_MS) * DAY_MS + NOON_MS
  const turn = (toInstant(zone, noon + DAY_MS) - toInstant(zone, noon)) / HOUR_MS
  const clock = (local: number) => new Date(local).toISOString().slice(11, 16)
  const utc = (instant: number) => new Date(instant).toISOString().slice(0, 16).replace('T', ' ')
  const cells = [
    zone,
    `${new Date(before - 1).toISOString().slice(0, 10)}, ${clock(before).replace('00:00', '24:00')} to ${clock(after)}`,
    utc(at),
    clock(middle),
    utc(toInstant(zone, middle)),
    utc(toLastInstant(zone, middle)),
    `${turn} h`,
  ]
  return `| ${cells.join(' | ')} |`
}

const BEGIN = '<!-- the table is computed: npm run docs -->\n'
const END = '\n<!-- end of the table -->'

/** The page with the table between its marks. */
export function withClockChanges(page: string): string {
  const [head, rest] = page.split(BEGIN)
  const [, tail] = rest?.split(END) ?? []
  if (head === undefined || tail === undefined)
    throw new Error('docs/schedules.md has lost the marks of its table')
  return `${head}${BEGIN}${clockChangesTable()}${END}${tail}`
}
