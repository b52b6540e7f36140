/** `tocsin oncall`: contiguous shifts of a schedule. */
import { nearest, refuse } from '../../bot/refusal.ts'
import { shiftsThen } from '../../bot/schedules/history.ts'
import { type Shift, sourceOf } from '../../bot/schedules/on-call.ts'
import { readEnv } from './env.ts'
import { readKept, versionsOf } from './kept.ts'
import { configOf, findConfig } from './load-config.ts'
import { readInstant, readOptions, UsageError } from './usage.ts'

export async function oncall(args: readonly string[]): Promise<number> {
  const { values, flags } = readOptions(args, { values: ['schedule', 'from', 'to'], flags: ['json'] })
  const { schedule: name, from, to } = values
  if (!name || !from || !to) throw new UsageError('--schedule, --from and --to are needed.')
  const env = readEnv()
  const config = configOf(findConfig(env))
  const { schedules } = config
  const schedule = Object.hasOwn(schedules, name) ? schedules[name] : undefined
  if (!schedule) {
    const near = nearest(name, Object.keys(schedules))
    throw refuse(
      'unknown_schedule',
      `"${name}" is not a schedule.`,
      near ? `Did you mean ${near}?` : `Schedules: ${Object.keys(schedules).join(', ')}.`,
    )
  }
  const kept = await readKept(env)
  const versions = versionsOf(kept, config, name, Date.now())
  const [begins, ends] = [readInstant('from', from), readInstant('to', to)]
  const all = shiftsThen(versions, kept.overrides, begins, ends).map(toRow)
  const text = flags.includes('json')
    ? `${JSON.stringify(all, null, 2)}\n`
    : `${all.map(row => `${row.from}  ${row.to}  ${row.person ?? 'nobody'} (${row.source})`).join('\n')}\n`
  process.stdout.write(text)
  return 0
}

/** One person a row; who is with them is in the source. */
const toRow = (shift: Shift) => ({
  person: shift.person,
  from: new Date(shift.from).toISOString(),
  to: new Date(shift.to).toISOString(),
  source: sourceOf(shift),
})
