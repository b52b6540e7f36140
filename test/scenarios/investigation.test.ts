/** What the sources saw tells a deployment that did it from one that only happened to be near. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { markdown } from '../../bot/postmortem/render.ts'
import { deployed, seen, told } from '../support/changes.ts'
import { nightOn } from '../support/night-on.ts'
import { openShop, type Shop } from '../support/shop.ts'
import { type Night, night, START } from '../support/story.ts'

const at = (minutes: number) => Date.parse(START) + minutes * 60_000
let shop: Shop
let n: Night

beforeEach(async () => {
  shop = await openShop(Date.parse(START))
  n = await night({ config: shop.team, source: shop.source })
})
afterEach(async () => {
  await n.stop()
  await shop.stop()
})

const declare = () => n.says('diego', '/incident declare The shop is down for everyone --service web')

test('a bad deployment makes one service slow and two that depend on it fail: it is the first candidate, and the timeline has the true order', async () => {
  await seen(n, deployed('payments', -8), deployed('search', -7), deployed('checkout', -200))
  shop.paymentsIsSlow()
  await declare()
  await n.at('1m')
  await n.says('aiko', '/incident ack INC-1')
  await n.at('10m')
  const { entries, investigation, postmortem } = await told(n)
  const [first, second] = investigation.candidates
  expect(first).toMatchObject({ kind: 'change', title: 'payments v42', link: 'https://ci.example.com/42' })
  expect(second?.score ?? 0).toBeLessThan(first!.score)
  const order = entries.filter(({ source }) => ['change', 'finding'].includes(source)).map(({ text }) => text)
  const place = (words: string) => order.findIndex(text => text.includes(words))
  expect(place('payments v42')).toBeGreaterThanOrEqual(0)
  expect(place('payments v42')).toBeLessThan(place('payments: latency p95 up'))
  expect(place('payments: latency p95 up')).toBeLessThan(place('checkout: error rate up'))
  expect(place('orders: error rate up')).toBeGreaterThan(0)
  expect(place('checkout logged ERROR payments: timeout')).toBeGreaterThan(0)
  expect(order.find(text => text.includes('POST /pay'))).toContain('most of it in charge card of payments')
  expect(entries.every((entry, index) => index === 0 || entry.at >= entries[index - 1]!.at)).toBe(true)
  expect(entries.filter(({ source }) => source === 'finding').every(({ link }) => link !== null)).toBe(true)
  expect(markdown(postmortem)).toMatch(/payments v42 \(\d+ %\)/)
  expect(postmortem.figures).toMatchObject({ acknowledgeMs: 60_000, pages: 1 })
  expect(postmortem.figures.detectMs).toBe(at(0) - investigation.firstSign.at)
  expect(investigation.firstSign.at).toBeLessThan(at(-3))
  expect(markdown(postmortem)).toMatch(/Affected: web, .*checkout \(by what was seen\)/)
  expect(markdown(postmortem)).toContain('checkout: error rate up')
  expect(
    n.texts('#inc-20261124-shop-down-everyone').filter(each => each.includes('What may have caused')),
  ).toHaveLength(1)
})

test('a deployment after the first sign that the metrics show is innocent, though it came before the declaration', async () => {
  await seen(n, deployed('checkout', -3))
  shop.paymentsIsSlow()
  await declare()
  await n.at('10m')
  const { investigation } = await told(n)
  expect(investigation.candidates.map(({ title }) => title)).not.toContain('checkout v42')
  expect(investigation.firstSign.at).toBeLessThan(at(-3))
})

test('sources that never answer keep nobody waiting: the page leaves at once, the next rung on time', async () => {
  for (const source of shop.all) source.weather('silent')
  await n.app.receive({
    chat: 'console',
    cause: 'c1',
    user: { id: 'diego', name: 'diego', kind: 'member' },
    channel: '#incidents',
    line: '/incident declare The shop is down for everyone --service web',
  })
  const ticking = n.app.clockwork.tick()
  while (n.pagesOf('aiko').length === 0) await new Promise(resolve => setImmediate(resolve))
  expect(await Promise.race([ticking.then(() => 'over'), Promise.resolve('still asking')])).toBe(
    'still asking',
  )
  await ticking
  const why = (await n.app.engine.history('INC-1')).flatMap(({ event }) =>
    event.type === 'source_failed' ? [event.why] : [],
  )
  expect(why.toSorted()).toEqual(['logs', 'prom', 'traces'].map(name => `${name} did not answer within 7 s`))
  for (const source of shop.all) source.weather('fine')
  await n.at('5m')
  expect((await n.incident()).pages.map(({ person, startedAt }) => [person, startedAt])).toEqual([
    ['aiko', at(0)],
    ['ben', at(5)],
  ])
}, 30_000)

test('a storm of incidents asks a source a few at a time, and every card and page is there', async () => {
  shop.paymentsIsSlow()
  const alerts = Array.from({ length: 20 }, (_, index) => ({
    fingerprint: `f${index}`,
    status: 'firing' as const,
    title: `Part ${index} of payments fails`,
    details: '',
    severity: 'critical',
    service: 'payments',
    group: `g${index}`,
    labels: {},
    startsAt: at(0),
    endsAt: null,
    link: null,
  }))
  await n.app.intake(n.app.worlds.current().config.integrations.am!, { alerts, changes: [] })
  await n.at('1m')
  const all = await Promise.all(Array.from({ length: 20 }, (_, index) => n.incident(`INC-${index + 1}`)))
  expect(all.every(({ pages, rooms }) => pages.length === 1 && rooms.console?.card != null)).toBe(true)
  expect(all.every(({ sources }) => sources.prom?.failed === null && sources.prom.found > 0)).toBe(true)
})

describe.each(['slack socket', 'discord gateway'] as const)('on %s', desk => {
  test('what the sources saw is one message in the channel, within what the chat takes', async () => {
    shop.paymentsIsSlow()
    const chat = await nightOn(desk, shop.team, [], undefined, shop.source)
    await chat.says('diego', '/incident declare The shop is down for everyone --service web')
    await chat.at('10m')
    const told = chat.room().filter(each => each.includes('What may have caused INC-1'))
    expect(told).toHaveLength(1)
    expect(told[0]).toContain('payments: latency p95 up')
    expect(told[0]).toContain('logs (1)')
    await chat.stop()
  })
})
