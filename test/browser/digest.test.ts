/** The weekly message as Slack and Discord would draw it, on a desk and on a phone, saved as pictures to be looked at. */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { offlineWorld } from '../../adapters/cli/world.ts'
import { render as renderDiscord } from '../../adapters/discord/render.ts'
import { createPictures } from '../../adapters/picture/pictures.ts'
import { render as renderSlack } from '../../adapters/slack/render.ts'
import { createTelemetry } from '../../adapters/telemetry/telemetry.ts'
import { digestView } from '../../bot/digest/view.ts'
import type { Message } from '../../bot/message.ts'
import type { Directory } from '../../bot/ports.ts'
import { busyWeek } from '../bot/digest/busy-week.ts'
import { startPatterns } from '../support/rows.ts'
import { config } from '../support/team.ts'
import { startChromium } from './chromium.ts'
import { discordPage } from './discord-look.ts'
import { slackPage } from './slack-look.ts'

const pictures = process.env.PICTURES ?? mkdtempSync(join(tmpdir(), 'tocsin-pictures-'))
const world = offlineWorld(config(), { get: () => undefined, secrets: [] })
const directory: Directory = {
  person: id => ({ name: world.config.people[id]?.name ?? id, user: undefined }),
  room: () => undefined,
  people: () => [],
}

async function drawn(message: Message): Promise<Message> {
  const svgs = message.blocks.flatMap(block => (block.kind === 'image' ? [block.picture.svg] : []))
  const pngs = await createPictures(createTelemetry({ level: 'fatal', secrets: [] })).png(svgs)
  let next = 0
  return {
    ...message,
    blocks: message.blocks.map(block => {
      const png = block.kind === 'image' ? pngs[next++] : undefined
      return block.kind === 'image' && png ? { ...block, picture: { ...block.picture, png } } : block
    }),
  }
}

test('the weekly message fits a desk and a phone, words and pictures', async context => {
  const facts = busyWeek(world)
  const message = await drawn(digestView(facts)!)
  const files = new Map(
    message.blocks.flatMap(block =>
      block.kind === 'image' && block.picture.png ? [[block.picture.name, block.picture.png] as const] : [],
    ),
  )
  const ids = new Map([...files.keys()].map(name => [name, name]))
  const pages = {
    'slack-digest': slackPage(renderSlack(message, directory, ids).blocks, files),
    'discord-digest': discordPage(renderDiscord(message, directory), {}, facts.now),
  }
  expect(files.size).toBe(3)
  const { browser, why } = await startChromium()
  if (!browser) return context.skip(`the shipped browser does not run here: ${why}`)
  for (const [name, html] of Object.entries(pages))
    for (const [place, width] of [
      ['', 740],
      ['-on-a-phone', 390],
    ] as const) {
      const page = await browser.newPage({ viewport: { width, height: 800 } })
      await page.setContent(html)
      await page.screenshot({ path: join(pictures, `${name}${place}.png`), fullPage: true })
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
      await page.close()
    }
  await browser.close()
})

test('the page of patterns fits a desk and a phone, light and dark', async context => {
  const { browser, why } = await startChromium()
  if (!browser) return context.skip(`the shipped browser does not run here: ${why}`)
  const site = await startPatterns(busyWeek(world).past)
  for (const [place, width, colorScheme] of [
    ['', 1280, 'light'],
    ['-dark', 1280, 'dark'],
    ['-on-a-phone', 390, 'dark'],
  ] as const) {
    const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme })
    await page.goto(`${site.url}/patterns?from=2026-08-31&to=2026-11-22`)
    await page.screenshot({ path: join(pictures, `patterns${place}.png`), fullPage: true })
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
    await page.close()
  }
  await browser.close()
  await site.stop()
})
