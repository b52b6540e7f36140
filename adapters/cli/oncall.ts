/** `tocsin oncall`: contiguous shifts of a schedule; or the turns of a schedule or a person, for a calendar. */
import { nearest, refuse } from '../../bot/refusal.ts'
import { feed } from '../../bot/schedules/calendar.ts'
import { shiftsThen, versionsOf } from '../../bot/schedules/history.ts'
import { feedWindow } from '../../bot/schedules/ical.ts'
import { type Shift, sourceOf } from '../../bot/schedules/on-call.ts'
import { readEnv } from './env.ts'
import { readKept } from './kept.ts'
import { configOf, findConfig } from './load-config.ts'
import { readInstant, readOptions, UsageError } from './usage.ts'

type Range = { readonly from: number; readonly to: number }

export async function oncall(args: readonly string[]): Promise<number> {
  const { values, flags } = readOptions(args, {
    values: ['schedule', 'person', 'from', 'to'],
    flags: ['json', 'ics'],
  })
  const { schedule, person } = values
  const now = Date.now()
  const env = readEnv()
  const config = configOf(findConfig(env))
  if (schedule !== undefined) known(schedule, Object.keys(config.schedules), 'schedule', 'Schedules')
  if (person !== undefined) known(person, Object.keys(config.people), 'person of the team', 'People')
  if (flags.includes('ics')) {
    if (schedule === undefined && person === undefined)
      throw new UsageError('--schedule, --person or both are needed.')
    const range = rangeOf(values) ?? feedWindow(now)
    process.stdout.write(feed({ ...(await readKept(env)), config, now, ...range, schedule, person }))
    return 0
  }
  if (person !== undefined) throw new UsageError('--person is for --ics.')
  const range = rangeOf(values)
  if (schedule === undefined || range === undefined)
    throw new UsageError('--schedule, --from and --to are needed.')
  const kept = await readKept(env)
  const versions = versionsOf(kept.configs, config, schedule, now)
  const all = shiftsThen(versions, kept.overrides, range.from, range.to).map(toRow)
  const text = flags.includes('json')
    ? `${JSON.stringify(all, null, 2)}\n`
    : `${all.map(row => `${row.from}  ${row.to}  ${row.person ?? 'nobody'} (${row.source})`).join('\n')}\n`
  process.stdout.write(text)
  return 0
}

function known(name: string, names: readonly string[], what: string, label: string): void {
  if (names.includes(name)) return
  const near = nearest(name, names)
  throw refuse(
    `unknown_${what.split(' ')[0]}`,
    `"${name}" is not a ${what}.`,
    near ? `Did you mean ${near}?` : `${label}: ${names.join(', ')}.`,
  )
}

function rangeOf({ from, to }: Readonly<Record<string, string>>): Range | undefined {
  if (from === undefined && to === undefined) return undefined
  if (from === undefined || to === undefined) throw new UsageError('--from and --to go together.')
  const range = { from: readInstant('from', from), to: readInstant('to', to) }
  if (range.to <= range.from) throw new UsageError(`--to ${to} is not after --from ${from}.`)
  return range
}

/** One person a row; who is with them is in the source. */
const toRow = (shift: Shift) => ({
  person: shift.person,
  from: new Date(shift.from).toISOString(),
  to: new Date(shift.to).toISOString(),
  source: sourceOf(shift),
})
