/** Expectations hold at every instant, not at some: what lies between two looked-at instants answers as the first of them. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { offlineWorld } from '../../../adapters/cli/world.ts'
import { parseYaml } from '../../../bot/config/parse.ts'
import { formatProblem } from '../../../bot/config/problems.ts'
import { simulate } from '../../../bot/escalation/simulate.ts'
import { runExpectation } from '../../../bot/expectations/run.ts'
import { expectationsSchema } from '../../../bot/expectations/schema.ts'
import { instantsOf } from '../../../bot/expectations/sweep.ts'
import { SEVERITIES } from '../../../bot/words.ts'
import { config } from '../../support/team.ts'

const TEAM = `
team: { name: Test, timezone: Europe/Berlin, channel: "#incidents", holidays: [2027-01-01] }
people:
  aiko: { name: Aiko, slack: U0AIKO, phone: "+815012345678", timezone: Asia/Tokyo, quiet_hours: "22:00-07:00", notify: [ { after: 0s, by: chat }, { after: 2m, by: sms }, { after: 4m, by: voice, for: SEV1 } ] }
  ben: { name: Ben, slack: U0BEN, phone: "+815012345679", notify: [ { after: 1m, by: sms }, { after: 3m, by: voice } ] }
  chika: { name: Chika, slack: U0CHIKA }
schedules:
  primary: { rotation: { every: 12h, handoff: "09:00", starts: 2026-11-02, people: [aiko, ben] }, layers: [ { only: weekends, every: 1d, handoff: "10:30", starts: 2026-11-02, people: [chika, ben] } ] }
  secondary: { rotation: { every: 1w, handoff: "mon 09:00", starts: 2026-11-02, people: [ben], only: weekdays 08:00-20:00 } }
roles:
  oncall_primary: { schedule: primary }
  oncall_secondary: { schedule: secondary }
  manager: { people: [chika] }
  director: { people: [chika] }
  team_queue: { channel: "#queue" }
services: { payments: { escalation: { SEV1: [ { page: oncall_primary }, { after: 3m, page: manager } ], repeat: 1 } } }
`
const world = offlineWorld(config(TEAM), { get: () => undefined, secrets: [] })
const FROM = Date.parse('2027-03-24T00:00:00Z')
const DAY = 86_400_000

test.each(SEVERITIES.slice(0, 3))('%s: nothing changes between two instants of a sweep', severity => {
  const stretch = { from: FROM, to: FROM + 9 * DAY }
  for (const service of [null, 'payments']) {
    const all = instantsOf(world, { severity, service }, stretch)
    const answer = (at: number) => {
      const outcome = simulate(world, { severity, service, at, ackAfterMs: null })
      const pages = outcome.pages.map(page => ({ ...page, at: page.at - at }))
      const skipped = outcome.skipped.map(skip => ({ ...skip, at: skip.at - at }))
      return JSON.stringify([pages, skipped, outcome.exhaustedAt && outcome.exhaustedAt - at])
    }
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: all.length - 1 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (index, share) => {
          const [begins, ends] = [all[index]!, all[index + 1] ?? stretch.to]
          const within = Math.min(ends - 1, Math.floor(begins + share * (ends - begins)))
          expect(answer(within)).toBe(answer(begins))
        },
      ),
      { numRuns: 300 },
    )
  }
})

const run = (yaml: string) => {
  const parsed = parseYaml({ text: yaml, file: 'e.yaml' }, expectationsSchema)
  if (!('value' in parsed)) return parsed.problems.map(formatProblem)
  return parsed.value.tests.map(each => {
    const { failures, looked } = runExpectation(world, each, FROM)
    return failures[0] ? `${new Date(failures[0].at).toISOString()} ${failures[0].why}` : `ok ${looked > 0}`
  })
}
const one = (when: string, then: string) => run(`tests: [ { name: t, when: ${when}, expect: ${then} } ]`)[0]

test.each([
  ['{ severity: SEV1 }', '{ reached: { within: 10m } }', 'ok true'],
  ['{ severity: SEV1, within: 1d }', '{ not_paged: { person: chika, rung: 1 } }', 'ok true'],
  [
    '{ description: Checkout is down for everyone }',
    '{ severity: SEV1, criterion: complete_outage }',
    'ok true',
  ],
  ['{ severity: SEV4 }', '{ nobody: true }', 'ok true'],
  ['{ severity: SEV1, ack_after: 1m }', '{ not_paged: { person: chika, rung: 3 } }', 'ok true'],
  ['{ severity: SEV1, service: payments }', '{ lasts: 10m }', 'ok true'],
])('when %s, expect %s: %s', (when, then, verdict) => {
  expect(one(when, then)).toBe(verdict)
})

test.each([
  [
    'a shift that no voice reaches',
    '{ severity: SEV3, from: 2027-03-25T00:00:00Z, to: 2027-03-27T00:00:00Z }',
    '{ reached: { by: voice, within: 1h } }',
    /^2027-03-25T08:00:00.000Z nobody is reached by voice within 1 h/,
  ],
  [
    'a misspelt person',
    '{ severity: SEV1 }',
    '{ first: aikko }',
    /"aikko" is not a person of the configuration. Did you mean aiko\?/,
  ],
  ['another severity', '{ description: Typo on the help page }', '{ severity: SEV1 }', /it is judged SEV4/],
  [
    'somebody is paged',
    '{ severity: SEV1, at: 2027-03-25T12:00:00Z }',
    '{ nobody: true }',
    /somebody is paged: \+0 s/,
  ],
  [
    'a chain that ends too soon',
    '{ severity: SEV1, at: 2027-03-25T12:00:00Z }',
    '{ lasts: 1d }',
    /exhausted after/,
  ],
])('%s is found', (_, when, then, sentence) => {
  expect(one(when, then)).toMatch(sentence)
})

test('every mistake of the file is said at once, with its place', () => {
  expect(
    run(
      'tests:\n  - { name: a, when: { at: yesterday }, expect: {} }\n  - { nam: b, when: { severity: SEV9 }, expect: { nobody: true } }\n',
    ),
  ).toEqual([
    expect.stringContaining('e.yaml:2:28 tests.0.when.at: found "yesterday", expected an instant'),
    expect.stringContaining('tests.0.expect'),
    expect.stringContaining('tests.1.name'),
    expect.stringContaining('tests.1.when.severity: found "SEV9"'),
    expect.stringContaining('tests.1.nam: found "nam"'),
  ])
})
