/** The incident's page over HTTP: what it lists, what its forms do, what it gives out, and that words on it stay words (S9). */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ENTRY_SOURCES } from '../../bot/timeline/entries.ts'
import { Browser } from '../support/browser.ts'
import { LONG_NIGHT_TEAM, longNight } from '../support/long-night.ts'
import { type Site, startSite } from '../support/site.ts'
import { config } from '../support/team.ts'

let site: Site
let browser: Browser
beforeEach(async () => {
  site = await startSite({ config: config(LONG_NIGHT_TEAM) })
  browser = new Browser(site.url)
  await browser.signIn(await site.linkFor('ben', '/incident web'))
})
afterEach(() => site.stop())

/** A form of the page, its hidden inputs filled in. */
const send = async (form: 'add' | 'edit', path: string, values: Readonly<Record<string, string>>) => {
  const page = await browser.get(path)
  const html = new RegExp(`<form class="${form}".*?</form>`, 's').exec(page.text)?.[0] ?? ''
  return browser.press({ ...page, text: html }, {}, values)
}
const entries = async () =>
  JSON.parse((await browser.get('/incidents/INC-1/timeline.json')).text) as {
    entries: { id: string; text: string; hidden: boolean; before: string[] }[]
  }
const row = (text: string, id: string) => new RegExp(`<li id="${id}".*?</li>`, 's').exec(text)?.[0] ?? ''

test('every entry has its source, when it happened, when it was learnt, who, what it meant and where it is from', async () => {
  await longNight(site.night)
  const { text } = await browser.get('/incidents/INC-1')
  const fired = row(text, 'e2')
  expect(fired).toContain('<time datetime="2026-11-24T02:59:00.000Z">02:59:00</time>')
  expect(fired).toContain('Alerts')
  expect(fired).toContain('worse')
  expect(fired).toMatch(/learnt <time datetime="2026-11-24T03:00:00.000Z">03:00:00<\/time>, 1 min later/)
  expect(fired).toContain('<a href="https://prom.example.com/graph"')
  expect(row(text, 'c2')).toContain('(ben)')
  expect(row(text, 'e9')).toContain('<b>Ben Okafor</b> acknowledged after 4 min')
})

test('what may have caused it has its reasons, each with a link to what shows it', async () => {
  await longNight(site.night)
  const { text } = await browser.get('/incidents/INC-1')
  const causes = /<h2>What may have caused it<\/h2><ol>(.*?)<\/ol>/s.exec(text)?.[1] ?? ''
  expect(causes).toMatch(/checkout v42: .*<a href="https:\/\/ci\.example\.com\/4711"/)
})

test('a corrected entry says what it said before, a hidden one is shown when it is asked for', async () => {
  await longNight(site.night)
  const page = await browser.get('/incidents/INC-1')
  expect(page.text).toContain(
    'It said: <del>Chika Sato noted: The pool of payments-db is full: 100 of 100</del>',
  )
  expect(page.text).not.toContain('lol')
  expect(page.text).toContain('Show 1 hidden')
  expect((await browser.get('/incidents/INC-1?hidden=1')).text).toContain('lol')
})

test('a note from the page is one of the timeline, by whoever signed in', async () => {
  await site.night.says('aiko', '/incident declare Checkout is down')
  const after = await send('add', '/incidents/INC-1', { text: 'Wallets go through' })
  expect(after).toMatchObject({
    status: 200,
    path: '/incidents/INC-1#e'.concat(String((await site.night.incident()).seq)),
  })
  expect(after.text).toContain('<b>Ben Okafor</b> noted: Wallets go through')
  const last = (await site.night.app.engine.history('INC-1')).at(-1)
  expect(last).toMatchObject({ actor: { person: 'ben', via: 'web' }, event: { type: 'note_added' } })
})

test('what the card offers is done from the page: acknowledged once, resolved, and closed after a question', async () => {
  await site.night.says('aiko', '/incident declare Checkout is down for everyone')
  const press = async (label: string) => {
    const page = await browser.get('/incidents/INC-1')
    const forms = page.text.match(/<form method="post" action="\/incidents\/INC-1\/acts">.*?<\/form>/gs) ?? []
    const form = forms.find(each => each.includes(`>${label}</button>`))
    return { form, answer: await browser.press({ ...page, text: form ?? '' }) }
  }
  const { form, answer } = await press('Ack')
  expect(answer.text).toContain('Acknowledged by Ben Okafor')
  expect((await site.night.incident()).acked).toMatchObject({ by: 'ben' })
  expect(answer.text).not.toContain('>Ack</button>')
  const stale = await browser.press({ ...answer, path: '/incidents/INC-1', text: form ?? '' })
  expect(stale.status).toBe(400)
  expect(stale.text).toContain('The incident went on meanwhile.')
  await press('Resolve')
  expect((await browser.get('/incidents/INC-1')).text).toContain('Close this incident?')
  await press('Close it')
  expect((await site.night.incident()).status).toBe('closed')
})

test('a line that the card does not offer is not taken from a form', async () => {
  await site.night.says('aiko', '/incident declare Checkout is down for everyone')
  const page = await browser.get('/incidents/INC-1')
  const form = /<form method="post" action="\/incidents\/INC-1\/acts">.*?<\/form>/s.exec(page.text)?.[0] ?? ''
  const before = (await site.night.incident()).seq
  for (const line of [
    '/incident page INC-1 @diego',
    '/incident status INC-2 closed',
    '/incident ack INC-1 --page 7',
  ])
    expect((await browser.press({ ...page, text: form }, {}, { line })).status).toBe(400)
  expect((await site.night.incident()).seq).toBe(before)
})

test('an update from the page is told to everybody', async () => {
  await site.night.says('aiko', '/incident declare Checkout is down')
  await site.night.at('5s')
  const after = await send('add', '/incidents/INC-1', { text: 'Rolled back', act: 'update' })
  expect(after.text).toContain('<b>Last update</b>')
  await site.night.at('10s')
  const room = site.night.console.log.channels().find(({ name }) => name.startsWith('#inc-'))?.name ?? ''
  expect(site.night.texts(room).join()).toContain('Rolled back')
})

test('a form that is sent twice counts once', async () => {
  await site.night.says('aiko', '/incident declare Checkout is down')
  const page = await browser.get('/incidents/INC-1')
  const form = /<form class="add".*?<\/form>/s.exec(page.text)?.[0] ?? ''
  for (let times = 0; times < 2; times++) await browser.press({ ...page, text: form }, {}, { text: 'Once' })
  expect((await entries()).entries.filter(({ text }) => text.endsWith('Once'))).toHaveLength(1)
  // After a step back, with other words in it.
  await browser.press({ ...page, text: form }, {}, { text: 'Twice' })
  expect((await entries()).entries.filter(({ text }) => text.endsWith('Twice'))).toHaveLength(1)
})

test('the card in chat leads to the page, and so does the timeline, for the one who asks for it', async () => {
  await site.night.says('aiko', '/incident declare Checkout is down')
  expect(await site.typed('ben', '/incident show INC-1')).toContain('https://tocsin.example/incidents/INC-1')
  await site.night.at('1s')
  const page = await new Browser(site.url).signIn(await site.linkFor('ben', '/incident timeline INC-1'))
  expect(page.path).toBe('/incidents/INC-1')
})

test('every lane has a box that takes it out without a script', async () => {
  const { text } = await browser.get('/static/page.css')
  for (const source of ENTRY_SOURCES)
    expect(text).toContain(`.timeline:has(#lane-${source}:not(:checked)) .lane-${source}`)
})

test('an entry is corrected, hidden and shown again from the page', async () => {
  await site.night.says('aiko', '/incident declare Checkout is down')
  await site.night.says('aiko', '/incident note INC-1 Cards are broken')
  const id = `e${(await site.night.incident()).seq}`
  const edit = `/incidents/INC-1?edit=${id}`
  const corrected = await send('edit', edit, { text: 'Only cards\nare broken', act: 'correct' })
  expect(corrected.path).toBe(`/incidents/INC-1#${id}`)
  expect(row(corrected.text, id)).toContain('Only cards\nare broken')
  await send('edit', edit, { act: 'hide' })
  expect(row((await browser.get('/incidents/INC-1')).text, id)).toBe('')
  await send('edit', `${edit}&hidden=1`, { act: 'show' })
  const found = (await entries()).entries.find(each => each.id === id)
  expect(found).toMatchObject({
    text: 'Only cards\nare broken',
    hidden: false,
    before: ['Aiko Tanaka noted: Cards are broken'],
  })
})

test('what is refused is said beside its form, and what was typed is kept', async () => {
  await site.night.says('aiko', '/incident declare Checkout is down')
  const empty = await send('add', '/incidents/INC-1', { text: '  ' })
  expect(empty.status).toBe(400)
  expect(empty.text).toContain('Nothing is written yet.')
  const blank = await send('edit', '/incidents/INC-1?edit=e1', { text: '', act: 'correct' })
  expect(row(blank.text, 'e1')).toContain('To take an entry away, hide it.')
  const page = await browser.get('/incidents/INC-1')
  const gone = await browser.press(
    {
      ...page,
      text: '<form method="post" action="/incidents/INC-1/entries/e999"><input type="hidden" name="as" value="ben"></form>',
    },
    {},
    { text: 'No such', act: 'correct' },
  )
  expect(gone.status).toBe(400)
  expect(gone.text).toContain('INC-1 has no entry e999.')
  expect((await browser.get('/incidents/INC-7')).status).toBe(404)
})

test('whoever was signed out meanwhile gets back what they had typed', async () => {
  await site.night.says('aiko', '/incident declare Checkout is down')
  const page = await browser.get('/incidents/INC-1')
  await site.typed('ben', '/incident web --sign-out')
  const form = /<form class="add".*?<\/form>/s.exec(page.text)?.[0] ?? ''
  const late = await browser.press({ ...page, text: form }, {}, { text: 'A long sentence that took a while' })
  expect(late.status).toBe(401)
  expect(late.text).toContain('A long sentence that took a while')
  expect(
    (await site.night.app.engine.history('INC-1')).some(({ event }) => event.type === 'note_added'),
  ).toBe(false)
})

test('a form that was made for somebody else does not act as them', async () => {
  await site.night.says('aiko', '/incident declare Checkout is down')
  const page = await browser.get('/incidents/INC-1')
  const form = /<form class="add".*?<\/form>/s.exec(page.text)?.[0] ?? ''
  const forged = await browser.press({ ...page, text: form }, {}, { as: 'aiko', text: 'Not by Aiko' })
  expect(forged.status).toBe(401)
  expect(forged.text).toContain('Not by Aiko')
})

test('the Markdown has every entry that is shown, by days, and nothing in it is a mark', async () => {
  await longNight(site.night)
  await site.night.says(
    'aiko',
    '/incident note INC-1 **bold** [link](javascript:alert(1)) <img src=x> | `code`',
  )
  const { text, headers } = await browser.get('/incidents/INC-1/timeline.md')
  expect(headers.get('content-type')).toBe('text/markdown; charset=utf-8')
  expect(text).toContain('# Timeline of INC-1: CheckoutErrors')
  expect(text).toContain('## Tuesday, 24 November 2026')
  expect(text).toContain(
    '- `02:59:00` alert `e2` **worse** prom: CheckoutErrors <https://prom.example.com/graph>',
  )
  expect(text).not.toContain('lol')
  const { default: MarkdownIt } = await import('markdown-it')
  const html = new MarkdownIt({ html: true, linkify: false }).render(text)
  expect(html).toContain('**bold** [link](javascript:alert(1)) &lt;img src=x&gt; | `code`')
})

test('a timeline of thousands is read in pages and drawn in one picture', async () => {
  await site.night.says('aiko', '/incident declare Checkout is down')
  const integration = site.night.app.worlds.current().config.integrations.ci!
  const change = (index: number) => ({
    id: `c${index}`,
    kind: 'deployment' as const,
    state: 'succeeded' as const,
    service: 'checkout',
    title: `Change ${index}`,
    version: null,
    environment: null,
    by: null,
    at: site.night.clock.now() + index,
    link: null,
  })
  await site.night.app.intake(integration, {
    alerts: [],
    changes: Array.from({ length: 2_600 }, (_, i) => change(i - 2_600)),
  })
  const first = await browser.get('/incidents/INC-1?page=1')
  expect(first.text).toContain('Page 1 of 6')
  expect(first.text.match(/<li id="/g)).toHaveLength(500)
  expect(first.text.match(/class="mark /g)?.length).toBeLessThan(1_000)
  const last = await browser.get('/incidents/INC-1')
  expect(last.text).toContain('Page 6 of 6')
  expect(last.text).toMatch(/href="\/incidents\/INC-1\?page=1#c1"/)
})

const HOSTILE = [
  '<script>alert(1)</script>',
  '<img src=https://evil.example/x onerror=alert(1)>',
  '"><svg onload=alert(1)>',
  "' autofocus onfocus=alert(1) x='",
  '</title></textarea></svg><script>alert(1)</script>',
  '<a href="javascript:alert(1)">x</a>',
  '<style>@import "https://evil.example"</style>',
  '{{constructor.constructor("alert(1)")()}}',
]

test.each(HOSTILE)('%s in a title, a note and a correction stays text', async hostile => {
  await site.night.says('aiko', `/incident declare ${hostile} is down`)
  await site.night.says('aiko', `/incident note INC-1 ${hostile}`)
  await site.night.says('aiko', `/incident edit INC-1 e1 ${hostile}`)
  for (const path of ['/incidents', '/incidents/INC-1', '/incidents/INC-1?edit=e1&hidden=1']) {
    const { text } = await browser.get(path)
    const outside = text.replaceAll(/<script src="\/static\/[\w.]+" defer><\/script>/g, '')
    expect(outside).not.toMatch(/<script|<img|<style|\son\w+\s*=\s*\S*alert\(1\)>|href="javascript/i)
  }
})

test('a link that is none of the web leads nowhere', async () => {
  const integration = site.night.app.worlds.current().config.integrations.ci!
  const change = {
    id: 'x',
    kind: 'deployment' as const,
    state: 'succeeded' as const,
    service: 'checkout',
    title: 'v1',
    version: null,
    environment: null,
    by: null,
    at: site.night.clock.now() - 1000,
    link: 'javascript:alert(1)',
  }
  await site.night.app.intake(integration, { alerts: [], changes: [change] })
  await site.night.says('aiko', '/incident declare Checkout is down --service checkout')
  expect((await browser.get('/incidents/INC-1')).text).not.toContain('javascript:')
})
