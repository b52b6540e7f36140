/**
 * An investigation of more than anybody asks for at once: 50 metrics of 2,000 points, half of them out; 5,000 log lines, 500 traces.
 * Processor time: it waits for nothing, and what else the machine does is no part of it.
 */
import { examine, investigationOf } from '../../../bot/evidence/investigation.ts'
import type { Answer, Series } from '../../../bot/evidence/types.ts'
import { chance } from '../../simulation/chance.ts'
import { nightOf } from '../../support/nights.ts'
import { normal, ONSET, STRETCH } from '../../support/series.ts'

const SERIES = 50
const POINTS = 2_000
const ROUNDS = 9
const MINUTE = 60_000

const { inquiry } = nightOf(1, true)
const services = Object.keys(inquiry.services)

/** Every second one departs; `reachMs`: how far back its points go. */
function metric(index: number, reachMs: number): Series {
  const luck = chance(index + 1)
  const departsAt = index % 2 === 0 ? ONSET - (index % 12) * MINUTE : Number.POSITIVE_INFINITY
  const points = Array.from({ length: POINTS }, (_, place) => {
    const at = STRETCH.to - ((POINTS - 1 - place) * reachMs) / POINTS
    return [at, 100 + normal(luck) + (at >= departsAt ? 15 : 0)] as const
  })
  return {
    source: 'prom',
    service: services[index % services.length]!,
    name: `metric ${index}`,
    points,
    link: null,
  }
}

function metrics(reachMs: number): readonly Answer[] {
  const series = Array.from({ length: SERIES }, (_, index) => metric(index, reachMs))
  return [{ kind: 'series', source: 'prom', series }]
}

function logsAndTraces(): readonly Answer[] {
  const lines = Array.from({ length: 5_000 }, (_, index) => ({
    at: STRETCH.from + index * 400,
    text: `level=error msg="order ${index} of user-${index % 977} failed after ${index % 40} ms: ${index % 3 === 0 ? 'timeout' : 'refused'}"`,
  }))
  const traces = Array.from({ length: 500 }, (_, index) => ({
    id: `t${index}`,
    at: ONSET + index,
    operation: `operation ${index % 9}`,
    durationMs: index,
    slowest: { service: 'payments', operation: 'SELECT', selfMs: index / 2 },
    link: null,
  }))
  const usualMs = traces.map(each => each.durationMs / 10)
  return [
    { kind: 'logs', source: 'loki', service: 'checkout', lines, cut: true, link: null },
    { kind: 'traces', source: 'tempo', service: 'checkout', traces, usualMs, link: null },
  ]
}

const SETS: Readonly<Record<string, readonly Answer[]>> = {
  '50 series of 2,000 points over eight hours': metrics(8 * 60 * MINUTE),
  '50 series of 2,000 points over three days': metrics(72 * 60 * MINUTE),
  '5,000 log lines and 500 traces': logsAndTraces(),
}

export function benchEvidence(): readonly string[] {
  return Object.entries(SETS).map(([what, answers]) => {
    const times = Array.from({ length: ROUNDS }, () => {
      const before = process.cpuUsage()
      investigationOf({ ...inquiry, seen: examine({ onset: ONSET, ...STRETCH }, answers) })
      const { user, system } = process.cpuUsage(before)
      return (user + system) / 1000
    })
    return `investigation of ${what}: ${Math.min(...times).toFixed(0)} to ${Math.max(...times).toFixed(0)} ms of processor time, the first ${times[0]?.toFixed(0)} ms (wanted: under 500 ms)`
  })
}
