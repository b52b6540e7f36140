/** The card and a page as Discord would draw them, saved as pictures to be looked at. */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { render } from '../../adapters/discord/render.ts'
import { card } from '../../bot/incidents/card.ts'
import { pageView } from '../../bot/pages/view.ts'
import type { Directory } from '../../bot/ports.ts'
import { night } from '../support/story.ts'
import { discordPage } from './discord-look.ts'

const pictures = process.env.PICTURES ?? mkdtempSync(join(tmpdir(), 'tocsin-pictures-'))
const ROOM = '200000000000000002'
const names = { [ROOM]: 'inc-20261124-whole-site-down-everyone' }
const directory: Directory = {
  person: id => ({
    name: { aiko: 'Aiko Tanaka', ben: 'Ben Okafor', diego: 'Diego Ruiz' }[id] ?? id,
    user: undefined,
  }),
  room: () => ROOM,
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
  const [page] = incident.pages
  if (!page) throw new Error('nobody was paged')
  const drawn = {
    'discord-card': render(card(world, incident), directory),
    'discord-page': render(pageView(world, incident, page, false), directory),
  }
  await n.stop()
  expect(drawn['discord-page'].content).toBe('🔴 **📟 SEV1 · INC-1 · The whole site is down for everyone**')
  expect(String(drawn['discord-page'].embeds[0]?.description)).toMatch(/^You are paged: on call for primary/)
  const [{ default: chromium }, { chromium: playwright }] = await Promise.all([
    import('@sparticuz/chromium'),
    import('playwright-core'),
  ])
  const browser = await playwright
    .launch({ executablePath: await chromium.executablePath(), args: ['--no-sandbox', '--disable-gpu'] })
    .catch((error: Error) => error)
  if (browser instanceof Error)
    return context.skip(`the shipped browser does not run here: ${browser.message.split('\n')[0]}`)
  for (const [name, rendered] of Object.entries(drawn)) {
    const view = await browser.newPage({ viewport: { width: 720, height: 440 } })
    await view.setContent(discordPage(rendered, names, incident.declaredAt + 20_000))
    await view.screenshot({ path: join(pictures, `${name}.png`) })
    expect(await view.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
  }
  await browser.close()
})
