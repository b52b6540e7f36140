/** `tocsin digest`: the weekly message in the terminal, or what incidents have in common over any range; as words, as JSON, as pictures. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { picturesOf } from '../../bot/digest/charts/pictures.ts'
import { LIGHT } from '../../bot/digest/charts/theme.ts'
import { patternsView } from '../../bot/digest/patterns-view.ts'
import { lastPeriod, type Period, periodAt, weekStart } from '../../bot/digest/period.ts'
import { readRange } from '../../bot/digest/range.ts'
import { digestReport, patternReport } from '../../bot/digest/report.ts'
import { digestView, type PatternFacts } from '../../bot/digest/view.ts'
import { digestFacts, patternFacts } from '../../bot/engine/digest-facts.ts'
import type { Message } from '../../bot/message.ts'
import { Refusal } from '../../bot/refusal.ts'
import { toInstant } from '../../bot/schedules/zone.ts'
import { plainMessage } from '../../bot/timeline/plain.ts'
import type { World } from '../../bot/world.ts'
import { systemClock } from '../clock/system.ts'
import { createPictures } from '../picture/pictures.ts'
import { blockText } from '../plain.ts'
import { createTelemetry } from '../telemetry/telemetry.ts'
import { readEnv } from './env.ts'
import { type Reading, reading } from './reading.ts'
import { readOptions, UsageError } from './usage.ts'
import { wrap } from './wrap.ts'

type Values = Readonly<Record<string, string>>

export async function digest(args: readonly string[]): Promise<number> {
  const { values, flags } = readOptions(args, {
    values: ['week', 'from', 'to', 'service', 'pictures'],
    flags: ['json'],
  })
  const isRange = ['from', 'to', 'service'].some(name => values[name] !== undefined)
  if (isRange && values.week !== undefined)
    throw new UsageError('--week is one digest; --from, --to and --service are patterns over any range.')
  const asJson = flags.includes('json')
  const { text, facts } = await reading(readEnv(), open =>
    isRange ? patterns(open, values, asJson) : week(open, values.week, asJson),
  )
  if (values.pictures !== undefined) await write(facts, values.pictures)
  process.stdout.write(`${text}\n`)
  return 0
}

async function week({ engine, store, world }: Reading, asked: string | undefined, asJson: boolean) {
  const period = periodOf(world, asked)
  const facts = await digestFacts({ engine, store, clock: systemClock }, period)
  if (asJson) return { facts, text: JSON.stringify(digestReport(facts), null, 2) }
  const message = digestView(facts)
  return { facts, text: message ? words(world, message) : `Nothing to say about ${period.id}.` }
}

async function patterns({ engine, store, world }: Reading, values: Values, asJson: boolean) {
  const range = readRange(values, world.config.team.timezone, Date.now())
  if (range instanceof Refusal) throw range
  const { service } = values
  if (service !== undefined && !world.config.services[service])
    throw new UsageError(
      `"${service}" is not a service. Services: ${Object.keys(world.config.services).join(', ')}.`,
    )
  const facts = await patternFacts(
    { engine, store, clock: systemClock },
    { ...range, ...(service === undefined ? {} : { service }) },
  )
  const text = asJson ? JSON.stringify(patternReport(facts), null, 2) : words(world, patternsView(facts))
  return { facts, text }
}

/** Where they are goes to standard error, so that what a program reads stays JSON. */
async function write(facts: PatternFacts, folder: string): Promise<void> {
  try {
    mkdirSync(folder, { recursive: true })
  } catch (error) {
    throw new UsageError(
      `The pictures cannot be put into ${folder}: ${error instanceof Error ? error.message : String(error)}.`,
    )
  }
  const telemetry = createTelemetry({ level: 'fatal', secrets: [] })
  const drawn = picturesOf(facts, LIGHT)
  const pngs = await createPictures(telemetry).png(drawn.map(({ svg }) => svg))
  for (const [index, { name }] of drawn.entries()) {
    const file = join(folder, `${name}.png`)
    writeFileSync(file, pngs[index] ?? new Uint8Array())
    process.stderr.write(`${file}\n`)
  }
}

function periodOf({ config: { digest: settings, team } }: World, asked: string | undefined): Period {
  if (asked === undefined) return lastPeriod(settings.every, team.timezone, Date.now())
  const start = weekStart(asked)
  if (start === undefined)
    throw new UsageError(`--week is "${asked}", which is not an ISO week such as 2026-W48.`)
  // The period that begins in this week: the one that goes on in its last minute.
  return periodAt(
    settings.every,
    team.timezone,
    toInstant(team.timezone, start) + 7 * 24 * 60 * 60_000 - 60_000,
  )
}

const words = (world: World, message: Message): string =>
  plainMessage(world, message)
    .blocks.flatMap(block => blockText(block).map(each => (block.kind === 'code' ? each : wrap(each))))
    .join('\n\n')
