/** The weekly message: once for every week, silent when there is nothing to say, not replayed after an outage. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Night, night } from '../support/story.ts'

let n: Night
beforeEach(async () => {
  // A Tuesday; the digest leaves on Mondays at nine.
  n = await night({ start: '2026-11-24T03:00:00Z' })
})
afterEach(() => n.stop())

const digests = () => n.texts('#incidents').filter(text => text.startsWith('Week '))

test('a week with an incident is told on Monday morning, once, with its figures', async () => {
  await n.says('diego', '/incident declare The whole site is down for everyone')
  await n.at('6m')
  await n.says('ben', '/incident ack INC-1')
  await n.at('30m')
  await n.says('ben', '/incident resolve INC-1')
  await n.at('6d5h59m')
  expect(digests()).toEqual([])
  await n.at('6d7h')
  expect(digests()).toHaveLength(1)
  expect(digests()[0]).toContain('Incidents: 1 (1 SEV1)')
  expect(digests()[0]).toContain('Acknowledged: median 6 min')
  expect(digests()[0]).toContain('aiko 1 (1 at night), ben 1 (1 at night)')
  n = await n.crash()
  await n.at('12d')
  expect(digests()).toHaveLength(1)
})

test('a week without anything is not told, and a test or a drill is nothing', async () => {
  await n.says('diego', '/incident declare The whole site is down for everyone --test')
  await n.says('diego', '/incident close INC-1')
  await n.at('14d')
  expect(digests()).toEqual([])
  expect(await n.hears('aiko', '/digest preview')).toContain('There is nothing to say about that week')
})

test('after an outage of three weeks only the last week is told', async () => {
  await n.says('diego', '/incident declare The whole site is down for everyone')
  await n.says('diego', '/incident close INC-1')
  await n.says('diego', '/action add Mend it --owner @ben --due 2026-11-26')
  n.clock.moveTo(Date.parse('2026-12-16T03:00:00Z'))
  n = await n.crash()
  await n.at('22d1h')
  expect(digests()).toHaveLength(1)
  expect(digests()[0]).toContain('Week 2026-W50')
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
})
