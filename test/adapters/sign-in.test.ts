/** The way into the web pages without the console (S26, S27): a link from chat, one person's, once, in one browser, for five minutes. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Browser } from '../support/browser.ts'
import { type Site, startSite } from '../support/site.ts'

let site: Site
let browser: Browser
beforeEach(async () => {
  site = await startSite()
  browser = new Browser(site.url)
})
afterEach(() => site.stop())

test('a link from chat shows a button, the button signs its person in, and leads to the incident', async () => {
  await site.night.hears('aiko', '/incident declare Checkout is down')
  const link = await site.linkFor('aiko', '/incident web INC-1')
  const asked = await browser.get(link)
  expect(asked.text).toContain('Sign in as Aiko Tanaka')
  const entered = await browser.press(asked)
  expect(entered.path).toBe('/incidents/INC-1')
  expect(entered.text).toContain('Checkout is down')
  expect((await browser.get('/incidents')).text).toContain('INC-1')
})

test('in the channel of an incident the link leads to that one', async () => {
  await site.night.hears('aiko', '/incident declare Checkout is down')
  await site.night.at('1s')
  const channel = site.night.console.log.channels().find(({ name }) => name.startsWith('#inc-'))?.name ?? ''
  expect(JSON.stringify(await site.night.says('aiko', '/incident web', { channel }))).toContain(
    '/incidents/INC-1',
  )
})

test('a preview that follows the link signs nobody in, and does not use it up', async () => {
  const link = await site.linkFor('aiko', '/incident web')
  const unfurler = new Browser(site.url)
  for (let times = 0; times < 3; times++) expect((await unfurler.get(link)).status).toBe(200)
  expect((await unfurler.get('/incidents')).status).toBe(401)
  expect((await site.night.store.load('sessions')).length).toBe(0)
  expect((await browser.signIn(link)).status).toBe(200)
})

test('a link signs in once: whoever comes after hears so, and sees nothing', async () => {
  const link = await site.linkFor('aiko', '/incident web')
  const other = new Browser(site.url)
  const [first, second] = [await browser.get(link), await other.get(link)]
  expect((await browser.press(first)).status).toBe(200)
  const late = await other.press(second)
  expect(late.status).toBe(410)
  expect(late.text).toContain('used already')
  expect((await other.get(link)).text).toContain('used already')
  expect((await other.get('/incidents')).status).toBe(401)
})

test('of two who press at the same moment one gets in', async () => {
  const link = await site.linkFor('aiko', '/incident web')
  const others = [browser, new Browser(site.url)]
  const asked = await Promise.all(others.map(each => each.get(link)))
  const answers = await Promise.all(others.map((each, index) => each.press(asked[index]!)))
  expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 410])
})

test('a link holds five minutes', async () => {
  const link = await site.linkFor('aiko', '/incident web')
  const asked = await browser.get(link)
  await site.night.at('6m')
  const late = await browser.press(asked)
  expect(late.status).toBe(410)
  expect(late.text).toContain('expired')
  expect((await browser.get(link)).text).toContain('/incident web')
})

test('two links that are open side by side both work', async () => {
  const first = await browser.get(await site.linkFor('aiko', '/incident web'))
  await site.night.at('1s')
  const second = await browser.get(await site.linkFor('ben', '/incident web'))
  expect((await browser.press(first)).text).toContain('Aiko Tanaka')
  expect((await browser.press(second)).text).toContain('Ben Okafor')
})

test('the button counts in the browser only that opened the link', async () => {
  const link = await site.linkFor('aiko', '/incident web')
  const asked = await browser.get(link)
  const stolen = await new Browser(site.url).press(asked)
  expect(stolen.status).toBe(403)
  expect((await site.night.store.load('sessions')).length).toBe(0)
})

test.each([
  ['one character', (token: string) => `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`],
  ['another person', (token: string) => token.replace(/^[^.]+/, subject('ben'))],
  [
    'another destination',
    (token: string) => token.replace(/^[^.]+/, subject('aiko', 'https://evil.example')),
  ],
  ['nothing after the dot', (token: string) => `${token.split('.')[0]}.`],
])("a link with %s changed is nobody's", async (_, forge) => {
  const link = await site.linkFor('aiko', '/incident web')
  const token = link.split('/').at(-1) ?? ''
  expect((await browser.get(`/sign-in/${forge(token)}`)).status).toBe(404)
  expect((await browser.post(`/sign-in/${forge(token)}`, 'mark=x')).status).toBe(404)
})

const subject = (person: string, to = '/incidents') =>
  Buffer.from(JSON.stringify([person, Date.parse('2026-11-24T03:00:00Z'), to])).toString('base64url')

test('a token that was made for another thing signs nobody in', async () => {
  const token = site.signer.token('calendar', JSON.stringify(['aiko', site.night.clock.now(), '/incidents']))
  expect((await browser.get(`/sign-in/${token}`)).status).toBe(404)
})

test.each(['//evil.example', 'https://evil.example', '/\\evil.example', 'javascript:alert(1)'])(
  'even a signed link to %s leads to the incidents',
  async to => {
    const token = site.signer.token('sign-in', JSON.stringify(['aiko', site.night.clock.now(), to]))
    expect((await browser.signIn(`/sign-in/${token}`)).path).toBe('/incidents')
  },
)

test.each([
  ['from a foreign origin', { origin: 'https://evil.example' }],
  ['from an origin that is hidden', { origin: 'null' }],
  ['across sites', { 'sec-fetch-site': 'cross-site' }],
  ['from a neighbour on the same site', { 'sec-fetch-site': 'same-site' }],
  ['from nowhere', { origin: '' }],
])('a form %s is refused', async (_, headers) => {
  const link = await site.linkFor('aiko', '/incident web')
  const asked = await browser.get(link)
  expect((await browser.press(asked, headers)).status).toBe(403)
  expect((await site.night.store.load('sessions')).length).toBe(0)
})

test('the cookie is out of reach of scripts and other sites, and bound to the host where the address is https', async () => {
  await browser.signIn(await site.linkFor('aiko', '/incident web'))
  const cookie = browser.setCookies.find(each => each.includes('tocsin-session='))
  expect(cookie).toMatch(
    /^__Host-tocsin-session=\S+; Max-Age=43200; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
  )
})

test('a session ends twelve hours after its last use, and no sooner', async () => {
  await browser.signIn(await site.linkFor('aiko', '/incident web'))
  for (const hours of [8, 16, 24]) {
    await site.night.at(`${hours}h`)
    expect((await browser.get('/incidents')).status).toBe(200)
  }
  await site.night.at('37h')
  expect((await browser.get('/incidents')).status).toBe(401)
})

test('whoever signs out is out, with a copy of the cookie too', async () => {
  await browser.signIn(await site.linkFor('aiko', '/incident web'))
  const copy = browser.copy()
  expect((await browser.post('/sign-out', '')).text).toContain('signed out')
  expect((await browser.get('/incidents')).status).toBe(401)
  expect((await copy.get('/incidents')).status).toBe(401)
})

test('all browsers are signed out from chat, and a restart keeps it so', async () => {
  const browsers = [browser, new Browser(site.url)]
  for (const each of browsers) {
    await each.signIn(await site.linkFor('aiko', '/incident web'))
    await site.night.at(`${browsers.indexOf(each) + 1}s`)
  }
  const ben = new Browser(site.url)
  await ben.signIn(await site.linkFor('ben', '/incident web'))
  expect(await site.night.hears('aiko', '/incident web --sign-out')).toContain('signed out everywhere')
  await site.restart()
  for (const each of browsers) expect((await each.get('/incidents')).status).toBe(401)
  expect((await ben.get('/incidents')).status).toBe(200)
})

test('whoever leaves the team is out at once', async () => {
  await browser.signIn(await site.linkFor('diego', '/incident web'))
  const { config } = await site.night.app.engine.world()
  const { diego: _, ...people } = config.people
  await site.night.app.configure({ ...config, people })
  expect((await browser.get('/incidents')).status).toBe(401)
})

test('a signed-out reader of any page learns what to type, and reads nothing of it', async () => {
  await site.night.hears('aiko', '/incident declare The secret project is down')
  const page = await browser.get('/incidents/INC-1')
  expect(page.status).toBe(401)
  expect(page.text).toContain('/incident web INC-1')
  expect(page.text).not.toContain('secret')
})

test('without an address of its own Tocsin says which setting it needs', async () => {
  const bare = await startSite({ publicUrl: undefined })
  expect(await bare.typed('aiko', '/incident web')).toContain('PUBLIC_URL')
  await bare.stop()
})

test('at the console one acts as somebody and needs no link', async () => {
  const local = await startSite({ console: true })
  const reader = new Browser(local.url)
  expect((await reader.get('/incidents')).text).toContain('Acting as')
  expect((await reader.get('/incidents?as=ben')).text).toMatch(/value="ben" selected/)
  expect((await reader.get('/incidents')).text).toMatch(/value="ben" selected/)
  await local.stop()
})

test('a page allows no script but its own and stands in no frame', async () => {
  const policy = (await browser.get('/incidents')).headers.get('content-security-policy') ?? ''
  expect(policy).toContain("script-src 'self'")
  expect(policy).toContain("frame-ancestors 'none'")
  expect(policy).not.toContain('unsafe')
})
