/** `tocsin digest`: a week, or any range; for people, for programs, and as pictures. */
import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { openSqlite } from '../../../adapters/sql/sqlite.ts'
import { past, START } from '../../bot/digest/teams.ts'
import { rowsOf } from '../../support/rows.ts'
import { TEAM } from '../../support/team.ts'

const folder = mkdtempSync(join(tmpdir(), 'tocsin-digest-'))
const main = join(import.meta.dirname, '../../../bot/main.ts')
writeFileSync(join(folder, 'tocsin.yaml'), TEAM)

function run(...args: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  const env = { TOCSIN_CONFIG: join(folder, 'tocsin.yaml'), DATABASE_URL: join(folder, 't.db') }
  return new Promise(resolve => {
    execFile(process.execPath, [main, 'digest', ...args], { env }, (error, out, err) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err }),
    )
  })
}

/** Twelve incidents, one a week, half of them checkout's, at nine in the morning. */
beforeAll(async () => {
  const store = await openSqlite(join(folder, 't.db'))
  await store.commit(
    rowsOf(
      Array.from({ length: 12 }, (_, week) => {
        const at = START + week * 7 * 24 * 3_600_000 + 9 * 3_600_000
        const service = week % 2 === 0 ? 'checkout' : null
        return past(at, { title: 'Down', service, ackedAt: at + 300_000, resolvedAt: at + 3_600_000 })
      }),
    ),
  )
  await store.close()
})

test('over a range it says what incidents have in common, for people', async () => {
  const { code, out } = await run('--from', '2026-08-31', '--to', '2026-11-22')
  expect(code).toBe(0)
  expect(out).toContain('Patterns, 2026-08-31 to 2026-11-22')
  expect(out).toContain('- Incidents: 12')
  expect(out).toContain('- MTTA: median 5 min (half of them 5 min to 5 min)')
  expect(out.replaceAll(/\s+/g, ' ')).toContain(
    '100 % of 12 incidents began between 09:00 and 10:00. Unlikely to be chance',
  )
})

test.each([
  ['--from', '2026-08-31', '--to', '2026-11-22'],
  ['--week', '2026-W47'],
])('no line is wider than a terminal of 80 columns: %s %s', async (...args) => {
  const { out } = await run(...args)
  expect(out.split('\n').filter(line => line.length > 80)).toEqual([])
  expect(out.split('\n').length).toBeGreaterThan(5)
})

test('and for programs, of one service', async () => {
  const { code, out } = await run(
    '--from',
    '2026-08-31',
    '--to',
    '2026-11-22',
    '--service',
    'checkout',
    '--json',
  )
  expect(code).toBe(0)
  const said = JSON.parse(out)
  expect(said).toMatchObject({
    from: '2026-08-31T00:00:00.000Z',
    to: '2026-11-23T00:00:00.000Z',
    service: 'checkout',
    timezone: 'Etc/UTC',
    count: 6,
    byService: { checkout: 6 },
    acknowledge: { median: 300_000 },
  })
  expect(said.hours[0][9]).toBe(6)
})

test('a week as JSON has its figures, those of the weeks before it, and pictures beside it', async () => {
  const pictures = join(folder, 'pictures')
  const { code, out, err } = await run('--week', '2026-W47', '--json', '--pictures', pictures)
  expect(code).toBe(0)
  expect(JSON.parse(out)).toMatchObject({
    week: '2026-W47',
    figures: { count: 1 },
    before: { weeks: 4, count: 4 },
  })
  expect(err).toContain('trend.png')
  expect(readdirSync(pictures).sort()).toEqual(['hours.png', 'speeds.png', 'trend.png'])
  expect(readFileSync(join(pictures, 'hours.png')).subarray(1, 4).toString()).toBe('PNG')
})

test.each([
  [
    ['--week', '2026-W47', '--pictures', join(import.meta.filename, 'in-a-file')],
    'The pictures cannot be put into',
  ],
  [['--week', '2026-W99'], 'is not an ISO week such as 2026-W48'],
  [['--week', '2026-W47', '--from', '2026-01-01'], 'is one digest'],
  [['--from', 'yesterday'], '"yesterday" is no date.'],
  [['--from', '2026-11-02', '--to', '2026-11-01'], 'That range ends before it begins.'],
  [['--service', 'nothing'], '"nothing" is not a service. Services: checkout'],
])('%j is answered with the way out', async (args, said) => {
  const { code, out, err } = await run(...args)
  expect(code).toBeGreaterThan(0)
  expect(out).toBe('')
  expect(err).toContain(said)
})
