/** The weekly message: once for every week, silent when there is nothing to say, and honest about weeks that it could not tell. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Integration } from '../../bot/config/types.ts'
import { type Night, night } from '../support/story.ts'
import { config, TEAM } from '../support/team.ts'

let n: Night
beforeEach(async () => {
  // A Tuesday; the digest leaves on Mondays at nine.
  n = await night({ start: '2026-11-24T03:00:00Z' })
})
afterEach(() => n.stop())

const digests = () => n.texts('#incidents').filter(text => text.startsWith('Week '))
const goDown = async () => {
  await n.says('diego', '/incident declare The whole site is down for everyone')
  await n.at('6m')
  await n.says('ben', '/incident ack INC-1')
  await n.at('30m')
  await n.says('ben', '/incident resolve INC-1')
  await n.says('ben', '/incident close INC-1')
}
/** The process is down until then. */
const isBackAt = async (at: string) => {
  n.clock.moveTo(Date.parse(at))
  n = await n.crash()
  await n.app.clockwork.tick()
}

test('a week with an incident is told on Monday morning, once, with its figures', async () => {
  await goDown()
  await n.at('6d5h59m')
  expect(digests()).toEqual([])
  await n.at('6d7h')
  expect(digests()).toHaveLength(1)
  const [told] = digests()
  expect(told).toMatch(/^Week 2026-W48 \|/)
  expect(told).toContain('Incidents: 1 (1 SEV1); nothing was recorded before')
  expect(told).toContain('MTTA: 6 min, of one incident; in the four weeks before: none')
  expect(told).toContain('MTTR: 30 min')
  expect(told).toContain(
    'Pages: 2, 2 at night; nothing was recorded before: aiko 1 (1 at night), ben 1 (1 at night)',
  )
  n = await n.crash()
  await n.at('12d')
  expect(digests()).toHaveLength(1)
})

test('a week without anything is not told, and a test or a drill is nothing', async () => {
  await n.says('diego', '/incident declare The whole site is down for everyone --test')
  await n.says('diego', '/incident close INC-1')
  await n.at('14d')
  expect(digests()).toEqual([])
  for (const line of ['/digest preview', '/digest send']) {
    const words = await n.hears('aiko', line)
    expect(words).toContain('There is nothing to say about that week')
    expect(words).toContain('/digest preview --now')
  }
})

test('back after two days it tells the week that is over, marked late, and names the two that it skipped', async () => {
  await goDown()
  await isBackAt('2026-12-16T03:00:00Z')
  expect(digests()).toHaveLength(1)
  expect(digests()[0]).toMatch(/^Week 2026-W50, 1 d 18 h late/)
  expect(digests()[0]).toContain(
    'Week 2026-W48: Tocsin was not running. To read it: npx tocsin digest --week 2026-W48; Week 2026-W49',
  )
  await n.at('30d')
  expect(digests()).toHaveLength(1)
})

test('back after more than three days it sends nothing old, and the next one names what it skipped', async () => {
  await goDown()
  await isBackAt('2026-12-03T10:00:00Z')
  expect(digests()).toEqual([])
  await n.at('13d7h')
  expect(digests()).toHaveLength(1)
  expect(digests()[0]).toMatch(/^Week 2026-W49 \|/)
  expect(digests()[0]).toContain('Week 2026-W48: Tocsin was not running')
})

test('somebody looks at the week that goes on, and sends the last one again', async () => {
  await n.says('diego', '/incident declare The whole site is down for everyone')
  expect(await n.hears('aiko', '/digest preview --now')).toBe(
    'Week 2026-W48: 1 incident, 1 page, 0 overdue action items.',
  )
  await n.at('7d')
  expect(digests()).toHaveLength(1)
  expect(await n.hears('aiko', '/digest send')).toContain('The digest of 2026-W48 goes to #incidents')
  await n.at('7d1m')
  expect(digests()).toHaveLength(2)
  expect(digests()[1]).not.toContain('late')
})

test('when the day of the digest is changed, no day is told twice and none is left out', async () => {
  await goDown()
  await n.app.configure({
    ...config(),
    digest: { every: { weekday: 5, minute: 960 }, channel: { name: '#incidents' } },
  })
  await n.at('3d14h')
  expect(digests().map(text => text.split(' |')[0])).toEqual(['Week 2026-W48'])
  await n.says('diego', '/incident declare The whole site is down for everyone')
  await n.says('diego', '/incident close INC-2')
  await n.at('10d14h')
  expect(digests()).toHaveLength(2)
  expect(digests()[1]).toContain('Incidents: 1 (1 SEV1)')
  expect(digests()[1]).toContain('INC-2')
})

test('who is on call in the week ahead is told, swaps and gaps included', async () => {
  const yaml = TEAM.replace(
    'secondary: {',
    'late: { rotation: { every: 1d, handoff: "09:00", starts: 2026-11-02, people: [chika, diego] } }\n  secondary: {',
  ).replace('people: [aiko]', 'people: [aiko, ben]')
  await n.app.configure(config(yaml))
  await goDown()
  expect(
    await n.hears('aiko', '/oncall override @diego 2026-12-02T00:00Z 2026-12-03T00:00Z --schedule primary'),
  ).toContain('Diego Ruiz is on call for primary')
  await n.at('6d7h')
  const [told] = digests()
  expect(told).toMatch(/On call next week, from \d+ \|/)
  expect(told).toMatch(/primary: aiko until \d+, then diego until \d+, then aiko/)
  expect(told).toMatch(/late: (chika 4 d, diego 3 d|diego 4 d, chika 3 d)/)
})

const PROM: Integration = {
  id: 'prom',
  source: 'alertmanager',
  service: undefined,
  declare: [],
  severities: {},
} as unknown as Integration

test('the noisiest alerts are named, those that declared nothing included', async () => {
  await goDown()
  for (let hour = 1; hour <= 6; hour++) {
    await n.at(`${hour}h`)
    for (const status of ['firing', 'resolved'] as const)
      await n.app.intake(PROM, {
        alerts: [
          {
            fingerprint: 'disk',
            status,
            title: 'Disk is filling up',
            details: '',
            severity: 'warning',
            service: null,
            group: 'disk',
            labels: {},
            startsAt: n.clock.now() - 60_000,
            endsAt: null,
            link: null,
          },
        ],
        changes: [],
      })
  }
  await n.at('6d7h')
  expect(digests()[0]).toContain('Noisiest alerts: Disk is filling up, 6 times')
})

test('patterns are answered over any range, of one service, with root causes as post-mortems name them', async () => {
  await goDown()
  await n.says('ben', '/incident postmortem INC-1')
  await n.says('ben', '/incident postmortem INC-1 --section root_cause Capacity: the pool was too small')
  const said = await n.says('aiko', '/digest patterns --from 2026-11-01 --to 2026-11-30')
  const words = JSON.stringify(said)
  expect(words).toContain('Patterns, 2026-11-01 to 2026-11-30')
  expect(words).toContain('Root causes')
  expect(words).toContain('capacity (1)')
  expect(words).toContain('too few to say anything')
  expect(
    await n.hears('aiko', '/digest patterns --from 2026-11-01 --to 2026-11-30 --service checkout'),
  ).toContain('There was no incident: Patterns of checkout')
  expect(await n.hears('aiko', '/digest patterns --from 2026-11-31')).toContain('"2026-11-31" is no date.')
  expect(await n.hears('aiko', '/digest patterns --from 2026-12-01 --to 2026-11-01')).toContain(
    'That range ends before it begins.',
  )
})
