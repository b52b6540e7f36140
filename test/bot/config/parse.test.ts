import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseConfig } from '../../../bot/config/parse.ts'
import { formatProblem } from '../../../bot/config/problems.ts'
import { SAMPLE } from '../../../bot/config/sample.ts'

const problems = (text: string): readonly string[] => {
  const parsed = parseConfig({ text, file: 't.yaml' })
  return parsed.config ? [] : parsed.problems.map(formatProblem)
}
const TEAM = 'team: { name: T, timezone: Etc/UTC }\n'
const BEN = 'people: { ben: { name: Ben } }\n'

test('the built-in sample has no problem and no warning', () => {
  const parsed = parseConfig({ text: SAMPLE, file: 'sample' })
  expect(parsed.config && parsed.warnings).toEqual([])
})

test.each([
  [
    'a zone that is misspelt',
    'team: { name: T, timezone: Asia/Tokio }\npeople: {}',
    't.yaml:1:28 team.timezone: found "Asia/Tokio", expected a time zone such as Asia/Tokyo; did you mean Asia/Tokyo?',
  ],
  [
    'a key that is misspelt',
    `${TEAM}peple: {}\npeople: {}`,
    't.yaml:2:1 peple: found "peple", expected one of team, people, schedules, severities, words, roles, services, integrations, sources, discord, channels, may, limits, private_addresses, actions, timeline, digest, postmortem; did you mean people?',
  ],
  [
    'a limit of a way that there is not',
    `${TEAM}${BEN}limits: { fax: 3 per 1m }`,
    't.yaml:3:11 limits.fax: found "fax", expected one of sms, voice, email, push, webhook',
  ],
  ['a missing part', BEN, 't.yaml:1:1 team: found nothing, expected a mapping'],
  [
    'a Discord id that lost digits',
    `${TEAM}people: { ben: { name: Ben, discord: 80351110224678912 } }`,
    't.yaml:2:38 people.ben.discord: found 80351110224678910, expected a Discord user id in quotes, such as "80351110224678912"; write it in quotes: as a number it loses its last digits',
  ],
  [
    'a duration',
    `${TEAM}people: { ben: { name: Ben, notify: [ { after: soon, by: chat } ] } }`,
    't.yaml:2:48 people.ben.notify.0.after: found "soon", expected a duration such as 90s, 5m, 1h or 1d',
  ],
  [
    'a way that is misspelt',
    `${TEAM}people: { ben: { name: Ben, notify: [ { after: 0s, by: smss } ] } }`,
    't.yaml:2:56 people.ben.notify.0.by: found "smss", expected one of chat, sms, voice, email, push, webhook; did you mean sms?',
  ],
  [
    'an unknown person',
    `${TEAM}${BEN}roles: { manager: { people: [bem] } }`,
    't.yaml:3:30 roles.manager.people.0: found "bem", expected a person of `people`; did you mean ben?',
  ],
  [
    'an unknown role in a chain',
    `${TEAM}${BEN}roles: { manager: { people: [ben] } }\nseverities: { SEV1: { escalation: [managr] } }`,
    't.yaml:4:36 severities.SEV1.escalation.0: found "managr", expected a role of `roles`; did you mean manager?',
  ],
  [
    'two people with one account',
    `${TEAM}people: { a: { name: A, slack: U0SAME }, b: { name: B, slack: U0SAME } }`,
    `t.yaml:2:63 people.b.slack: found "U0SAME", which is a's already, expected an account of their own`,
  ],
  [
    'a weekly rotation without a weekday',
    `${TEAM}${BEN}schedules: { p: { rotation: { every: 1w, handoff: "09:00", starts: 2026-11-02, people: [ben] } } }`,
    't.yaml:3:51 schedules.p.rotation.handoff: found "09:00", expected a weekday and a time such as "mon 09:00"; the rotation goes by weeks',
  ],
  [
    'a kind of source that there is none of',
    `${TEAM}${BEN}sources: { p: { kind: promethues, url: "https://p.example.com" } }`,
    't.yaml:3:23 sources.p.kind: found "promethues", expected one of prometheus, loki, elasticsearch, jaeger, tempo; did you mean prometheus?',
  ],
  [
    'an address of a source with a password in it',
    `${TEAM}${BEN}sources: { p: { kind: jaeger, url: "https://a:b@p.example.com" } }`,
    't.yaml:3:36 sources.p.url: found "https://a:b@p.example.com", expected an http or https address without a password in it',
  ],
  [
    'a token of a source in the file',
    `${TEAM}${BEN}sources: { p: { kind: jaeger, url: "https://p.example.com", headers: { X-Api-Key: abc } } }`,
    't.yaml:3:83 sources.p.headers.X-Api-Key: found "abc", expected the file that holds it, such as { file: ./prom.key }; a token that is sent as Authorization goes into token_file',
  ],
  [
    'a query of a source that names no service',
    `${TEAM}${BEN}sources: { p: { kind: prometheus, url: "https://p.example.com", queries: { up: up } } }`,
    't.yaml:3:80 sources.p.queries.up: found "up", expected a query with $service in it',
  ],
  [
    'a query where there are queries',
    `${TEAM}${BEN}sources: { p: { kind: prometheus, url: "https://p.example.com", query: "up{job=$service}" } }`,
    't.yaml:3:72 sources.p.query: found "up{job=$service}", expected nothing: it is for loki and elasticsearch; its queries are under `queries`, each with a name',
  ],
  [
    'a service that a source calls otherwise and that is none',
    `${TEAM}${BEN}services: { checkout: {} }\nsources: { p: { kind: jaeger, url: "https://p.example.com", names: { chekout: x } } }`,
    't.yaml:4:79 sources.p.names.chekout: found "chekout", expected a service of `services`; did you mean checkout?',
  ],
  [
    'a date that is none',
    `${TEAM}${BEN}schedules: { p: { rotation: { every: 1d, handoff: "09:00", starts: 2026-02-30, people: [ben] } } }`,
    't.yaml:3:68 schedules.p.rotation.starts: found "2026-02-30", expected a date such as 2026-11-02',
  ],
])('%s is said with its place and the way out', (_, text, sentence) => {
  expect(problems(text)).toContain(sentence)
})

test('every problem is said at once', () => {
  expect(
    problems('team: { name: T, timezone: Mars/Base, chanel: x }\npeople: { ben: { nme: Ben } }').length,
  ).toBeGreaterThanOrEqual(3)
})

test('a mistake of shape hides no misspelt name, and nobody is unknown because of a mistake in their own entry', () => {
  const found = problems(
    `${TEAM}people: { ben: { nme: Ben }, aiko: { name: Aiko, timezone: Mars/Base } }
schedules: { primary: { rotation: { every: 1w, handoff: "mon 09:00", starts: 2026-11-02, people: [ben, aikoo] } } }
roles: { oncall_primary: { schedule: primry }, manager: { people: [ben, aiko] } }`,
  ).join('\n')
  expect(found).toContain('nme')
  expect(found).toContain('Mars/Base')
  expect(found).toContain('did you mean aiko?')
  expect(found).toContain('did you mean primary?')
  expect(found).not.toMatch(/found "(?:ben|aiko)"/)
})

test('YAML that is none is said with its line', () => {
  expect(problems('team: { name: T\npeople: [')[0]).toMatch(/^t\.yaml:\d+:\d+: found .+, expected YAML$/)
})

test('a field that no mapping has is a problem at its place, not an alert that never comes', () => {
  const text = `team: { name: T, timezone: Etc/UTC }
people: { ben: { name: Ben } }
integrations:
  own: { source: generic, token: own-token-0123456789a, mapping: { titel: what.name } }`
  const parsed = parseConfig({ text, file: 'tocsin.yaml' })
  expect(parsed.config).toBeUndefined()
  expect('problems' in parsed && parsed.problems.map(formatProblem).join()).toMatch(
    /tocsin.yaml:4:\d+ .*mapping.*titel/,
  )
})

test('a duplicate key is a problem', () => {
  expect(problems(`${TEAM}people: { ben: { name: A }, ben: { name: B } }`)[0]).toContain(
    'Map keys must be unique',
  )
})

test('an alias bomb is refused (S24)', () => {
  const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c,*c,*c]`
  expect(problems(bomb)[0]).toContain('alias')
})

test('a key of the prototype changes no prototype (S23)', () => {
  const parsed = parseConfig({
    text: `${TEAM}people: { __proto__: { name: X }, ben: { name: Ben } }`,
    file: 't.yaml',
  })
  expect(Object.keys(parsed.config?.people ?? { ben: 0 })).toEqual(['ben'])
  expect(({} as { name?: string }).name).toBeUndefined()
})

test('a role of the built-in chains that nobody defines is a warning', () => {
  const parsed = parseConfig({
    text: `${TEAM}${BEN}roles: { oncall_primary: { people: [ben] } }`,
    file: 't.yaml',
  })
  expect(parsed.config && parsed.warnings.map(formatProblem)[0]).toContain(
    'the role oncall_secondary is in a chain and is not defined',
  )
})

test('a source in a private network that is not meant is a warning', () => {
  const warnings = (more: string) => {
    const text = `${TEAM}${BEN}roles: { oncall_primary: { people: [ben] }, oncall_secondary: { people: [ben] }, manager: { people: [ben] }, director: { people: [ben] }, team_queue: { people: [ben] } }\nsources: { p: { kind: jaeger, url: "http://jaeger:16686" } }\n${more}`
    const parsed = parseConfig({ text, file: 't.yaml' })
    return parsed.config ? parsed.warnings.map(formatProblem) : parsed.problems
  }
  expect(warnings('')).toEqual([
    't.yaml:4:36 sources.p.url: warning: jaeger looks like an address of a private network, and is not called; say that you mean it: private_addresses: true',
  ])
  expect(warnings('private_addresses: true')).toEqual([])
})

test('any text gives a configuration or problems, and never throws', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), text => void problems(text)),
    { numRuns: 300 },
  )
})

test("a service's chain and repeat are its own", () => {
  const parsed = parseConfig({
    text: `${TEAM}${BEN}roles: { oncall_primary: { people: [ben] } }\nservices: { checkout: { escalation: { SEV1: [ { page: oncall_primary }, { after: 3m, page: oncall_primary } ], repeat: 2 } } }`,
    file: 't.yaml',
  })
  expect(parsed.config?.services.checkout).toMatchObject({
    repeat: 2,
    escalation: { SEV1: [{ role: 'oncall_primary' }, { role: 'oncall_primary', afterMs: 180_000 }] },
  })
})
