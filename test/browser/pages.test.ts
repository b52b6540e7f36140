/** The web pages in a real browser: the way in, the drawn timeline by keyboard and pointer, a phone, the dark, and hostile words. */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { freePort } from '../support/free-port.ts'
import { LONG_NIGHT_TEAM, longNight } from '../support/long-night.ts'
import { type Site, startSite } from '../support/site.ts'
import { config } from '../support/team.ts'
import { startChromium } from './chromium.ts'

const pictures = process.env.PICTURES ?? mkdtempSync(join(tmpdir(), 'tocsin-pictures-'))
let browser: Browser | undefined
let why = ''
let site: Site
/** Errors of scripts, dialogs, requests to elsewhere: of none there may be any. */
const wrong: string[] = []

beforeAll(async () => {
  const started = await startChromium()
  browser = started.browser
  why = started.why
}, 60_000)
afterAll(async () => browser?.close())
beforeEach(async () => {
  const port = await freePort()
  site = await startSite({ config: config(LONG_NIGHT_TEAM), port, publicUrl: `http://127.0.0.1:${port}` })
})
afterEach(async () => {
  await Promise.all((browser?.contexts() ?? []).map(context => context.close()))
  await site.stop()
  expect(wrong.splice(0)).toEqual([])
})

type Look = { readonly width?: number; readonly dark?: boolean; readonly script?: boolean }

/** A page of somebody who signed in with the link from chat. */
async function enter(line: string, { width = 1280, dark = false, script = true }: Look = {}): Promise<Page> {
  const context = await browser!.newContext({
    viewport: { width, height: 900 },
    colorScheme: dark ? 'dark' : 'light',
    javaScriptEnabled: script,
  })
  const page = await context.newPage()
  const { url } = site
  page.on('pageerror', error => wrong.push(String(error)))
  page.on('dialog', () => wrong.push('a script ran'))
  page.on('request', request => {
    if (!request.url().startsWith(url)) wrong.push(`a request left: ${request.url()}`)
  })
  await page.goto(await site.linkFor('ben', line))
  await page.getByRole('button', { name: 'Sign in as Ben Okafor' }).click()
  await page.getByRole('heading', { level: 1 }).waitFor()
  return page
}

const focused = (page: Page) =>
  page.evaluate<string>("document.activeElement.querySelector('title')?.textContent ?? ''")

test('the link from chat and one press lead to the incident, and back again without another link', async context => {
  if (!browser) return context.skip(`the shipped browser does not run here: ${why}`)
  await longNight(site.night)
  const page = await enter('/incident web INC-1')
  expect(page.url()).toBe(`${site.url}/incidents/INC-1`)
  await page.goto(`${site.url}/incidents`)
  await page.getByRole('link', { name: 'INC-1: CheckoutErrors' }).click()
  await page.screenshot({ path: join(pictures, 'incident.png') })
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.goto(`${site.url}/incidents`)
  expect(await page.locator('h1').innerText()).toBe('Sign in from chat')
})

test('the drawing is walked by keyboard: along, across, to an end, and Enter leads to the entry', async context => {
  if (!browser) return context.skip(`the shipped browser does not run here: ${why}`)
  await longNight(site.night)
  const page = await enter('/incident web INC-1')
  expect(await page.locator('#drawing a[tabindex="0"]').count()).toBe(1)
  await page.locator('#drawing a[tabindex="0"]').focus()
  expect(await focused(page)).toContain('01:25:00 Changes: deployment succeeded: payments-db v17')
  await page.keyboard.press('ArrowRight')
  expect(await focused(page)).toContain('02:56:00 Changes: deployment succeeded: checkout v42')
  await page.keyboard.press('ArrowUp')
  expect(await focused(page)).toContain('02:59:00 Alerts, worse: prom: CheckoutErrors')
  expect(await page.locator('#detail').innerText()).toBe(await focused(page))
  await page.keyboard.press('End')
  expect(await focused(page)).toContain('03:34:00 Incident, better: Ben Okafor set the status to resolved')
  await page.keyboard.press('Home')
  expect(await focused(page)).toContain('01:25:00')
  await page.keyboard.press('Enter')
  expect(new URL(page.url()).hash).toBe('#c1')
})

test('it is zoomed by buttons, by keys and by the wheel, and a lane is taken out by its box', async context => {
  if (!browser) return context.skip(`the shipped browser does not run here: ${why}`)
  await longNight(site.night)
  const page = await enter('/incident web INC-1')
  const width = () =>
    page.evaluate<number>("document.getElementById('drawing').getBoundingClientRect().width")
  const labels = () => page.locator('#drawing .ticks:not(.off) text').allInnerTexts()
  await page.getByRole('button', { name: 'Whole' }).click()
  const whole = await width()
  const coarse = (await labels()).length
  await page.getByRole('button', { name: 'Zoom in' }).click()
  expect(await width()).toBeCloseTo(whole * 2, 0)
  await page.locator('#drawing a[tabindex="0"]').focus()
  await page.keyboard.press('+')
  expect(await width()).toBeCloseTo(whole * 4, 0)
  expect((await labels()).length).toBeGreaterThan(coarse)
  await page.keyboard.press('0')
  expect(await width()).toBeCloseTo(whole, 0)
  await page.locator('#drawing').hover()
  await page.mouse.wheel(0, -240)
  expect(await width()).toBeCloseTo(whole * 2, 0)
  await page.getByLabel('Alerts').uncheck()
  expect(await page.locator('#drawing .lane-alert').isVisible()).toBe(false)
  expect(await page.locator('.entries .lane-alert').first().isVisible()).toBe(false)
  await page.getByLabel('Set-up').check()
  expect(await page.locator('.entries .lane-set-up').first().isVisible()).toBe(true)
})

test('without a script the list is whole, its boxes work, and notes are kept', async context => {
  if (!browser) return context.skip(`the shipped browser does not run here: ${why}`)
  await longNight(site.night)
  const page = await enter('/incident web INC-1', { script: false })
  expect(await page.locator('.entries li').count()).toBeGreaterThan(15)
  expect(await page.getByRole('button', { name: 'Zoom in' }).isVisible()).toBe(false)
  await page.getByLabel('Chat').uncheck()
  expect(await page.locator('.entries .lane-chat').first().isVisible()).toBe(false)
  await page.getByLabel('Chat').check()
  await page.getByLabel('Add to the timeline').fill('Kept without a script')
  await page.getByRole('button', { name: 'Keep it' }).click()
  expect(await page.locator('.entries li:target').innerText()).toContain('Kept without a script')
})

test('nothing is wider than a screen, of a phone too, in the light and in the dark', async context => {
  if (!browser) return context.skip(`the shipped browser does not run here: ${why}`)
  await longNight(site.night)
  for (const [width, dark] of [
    [390, false],
    [390, true],
    [1280, true],
  ] as const) {
    const page = await enter('/incident web INC-1', { width, dark })
    for (const path of ['/incidents', '/incidents/INC-1?edit=e12&hidden=1']) {
      await page.goto(`${site.url}${path}`)
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
    }
    await page.screenshot({ path: join(pictures, `page-${width}${dark ? '-dark' : ''}.png`) })
    await site.night.at(`${35 + width + Number(dark)}m`)
  }
})

test('words that look like a page are words, and nothing leaves for elsewhere', async context => {
  if (!browser) return context.skip(`the shipped browser does not run here: ${why}`)
  const hostile = '<img src=https://evil.example/x onerror=alert(1)></title></svg><script>alert(2)</script>'
  await site.night.says('aiko', `/incident declare ${hostile} is broken`)
  await site.night.says('aiko', `/incident note INC-1 ${hostile}`)
  const page = await enter('/incident web INC-1')
  expect(await page.locator('img, main script').count()).toBe(0)
  expect(await page.locator('h1').innerText()).toContain(hostile)
  await page.goto(`${site.url}/incidents/INC-1?edit=e1`)
  expect(await page.locator('textarea#text').inputValue()).toContain(hostile)
})

test('whoever reads is told when the incident went on', async context => {
  if (!browser) return context.skip(`the shipped browser does not run here: ${why}`)
  await longNight(site.night)
  const page = await enter('/incident web INC-1')
  await page.clock.install()
  await page.reload()
  await site.night.says('aiko', '/incident note INC-1 It is back')
  await page.clock.fastForward(11_000)
  await page.getByRole('link', { name: 'Show what is new' }).click()
  await page.locator('.entries').getByText('It is back').waitFor()
})
