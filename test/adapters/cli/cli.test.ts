/** The command line as a person or a script meets it: what is printed where, and the exit code. */
import { execFile } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { SHIPPED } from '../../support/shipped.ts'
import { TEAM } from '../../support/team.ts'

const folder = mkdtempSync(join(tmpdir(), 'tocsin-cli-'))
const file = join(folder, 'tocsin.yaml')
writeFileSync(file, TEAM)

type Said = { readonly code: number; readonly out: string; readonly err: string }

function run(
  args: readonly string[],
  {
    input = '',
    env = {},
    main = SHIPPED,
  }: { input?: string; env?: Record<string, string>; main?: string } = {},
): Promise<Said> {
  return new Promise(resolve => {
    const child = execFile(
      process.execPath,
      [main, ...args],
      { env: { PATH: process.env.PATH, TOCSIN_CONFIG: file, DATABASE_URL: join(folder, 't.db'), ...env } },
      (error, out, err) => resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err }),
    )
    child.stdin?.end(input)
  })
}

test('simulate says who is paged, when, by what and why, and sends nothing', async () => {
  const { code, out } = await run([
    'simulate',
    '--severity',
    'SEV1',
    '--service',
    'checkout',
    '--at',
    '2026-11-24T03:00:00Z',
    '--json',
  ])
  expect(code).toBe(0)
  const { pages, exhausted_at, skipped } = JSON.parse(out)
  expect(
    pages.map((page: { offset_seconds: number; pass: number; rung: number; person: string; by: string }) => [
      page.offset_seconds,
      page.pass,
      page.rung,
      page.person,
      page.by,
    ]),
  ).toEqual([
    [0, 1, 1, 'aiko', 'chat'],
    [180, 1, 2, 'chika', 'chat'],
    [480, 2, 1, 'aiko', 'chat'],
    [660, 2, 2, 'chika', 'chat'],
    [960, 3, 1, 'aiko', 'chat'],
    [1140, 3, 2, 'chika', 'chat'],
  ])
  expect(skipped).toEqual([])
  expect(exhausted_at).toBe('2026-11-24T03:24:00.000Z')
})

test('an ack in the simulation stops the chain', async () => {
  const { out } = await run([
    'simulate',
    '--severity',
    'SEV1',
    '--at',
    '2026-11-24T03:00:00Z',
    '--ack-after',
    '6m',
    '--json',
  ])
  expect(JSON.parse(out)).toMatchObject({
    exhausted_at: null,
    pages: [{ person: 'aiko' }, { person: 'ben' }],
  })
})

test('classify reads plain lines and JSON lines, and answers one JSON line each', async () => {
  const { code, out } = await run(['classify'], {
    input: 'The whole site is down for everyone\n{"id":"x","text":"slow","error_rate":0.5}\n\n',
  })
  expect(code).toBe(0)
  const lines = out
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as Record<string, unknown>)
  expect(lines).toMatchObject([
    { id: '1', severity: 'SEV1', criterion: 'complete_outage' },
    { id: 'x', severity: 'SEV2', criterion: 'performance_degradation > 50%' },
  ])
})

test('check says every problem with its place and ends with 1; a clean file ends with 0', async () => {
  const bad = join(folder, 'bad.yaml')
  writeFileSync(bad, TEAM.replace('people: [chika]', 'people: [chikka]'))
  const { code, err } = await run(['check', bad])
  expect(code).toBe(1)
  expect(err).toMatch(
    /bad\.yaml:\d+:\d+ roles\.manager\.people\.0: found "chikka", expected a person of `people`; did you mean chika\?/,
  )
  expect((await run(['check'])).code).toBe(0)
  expect((await run(['check', '--strict'])).code).toBe(1)
})

test('oncall gives contiguous shifts', async () => {
  const { out } = await run([
    'oncall',
    '--schedule',
    'primary',
    '--from',
    '2026-11-01T00:00:00Z',
    '--to',
    '2026-11-10T00:00:00Z',
    '--json',
  ])
  expect(JSON.parse(out)).toEqual([
    { person: null, from: '2026-11-01T00:00:00.000Z', to: '2026-11-02T09:00:00.000Z', source: 'nobody' },
    { person: 'aiko', from: '2026-11-02T09:00:00.000Z', to: '2026-11-10T00:00:00.000Z', source: 'rotation' },
  ])
})

test("oncall gives a person's turns of every schedule as a calendar", async () => {
  const range = ['--from', '2026-11-01T00:00:00Z', '--to', '2026-11-10T00:00:00Z']
  const { code, out } = await run(['oncall', '--person', 'ben', ...range, '--ics'])
  expect(code).toBe(0)
  expect(out.split('\r\n').filter(line => /^(X-WR-CALNAME|UID|DTSTART|DTEND|SUMMARY)/.test(line))).toEqual([
    'X-WR-CALNAME:On call: Ben Okafor',
    'UID:secondary/ben/20261102T090000Z@tocsin',
    'DTSTART:20261102T090000Z',
    'DTEND:20261110T000000Z',
    'SUMMARY:Ben Okafor on call: secondary',
  ])
  expect((await run(['oncall', '--schedule', 'primary', '--ics'])).out).toContain(
    'Aiko Tanaka on call: primary',
  )
})

test('an instant without a zone is UTC, whatever the machine is set to; a stretch that ends before it begins is refused', async () => {
  const at = async (text: string) => {
    const { out } = await run(['simulate', '--severity', 'SEV1', '--at', text, '--json'], {
      env: { TZ: 'Asia/Tokyo' },
    })
    return (JSON.parse(out) as { at: string }).at
  }
  expect(await at('2026-11-29T02:30:00')).toBe(await at('2026-11-29T02:30:00Z'))
  expect(
    await run(['oncall', '--schedule', 'primary', '--from', '2026-12-01', '--to', '2026-11-01']),
  ).toMatchObject({
    code: 2,
    err: expect.stringContaining('--to 2026-11-01 is not after --from 2026-12-01.'),
  })
})

test('the sources run as they are, without being built', async () => {
  const main = join(import.meta.dirname, '../../../bot/main.ts')
  expect(await run(['--version'], { main })).toMatchObject({ code: 0, out: (await run(['--version'])).out })
})

test('a backup is a checked copy, and what is restored holds its paging until resume', async () => {
  await run(['migrate'])
  const copy = join(folder, 'copy.db')
  expect((await run(['backup', copy])).out).toContain('checked copy')
  expect((await run(['backup', copy])).err).toContain('is there already')
  expect((await run(['restore', copy])).out).toContain('Paging is held')
  expect((await run(['resume'])).out).toBe('Paging goes on.\n')
  writeFileSync(join(folder, 'junk.db'), 'this is no database, and long enough to look like one')
  expect(await run(['restore', join(folder, 'junk.db')])).toMatchObject({
    code: 1,
    err: expect.stringContaining('is damaged, or is not a database'),
  })
})

test('a token is shown once and can be revoked', async () => {
  expect((await run(['token', 'create', 'grafana'])).out).toMatch(/^tocsin_[\w-]{43}\n$/)
  expect((await run(['token', 'revoke', 'grafana'])).code).toBe(0)
  expect((await run(['token', 'revoke', 'grafana'])).err).toContain('no token named grafana')
})

test.each([
  [['simulat'], 2, 'Did you mean simulate?'],
  [['simulate'], 2, '--severity is missing'],
  [['simulate', '--severity', 'SEV1', '--service', 'chekout'], 1, '"chekout" is not a service'],
  [['oncall', '--ics'], 2, '--schedule, --person or both are needed'],
  [['oncall', '--person', 'bem', '--ics'], 1, '"bem" is not a person of the team. Did you mean ben?'],
  [['oncall', '--person', 'ben', '--ics', '--from', '2026-11-01'], 2, '--from and --to go together'],
  [
    ['oncall', '--schedule', 'primry', '--from', '2026-11-01', '--to', '2026-11-02'],
    1,
    'Did you mean primary?',
  ],
  [['export', 'INC-99'], 1, 'There is no INC-99'],
  [['start', '--help'], 0, ''],
])('%s ends with %d and says what to do', async (args, code, words) => {
  const said = await run(args)
  expect(said.code).toBe(code)
  expect(said.err).toContain(words)
  expect(said.err).not.toMatch(/\n\s+at /)
})

test('a broken configuration never starts', async () => {
  const bad = join(folder, 'broken.yaml')
  writeFileSync(bad, 'team: { name: T')
  const said = await run(['start'], { env: { TOCSIN_CONFIG: bad } })
  expect(said).toMatchObject({ code: 1, err: expect.stringContaining('broken.yaml:1:') })
})

test('with Slack set up and no file, start refuses and says how to write one', async () => {
  const child = await run(['start'], {
    env: { TOCSIN_CONFIG: '', SLACK_BOT_TOKEN: 'a-token', SLACK_APP_TOKEN: 'another' },
  })
  expect(child).toMatchObject({ code: 1, err: expect.stringContaining('Copy tocsin.example.yaml') })
})

test('help fits a terminal of eighty columns or wraps its usage only', async () => {
  const { out } = await run(['--help'])
  expect(out.split('\n').filter(line => line.length > 90)).toEqual([])
  expect((await run(['--version'])).out).toMatch(/^tocsin \d+\.\d+\.\d+ \(node v24/)
})

test('the fields of a description are read as people write them, and one that cannot be read is named', async () => {
  const { code, out, err } = await run(['classify', '--json'], {
    input: [
      '{"id":"a","text":"Reports look odd","fields":{"error_rate":"40%"}}',
      '{"id":"b","text":"Reports look odd","users_affected":500,"users_total":1000}',
      '{"id":"c","text":"Logo is misaligned","usersAffected":500,"workaround":"perhaps"}',
    ].join('\n'),
  })
  const verdicts = out
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as { id: string; severity: string; criterion: string })
    .map(({ id, severity, criterion }) => [id, severity, criterion])
  expect(verdicts).toEqual([
    ['a', 'SEV2', 'partial_outage'],
    ['b', 'SEV2', 'partial_outage'],
    ['c', 'SEV4', 'cosmetic_issue'],
  ])
  expect(code).toBe(1)
  expect(err).toBe(
    'line 3: workaround: found "perhaps", expected true, false, "yes" or "no"; it is left out\n',
  )
})

test('a database that cannot be reached is said in a sentence, and the invitation fits eighty columns', async () => {
  const gone = await run(['resume'], { env: { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/x' } })
  expect(gone.code).toBe(1)
  expect(gone.err).toBe(
    'The PostgreSQL database cannot be reached, or closed the connection: check DATABASE_URL and the server.\n',
  )
  const { out } = await run(['discord', 'invite'], { env: { DISCORD_APPLICATION_ID: '803511102246789120' } })
  const [link = '', ...reasons] = out.split('\n')
  expect(BigInt(new URL(link).searchParams.get('permissions') ?? '0') & ((1n << 3n) | (1n << 17n))).toBe(0n)
  expect(reasons.filter(line => line.length > 80)).toEqual([])
})
