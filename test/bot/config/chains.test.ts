/** What `check` says of chains that are valid and would still let somebody down. */
import { expect, test } from 'vitest'
import { checkCoverage } from '../../../bot/config/coverage.ts'
import { parseConfig } from '../../../bot/config/parse.ts'
import type { Way } from '../../../bot/words.ts'
import type { World } from '../../../bot/world.ts'

const NOW = Date.parse('2026-11-24T03:00:00Z')
const SLACK = {
  rooms: true,
  topics: true,
  pins: true,
  bookmarks: true,
  invites: true,
  reaches: 'people',
  pictures: 'svg',
  paceMs: 0,
} as const

/** What is said of a team of three on Slack, with these roles and whatever else; each as `line path: words`. */
function said(
  yaml: string,
  ways: readonly Way[] = ['sms'],
  {
    night = '',
    only = '',
    hints = false,
  }: { readonly night?: string; readonly only?: string; readonly hints?: boolean } = {},
): readonly string[] {
  const text = `team: { name: T, timezone: Etc/UTC }
people:
  aiko: { name: Aiko Tanaka, slack: U0AIKO1234, phone: "+815012345678", notify: [ { after: 0s, by: chat }, { after: 1m, by: sms } ] }
  ben: { name: Ben Okafor, slack: U0BEN12345 }
  chika: { name: Chika Sato }
  ${night}
schedules:
  turns: { rotation: { every: 1w, handoff: "mon 09:00", starts: 2026-11-02, people: [aiko, ben]${only} } }
${yaml}`
  const parsed = parseConfig({ text, file: 'tocsin.yaml' })
  if (!parsed.config) throw new Error(JSON.stringify(parsed.problems))
  const world: World = {
    config: parsed.config,
    version: 0,
    overrides: [],
    contacts: {},
    open: [],
    chats: [{ name: 'slack', traits: SLACK }],
    ways,
  }
  return checkCoverage(world, parsed.locate, NOW)
    .filter(({ path }) => !path.startsWith('people'))
    .map(({ line, path, found, hint }) => `${line} ${path}: ${found}${hints ? `; ${hint}` : ''}`)
}

const ROLES = `roles: { one: { people: [aiko] }, two: { people: [ben] }, deaf: { people: [chika] }, turns: { schedule: turns }, queue: { channel: "#q" } }
`
const chain = (rungs: string) =>
  `${ROLES}severities: { SEV1: { escalation: ${rungs} }, SEV2: { escalation: [one, two] }, SEV3: { escalation: [queue] }, SEV4: { escalation: [queue] } }`

test('a chain with two people and two ways is fine', () => {
  expect(said(chain('[one, two]'))).toEqual([])
})

test('a chain with one person, or with one way, says so at its place', () => {
  expect(said(chain('[one]'))).toEqual(['10 severities.SEV1: its chain has one person only: Aiko Tanaka'])
  expect(said(chain('[one, two]'), [])).toEqual([
    '10 severities.SEV1: its chain has one way only: slack',
    '10 severities.SEV2: its chain has one way only: slack',
  ])
})

test('a rung whose people cannot be reached is said, one that is a channel is not', () => {
  expect(said(chain('[one, deaf, two, queue]'))).toEqual([
    '10 severities.SEV1: its rung 2 (deaf) reaches nobody in the next 90 days',
  ])
})

test('what is so in some weeks only is said with its first time', () => {
  expect(said(chain('[one, turns]'))).toEqual([
    expect.stringMatching(
      /^10 severities\.SEV1: its chain has one person only at times, first 2026-11-30 09:00.*: Aiko Tanaka$/,
    ),
  ])
})

test("a service's own chain is looked at as well, with the name of the service", () => {
  expect(said(`${chain('[one, two]')}\nservices: { checkout: { escalation: { SEV2: [two] } } }`)).toEqual([
    '11 services.checkout.escalation.SEV2: its chain has one person only: Ben Okafor',
    '11 services.checkout.escalation.SEV2: its chain has one way only: slack',
  ])
})

test('hours in which a whole chain reaches nobody are said: quiet hours of people without another way, and gaps', () => {
  const night =
    'diego: { name: Diego Ruiz, phone: "+815012345679", quiet_hours: "22:00-07:00", notify: [ { after: 0s, by: sms } ] }'
  const roles = ROLES.replace('deaf: { people: [chika] }', 'deaf: { people: [diego] }')
  const severities =
    'severities: { SEV1: { escalation: [one, two] }, SEV2: { escalation: [one, two] }, SEV3: { escalation: [deaf] }, SEV4: { escalation: [queue] } }'
  expect(said(`${roles}${severities}`, ['sms'], { night })).toEqual([
    expect.stringMatching(/severities\.SEV3: its chain reaches nobody at times, first 2026-11-24 03:00/),
  ])
  const gap = said(
    chain('[one, two]').replace('SEV3: { escalation: [queue] }', 'SEV3: { escalation: [turns] }'),
    ['sms'],
    {
      only: ', only: weekdays',
    },
  )
  expect(gap).toContainEqual(
    expect.stringMatching(/severities\.SEV3: its chain reaches nobody at times, first 2026-11-28 00:00/),
  )
  const posted = chain('[one, two]').replace(
    'SEV3: { escalation: [queue] }',
    'SEV3: { escalation: [turns, queue] }',
  )
  expect(said(posted, ['sms'], { only: ', only: weekdays' }).join()).not.toContain('reaches nobody at times')
})

test('a rung that is due before the one ahead of it is said to wait for it', () => {
  expect(said(chain('[one, { after: 40m, page: two }, { after: 3m, page: one }]'))).toEqual([
    '10 severities.SEV1: its rung 3 (one) is due after 3 min and waits for two, which is due after 40 min',
  ])
  expect(said(chain('[one, { after: 3m, page: two }, { after: 40m, page: one }]'))).toEqual([])
})

test('each of them says what to do about it', () => {
  const hints = { hints: true }
  expect(said(chain('[one]'), ['sms'], hints)).toEqual([
    '10 severities.SEV1: its chain has one person only: Aiko Tanaka; add a rung with somebody else',
  ])
  expect(said(chain('[one, one]'), ['sms'], hints)).toEqual([
    '10 severities.SEV1: its chain has one person only: Aiko Tanaka; let its rungs mean different people',
  ])
  expect(said(chain('[one, two]'), [], hints)[0]).toBe(
    '10 severities.SEV1: its chain has one way only: slack; give people a second way in `notify`',
  )
  expect(said(chain('[one, deaf, two]'), ['sms'], hints)).toEqual([
    '10 severities.SEV1: its rung 2 (deaf) reaches nobody in the next 90 days; say who it is: roles.deaf',
  ])
  expect(said(chain('[one, { after: 40m, page: two }, { after: 3m, page: one }]'), ['sms'], hints)).toEqual([
    '10 severities.SEV1: its rung 3 (one) is due after 3 min and waits for two, which is due after 40 min; `after` is counted from the start of the chain; put the rungs in order',
  ])
  const gap = chain('[one, two]').replace('SEV3: { escalation: [queue] }', 'SEV3: { escalation: [turns] }')
  expect(said(gap, ['sms'], { only: ', only: weekdays', hints: true }).join()).toMatch(
    /first 2026-11-28 00:00.*; give people a way for quiet hours, such as chat, or add a rung with somebody else/,
  )
})

test('a chain is not empty at times while one of its rungs reaches somebody', () => {
  const mixed = chain('[one, two]').replace(
    'SEV3: { escalation: [queue] }',
    'SEV3: { escalation: [turns, one] }',
  )
  expect(said(mixed, ['sms'], { only: ', only: weekdays' }).join()).not.toContain('reaches nobody at times')
})

test('a rung that is due at the same time as the one ahead of it, and one without a time, wait for nobody', () => {
  expect(said(chain('[one, { after: 3m, page: two }, { after: 3m, page: one }]'))).toEqual([])
  expect(said(chain('[one, { after: 40m, page: two }, one]'))).toEqual([])
})

test('a severity that hurts nobody at once may hang on one person', () => {
  expect(
    said(chain('[one, two]').replace('SEV3: { escalation: [queue] }', 'SEV3: { escalation: [one] }')),
  ).toEqual([])
  expect(
    said(
      chain('[one, two]').replace('SEV2: { escalation: [one, two] }', 'SEV2: { escalation: [one] }'),
    ).join(),
  ).toContain('severities.SEV2: its chain has one person only')
})
