/**
 * With several processes on one database they agree on its clock (D8): each measures how far its own is off, and goes by the
 * database's. Timers that one armed are due for another at the same moment.
 */
import type { Clock, Telemetry } from '../../bot/ports.ts'
import { systemClock } from './system.ts'

const MEASURE_EVERY_MS = 30_000
/** Said aloud from here on. */
const SKEW_WARN_MS = 2_000
/** Not ready from here on: a machine whose clock is this far off cannot be trusted with anything that it logs. */
export const SKEW_REFUSED_MS = 30_000

export type DatabaseClock = Clock & {
  skewMs(): number
  stop(): void
}

export async function createDatabaseClock({
  offset,
  telemetry,
}: {
  readonly offset: () => Promise<number>
  readonly telemetry: Telemetry
}): Promise<DatabaseClock> {
  let skew = await offset()
  const warn = () => {
    if (Math.abs(skew) > SKEW_WARN_MS) telemetry.log('warn', 'clock.skew', { skew_ms: Math.round(skew) })
  }
  const measure = async () => {
    skew = await offset()
    warn()
  }
  const timer = setInterval(
    () => void measure().catch(error => telemetry.log('warn', 'clock.not_measured', { error })),
    MEASURE_EVERY_MS,
  ).unref()
  warn()
  return {
    now: () => Math.round(Date.now() + skew),
    wait: (untilAt, signal) => systemClock.wait(untilAt - skew, signal),
    skewMs: () => skew,
    stop: () => clearInterval(timer),
  }
}
