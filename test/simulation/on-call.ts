/**
 * Who is on call, by the simulation's own reading of its simple rotations, of what people were answered about overrides, and of who
 * stopped their phone. Undefined where what people were told leaves it open.
 */
import type { Life, Said } from './evidence.ts'
import { isUnclear } from './known.ts'
import { HOUR, MINUTE, type Severity, type Step, type Team, ZONE } from './team.ts'

const DAY = 24 * HOUR
const HOUR_BACK = Array.from({ length: 12 }, (_, index) => (index + 1) * 5 * MINUTE)
const FORMAT = new Intl.DateTimeFormat('sv-SE', {
  timeZone: ZONE,
  dateStyle: 'short',
  timeStyle: 'short',
})

/** The local day, counted, and the minute of it. */
export function local(at: number): { readonly day: number; readonly minute: number } {
  const [date = '', time = ''] = FORMAT.format(at).split(' ')
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return { day: Date.parse(`${date}T00:00Z`) / DAY, minute: hours * 60 + minutes }
}

export const teamAt = ({ teams }: Life, at: number): Team | undefined => {
  const edition = teams.findLast(each => each.from <= at)
  return edition?.sure ? edition.team : undefined
}

/** Handoffs of a day: the first time that the clock shows them, or has passed them. */
function turnAt({ starts, schedules }: Team, schedule: string, at: number): string | undefined {
  const { people, at: times } = schedules[schedule]!
  const now = local(at)
  // Where the clock is set back, it may have shown more a while ago.
  const shown = [now, ...HOUR_BACK.map(ms => local(at - ms)).filter(each => each.day === now.day)]
  const latest = Math.max(...shown.map(each => each.minute))
  const passed = times.filter(minute => latest >= minute)
  const turns = (now.day - Date.parse(`${starts}T00:00Z`) / DAY) * times.length + passed.length
  return people[(turns - 1) % people.length]
}

const CLAUSE = /is on call for (\w+) from (\S+ \S+) GMT\+(\d) to (\S+ \S+) GMT\+(\d), by/g

type Override = {
  readonly schedule: string
  readonly from: number
  readonly to: number
  readonly said: Said
  readonly person: string
}

function overridesOf({ said }: Life): readonly Override[] {
  return said.flatMap(each => {
    const swap = /accepted the swap/.test(each.words)
    const named = /override @(\w+)/.exec(each.line)?.[1] ?? each.who
    return [...each.words.matchAll(CLAUSE)].map(
      ([, schedule = '', from = '', east = '', to = '', eastTo = '']) => ({
        schedule,
        from: Math.max(each.from, Date.parse(`${from.replace(' ', 'T')}+0${east}:00`)),
        to: Date.parse(`${to.replace(' ', 'T')}+0${eastTo}:00`),
        said: each,
        person: swap ? '' : named,
      }),
    )
  })
}

/** When it was taken back; undefined when it was not. */
const cancelledAt = ({ said: all }: Life, { said }: Override): number =>
  all.find(each => said.presses.includes(each.line) && /cancelled the override/.test(each.words))?.from ??
  Number.POSITIVE_INFINITY

const isOpen = (each: Said): boolean => /^\/oncall (?:take|override|swap)/.test(each.line) && isUnclear(each)

export function onCall(life: Life, schedule: string, at: number): string | undefined {
  const team = teamAt(life, at)
  if (!team || life.said.some(each => each.from <= at && isOpen(each))) return undefined
  let person = turnAt(team, schedule, at)
  for (const each of overridesOf(life)) {
    if (each.schedule !== schedule || each.said.from > at) continue
    const to = Math.min(each.to, cancelledAt(life, each))
    const near = [each.from, to].some(edge => Math.abs(at - edge) < MINUTE)
    if (near || (each.person === '' && each.from <= at && at < to)) return undefined
    if (each.from <= at && at < to) person = each.person
  }
  return person
}

/** The people of a role as it was when the incident began; its schedule, as it is now. */
export function peopleOf(
  life: Life,
  { roles }: Team,
  role: string,
  at: number,
): readonly string[] | undefined {
  const target = roles[role]
  if (!target) return undefined
  const turn = target.schedule ? onCall(life, target.schedule, at) : undefined
  if (target.schedule && turn === undefined) return undefined
  return [...(turn === undefined ? [] : [turn]), ...(target.people ?? [])]
}

/** How somebody is called at a moment: their steps, of which the first comes at once. */
export function stepsOf(
  life: Life,
  person: string,
  severity: Severity,
  at: number,
): readonly Step[] | undefined {
  const member = teamAt(life, at)?.people[person]
  if (!member) return undefined
  const words = life.said.filter(
    each => each.who === person && /^sms: (?:STOP|START)/.test(each.line) && each.from <= at,
  )
  if (words.some(each => each.words === '')) return undefined
  const stopped = words.at(-1)?.line === 'sms: STOP'
  const isQuiet = (after: number) => {
    const hour = Math.floor(local(at + after).minute / 60)
    return (
      member.quiet !== undefined && severity !== 'SEV1' && (hour >= member.quiet[0] || hour < member.quiet[1])
    )
  }
  const steps = member.notify
    .filter(({ only }) => only === undefined || only === severity)
    .filter(({ by }) => !(stopped && (by === 'sms' || by === 'voice')))
    .filter(({ by, after }) => !(['sms', 'voice', 'push'].includes(by) && isQuiet(after)))
  return steps.map((step, index) => (index === 0 ? { ...step, after: 0 } : step))
}
