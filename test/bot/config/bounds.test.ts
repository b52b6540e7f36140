/** How long a name may be, how many entries a list may have, which keys there are: each key of the file, at its bounds. */
import { expect, test } from 'vitest'
import { parseConfig } from '../../../bot/config/parse.ts'
import { formatProblem } from '../../../bot/config/problems.ts'

const text = (length: number) => 'a'.repeat(length)
const list = <T>(length: number, value: T): readonly T[] => Array.from({ length }, () => value)
const keys = <T>(length: number, value: T) =>
  Object.fromEntries(Array.from({ length }, (_, at) => [`k${at}`, value]))
const TURNS = { every: '1d', handoff: '09:00', starts: '2026-11-02', people: ['ben'] }
const BASE = {
  team: { name: 'T', timezone: 'Etc/UTC' },
  people: { ben: { name: 'Ben' } },
  schedules: { p: { rotation: TURNS } },
  severities: { SEV1: { escalation: ['oncall_primary'] } },
  roles: { oncall_primary: { people: ['ben'] } },
  services: { checkout: {} },
  integrations: { am: { source: 'alertmanager', token: 'own-token-0123456789a' } },
  sources: {
    jaeger: { kind: 'jaeger', url: 'https://jaeger.example.com' },
    logs: { kind: 'elasticsearch', url: 'https://logs.example.com' },
    prom: { kind: 'prometheus', url: 'https://prom.example.com' },
  },
}

/** The file with a value at a path such as `people.ben.name`. */
function problems(path: string, value: unknown): readonly string[] {
  const file = structuredClone(BASE) as Record<string, unknown>
  const steps = path.split('.')
  const parent = steps.slice(0, -1).reduce<Record<string, unknown>>((at, step) => {
    at[step] ??= {}
    return at[step] as Record<string, unknown>
  }, file)
  parent[steps.at(-1) ?? ''] = value
  const parsed = parseConfig({ text: JSON.stringify(file), file: 't.yaml' })
  return parsed.config ? [] : parsed.problems.map(formatProblem)
}

type Row = readonly [path: string, good: readonly unknown[], bad: readonly unknown[]]

const NAME = [text(1), text(100)] as const
const REPEAT: readonly [readonly unknown[], readonly unknown[]] = [
  [0, 100],
  [-1, 101, 1.5, '1'],
]
const ROWS: readonly Row[] = [
  ['team.name', NAME, ['', text(101), 1]],
  ['team.holidays', [[], list(1000, '2026-12-25')], [list(1001, '2026-12-25'), ['soon']]],
  [
    'team.business_hours',
    [{}, { days: ['mon'], from: '08:00', to: '16:00' }],
    [{ days: [] }, { days: list(8, 'mon') }, { hours: 1 }],
  ],
  ['people.ben.name', NAME, ['', text(101)]],
  ['people.ben.ntfy', [text(1), text(200)], ['', text(201)]],
  [
    'people.ben.webhook',
    ['https://a.example.com/x', 'http://a.example.com'],
    ['ftp://a.example.com', 'a', 'xhttp://a.example.com', 'httpsx://a.example.com'],
  ],
  [
    'people.ben.notify',
    [
      list(1, { after: '0s', by: 'chat' }),
      list(20, { after: '0s', by: 'chat' }),
      [{ after: '0s', by: 'chat', for: 'SEV1' }],
    ],
    [
      [],
      list(21, { after: '0s', by: 'chat' }),
      [{ by: 'chat' }],
      [{ after: '0s' }],
      [{ after: '0s', by: 'chat', x: 1 }],
    ],
  ],
  [
    'people.ben.github',
    ['octocat', 'a', `a${text(38)}`, 'octo-cat9'],
    ['', '-octocat', `a${text(39)}`, 'octo_cat', '@octocat'],
  ],
  ['people.ben.nickname', [], ['x']],
  ['schedules.p.rotation.people', [list(1, 'ben'), list(200, 'ben')], [[], list(201, 'ben')]],
  ['schedules.p.layers', [[TURNS], list(50, TURNS)], [[], list(51, TURNS)]],
  [
    'schedules.p.group',
    [{ slack: 'S0123AB' }, { slack: 'SABCDEF' }, { discord: '80351110224678912' }, {}],
    [
      { slack: 'S0123A' },
      { slack: 'U0123ABCD' },
      { slack: 'xS0123ABCD' },
      { slack: 'S0123abcd' },
      { slack: 'S0123ABCD!' },
      { teams: 'x' },
    ],
  ],
  [
    'severities.SEV1.escalation',
    [[], list(50, 'oncall_primary'), [{ page: 'oncall_primary' }, { page: 'oncall_primary', after: '3m' }]],
    [list(51, 'oncall_primary'), [{ after: '3m' }], [{ page: 'oncall_primary', x: 1 }]],
  ],
  ['severities.SEV1.repeat', ...REPEAT],
  ['severities.SEV1.description', ['', text(200)], [text(201)]],
  [
    'severities.SEV1.criteria',
    [[], list(50, 'data_loss'), [text(100)]],
    [list(51, 'data_loss'), [''], [text(101)]],
  ],
  [
    'severities.SEV1.targets',
    [{}, { detect: '5m', mitigate: '1h', resolve: '1d' }],
    [{ detect: 'soon' }, { fix: '1h' }],
  ],
  ['severities.SEV2', [{}], [{ x: 1 }]],
  ['severities.SEV5', [], [{}]],
  [
    'words',
    [{ down: list(500, 'gone') }, { down: [text(200)] }],
    [{ down: list(501, 'gone') }, { down: [''] }, { down: [text(201)] }],
  ],
  ['roles.oncall_primary.people', [list(200, 'ben')], [list(201, 'ben')]],
  ['services.checkout.tier', [1, 5], [0, 6, 1.5]],
  ['services.checkout.owners', [[], list(50, 'ben')], [list(51, 'ben')]],
  ['services.checkout.depends_on', [[], list(200, 'other')], [list(201, 'other')]],
  [
    'services.checkout.links',
    [{ Runbook: 'https://wiki.example.com' }, { [text(60)]: 'http://wiki.example.com' }],
    [
      { '': 'https://wiki.example.com' },
      { [text(61)]: 'https://wiki.example.com' },
      { Runbook: 'javascript:alert(1)' },
      { Runbook: 'xhttps://a.example.com' },
    ],
  ],
  [
    'services.checkout.slo',
    [{ target: 99.9, per: '30d' }],
    [{ target: 99.9 }, { per: '30d' }, { target: 100, per: '30d' }],
  ],
  ['services.checkout.escalation.repeat', ...REPEAT],
  ['services.checkout.escalation.SEV4', [['oncall_primary']], [list(51, 'oncall_primary')]],
  ['integrations.am.declare', [false, 'SEV1', ['SEV1', 'SEV4']], [true, [], 'SEV9']],
  [
    'integrations.am.mapping',
    [{ title: 'what' }, { title: text(200) }],
    [{ title: '' }, { title: text(201) }],
  ],
  ['integrations.am.severities', [{ critical: 'SEV1' }], [{ critical: 'bad' }]],
  ['integrations.am.secret', [text(8)], [text(7)]],
  ['integrations.am.secret_file', ['x'], ['']],
  ['integrations.am.token', [text(16)], [text(15)]],
  ['integrations.am.token_file', ['x'], ['']],
  [
    'discord',
    [
      {},
      { places: 'channel' },
      { places: 'thread', parent: '80351110224678912' },
      { category: '80351110224678912' },
    ],
    [{ places: 'room' }, { places: 'thread' }, { places: 'forum' }],
  ],
  ['channels', [['slack'], ['slack', 'discord', 'console']], [[], ['teams']]],
  [
    'may',
    [{ declare: ['ben'] }, { declare: list(200, 'ben') }],
    [{ declare: [] }, { declare: list(201, 'ben') }, { fly: ['ben'] }],
  ],
  ['limits', [{ sms: '3 per 1m' }], [{ sms: 'few' }]],
  ['private_addresses', [true, false], ['yes']],
  [
    'actions.github',
    [
      { repo: 'acme/incidents', token_file: 'x' },
      { repo: 'a-1/b._-C', token_file: 'x', labels: list(10, text(50)) },
    ],
    [
      { repo: 'acme', token_file: 'x' },
      { repo: 'acme/a/b', token_file: 'x' },
      { repo: 'x acme/a', token_file: 'x' },
      { repo: 'acme/a', token_file: '' },
      { repo: 'acme/a' },
      { repo: 'acme/a', token_file: 'x', labels: [] },
      { repo: 'acme/a', token_file: 'x', labels: list(11, 'x') },
      { repo: 'acme/a', token_file: 'x', labels: [text(51)] },
      { repo: 'acme/a', token_file: 'x', labels: [''] },
    ],
  ],
  ['timeline.reaction', ['pushpin', 'none'], ['thumbsup']],
  ['digest.every', ['mon 09:00'], ['mondays']],
  [
    'sources.jaeger.grafana',
    [{ url: 'https://g.example.com', datasource: text(100) }],
    [
      { url: 'https://g.example.com' },
      { url: 'https://g.example.com', datasource: '' },
      { url: 'https://g.example.com', datasource: text(101) },
    ],
  ],
  ['sources.jaeger.link', ['https://j.example.com'], ['j']],
  ['sources.jaeger.user', [text(1), text(200)], ['', text(201)]],
  ['sources.jaeger.token_file', ['x'], ['']],
  [
    'sources.jaeger.headers',
    [{ 'X-Org': 'acme' }, { 'X-Org': text(1000) }, { 'X-Org': '' }, { 'X-Token': { file: 'x' } }],
    [
      { 'X-Org': text(1001) },
      { 'X-Token': { file: '' } },
      { 'X-Token': { file: 'x', y: 1 } },
      { 'X Org': 'a' },
    ],
  ],
  ['sources.jaeger.names', [{ checkout: text(200) }], [{ checkout: '' }, { checkout: text(201) }]],
  [
    'sources.prom.queries',
    [
      { up: 'up{job="$service"}' },
      keys(20, '$service'),
      { [text(60)]: '$service' },
      { up: `$service${text(1992)}` },
    ],
    [keys(21, '$service'), { [text(61)]: '$service' }, { '': '$service' }, { up: `$service${text(1993)}` }],
  ],
  [
    'sources.logs.index',
    ['logs-*,filebeat-*', text(200)],
    ['', text(201), 'a b', 'a/b', 'a?b', 'a#b', 'a|b'],
  ],
  ['sources.logs.time_field', [text(1), text(100)], ['', text(101)]],
  ['sources.logs.message_field', [text(1), text(100)], ['', text(101)]],
  ['sources.logs.query', ['$service'], ['all']],
  ['sources.logs.nonsense', [], [1]],
]

const shown = (value: unknown) => JSON.stringify(value).slice(0, 40)

test.each(ROWS.flatMap(([path, good]) => good.map(value => [path, shown(value), value] as const)))(
  '%s may be %s',
  (path, _, value) => {
    expect(problems(path, value)).toEqual([])
  },
)

test.each(ROWS.flatMap(([path, , bad]) => bad.map(value => [path, shown(value), value] as const)))(
  '%s may not be %s',
  (path, _, value) => {
    expect(problems(path, value).join()).toContain(path)
  },
)

test.each([
  ['people.ben.notify', [], 'at least 1 entry'],
  ['people.ben.notify', list(21, { after: '0s', by: 'chat' }), 'at most 20 entries'],
  ['team.name', '', 'at least 1 characters'],
  ['team.name', text(101), 'at most 100 characters'],
  ['integrations.am.token', 'x', 'at least 16 characters'],
  ['services.checkout.tier', 0, 'at least 1'],
  ['services.checkout.tier', 9, 'at most 5'],
  ['services.checkout.tier', 1.5, 'a whole number'],
  ['people.ben.name', 1, 'a text'],
  ['people.ben', 'Ben', 'a mapping'],
  ['people', ['ben'], 'a mapping'],
  ['team.holidays', 'soon', 'a list'],
  ['private_addresses', 'yes', 'true or false'],
  ['people.a b', { name: 'A' }, 'a short name of letters, digits, - and _'],
  ['people.ben.slack', 1, 'a Slack user id such as U0AIKO1234'],
  ['services.checkout.slo.target', 'high', 'a percentage below 100, such as 99.9'],
  ['people.ben.github', '@x', 'a GitHub login such as octocat'],
  ['schedules.p.group.slack', 'x', 'the id of a user group, such as S0123ABCD'],
  ['actions.github', { repo: 'x', token_file: 'x' }, 'owner/name of the repository'],
  ['sources.logs.index', '', 'indices such as logs-*,filebeat-*'],
  ['sources.prom.queries', keys(21, '$service'), 'at most 20 queries'],
  [
    'discord',
    { places: 'forum' },
    'the id of the channel or forum that holds them; incidents live in a forum',
  ],
  [
    'sources.prom.query',
    '$service',
    'nothing: it is for loki and elasticsearch; its queries are under `queries`, each with a name',
  ],
  ['sources.logs.queries', { a: '$service' }, 'nothing: it is for prometheus; it has one: `query`'],
  ['sources.jaeger.queries', { a: '$service' }, 'nothing: it is for prometheus; leave it out for jaeger'],
  ['sources.prom.index', 'logs-*', 'nothing: it is for elasticsearch; leave it out for prometheus'],
  ['sources.prom.time_field', 't', 'nothing: it is for elasticsearch; leave it out for prometheus'],
  ['sources.prom.message_field', 't', 'nothing: it is for elasticsearch; leave it out for prometheus'],
  [
    'sources.jaeger.headers',
    { Cookie: 'x' },
    'the file that holds it, such as { file: ./prom.key }; a token that is sent as Authorization goes into token_file',
  ],
  [
    'people.ben.notify',
    [{ after: '0s', by: 'voic' }],
    'one of chat, sms, voice, email, push, webhook; did you mean voice?',
  ],
  ['services.checkout.escalation.sev1', [], 'one of SEV1, SEV2, SEV3, SEV4, repeat; did you mean SEV1?'],
  [
    'schedules.p.rotation.startz',
    'x',
    'one of every, handoff, starts, ends, people, only; did you mean starts?',
  ],
  [
    'schedules.p.layers',
    [{ ...TURNS, nme: 'x' }],
    'one of name, timezone, every, handoff, starts, ends, people, only; did you mean name?',
  ],
])('%s: of what may not be it is said what may', (path, value, expected) => {
  expect(problems(path, value).join('\n')).toContain(`, expected ${expected}`)
})

test.each(['auth', 'X-Auth', 'token', 'api-key', 'Secret', 'PASSWORD', 'cookie'])(
  'a header %s holds a secret, and its value may not stand in the file',
  name => {
    expect(problems('sources.jaeger.headers', { [name]: 'abc' }).join()).toContain('the file that holds it')
    expect(problems('sources.jaeger.headers', { [name]: { file: 'x' } })).toEqual([])
  },
)

test('a file of more than a mebibyte is not read, and one of exactly a mebibyte is', () => {
  const of = (bytes: number) => {
    const json = JSON.stringify(BASE)
    return parseConfig({ text: json + ' '.repeat(bytes - json.length), file: 't.yaml' })
  }
  expect(of(1024 * 1024).config).toBeDefined()
  const larger = of(1024 * 1024 + 1)
  expect('problems' in larger && larger.problems.map(formatProblem)).toEqual([
    't.yaml:1:1: found 1048577 bytes, expected at most 1048576',
  ])
})
