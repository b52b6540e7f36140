/** What the sources are asked, when, and how what they said is kept and told. */
import { expect, test } from 'vitest'
import type { Finding } from '../../../bot/evidence/types.ts'
import type { Actor, Happened, IncidentEvent } from '../../../bot/incidents/events.ts'
import type { Incident } from '../../../bot/incidents/state.ts'
import { ChatFailure } from '../../../bot/ports.ts'
import { foldSources, NO_SOURCES, type SourcesState } from '../../../bot/sources/fold.ts'
import { knownOf } from '../../../bot/sources/known.ts'
import { askedServices, sourcesOf, stretchOf } from '../../../bot/sources/question.ts'
import { isWorthTelling, sourceReactions } from '../../../bot/sources/reactions.ts'
import { settled } from '../../../bot/sources/settled.ts'
import { findingLine } from '../../../bot/sources/words.ts'
import { plain } from '../../../bot/timeline/plain.ts'
import { config, TEAM } from '../../support/team.ts'
import { MINUTE, START, worldOf } from '../incidents/any.ts'

const SOURCES =
  'sources: { prom: { kind: prometheus, url: "https://p.example.com" }, logs: { kind: loki, url: "https://l.example.com" } }'
const SERVICES = `  db: { tier: 2 }
  cache: {}
  web: { tier: 1, depends_on: [api] }
  api: { depends_on: [db, cache] }
`
const world = worldOf(config(`${TEAM}${SERVICES}${SOURCES}`))
const TIMER: Actor = { kind: 'timer' }

const anomaly = (name: string, more: object = {}) =>
  ({
    kind: 'anomaly',
    source: 'prom',
    service: 'web',
    name,
    direction: 'up',
    peak: 12.345,
    usual: 1,
    at: START,
    until: null,
    ...more,
  }) as unknown as Finding
const said = (finding: Finding) => plain(world, findingLine(finding))

test.each([
  [anomaly('error rate'), 'web: error rate up to 12.3, usually 1'],
  [
    anomaly('error rate', { peak: 1234.5, usual: -0.00123456, direction: 'down' }),
    'web: error rate down to 1235, usually -0.00123',
  ],
  [
    anomaly('error rate', { peak: 999.9, usual: -1000.4, until: START + 5 * MINUTE }),
    'web: error rate up to 1000, usually -1000, back to usual after 5 min',
  ],
])('%j reads "%s"', (finding, text) => {
  expect(said(finding)).toBe(text)
})

const errors = (count: number, before: number, template = 'timeout') =>
  ({ kind: 'errors', service: 'web', template, count, before }) as unknown as Finding
test.each([
  [errors(1, 0), 'web logged timeout once'],
  [errors(1, 1), 'web logged timeout once, all before it was noticed'],
  [errors(7, 0), 'web logged timeout 7 times'],
  [errors(7, 3), 'web logged timeout 7 times, 3 of them before it was noticed'],
  [errors(7, 7, 'x'.repeat(300)), `web logged ${'x'.repeat(200)} 7 times, all before it was noticed`],
])('%#: %s', (finding, text) => {
  expect(said(finding)).toBe(text)
})

const slow = (more: object) =>
  ({
    kind: 'slow',
    service: 'web',
    operation: 'GET /',
    count: 1,
    worstMs: 999.4,
    usualMs: 80,
    slowest: null,
    ...more,
  }) as unknown as Finding
test.each([
  [slow({}), 'web: GET / took up to 999 ms in 1 request, usually under 80 ms'],
  [
    slow({ count: 4, worstMs: 1234, slowest: { operation: 'SELECT', service: 'db', selfMs: 1000 } }),
    'web: GET / took up to 1.2 s in 4 requests, usually under 80 ms; most of it in SELECT of db, 1 s by itself',
  ],
])('%#: %s', (finding, text) => {
  expect(said(finding)).toBe(text)
})

const incident = (more: object = {}) =>
  ({ service: null, alerts: {}, declaredAt: START, rooms: {}, ...NO_SOURCES, ...more }) as unknown as Incident

test('what is asked: from half an hour before to five minutes after the first sign, or to now', () => {
  expect(stretchOf(incident(), START + MINUTE)).toEqual({
    onset: START,
    from: START - 30 * MINUTE,
    to: START + MINUTE,
  })
  expect(stretchOf(incident(), START + 60 * MINUTE).to).toBe(START + 5 * MINUTE)
})

test('who is asked about: the service and all it depends on, those of its alerts, or all, the gravest first', () => {
  const asked = (more: object) => askedServices(world, incident(more)).join()
  expect(asked({ service: 'web' })).toBe('web,api,db,cache')
  expect(asked({ service: 'gone' })).toBe('gone')
  expect(
    asked({
      alerts: {
        a: { service: 'api' },
        b: { service: 'toString' },
        c: { service: null },
        d: { service: 'db' },
      },
    }),
  ).toBe('api,db,cache')
  expect(asked({})).toBe('checkout,web,db,cache,api')
  const many = worldOf(config(`${TEAM}${Array.from({ length: 20 }, (_, at) => `  s${at}: {}\n`).join('')}`))
  expect(askedServices(many, incident())).toHaveLength(12)
})

test('a configuration of before there were sources has none', () => {
  expect(sourcesOf({})).toEqual({})
  expect(Object.keys(sourcesOf(world.config))).toEqual(['prom', 'logs'])
})

const found = (more: object = {}) => ({
  type: 'evidence_found',
  source: 'prom',
  onset: START,
  from: 0,
  to: START + 5 * MINUTE,
  findings: [],
  series: [],
  missing: [],
  ...more,
})
const effects = (event: object, { after = {}, now = START }: { after?: object; now?: number } = {}) =>
  sourceReactions
    .flatMap(react =>
      react({
        world,
        before: incident(),
        after: incident(after),
        now,
        happened: [{ seq: 1, at: now, actor: TIMER, event }],
      } as unknown as Parameters<typeof react>[0]),
    )
    .map(effect => {
      if (!('arm' in effect)) throw new Error('nothing is disarmed here')
      const { kind, ...what } = effect.arm as { kind: string; source?: string; chat?: string; asked?: number }
      return `${kind} ${what.source ?? `${what.chat} ${what.asked}`} +${(effect.at - now) / 1000}`
    })

test.each([
  [{ type: 'declared' }, ['ask prom +0', 'ask logs +0']],
  [{ type: 'sources_asked' }, ['ask prom +0', 'ask logs +0']],
  [{ type: 'status_changed', to: 'mitigated' }, ['ask prom +0', 'ask logs +0']],
  [{ type: 'status_changed', to: 'postmortem' }, []],
  [{ type: 'note_added' }, []],
  [found(), []],
  [found({ to: START + 2 * MINUTE }), ['ask prom +330']],
])('after %j is asked: %j', (event, asks) => {
  expect(effects(event)).toEqual(asks)
})

test('a stretch that was over when the answer came is asked about once more, a little later', () => {
  expect(effects(found({ to: START + 2 * MINUTE }), { now: START + 9 * MINUTE })).toEqual(['ask prom +30'])
})

const ROOMS = {
  rooms: { slack: { channel: 'C1' }, discord: { channel: null } },
  inquiry: { asked: 3, posted: {} },
}
const POSTED = { ...ROOMS, inquiry: { asked: 3, posted: { slack: {} } } }
const KNOWN = { prom: { found: 2, failed: null } }
test.each([
  ['something was found', found({ findings: [{}] }), ROOMS, true],
  ['nothing was found', found(), ROOMS, false],
  ['nothing is found any more', found(), POSTED, true],
  ['a source fails', { type: 'source_failed' }, ROOMS, true],
  ['a channel opens late', { type: 'room_opened' }, { ...ROOMS, sources: KNOWN }, true],
  ['a channel opens', { type: 'room_opened' }, ROOMS, false],
  ['something else', { type: 'note_added' }, { ...ROOMS, sources: KNOWN }, false],
])('the rooms are told, after ten seconds, when %s: %s', (_, event, after, told) => {
  expect(effects(event, { after })).toEqual(told ? ['investigation slack 3 +10'] : [])
})

test.each([
  [{}, false],
  [{ a: { found: 0, failed: null } }, false],
  [{ a: { found: 0, failed: null }, b: { found: 1, failed: null } }, true],
  [{ a: { found: 0, failed: 'down' } }, true],
])('%j is worth telling: %s', (sources, worth) => {
  expect(isWorthTelling(sources)).toBe(worth)
})

test('the incident knows of each source how much it found, or why it does not answer', () => {
  const apply = (state: SourcesState, event: object, seq = 1): SourcesState => ({
    ...state,
    ...foldSources(state, event as Parameters<typeof foldSources>[1], seq),
  })
  let state = apply(NO_SOURCES, found({ findings: [{}, {}] }))
  state = apply(state, { type: 'source_failed', source: 'prom', why: 'it is down' })
  state = apply(state, { type: 'source_failed', source: 'logs', why: 'no access' })
  expect(state.sources).toEqual({
    prom: { found: 2, failed: 'it is down' },
    logs: { found: 0, failed: 'no access' },
  })
  expect(apply(state, found()).sources.prom).toEqual({ found: 0, failed: null })
  const asked = apply(state, { type: 'sources_asked', sources: [] }, 7)
  const posted = apply(asked, {
    type: 'investigation_posted',
    chat: 'slack',
    ref: { channel: 'C', id: '1' },
    asked: 7,
  })
  expect(posted.inquiry).toEqual({ asked: 7, posted: { slack: { channel: 'C', id: '1' } } })
  expect(apply(posted, { type: 'investigation_posted', chat: 'discord', ref: {}, asked: 6 }).inquiry).toEqual(
    posted.inquiry,
  )
  expect(apply(posted, { type: 'sources_asked', sources: [] }, 9).inquiry).toEqual({ asked: 9, posted: {} })
})

const history = (...events: readonly object[]) =>
  events.map((event, index) => ({
    seq: index + 1,
    at: START + index,
    actor: TIMER,
    event: event as IncidentEvent,
  })) as readonly Happened[]

test('of each source its latest answer counts, with the names that its findings had first', () => {
  const [one, two] = [anomaly('one'), anomaly('two')]
  const series = { source: 'prom', service: 'web', name: 'one', points: [], link: null }
  const known = knownOf(
    history(
      { type: 'declared' },
      found({ findings: [one], series: [series], watched: ['web'] }),
      found({ source: 'logs', findings: [errors(1, 0)], watched: ['web', 'db'] }),
      found({ findings: [two, anomaly('one', { peak: 99 })], missing: ['db: no metrics'] }),
    ),
  )
  expect(
    known.findings.map(({ id, learntAt, finding }) => `${id} +${learntAt - START} ${finding.kind}`),
  ).toEqual(['f4.1 +3 anomaly', 'f2.1 +1 anomaly', 'f3.1 +2 errors'])
  expect(known.seen).toEqual({
    findings: [two, anomaly('one', { peak: 99 }), errors(1, 0)],
    series: [],
    watched: ['web', 'db'],
  })
  expect(known.standings).toEqual([
    { source: 'prom', at: START + 3, found: 2, missing: ['db: no metrics'], failed: null },
    { source: 'logs', at: START + 2, found: 1, missing: [], failed: null },
  ])
})

test('what a source has forgotten since was true all the same, and one that fails still found what it found', () => {
  const known = knownOf(
    history(
      found({ findings: [anomaly('one')] }),
      found(),
      { type: 'source_failed', source: 'prom', why: 'down' },
      { type: 'source_failed', source: 'logs', why: 'no' },
    ),
  )
  expect(known.findings).toHaveLength(1)
  expect(known.standings).toEqual([
    { source: 'prom', at: START + 2, found: 1, missing: [], failed: 'down' },
    { source: 'logs', at: START + 3, found: 0, missing: [], failed: 'no' },
  ])
  expect(knownOf(history(found())).standings[0]?.found).toBe(0)
})

test('questions that are asked at once: what did not come is named, and only nothing at all is a failure', async () => {
  const failure = new ChatFailure('later', 'down', 'it is down')
  const ask = (answers: Readonly<Record<string, string | Error>>) =>
    settled(
      Object.keys(answers),
      name => `about ${name}`,
      async name => {
        const answer = answers[name]
        if (answer instanceof Error) throw answer
        return answer
      },
    )
  expect(await ask({ a: '1', b: failure, c: '3' })).toEqual({
    done: ['1', '3'],
    missing: ['about b: it is down'],
  })
  expect(await ask({})).toEqual({ done: [], missing: [] })
  await expect(ask({ a: failure, b: failure })).rejects.toBe(failure)
  const bug = new Error('bug')
  await expect(ask({ a: '1', b: bug })).rejects.toBe(bug)
})
