import { expect, test } from 'vitest'
import { createTelemetry } from '../../adapters/telemetry/telemetry.ts'

function logged(
  secrets: readonly string[],
  write: (telemetry: ReturnType<typeof createTelemetry>) => void,
): string {
  let out = ''
  write(
    createTelemetry({
      level: 'debug',
      secrets,
      write: line => {
        out += line
      },
    }),
  )
  return out
}

// Put together here, so that no scanner takes them for real ones.
const BOT = ['xoxb', '123456789012', 'abcdefghijkl'].join('-')

test.each([
  ['in a field', { token: BOT }],
  ['three levels deep', { a: { b: { c: BOT } } }],
  ['in an error', { error: new Error(`failed with ${BOT}`) }],
  ['in a webhook address', { url: 'https://hooks.slack.com/services/T0/B0/secretsecret' }],
  ['behind Bearer', { header: 'Bearer abcdefghijklmnop' }],
  ['in a database address', { url: 'postgres://tocsin:hunter22222@db/x' }],
  ['by its configured value', { note: 'the word is swordfish-9' }],
])('a secret %s does not reach the log (S18)', (_, fields) => {
  const out = logged(['swordfish-9'], telemetry => telemetry.log('info', 'event', fields))
  expect(out).toContain('***')
  for (const secret of [BOT, 'secretsecret', 'abcdefghijklmnop', 'hunter22222', 'swordfish-9'])
    expect(out).not.toContain(secret)
})

test('log lines inside a span carry its trace, and the trace goes on across a gap', async () => {
  let out = ''
  const telemetry = createTelemetry({
    level: 'debug',
    secrets: [],
    write: line => {
      out += line
    },
  })
  const trace = await telemetry.span('command', undefined, async parent => {
    telemetry.log('info', 'first')
    return parent
  })
  await telemetry.span('deliver', trace, async () => telemetry.log('info', 'second'))
  const ids = out
    .trim()
    .split('\n')
    .map(line => (JSON.parse(line) as { trace: string }).trace)
  expect(ids[0]).toMatch(/^[0-9a-f]{32}$/)
  expect(ids[1]).toBe(ids[0])
})

test('the metrics are what Prometheus reads, with counters that begin at nought', async () => {
  const telemetry = createTelemetry({ level: 'silent', secrets: [] })
  telemetry.count('deliveries', { kind: 'page', outcome: 'accepted' })
  telemetry.observe('timer_lateness_seconds', 0.002, { kind: 'rung' })
  const text = await telemetry.metrics.text()
  expect(text).toContain('tocsin_exhausted_total 0')
  expect(text).toContain('tocsin_deliveries_total{kind="page",outcome="accepted"} 1')
  expect(text).toContain('tocsin_timer_lateness_seconds_bucket{le="0.005",kind="rung"} 1')
  expect(text).toMatch(/tocsin_process_cpu_seconds_total \d/)
})
