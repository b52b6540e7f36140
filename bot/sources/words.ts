/** A finding in one line of plain words, the same in the timeline, in chat and in the post-mortem. */
import type { Finding } from '../evidence/types.ts'
import type { Line } from '../message.ts'
import { formatDuration } from '../schedules/duration.ts'

type Of<K extends Finding['kind']> = Extract<Finding, { kind: K }>

export function findingLine(finding: Finding): Line {
  switch (finding.kind) {
    case 'anomaly':
      return anomaly(finding)
    case 'errors':
      return errors(finding)
    case 'slow':
      return slow(finding)
  }
}

function anomaly({ service, name, direction, peak, usual, at, until }: Of<'anomaly'>): Line {
  const back = until === null ? '' : `, back to usual after ${formatDuration(until - at)}`
  return [`${service}: ${name} ${direction} to ${short(peak)}, usually ${short(usual)}${back}`]
}

function errors({ service, template, count, before }: Of<'errors'>): Line {
  const times = count === 1 ? 'once' : `${count} times`
  const noticed =
    before === count ? ', all before it was noticed' : `, ${before} of them before it was noticed`
  return [`${service} logged `, { code: template.slice(0, 200) }, ` ${times}${before === 0 ? '' : noticed}`]
}

function slow({ service, operation, count, worstMs, usualMs, slowest }: Of<'slow'>): Line {
  const most = slowest
    ? `; most of it in ${slowest.operation} of ${slowest.service}, ${ms(slowest.selfMs)} by itself`
    : ''
  const requests = count === 1 ? '1 request' : `${count} requests`
  return [
    `${service}: ${operation} took up to ${ms(worstMs)} in ${requests}, usually under ${ms(usualMs)}${most}`,
  ]
}

/** Three digits that count. */
const short = (value: number): string =>
  Math.abs(value) >= 1000 ? String(Math.round(value)) : String(Number(value.toPrecision(3)))

const ms = (duration: number): string =>
  duration < 1000 ? `${Math.round(duration)} ms` : `${Number((duration / 1000).toPrecision(2))} s`
