/** Every name means something: where one does not, its place is said, and what it could have been. */
import { expect, test } from 'vitest'
import { parseConfig } from '../../../bot/config/parse.ts'
import { formatProblem } from '../../../bot/config/problems.ts'

const TEAM = `team: { name: T, timezone: Etc/UTC }
people: { ben: { name: Ben }, aiko: { name: Aiko } }
roles: { oncall_primary: { people: [ben] }, oncall_secondary: { people: [aiko] }, manager: { people: [ben] }, director: { people: [ben] }, team_queue: { channel: "#q" } }
`
/** What is said of one more line, the fourth. */
function said(line: string, team = TEAM): readonly string[] {
  const parsed = parseConfig({ text: `${team}${line}\n`, file: 't.yaml' })
  const all = parsed.config ? parsed.warnings : parsed.problems
  return all.map(formatProblem).map(each => each.replace(/^t\.yaml:4:\d+ /, ''))
}
const TURNS = 'every: 1w, handoff: "mon 09:00", starts: 2026-11-02'
const PERSON = 'a person of `people`'
const ROLE = 'a role of `roles`'
const SERVICE = 'a service of `services`'

test.each([
  [`schedules: { p: { rotation: { ${TURNS}, people: [ben, aiko] } } }`],
  [`schedules: { p: { layers: [ { ${TURNS}, people: [ben] } ] } }`],
  ['severities: { SEV1: { escalation: [oncall_primary, director] } }'],
  ['services: { checkout: { owners: [ben], escalation: { SEV1: [manager] } } }'],
  ['may: { declare: [ben, manager, "discord:80351110224678912", "discord:123456789012345"] }'],
  ['sources: { p: { kind: jaeger, url: "https://jaeger.example.com" } }'],
])('%s: every name is known, and nothing is said', line => {
  expect(said(line)).toEqual([])
})

test.each([
  [
    `schedules: { p: { rotation: { ${TURNS}, people: [ben, bem] } } }`,
    `schedules.p.rotation.people.1: found "bem", expected ${PERSON}; did you mean ben?`,
  ],
  [
    `schedules: { p: { layers: [ { ${TURNS}, people: [ben] }, { name: x, ${TURNS}, people: [zoe] } ] } }`,
    `schedules.p.layers.1.people.0: found "zoe", expected ${PERSON}; there is ben, aiko`,
  ],
  [
    'severities: { SEV2: { escalation: [manager, janitor] } }',
    `severities.SEV2.escalation.1: found "janitor", expected ${ROLE}`,
  ],
  [
    'services: { checkout: { escalation: { SEV3: [managr] } } }',
    `services.checkout.escalation.SEV3.0: found "managr", expected ${ROLE}; did you mean manager?`,
  ],
  [
    'services: { checkout: { owners: [ben, bem] } }',
    `services.checkout.owners.1: found "bem", expected ${PERSON}; did you mean ben?`,
  ],
  [
    'integrations: { am: { source: alertmanager, token: own-token-0123456789a, service: checkout } }',
    `integrations.am.service: found "checkout", expected ${SERVICE}`,
  ],
  [
    'may: { declare: [ben, bem] }',
    'may.declare.1: found "bem", expected a person, a role, or a group such as discord:80351110224678912; did you mean ben?',
  ],
  ['may: { declare: ["discord:1234"] }', 'may.declare.0: found "discord:1234", expected a person'],
  ['may: { declare: ["x-discord:80351110224678912"] }', 'may.declare.0: found "x-discord:80351110224678912"'],
  ['may: { declare: ["discord:80351110224678912-x"] }', 'may.declare.0: found "discord:80351110224678912-x"'],
])('%s: the name that is none is said at its place', (line, sentence) => {
  const [first = '', ...more] = said(line)
  expect(first.startsWith(sentence) ? sentence : first).toBe(sentence)
  expect(more).toEqual([])
})

const withPeople = (people: string) =>
  said('', TEAM.replace('{ ben: { name: Ben }, aiko: { name: Aiko } }', people))

test('a lead is somebody else whom the file knows', () => {
  expect(withPeople('{ ben: { name: Ben, lead: aiko }, aiko: { name: Aiko } }')).toEqual([])
  expect(withPeople('{ ben: { name: Ben, lead: aikko }, aiko: { name: Aiko } }').join()).toMatch(
    /^t\.yaml:2:\d+ people\.ben\.lead: found "aikko", expected a person of `people`; did you mean aiko\?$/,
  )
  expect(withPeople('{ ben: { name: Ben, lead: ben }, aiko: { name: Aiko } }').join()).toMatch(
    /people\.ben\.lead: found "ben", expected somebody else: it is the person themselves$/,
  )
})

test('two people may share no account, and one may have one on each chat', () => {
  const id = '"80351110224678912"'
  expect(
    withPeople(`{ ben: { name: Ben, slack: U0SAME, discord: ${id} }, aiko: { name: Aiko, slack: U0OTHER } }`),
  ).toEqual([])
  expect(
    withPeople(`{ ben: { name: Ben, discord: ${id} }, aiko: { name: Aiko, discord: ${id} } }`).join(),
  ).toContain(`people.aiko.discord: found ${id}, which is ben's already, expected an account of their own`)
})

test('a role names a schedule and people that there are', () => {
  const roles = (role: string) =>
    said('', TEAM.replace('manager: { people: [ben] }', `manager: ${role}`)).join()
  expect(roles('{ schedule: primary }')).toContain(
    'roles.manager.schedule: found "primary", expected a schedule of `schedules`',
  )
  expect(roles('{ people: [ben, bem] }')).toContain(
    `roles.manager.people.1: found "bem", expected ${PERSON}; did you mean ben?`,
  )
  expect(roles('{ }')).toContain('roles.manager: found {}, expected a schedule, people or a channel')
  expect(roles('{ people: [] }')).toContain('expected a schedule, people or a channel')
})

test('of nine names or more none is listed, of eight every one', () => {
  const crowd = (count: number) =>
    withPeople(
      `{ ben: { name: Ben, lead: zzzzzz }, aiko: { name: Aiko }${Array.from({ length: count - 2 }, (_, at) => `, person${at}: { name: P }`).join('')} }`,
    ).join()
  expect(crowd(8)).toContain('; there is ben, aiko, person0')
  expect(crowd(9)).toMatch(/expected a person of `people`$/)
})

test.each(['rotation', 'layers'])('hours of holidays in a %s of a team that has none are said', where => {
  const turns = `{ ${TURNS}, people: [ben], only: [weekends, holidays] }`
  const line = `schedules: { p: { ${where === 'rotation' ? `rotation: ${turns}` : `layers: [ { ${TURNS}, people: [ben], only: weekends }, ${turns.replace('{', '{ name: x,')} ]`} } }`
  expect(said(line)).toEqual([
    `schedules.p.${where === 'rotation' ? where : 'layers.1'}.only: warning: it is for holidays, and there are none; list their dates in \`team.holidays\``,
  ])
  expect(said(line, TEAM.replace('Etc/UTC', 'Etc/UTC, holidays: [2026-12-25]'))).toEqual([])
})

test('a role of the built-in chains that is not defined is said once, and not when no chain has it', () => {
  const without = TEAM.replace('director: { people: [ben] }, ', '')
  expect(said('', without)).toEqual([
    't.yaml:3:8 roles: warning: the role director is in a chain and is not defined; its rung will be skipped; say who it is under `roles`',
  ])
  const own = 'severities: { SEV1: { escalation: [manager] }, SEV2: { escalation: [manager] } }'
  expect(said(own, without)).toEqual([])
})

test.each([
  'localhost',
  'LOCALHOST',
  'jaeger',
  'jaeger.local',
  'jaeger.monitoring.svc',
  'jaeger.internal',
  'x.lan',
  'x.home',
  'x.corp',
  '127.0.0.1',
  '127.9.9.9',
  '10.1.2.3',
  '192.168.1.1',
  '172.16.0.1',
  '172.29.0.1',
  '172.31.255.1',
  '[::1]',
  '[fd00::1]',
  '[fc00::1]',
])('%s is a private address, and is said to be one', host => {
  expect(said(`sources: { p: { kind: jaeger, url: "http://${host}:16686" } }`).join()).toContain(
    'looks like an address of a private network, and is not called',
  )
})

test.each([
  'jaeger.example.com',
  'localhost.example.com',
  'x-localhost.example.com',
  '172.15.0.1',
  '172.32.0.1',
  '172.1.16.9',
  '11.1.2.3',
  '193.168.1.1',
  '192.169.1.1',
  '128.0.0.1',
  '[2001:db8::1]',
  'svc.example.com',
  'internal.example.com',
])('%s is a public address, and nothing is said', host => {
  expect(said(`sources: { p: { kind: jaeger, url: "https://${host}" } }`)).toEqual([])
})

test('problems come in the order of the file, whatever kind they are', () => {
  const found = said(
    'may: { declare: [bem] }\nservices: { checkout: { tier: 9, owners: [zoe] } }\nlimits: { fax: 1 per 1m, sms: x }',
  )
  expect(found.map(each => each.replace(/: found.*/, ''))).toEqual([
    'may.declare.0',
    't.yaml:5:31 services.checkout.tier',
    't.yaml:5:43 services.checkout.owners.0',
    't.yaml:6:11 limits.fax',
    't.yaml:6:31 limits.sms',
  ])
})
