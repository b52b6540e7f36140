/** What each key of the file comes to, and what holds where the file says nothing. */
import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { parseConfig } from '../../../bot/config/parse.ts'
import type { Config } from '../../../bot/config/types.ts'

const MINUTE = 60_000
const LEAST = 'team: { name: T, timezone: Asia/Tokyo }\npeople: { ben: { name: Ben } }\n'

function built(yaml: string): Config {
  const parsed = parseConfig({ text: yaml, file: 't.yaml' })
  if (!parsed.config) throw new Error(JSON.stringify(parsed.problems))
  return parsed.config
}

test('a file that says next to nothing is a whole configuration', () => {
  const config = built(LEAST)
  expect(config.team).toEqual({
    name: 'T',
    timezone: 'Asia/Tokyo',
    channel: { name: '#incidents' },
    business: {
      timezone: 'Asia/Tokyo',
      holidays: [],
      days: [1, 2, 3, 4, 5],
      fromMinute: 540,
      toMinute: 1080,
    },
  })
  expect(config.people.ben).toEqual({
    id: 'ben',
    name: 'Ben',
    timezone: 'Asia/Tokyo',
    identities: { console: 'ben', web: 'ben' },
    contacts: {},
    notify: [{ afterMs: 0, by: 'chat' }],
  })
  expect([config.schedules, config.roles, config.services, config.integrations, config.sources]).toEqual(
    Array(5).fill({}),
  )
  expect([config.words, config.may, config.groups, config.channels]).toEqual([{}, {}, {}, undefined])
  expect(config).toMatchObject({
    discord: { places: 'channel' },
    privateAddresses: false,
    actions: { github: null },
    timeline: { reaction: 'pushpin' },
    digest: { every: { weekday: 1, minute: 540 }, channel: { name: '#incidents' } },
  })
})

test.each([
  ['SEV1', 5 * MINUTE, ['oncall_primary', 'oncall_secondary', 'manager', 'director'], 30 * MINUTE],
  ['SEV2', 15 * MINUTE, ['oncall_primary', 'oncall_secondary'], null],
  ['SEV3', 60 * MINUTE, ['oncall_primary'], null],
  ['SEV4', 'next business day', ['team_queue'], null],
] as const)(
  '%s as it is built in: who is called, and within what time',
  (severity, within, roles, update) => {
    expect(built(LEAST).severities[severity]).toMatchObject({
      respondWithin: within,
      escalation: roles.map(role => ({ role })),
      repeat: 0,
      updateWithin: update,
      targets: { detect: 5 * MINUTE, mitigate: null, resolve: null },
    })
  },
)

test('a severity takes from the file what is there, and the rest as it is built in', () => {
  const { SEV1 } = built(LEAST).severities
  const of = (yaml: string) => built(`${LEAST}severities: { SEV1: { ${yaml} } }`).severities.SEV1
  expect(of('description: Bad')).toEqual({ ...SEV1, description: 'Bad' })
  expect(of('respond_within: 1m')).toEqual({ ...SEV1, respondWithin: MINUTE })
  expect(of('escalation: [manager, { after: 3m, page: director }]')).toEqual({
    ...SEV1,
    escalation: [{ role: 'manager' }, { role: 'director', afterMs: 3 * MINUTE }],
  })
  expect(of('repeat: 2')).toEqual({ ...SEV1, repeat: 2 })
  expect(of('update_within: never')).toEqual({ ...SEV1, updateWithin: null })
  expect(of('update_within: 10m')).toEqual({ ...SEV1, updateWithin: 10 * MINUTE })
  expect(of('targets: { mitigate: 1h }').targets).toEqual({
    detect: 5 * MINUTE,
    mitigate: 60 * MINUTE,
    resolve: null,
  })
  expect(of('targets: { detect: 1m, resolve: 4h }').targets).toEqual({
    detect: MINUTE,
    mitigate: null,
    resolve: 240 * MINUTE,
  })
  expect(of('criteria: [data_loss]')).toEqual({ ...SEV1, criteria: ['data_loss'] })
})

test('a person: every account, every way, and hours of quiet', () => {
  const { ben } = built(`team: { name: T, timezone: Etc/UTC }
people:
  ben:
    name: Ben Okafor
    timezone: Europe/Berlin
    slack: U0BEN
    discord: "80351110224678912"
    email: ben@example.com
    phone: "+815012345678"
    ntfy: ben-topic
    webhook: https://hook.example.com
    notify: [ { after: 0s, by: chat, for: [SEV1, SEV2] }, { after: 1m, by: sms } ]
    quiet_hours: "22:00-07:00"
    lead: aiko
    github: octocat
  aiko: { name: Aiko }`).people
  expect(ben).toEqual({
    id: 'ben',
    name: 'Ben Okafor',
    timezone: 'Europe/Berlin',
    identities: { console: 'ben', web: 'ben', slack: 'U0BEN', discord: '80351110224678912' },
    contacts: {
      sms: '+815012345678',
      voice: '+815012345678',
      email: 'ben@example.com',
      push: 'ben-topic',
      webhook: 'https://hook.example.com',
    },
    notify: [
      { afterMs: 0, by: 'chat', severities: ['SEV1', 'SEV2'] },
      { afterMs: MINUTE, by: 'sms' },
    ],
    quiet: { fromMinute: 1320, toMinute: 1860 },
    lead: 'aiko',
    github: 'octocat',
  })
})

test('services, roles, groups and integrations are kept as they are written', () => {
  const config = built(`${LEAST}
schedules: { p: { rotation: { every: 1d, handoff: "09:00", starts: 2026-11-02, people: [ben] }, group: { slack: S0123ABCD, discord: "80351110224678912" } }, q: { timezone: Etc/UTC, layers: [ { every: 2w, handoff: "mon 10:00", starts: 2026-11-02, people: [ben] } ] } }
roles: { a: { schedule: p }, b: { people: [ben] }, c: { channel: "slack:#q" } }
services:
  checkout: { tier: 1, owners: [ben], depends_on: [db], links: { Runbook: "https://wiki.example.com" }, slo: { target: 99.9, per: 30d }, escalation: { SEV1: [ a, { after: 3m, page: b } ], repeat: 2 } }
  bare: {}
integrations:
  plain: { source: alertmanager, token: own-token-0123456789a }
  other: { source: generic, token_file: ./t, secret: "12345678", secret_file: ./s, service: checkout, declare: false, severities: { CRITICAL: SEV1 }, mapping: { title: what } }
channels: [slack]
may: { declare: [ben] }
words: { down: [gone] }
limits: { sms: 3 per 1m }
private_addresses: true
timeline: { reaction: none }
digest: { every: "fri 17:00", channel: "#weekly" }
actions: { github: { repo: acme/incidents, token_file: ./gh } }
discord: { places: thread, parent: "80351110224678912", category: "80351110224678913" }`)
  expect(config.groups).toEqual({ p: { slack: 'S0123ABCD', discord: '80351110224678912' }, q: {} })
  expect(config.schedules.p).toMatchObject({
    name: 'p',
    timezone: 'Asia/Tokyo',
    layers: [{ people: ['ben'] }],
  })
  expect(config.schedules.q).toMatchObject({
    timezone: 'Etc/UTC',
    layers: [{ name: '1', every: { count: 2, unit: 'week' }, handoff: { weekday: 1, minute: 600 } }],
  })
  expect(config.roles).toEqual({
    a: { schedule: 'p' },
    b: { people: ['ben'] },
    c: { channel: { chat: 'slack', name: '#q' } },
  })
  expect(config.services).toEqual({
    checkout: {
      id: 'checkout',
      tier: 1,
      owners: ['ben'],
      dependsOn: ['db'],
      links: { Runbook: 'https://wiki.example.com' },
      slo: { target: 99.9, perMs: 30 * 24 * 60 * MINUTE },
      escalation: { SEV1: [{ role: 'a' }, { role: 'b', afterMs: 3 * MINUTE }] },
      repeat: 2,
    },
    bare: { id: 'bare', owners: [], escalation: {}, dependsOn: [], links: {} },
  })
  expect(config.integrations).toEqual({
    plain: {
      id: 'plain',
      source: 'alertmanager',
      declare: ['SEV1', 'SEV2', 'SEV3'],
      severities: {},
      mapping: {},
      tokenHash: createHash('sha256').update('own-token-0123456789a').digest('base64'),
    },
    other: {
      id: 'other',
      source: 'generic',
      declare: [],
      severities: { critical: 'SEV1' },
      mapping: { title: 'what' },
      secret: '12345678',
      secretFile: './s',
      service: 'checkout',
      tokenFile: './t',
    },
  })
  expect(config).toMatchObject({
    channels: ['slack'],
    may: { declare: ['ben'] },
    words: { down: ['gone'] },
    limits: { sms: { count: 3, perMs: MINUTE } },
    privateAddresses: true,
    timeline: { reaction: null },
    digest: { every: { weekday: 5, minute: 1020 }, channel: { name: '#weekly' } },
    actions: { github: { repo: 'acme/incidents', tokenFile: './gh', labels: ['action-item'] } },
    discord: { places: 'thread', parent: '80351110224678912', category: '80351110224678913' },
  })
})

test("the digest goes to the team's channel when it has none of its own", () => {
  const { digest } = built(
    'team: { name: T, timezone: Etc/UTC, channel: "#ops" }\npeople: { ben: { name: Ben } }',
  )
  expect(digest.channel).toEqual({ name: '#ops' })
})

test('business hours are what the team says of them, each part for itself', () => {
  const business = (hours: string) =>
    built(LEAST.replace('Asia/Tokyo', `Asia/Tokyo, holidays: [2026-12-25], business_hours: { ${hours} }`))
      .team.business
  const usual = {
    timezone: 'Asia/Tokyo',
    holidays: ['2026-12-25'],
    days: [1, 2, 3, 4, 5],
    fromMinute: 540,
    toMinute: 1080,
  }
  expect(business('days: [sat]')).toEqual({ ...usual, days: [6] })
  expect(business('from: "08:00"')).toEqual({ ...usual, fromMinute: 480 })
  expect(business('to: "16:00"')).toEqual({ ...usual, toMinute: 960 })
})

test('a source: what it is asked, and where its parts are when the file does not say', () => {
  const source = (yaml: string) =>
    built(`${LEAST}services: { checkout: {} }\nsources: { s: { ${yaml} } }`).sources.s
  expect(source('kind: jaeger, url: "https://j.example.com"')).toEqual({
    kind: 'jaeger',
    url: 'https://j.example.com',
    name: 's',
    headers: {},
    names: {},
    index: '*',
    timeField: '@timestamp',
    messageField: 'message',
  })
  expect(
    source(
      'kind: elasticsearch, url: "https://l.example.com", user: u, token_file: ./t, headers: { X-Org: a }, names: { checkout: co }, index: logs-*, time_field: ts, message_field: msg, query: "svc:$service"',
    ),
  ).toEqual({
    kind: 'elasticsearch',
    url: 'https://l.example.com',
    name: 's',
    user: 'u',
    tokenFile: './t',
    headers: { 'X-Org': 'a' },
    names: { checkout: 'co' },
    index: 'logs-*',
    timeField: 'ts',
    messageField: 'msg',
    query: 'svc:$service',
  })
})
