/** `tocsin digest`: the weekly message in the terminal, or its figures as JSON. */

import { weekFigures } from '../../bot/digest/figures.ts'
import { improvements, patternsOf } from '../../bot/digest/patterns.ts'
import { lastPeriod, periodAt, weekStart } from '../../bot/digest/period.ts'
import { digestView } from '../../bot/digest/view.ts'
import { digestFacts } from '../../bot/engine/facts.ts'
import { toInstant, toLocal } from '../../bot/schedules/zone.ts'
import { plainMessage } from '../../bot/timeline/plain.ts'
import { blockText } from '../plain.ts'
import { readEnv } from './env.ts'
import { reading } from './reading.ts'
import { readOptions, UsageError } from './usage.ts'

export async function digest(args: readonly string[]): Promise<number> {
  const { values, flags } = readOptions(args, { values: ['week'], flags: ['json'] })
  const start = values.week === undefined ? undefined : weekStart(values.week)
  if (values.week !== undefined && start === undefined)
    throw new UsageError(`--week is "${values.week}", which is not an ISO week such as 2026-W48.`)
  const text = await reading(readEnv(), async ({ engine, store, world }) => {
    const { digest: settings, team } = world.config
    const period =
      start === undefined
        ? lastPeriod(settings.every, team.timezone, Date.now())
        : periodAt(
            settings.every,
            team.timezone,
            toInstant(team.timezone, start) + 7 * 24 * 60 * 60_000 - 60_000,
          )
    const facts = await digestFacts({ engine, store }, period, Date.now())
    if (flags.includes('json')) {
      const patterns = patternsOf(facts.past, at => toLocal(team.timezone, at))
      const hourOf = (person: string, at: number) =>
        new Date(toLocal(world.config.people[person]?.timezone ?? team.timezone, at)).getUTCHours()
      return JSON.stringify(
        {
          week: period.id,
          from: new Date(period.from).toISOString(),
          to: new Date(period.to).toISOString(),
          figures: weekFigures(facts.past, period, hourOf),
          patterns,
          improvements: improvements(patterns, Object.keys(world.config.services).length),
        },
        null,
        2,
      )
    }
    const message = digestView(facts)
    return message
      ? plainMessage(world, message).blocks.flatMap(blockText).join('\n\n')
      : `Nothing to say about ${period.id}.`
  })
  process.stdout.write(`${text}\n`)
  return 0
}
