/** `tocsin simulate`: who would be paged, when, by what, and who would not and why. Sends nothing, writes nothing. */
import { type Simulation, simulate } from '../../bot/escalation/simulate.ts'
import { Refusal } from '../../bot/refusal.ts'
import { formatDuration, parseDuration } from '../../bot/schedules/duration.ts'
import { SEVERITIES } from '../../bot/words.ts'
import { readEnv } from './env.ts'
import { readKept } from './kept.ts'
import { configOf, findConfig } from './load-config.ts'
import { readInstant, readOptions, UsageError } from './usage.ts'
import { offlineWorld } from './world.ts'

export async function simulateCommand(args: readonly string[]): Promise<number> {
  const { values, flags } = readOptions(args, {
    values: ['severity', 'service', 'at', 'ack-after'],
    flags: ['json'],
  })
  const severity = SEVERITIES.find(each => each === values.severity?.toUpperCase())
  if (!severity)
    throw new UsageError(
      `--severity is ${values.severity ?? 'missing'}; it is one of ${SEVERITIES.join(', ')}.`,
    )
  const ackAfter = values['ack-after'] === undefined ? null : parseDuration(values['ack-after'])
  if (ackAfter instanceof Refusal) throw new UsageError(ackAfter.message)
  const env = readEnv()
  const world = offlineWorld(configOf(findConfig(env)), env, await readKept(env))
  const at = values.at === undefined ? Date.now() : readInstant('at', values.at)
  const outcome = simulate(world, { severity, service: values.service ?? null, at, ackAfterMs: ackAfter })
  process.stdout.write(
    flags.includes('json')
      ? `${JSON.stringify(toJson(outcome), null, 2)}\n`
      : toText(outcome, id => world.config.people[id]?.name ?? id),
  )
  return 0
}

const iso = (at: number): string => new Date(at).toISOString()

const toJson = ({ at, severity, pages, skipped, exhaustedAt }: Simulation) => ({
  at: iso(at),
  severity,
  pages: pages.map(({ at: pageAt, ...page }) => ({
    at: iso(pageAt),
    offset_seconds: (pageAt - at) / 1000,
    ...page,
  })),
  skipped: skipped.map(({ pass, rung, person, reason }) => ({ pass, rung, person, reason })),
  exhausted_at: exhaustedAt === null ? null : iso(exhaustedAt),
})

function toText(
  { at, severity, pages, skipped, exhaustedAt }: Simulation,
  name: (id: string) => string,
): string {
  const after = (instant: number) => `+${formatDuration(instant - at)}`.padEnd(14)
  const lines = [
    `If a ${severity} were declared at ${iso(at)}:`,
    ...(pages.length === 0 ? ['  Nobody would be paged.'] : []),
    ...pages.map(
      page =>
        `  ${after(page.at)}${page.person ? name(page.person) : (page.channel ?? '')} by ${page.by}\n                rung ${page.rung}, pass ${page.pass}: ${page.reason}`,
    ),
    ...(skipped.length > 0 ? ['Skipped:'] : []),
    ...skipped.map(
      skip =>
        `  rung ${skip.rung}, pass ${skip.pass}${skip.person ? `, ${name(skip.person)}` : ''}: ${skip.reason}`,
    ),
    exhaustedAt === null
      ? 'The chain ends there, and nothing more is said.'
      : `${after(exhaustedAt).trim()}: the chain is exhausted, which is said loudly.`,
  ]
  return `${lines.join('\n')}\n`
}
