/** The card and a page as Slack would draw them, saved as pictures to be looked at. */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { render } from '../../adapters/slack/render.ts'
import { card } from '../../bot/incidents/card.ts'
import { pageView } from '../../bot/pages/view.ts'
import type { Directory } from '../../bot/ports.ts'
import { night } from '../support/story.ts'
import { slackPage } from './slack-look.ts'

const pictures = process.env.PICTURES ?? mkdtempSync(join(tmpdir(), 'tocsin-pictures-'))
const directory: Directory = {
  person: id => ({
    name: { aiko: 'Aiko Tanaka', ben: 'Ben Okafor', diego: 'Diego Ruiz' }[id] ?? id,
    user: id,
  }),
  room: () => 'inc-20261124-whole-site-down',
  people: () => [],
}

test('the card and the page have what somebody half asleep needs, in this order', async context => {
  const n = await night()
  await n.says(
    'diego',
    '/incident declare The whole site is down for everyone --details All pages answer with 503 since 02:57, deploy 4711 went out at 02:55',
  )
  await n.at('30s')
  const incident = await n.incident()
  const world = n.app.worlds.current()
  const drawn = {
    'slack-card': render(card(world, incident), directory),
    'slack-page': render(pageView(world, incident, incident.pages[0]!, false), directory),
  }
  await n.stop()
  expect(drawn['slack-page'].blocks.map(block => block.type)).toEqual([
    'header',
    'rich_text',
    'rich_text',
    'rich_text',
    'actions',
    'context',
  ])
  const [{ default: chromium }, { chromium: playwright }] = await Promise.all([
    import('@sparticuz/chromium'),
    import('playwright-core'),
  ])
  const browser = await playwright
    .launch({ executablePath: await chromium.executablePath(), args: ['--no-sandbox', '--disable-gpu'] })
    .catch((error: Error) => error)
  if (browser instanceof Error)
    return context.skip(`the shipped browser does not run here: ${browser.message.split('\n')[0]}`)
  for (const [name, { blocks }] of Object.entries(drawn)) {
    const page = await browser.newPage({ viewport: { width: 720, height: 420 } })
    await page.setContent(slackPage(blocks))
    await page.screenshot({ path: join(pictures, `${name}.png`) })
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
  }
  await browser.close()
})
