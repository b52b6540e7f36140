/** The pages of a post-mortem over HTTP, as they work without a script: read, write, compare, review, publish, download. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Browser } from '../support/browser.ts'
import { type Site, startSite } from '../support/site.ts'

let site: Site
let ben: Browser
let aiko: Browser
const PAGE = '/incidents/INC-1/postmortem'

beforeEach(async () => {
  site = await startSite()
  const n = site.night
  await n.says('diego', '/incident declare Checkout <b>is</b> down for everyone')
  await n.at('20m')
  await n.says('ben', '/incident ack INC-1')
  await n.says('ben', '/incident close INC-1')
  ;[ben, aiko] = [new Browser(site.url), new Browser(site.url)]
  await ben.signIn(await site.linkFor('ben', '/incident web INC-1'))
  await aiko.signIn(await site.linkFor('aiko', '/incident web INC-1'))
})
afterEach(() => site.stop())

const write = async (who: Browser, section: string, text: string) =>
  who.submit(await who.get(`${PAGE}/edit/${section}`), 'save', { text })
const writeAll = async (who: Browser) => {
  for (const section of ['impact', 'root_cause', 'contributing', 'went_well', 'lessons'])
    await write(who, section, `About ${section}`)
}

test('nobody who is not signed in reads it or its files', async () => {
  const stranger = new Browser(site.url)
  for (const path of [PAGE, `${PAGE}.md`, `${PAGE}.json`, `${PAGE}/edit/impact`, `${PAGE}/history/impact`])
    expect((await stranger.get(path)).status, path).toBe(401)
})

test('it shows every section, what is missing first, and words stay words', async () => {
  const page = await ben.get(PAGE)
  expect(page.text).toContain('Post-mortem of INC-1: Checkout &lt;b&gt;is&lt;/b&gt; down')
  expect(page.text).toMatch(/class="missing">.*#impact.*#root_cause.*#contributing.*#lessons/)
  expect(page.text).toContain('<mark class="blank">to be filled in</mark>')
  expect(page.text).toContain('To be finished by Ben Okafor')
})

test('a section is written, read by another, and published; the page says who did what', async () => {
  await writeAll(ben)
  expect((await ben.submit(await ben.get(PAGE), 'review')).text).toContain('somebody else has to read it too')
  expect((await ben.get(PAGE)).text).not.toContain('value="publish"')
  await aiko.submit(await aiko.get(PAGE), 'review')
  const published = await ben.submit(await ben.get(PAGE), 'publish')
  expect(published.text).toContain('class="chip published">published')
  expect(published.text).toContain('Written by Ben Okafor · Read by')
  expect((await site.night.incident()).status).toBe('postmortem')
  await site.night.app.clockwork.tick()
  expect(site.night.texts('#incidents').at(-1)).toContain('ben published it')
})

test('two who write at once: the second sees both texts and what differs, and loses nothing', async () => {
  const [mine, theirs] = [await ben.get(`${PAGE}/edit/lessons`), await aiko.get(`${PAGE}/edit/lessons`)]
  await aiko.submit(theirs, 'save', { text: 'Count the connections.\nTest the pool.' })
  const conflict = await ben.submit(mine, 'save', { text: 'Count the connections.\nAsk for help.' })
  expect(conflict.status).toBe(409)
  expect(conflict.text).toContain('Aiko Tanaka&#39;s text is there now')
  expect(conflict.text).toMatch(/class="removed">.*Test the pool\./)
  expect(conflict.text).toMatch(/class="added">.*Ask for help\./)
  expect(conflict.text).toMatch(/<textarea[^>]*>Count the connections\.\nAsk for help\.<\/textarea>/)
  const saved = await ben.submit(conflict, 'save', { text: 'All three of it.' })
  expect(saved.text).toContain('All three of it.')
  expect(saved.text).toContain('By Aiko Tanaka, Ben Okafor')
})

test('whoever writes the root cause is told how it is counted, and no other section says so', async () => {
  const hint = 'causes are counted by it'
  expect((await ben.get(`${PAGE}/edit/root_cause`)).text).toContain(hint)
  expect((await ben.get(`${PAGE}/edit/lessons`)).text).not.toContain(hint)
  const asked = await site.night.says('ben', '/incident postmortem INC-1 --section root_cause')
  expect(asked).toMatchObject({ kind: 'form', form: { inputs: [{ hint: expect.stringContaining(hint) }] } })
})

test('a form that is sent twice counts once', async () => {
  const form = await ben.get(`${PAGE}/edit/lessons`)
  await ben.submit(form, 'save', { text: 'Once' })
  expect((await ben.submit(form, 'save', { text: 'Once' })).status).toBe(200)
  expect((await site.night.incident()).postmortem?.written.lessons?.revision).toBe(1)
})

test('every version is there with what changed, and an earlier one is brought back', async () => {
  await write(ben, 'lessons', 'One\nTwo')
  await write(aiko, 'lessons', 'One\nThree')
  const history = await ben.get(`${PAGE}/history/lessons`)
  expect(history.text).toMatch(/Aiko Tanaka<\/b>[\s\S]*class="removed">.*Two[\s\S]*class="added">.*Three/)
  const back = await ben.submit(history, 'save')
  expect(back.text).toContain('One\nTwo')
  expect((await site.night.incident()).postmortem?.written.lessons).toMatchObject({
    text: 'One\nTwo',
    revision: 3,
  })
})

test('what was written is taken back to the facts, also by emptying it', async () => {
  await write(ben, 'summary', 'Something')
  await write(ben, 'summary', '  ')
  expect((await ben.get(PAGE)).text).toContain('was declared as SEV1')
})

test('a preview renders the text and hints at words that blame, and keeps nothing', async () => {
  const form = await ben.get(`${PAGE}/edit/lessons`)
  const preview = await ben.submit(form, 'preview', { text: 'Ben **forgot to** <i>test</i>' })
  expect(preview.text).toContain('Ben <strong>forgot to</strong> &lt;i&gt;test&lt;/i&gt;')
  expect(preview.text).toContain('which step had no reminder or check')
  expect((await site.night.incident()).postmortem?.written).toEqual({})
})

test('a review of what somebody changed meanwhile does not count', async () => {
  await writeAll(ben)
  const read = await aiko.get(PAGE)
  await write(ben, 'lessons', 'Another lesson')
  const refused = await aiko.submit(read, 'review')
  expect(refused.status).toBe(409)
  expect(refused.text).toContain('It was written to while you read it')
})

test('an action item is added beside the document, and a wrong date is said', async () => {
  const wrong = await ben.submit(await ben.get(PAGE), 'item', {
    title: 'Test the pool',
    owner: 'aiko',
    due: 'soonish',
  })
  expect(wrong.status).toBe(409)
  const added = await ben.submit(wrong, 'item', {
    title: 'Test the pool',
    owner: 'aiko',
    due: '14d',
    priority: 'P2',
  })
  expect(added.text).toMatch(/ACT-1<\/td><td>Test the pool<\/td><td>P2<\/td><td>Aiko Tanaka/)
})

test('it is handed on and waived as in chat', async () => {
  expect((await ben.submit(await ben.get(PAGE), 'give', { owner: 'chika' })).text).toContain(
    'To be finished by Chika Sato',
  )
  const waived = await ben.submit(await ben.get(PAGE), 'waive', { text: 'It was a false alarm' })
  expect(waived.text).toContain('there will be none')
  expect((await ben.submit(waived, 'begin')).text).toContain('class="chip draft">draft')
})

test('it is downloaded as Markdown, HTML and JSON', async () => {
  const [md, page, json] = await Promise.all(['md', 'html', 'json'].map(each => ben.get(`${PAGE}.${each}`)))
  expect(md?.text).toContain('# Post-mortem of INC-1: Checkout \\<b>is\\</b> down for everyone')
  expect(page?.text).toContain(
    '<h1>Post-mortem of INC-1: Checkout &lt;b&gt;is&lt;/b&gt; down for everyone</h1>',
  )
  expect(JSON.parse(json?.text ?? '')).toMatchObject({ incident: 'INC-1', status: 'draft' })
})

test('an incident that goes on has none yet, one that is not there is said, and so is a section', async () => {
  await site.night.says('diego', '/incident declare Search is slow --severity SEV3')
  expect((await ben.get('/incidents/INC-2/postmortem')).text).toContain('It is not begun.')
  expect((await ben.get('/incidents/INC-9/postmortem')).status).toBe(404)
  expect((await ben.get(`${PAGE}/edit/nothing`)).status).toBe(404)
})

test('a form of another page changes nothing', async () => {
  const answer = await fetch(`${site.url}${PAGE}`, {
    method: 'POST',
    headers: { origin: 'https://evil.example', 'content-type': 'application/x-www-form-urlencoded' },
    body: 'do=publish&as=ben',
  })
  expect(answer.status).toBe(403)
})
