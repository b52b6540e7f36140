/** The console in a real browser, played as a newcomer would. Where the shipped browser does not run, it says why. */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { systemClock, systemIds } from '../../adapters/clock/system.ts'
import { createConsole } from '../../adapters/console/chat.ts'
import { openConsoleLog } from '../../adapters/console/log.ts'
import { consoleRoutes } from '../../adapters/console/routes.ts'
import { openSqlite } from '../../adapters/sql/sqlite.ts'
import { createTelemetry } from '../../adapters/telemetry/telemetry.ts'
import { startServer, type WebServer } from '../../adapters/web/server.ts'
import { type App, createApp } from '../../bot/app.ts'
import { SAMPLE } from '../../bot/config/sample.ts'
import { dispatch } from '../../commands/dispatch.ts'
import { COMMANDS } from '../../commands/index.ts'
import { testSigner } from '../support/signer.ts'
import { config } from '../support/team.ts'

const pictures = process.env.PICTURES ?? mkdtempSync(join(tmpdir(), 'tocsin-pictures-'))
let browser: Browser | undefined
let why = ''
let server: WebServer
let app: App

beforeAll(async () => {
  const [{ default: chromium }, { chromium: playwright }] = await Promise.all([
    import('@sparticuz/chromium'),
    import('playwright-core'),
  ])
  try {
    browser = await playwright.launch({
      executablePath: await chromium.executablePath(),
      args: ['--no-sandbox', '--disable-gpu'],
    })
  } catch (error) {
    why = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)
  }
  const telemetry = createTelemetry({ level: 'fatal', secrets: [] })
  const chat = createConsole({ log: openConsoleLog(':memory:'), clock: systemClock })
  const parts = { clock: systemClock, ids: systemIds, telemetry }
  app = await createApp({
    ...parts,
    config: config(SAMPLE),
    store: await openSqlite(':memory:'),
    chats: [chat],
    pagers: [],
    signer: testSigner,
    dispatch,
  })
  const hints = COMMANDS.map(({ example, summary }) => ({ line: example, summary }))
  server = await startServer({
    host: '127.0.0.1',
    port: 0,
    routes: [consoleRoutes({ console: chat, ids: systemIds, hosts: ['127.0.0.1'], hints })],
    rawRoutes: [],
    telemetry,
  })
  await app.start()
  app.clockwork.start()
}, 60_000)

afterAll(async () => {
  await browser?.close()
  await app.stop()
  await server.close()
})

async function open(path = '/', options: { width?: number; dark?: boolean } = {}): Promise<Page> {
  const page = await browser!.newPage({
    viewport: { width: options.width ?? 1200, height: 860 },
    colorScheme: options.dark ? 'dark' : 'light',
  })
  page.on('pageerror', error => {
    throw error
  })
  await page.goto(`${server.url}${path}`)
  return page
}

test('a newcomer declares with the sentence on the page, sees whom it pages, and the page is acknowledged by another person', async context => {
  if (!browser) return context.skip(`the shipped browser does not run here: ${why}`)
  const page = await open()
  await page.getByRole('button', { name: 'Put it in the composer' }).click()
  await page.getByRole('button', { name: 'Send' }).click()
  await page.getByText('INC-1 declared').waitFor()
  expect(await page.locator('#log').innerText()).toContain('SEV1')
  await page.locator('nav a', { hasText: '#inc-' }).first().waitFor()
  await page.screenshot({ path: join(pictures, 'declared.png') })

  const onCall = (await page.locator('#log').innerText()).includes('Paging Aiko') ? 'aiko' : 'ben'
  const pager = await open(`/?as=${onCall}&channel=%40${onCall}`, { width: 390, dark: true })
  await pager.getByRole('button', { name: 'Ack', exact: true }).waitFor()
  await pager.screenshot({ path: join(pictures, 'page-on-a-phone.png') })
  await pager.getByRole('button', { name: 'Ack', exact: true }).click()
  await pager.getByText('Acknowledged by').first().waitFor()
  expect(await pager.getByRole('button', { name: 'Ack', exact: true }).count()).toBe(0)

  await page.locator('nav a', { hasText: '#inc-' }).first().click()
  await page.locator('#pinned').getByText('Acknowledged by').waitFor()
  await page.screenshot({ path: join(pictures, 'console.png') })
  await page.locator('#line').fill('Deploy 4711 went out at 02:55')
  await page.keyboard.press('Enter')
  const keep = page.getByRole('button', { name: 'Keep in the timeline' })
  await keep.focus()
  await keep.click()
  await page.getByText('It goes into the timeline of INC-1.').waitFor()
  await page.screenshot({ path: join(pictures, 'kept.png') })
  const phone = await open(page.url().slice(server.url.length), { width: 390 })
  await phone.screenshot({ path: join(pictures, 'console-on-a-phone.png') })
  expect(await phone.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
})

test('a declaration without a title opens a form, reached and sent by keyboard alone, with its mistakes beside their fields', async context => {
  if (!browser) return context.skip(`the shipped browser does not run here: ${why}`)
  const page = await open('/?as=emma')
  await page.keyboard.press('/')
  await page.keyboard.type('incident declare')
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').waitFor()
  await page.keyboard.type('Search is slow')
  await page.screenshot({ path: join(pictures, 'form.png') })
  await page.locator('[name=figures]').fill('errors lots')
  await page.keyboard.press('Enter')
  await page.getByText('not a number').first().waitFor()
})

test('words that look like a page are words', async context => {
  if (!browser) return context.skip(`the shipped browser does not run here: ${why}`)
  const page = await open('/?as=diego')
  page.on('dialog', () => {
    throw new Error('a script ran')
  })
  await page
    .locator('#line')
    .fill('/incident declare <img src=x onerror=alert(1)><script>alert(2)</script> is broken')
  await page.keyboard.press('Enter')
  await page.getByText('<img src=x onerror=alert(1)>').first().waitFor()
  expect(await page.locator('#log img, #log script').count()).toBe(0)
})
