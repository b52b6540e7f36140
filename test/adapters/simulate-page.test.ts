/** The picture of a simulation: the same as the engine says, for whoever is signed in, and a sentence for what cannot be asked. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { simulate } from '../../bot/escalation/simulate.ts'
import { Browser } from '../support/browser.ts'
import { type Site, startSite } from '../support/site.ts'
import { config, TEAM } from '../support/team.ts'

/** The secondary has a gap until 30 November; chika is paged by two ways. */
const YAML = TEAM.replace(
  /secondary: \{ rotation: \{([^}]*)starts: 2026-11-02/,
  'secondary: { rotation: {$1starts: 2026-11-30',
).replace(
  'chika: { name: Chika Sato,',
  'chika: { name: "Chika <b>Sato</b>", phone: "+815012345678", notify: [ { after: 0s, by: chat }, { after: 2m, by: chat } ],',
)
let site: Site
let browser: Browser
beforeEach(async () => {
  site = await startSite({ config: config(YAML) })
  browser = new Browser(site.url)
})
afterEach(() => site.stop())

const rows = (text: string) =>
  [...text.matchAll(/<tr id="m\d+" class="(\w+)">(.*?)<\/tr>/gs)].map(([, kind, cells = '']) => [
    kind,
    ...[...cells.matchAll(/<td>(.*?)<\/td>/gs)].map(([, cell = '']) => cell.replaceAll(/<[^>]+>/g, '')),
  ])

test('the answer in chat links to the picture, which says what the engine says: who, when, why, who not, and the end', async () => {
  const page = await browser.signIn(await site.linkFor('ben', '/oncall simulate --severity SEV1'))
  expect(page.path).toBe('/simulate?severity=SEV1')
  const world = await site.night.app.engine.world()
  const outcome = simulate(world, {
    severity: 'SEV1',
    service: null,
    at: site.night.clock.now(),
    ackAfterMs: null,
  })
  const shown = rows(page.text)
  expect(shown.filter(([kind]) => kind === 'paged')).toHaveLength(outcome.pages.length)
  expect(shown[0]).toEqual(['paged', '+0 s', 'Aiko Tanaka', 'chat', '1', 'on call for primary (rotation)'])
  expect(shown.find(([kind]) => kind === 'skipped')?.slice(0, 5)).toEqual([
    'skipped',
    '+5 min',
    'Nobody',
    'not paged',
    '2',
  ])
  expect(page.text).toContain('<b>Exhausted:</b>')
  expect(page.text.match(/<a href="#m\d+" class="moment/g)).toHaveLength(shown.length)
})

test('another time, a service and an ack are asked for in the words of chat, and change the picture', async () => {
  await browser.signIn(await site.linkFor('ben', '/incident web'))
  const later = await browser.get('/simulate?severity=sev1&at=2026-12-01%2003%3A00')
  expect(rows(later.text).some(([kind]) => kind === 'skipped')).toBe(false)
  expect(later.text).toContain('2026-12-01 03:00 UTC')
  const acked = await browser.get('/simulate?severity=SEV1&service=checkout&ack=2m')
  expect(rows(acked.text)).toHaveLength(1)
  expect(acked.text).toContain('The chain ends there, and nothing more is said.')
})

test.each([
  ['severity=SEV9', '&quot;SEV9&quot; is not a severity.'],
  ['service=<b>no</b>', '&lt;b&gt;no&lt;/b&gt;'],
  ['at=some day', 'is not a time that Tocsin understands'],
  ['ack=soon', 'is not a duration'],
])('%s is answered with a sentence, and the form is kept', async (query, said) => {
  await browser.signIn(await site.linkFor('ben', '/incident web'))
  const page = await browser.get(`/simulate?${query}`)
  expect(page.status).toBe(400)
  expect(page.text).toContain(said)
  expect(page.text).toContain('<form class="ask"')
})

test('names stay text in the drawing and in the table, and nobody sees it who is not signed in', async () => {
  expect((await browser.get('/simulate')).status).toBe(401)
  await browser.signIn(await site.linkFor('ben', '/incident web'))
  const { text } = await browser.get('/simulate')
  expect(text).toContain('Chika &lt;b&gt;Sato&lt;/b&gt;')
  expect(text).not.toContain('<b>Sato')
})
