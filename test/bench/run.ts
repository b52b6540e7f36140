/** `npm run bench`: the figures of docs/figures.md, measured here and now. Nothing is asserted: machines differ. */
import { cpus } from 'node:os'
import { benchDiscord } from './discord.ts'
import { benchEvidence } from './evidence/speed.ts'
import { benchMemory } from './memory.ts'
import { benchSchedules } from './schedules.ts'
import { benchSlack } from './slack.ts'
import { benchStart } from './start.ts'
import { benchTimeline } from './timeline.ts'
import { benchTimers } from './timers.ts'

process.stdout.write(
  `${new Date().toISOString().slice(0, 10)}, node ${process.version}, ${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}\n`,
)
for (const bench of [
  benchStart,
  benchSlack,
  benchDiscord,
  benchTimers,
  benchSchedules,
  benchTimeline,
  benchMemory,
  benchEvidence,
])
  process.stdout.write(`${(await bench()).join('\n')}\n`)
process.exit(0)
