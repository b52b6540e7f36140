/** What the weekly message and the patterns say, figure by figure, as people read it. */
import { expect, test } from 'vitest'
import { NO_DEPLOYMENTS } from '../../../bot/digest/deployments.ts'
import { nextWeek } from '../../../bot/digest/next-week.ts'
import { patternsView } from '../../../bot/digest/patterns-view.ts'
import { digestReport } from '../../../bot/digest/report.ts'
import { type DigestFacts, digestView, type PatternFacts } from '../../../bot/digest/view.ts'
import { textOf } from '../../support/story.ts'
import { config, TEAM } from '../../support/team.ts'
import { worldOf } from '../incidents/any.ts'
import { DAY_MS, HOUR_MS, past, START } from './teams.ts'

const MINUTE = 60_000
const world = worldOf(
  config(
    `${TEAM.replace('{ name: Ben Okafor,', '{ name: Ben Okafor, timezone: Asia/Tokyo,')}  search: {}\n  shop: {}\ndigest: { every: "mon 00:00" }\n`,
  ),
)
const PERIOD = { id: '2026-W37', from: START + 7 * DAY_MS, to: START + 14 * DAY_MS }
const patterns = (more: Partial<PatternFacts>): PatternFacts => ({
  world,
  range: { from: START, to: START + 14 * DAY_MS },
  service: null,
  past: [],
  deployments: NO_DEPLOYMENTS,
  weeks: { weekday: 1, minute: 0 },
  since: null,
  ...more,
})
const digest = (more: Partial<DigestFacts> = {}): DigestFacts => ({
  ...patterns(more),
  period: PERIOD,
  noise: { pages: [], firings: [] },
  actions: [],
  now: PERIOD.to,
  untold: [],
  asked: false,
  ...more,
})
const times = (text: string) =>
  text.replace(/\b1[78]\d{11}\b/g, at => new Date(Number(at)).toISOString().slice(5, 16))
const lines = (facts: DigestFacts) =>
  times(textOf(digestView(facts) ?? { summary: '', tone: 'calm', blocks: [] }))
    .split(/ \| |; (?=[A-Z]|and \d)/)
    .filter(line => !/^\(|\)$/.test(line) || line.includes(':'))
    .filter(line => !/^\(|, before it/.test(line))
const at = (hours: number, more: Parameters<typeof past>[1] = {}) => past(PERIOD.from + hours * HOUR_MS, more)
const ON_CALL = ['On call next week, from 09-14T00:00', 'primary: nobody; secondary: nobody']

test('nothing is nothing: no message', () => {
  expect(digestView(digest())).toBeUndefined()
  expect(digestView(digest({ past: [at(-1), at(7 * 24)] }))).toBeUndefined()
})

test('a week with incidents, held against the four before', () => {
  const week = [
    at(0, {
      severity: 'SEV2',
      title: 'Search is slow',
      ackedAt: PERIOD.from + 4 * MINUTE,
      resolvedAt: PERIOD.from + HOUR_MS,
    }),
    at(30, {
      id: 'INC-2',
      severity: 'SEV1',
      title: 'All is down',
      ackedAt: PERIOD.from + 30 * HOUR_MS + 2 * MINUTE,
      published: true,
    }),
    at(40, { id: 'INC-3', severity: 'SEV2', title: 'Again' }),
  ]
  const before = [at(-40, { ackedAt: PERIOD.from - 40 * HOUR_MS + 9 * MINUTE }), at(-41), at(-20 * 24)]
  const view = digestView(digest({ past: [...before, ...week] }))!
  expect([view.summary, view.tone]).toEqual([
    'Week 2026-W37: 3 incidents, 0 pages, 0 overdue action items.',
    'calm',
  ])
  expect(lines(digest({ past: [...before, ...week] }))).toEqual([
    'Week 2026-W37',
    '09-07T00:00 to 09-14T00:00',
    'Incidents: 3 (1 SEV1, 2 SEV2); 0.8 a week in the four weeks before',
    'MTTA: median 3 min (half of them 2 min 30 s to 3 min 30 s), 1 not acknowledged; in the four weeks before: 9 min, of one incident',
    'MTTR: 1 h, of one incident; in the four weeks before: none',
    'Incidents',
    'SEV1 INC-2 All is down · not resolved · post-mortem published',
    'SEV2 INC-1 Search is slow · 1 h',
    'SEV2 INC-3 Again · not resolved',
    ...ON_CALL,
  ])
})

test('weeks in which nothing was recorded are not counted as quiet ones', () => {
  const one = { past: [at(0, { ackedAt: PERIOD.from })] }
  const usual = (days: number | null) =>
    lines(digest({ ...one, since: days === null ? null : PERIOD.from - days * DAY_MS }))[2]
  expect(usual(null)).toBe('Incidents: 1 (1 SEV2); 0.0 a week in the four weeks before')
  expect(usual(60)).toBe('Incidents: 1 (1 SEV2); 0.0 a week in the four weeks before')
  expect(usual(14)).toBe('Incidents: 1 (1 SEV2); 0.0 a week in the 2 weeks before')
  expect(usual(3)).toBe('Incidents: 1 (1 SEV2); nothing was recorded before')
  expect(usual(-3)).toBe('Incidents: 1 (1 SEV2); nothing was recorded before')
  expect(lines(digest(one))[3]).not.toContain('not acknowledged')
})

test('pages are counted by person, and what came at night on their own clock', () => {
  const page = (person: string, hours: number) => ({ person, at: PERIOD.from + hours * HOUR_MS })
  const pages = [
    page('aiko', 21.9),
    page('ben', 22),
    page('ben', 21),
    page('ben', 12.5),
    page('aiko', 7),
    page('gone', 6.9),
    page('ben', -1),
    page('aiko', 7 * 24),
  ]
  const view = digestView(digest({ noise: { pages, firings: [] } }))!
  expect(view.summary).toBe('Week 2026-W37: 0 incidents, 6 pages, 0 overdue action items.')
  // 22:00 UTC is 07:00 in Tokyo, 21:00 is 06:00 and 12:30 is 21:30.
  expect(lines(digest({ noise: { pages, firings: [] } }))).toContain(
    'Pages: 6, 2 at night; 0.3 a week in the four weeks before: ben 3 (1 at night), aiko 2, gone 1 (1 at night)',
  )
})

test('a message that leaves late says so, one that somebody asked for does not', () => {
  const head = (minutes: number, asked = false) =>
    lines(digest({ past: [at(0)], now: PERIOD.to + minutes * MINUTE, asked }))[0]
  expect([head(10), head(11), head(11, true)]).toEqual([
    'Week 2026-W37',
    'Week 2026-W37, 11 min late',
    'Week 2026-W37',
  ])
})

test('weeks that were not told are named, with how to read them', () => {
  const untold = [
    { week: '2026-W35', chat: null, why: 'Tocsin was not running' },
    { week: '2026-W36', chat: 'slack', why: 'it was down' },
  ]
  expect(lines(digest({ untold })).slice(2, 5)).toEqual([
    'Not told',
    'Week 2026-W35: Tocsin was not running. To read it: npx tocsin digest --week 2026-W35',
    'Week 2026-W36 on slack: it was down. To read it: npx tocsin digest --week 2026-W36',
  ])
})

test('action items are told while there is something to do, or something was done this week', () => {
  const item = (status: string, dueHours: number, doneHours: number | null = null) =>
    ({
      status,
      owner: 'ben',
      priority: 'P1',
      dueAt: PERIOD.from + dueHours * HOUR_MS,
      doneAt: doneHours === null ? null : PERIOD.from + doneHours * HOUR_MS,
    }) as DigestFacts['actions'][number]
  const said = (actions: DigestFacts['actions']) =>
    lines(digest({ past: [at(0)], actions })).find(line => line.startsWith('Action items'))
  expect(said([])).toBeUndefined()
  expect(said([item('completed', 0, -1)])).toBeUndefined()
  expect(said([item('completed', 0, 1)])).toBe('Action items: 0 to do, 0 overdue, 1 done this week')
  expect(said([item('open', 1), item('in progress', 999), item('completed', 0, 1)])).toBe(
    'Action items: 2 to do, 1 overdue, 1 done this week',
  )
  expect(digestView(digest({ actions: [item('open', 1)] }))?.summary).toBe(
    'Week 2026-W37: 0 incidents, 0 pages, 1 overdue action item.',
  )
})

test('the three noisiest alerts are named, each that fired more than once', () => {
  const fired = (title: string, count: number, hours = 1) =>
    Array.from({ length: count }, () => ({ title, at: PERIOD.from + hours * HOUR_MS }))
  const firings = [
    ...fired('once', 1),
    ...fired('c', 2),
    ...fired('b', 2),
    ...fired('a', 5),
    ...fired('d', 2),
    ...fired('before', 9, -1),
  ]
  expect(lines(digest({ past: [at(0)], noise: { pages: [], firings } }))).toContain(
    'Noisiest alerts: a, 5 times; b, 2 times; c, 2 times',
  )
  expect(
    lines(digest({ past: [at(0)], noise: { pages: [], firings: fired('once', 1) } })).join(),
  ).not.toContain('Noisiest')
})

test('of many incidents the ten worst are named, and the others counted', () => {
  const many = (count: number) =>
    lines(
      digest({
        past: Array.from({ length: count }, (_, index) =>
          at(index, { id: `INC-${index + 1}`, severity: index === 11 ? 'SEV1' : 'SEV3' }),
        ),
      }),
    )
  const twelve = many(12)
  expect(twelve).toContain('The worst incidents')
  expect(twelve.indexOf('SEV1 INC-12 t · not resolved')).toBe(twelve.indexOf('The worst incidents') + 1)
  expect(twelve).toContain('and 2 more')
  expect(many(10)).toContain('Incidents')
  expect(many(10).join()).not.toContain('more')
})

const rota = (schedules: string, count = 1) =>
  times(
    textOf({
      summary: '',
      tone: 'calm',
      blocks: [
        {
          kind: 'list',
          items: nextWeek(
            worldOf(
              config(
                TEAM.replace(
                  /schedules:[\s\S]*roles:[\s\S]*?\n\S/,
                  `schedules:\n${Array.from({ length: count }, (_, index) => `  s${index}: ${schedules}\n`).join('')}roles: { oncall_primary: { people: [ben] } }\ns`,
                ),
              ),
            ),
            { from: START + 70 * DAY_MS, to: START + 77 * DAY_MS },
          ),
        },
      ],
    }),
  )
const turns = (people: string, more = '') =>
  `every: 1d, handoff: "09:00", starts: 2026-11-02, people: [${people}]${more}`

test('who is on call in the week ahead: in turn while they are few, else how much of it each has', () => {
  expect(
    rota(`{ rotation: { every: 1w, handoff: "mon 09:00", starts: 2026-11-02, people: [aiko, ben] } }`),
  ).toBe('s0: aiko until 11-09T09:00, then ben')
  expect(rota(`{ rotation: { every: 2d, handoff: "00:00", starts: 2026-11-02, people: [aiko, ben] } }`)).toBe(
    's0: ben until 11-10T00:00, then aiko until 11-12T00:00, then ben until 11-14T00:00, then aiko',
  )
  expect(rota(`{ rotation: { ${turns('aiko, ben, chika')} } }`)).toBe(
    's0: ben 2 d 15 h, aiko 2 d 9 h, chika 2 d',
  )
  expect(rota(`{ rotation: { ${turns('aiko', ', only: weekdays 09:00-17:00')} } }`)).toBe(
    's0: aiko 1 d 16 h, nobody 5 d 8 h',
  )
  expect(rota('{ rotation: { every: 1w, handoff: "mon 09:00", starts: 2031-01-06, people: [aiko] } }')).toBe(
    's0: nobody',
  )
  expect(
    rota(
      '{ rotation: { every: 1d, handoff: "09:00", starts: 2026-11-02, ends: 2026-11-11, people: [aiko] } }',
    ),
  ).toMatch(/^s0: aiko until 11-12T\S+, then nobody$/)
})

test('twelve schedules are told, and more are counted', () => {
  const one = `{ rotation: { ${turns('aiko')} } }`
  expect(rota(one, 12).split('; ')).toHaveLength(12)
  expect(rota(one, 14).split('; ').slice(-2)).toEqual(['s11: aiko', 'and 2 more schedules'])
})

const told = (more: Partial<PatternFacts>) => {
  const view = patternsView(patterns(more))
  return [`${view.summary} (${view.tone})`, ...textOf(view).split(/ \| |; (?=[A-Z])/)]
}

test('patterns of no incident, of one, and of a few', () => {
  expect(told({ service: 'search' })).toEqual([
    'There was no incident: Patterns of search, 2026-08-31 to 2026-09-13. (calm)',
    'There was no incident: Patterns of search, 2026-08-31 to 2026-09-13.',
  ])
  const one = told({ past: [past(START + 9.5 * HOUR_MS, { service: 'search', cause: 'capacity' })] })
  expect(one[0]).toBe('Patterns, 2026-08-31 to 2026-09-13: 1 incident. (calm)')
  expect(one.slice(1, 9)).toEqual([
    'Patterns, 2026-08-31 to 2026-09-13',
    'Incidents: 1',
    'MTTA: none',
    'MTTR: none',
    'Busiest hours: 09:00 (1)',
    'Busiest days: Mon (1)',
    'Services: search (1)',
    'Root causes: capacity (1)',
  ])
  expect(one.slice(-2)).toEqual([
    'Fewer than 10 incidents: too few to say anything about what to improve.',
    'Hours as in Etc/UTC. Tests and drills are left out.',
  ])
})

test('the five most frequent of each are named, and what is not known is counted', () => {
  const all = [0, 0, 0, 1, 1, 2, 3, 4, 5].map((kind, index) =>
    past(START + (kind * 25 + 1) * HOUR_MS + index, { service: `s${kind}`, cause: `c${kind}` }),
  )
  const said = told({ past: [...all, past(START + 13 * DAY_MS), past(START + 13 * DAY_MS + 1)] })
  expect(said).toContain('Services: s0 (3), s1 (2), s2 (1), s3 (1), s4 (1), 2 without one')
  expect(said).toContain('Root causes: c0 (3), c1 (2), c2 (1), c3 (1), c4 (1), 2 not named')
  expect(said).toContain('Busiest hours: 01:00 (3), 00:00 (2), 02:00 (2), 03:00 (1), 04:00 (1)')
  expect(said).toContain('Busiest days: Mon (3), Tue (2), Sun (2), Wed (1), Thu (1)')
  expect(told({ past: all }).join()).not.toMatch(/without one|not named/)
})

test('deployments before incidents are told when there were any', () => {
  const all = [1, 1.5, 26, 60].map(hours => past(START + DAY_MS + hours * HOUR_MS))
  const deployments = (knownSince: number | null) => ({
    knownSince,
    of: () => [START + DAY_MS, START + 2 * DAY_MS],
  })
  expect(told({ past: all, deployments: deployments(null) })).toContain(
    'After a deployment: 1 to 2 h (2), 2 to 3 h (1), 1 without one in 24 h before',
  )
  expect(told({ past: all }).join()).not.toContain('After a deployment')
})

test('services that broke together are told in pairs', () => {
  const all = [0, 3, 6].flatMap(day => [
    past(START + day * DAY_MS, { service: 'a', resolvedAt: START + day * DAY_MS + MINUTE }),
    past(START + day * DAY_MS + 10 * MINUTE, {
      service: 'b',
      resolvedAt: START + day * DAY_MS + 20 * MINUTE,
    }),
  ])
  expect(told({ past: all }).join('\n')).toMatch(/Within half an hour of each other: (a and b|b and a) \(3\)/)
})

test('what stands out is told with whether it could be chance; and when nothing does, that', () => {
  const loud = Array.from({ length: 12 }, (_, day) =>
    past(START + day * DAY_MS + 9 * HOUR_MS, { service: day < 9 ? 'search' : 'shop' }),
  )
  const said = told({ past: loud })
  expect(said[0]).toBe(
    "Patterns, 2026-08-31 to 2026-09-13: 12 incidents. 100 % of 12 incidents began between 09:00 and 10:00. 75 % of 12 incidents were search's (calm)",
  )
  expect(said).toContain('What to improve')
  expect(said.join(' ')).toContain(
    'Unlikely to be chance (p < 0.001; exact binomial test against 24 hours alike, corrected for 96 looks). Look at what runs at that hour',
  )
  expect(said.join(' ')).toContain(
    'Unlikely to be chance (p = 0.046; exact binomial test against 3 services alike',
  )
  const some = told({ past: loud.map((each, day) => ({ ...each, service: `s${Math.floor(day / 4)}` })) })
  expect(some.join(' ')).toContain('Could be chance (p = 1.000; exact binomial test against 3 services alike')
  const even = Array.from({ length: 12 }, (_, day) =>
    past(START + day * DAY_MS + 2 * day * HOUR_MS, { service: `s${day}` }),
  )
  expect(told({ past: even })).toContain(
    'Nothing stands out: no hour holds more than 20 % of them, and no service more than 30 %.',
  )
})

test('hours of the week as letters: the darker the more', () => {
  const all = [4, 3, 2, 1].flatMap((count, day) =>
    Array.from({ length: count }, () => past(START + day * DAY_MS + 9 * HOUR_MS)),
  )
  const map = textOf(patternsView(patterns({ past: all }))).split('\n')
  expect(map[0]).toMatch(/ {4}0 {5}6 {5}12 {4}18 {4}$/)
  expect(map.slice(1, 5)).toEqual([
    'Mon          █              ',
    'Tue          ▓              ',
    'Wed          ▒              ',
    'Thu          ░              ',
  ])
})

test('the same as data: instants as texts, lengths in milliseconds', () => {
  const report = digestReport(digest({ past: [at(0, { ackedAt: PERIOD.from + MINUTE }), at(-24)] }))
  expect(report).toMatchObject({
    week: '2026-W37',
    from: '2026-09-07T00:00:00.000Z',
    to: '2026-09-14T00:00:00.000Z',
    figures: { count: 1, notAcknowledged: 0, acknowledge: { median: MINUTE } },
    before: { weeks: 4, count: 1 },
    noisiest: [],
    patterns: {
      from: '2026-08-31T00:00:00.000Z',
      to: '2026-09-14T00:00:00.000Z',
      service: null,
      timezone: 'Etc/UTC',
      count: 2,
      improvements: [],
    },
  })
  expect(report.patterns).not.toHaveProperty('bursts')
})
