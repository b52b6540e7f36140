/** What chats show of a post-mortem, as Slack and Discord would draw it, saved as pictures to be looked at. */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { render as renderDiscord } from '../../adapters/discord/render.ts'
import { render as renderSlack } from '../../adapters/slack/render.ts'
import { postmortemFacts } from '../../bot/engine/facts.ts'
import type { Message } from '../../bot/message.ts'
import type { Directory } from '../../bot/ports.ts'
import { publicationView } from '../../bot/postmortem/publication.ts'
import { overview, owedView } from '../../bot/postmortem/view.ts'
import { testSigner } from '../support/signer.ts'
import { night } from '../support/story.ts'
import { discordPage } from './discord-look.ts'
import { slackPage } from './slack-look.ts'

const pictures = process.env.PICTURES ?? mkdtempSync(join(tmpdir(), 'tocsin-pictures-'))
const NAMES: Readonly<Record<string, string>> = {
  aiko: 'Aiko Tanaka',
  ben: 'Ben Okafor',
  diego: 'Diego Ruiz',
}
const directory: Directory = {
  person: id => ({ name: NAMES[id] ?? id, user: id }),
  room: () => 'inc-20261124-checkout-down',
  people: () => [],
}

test('a draft says what to do next, a nag what is missing, a publication what it was about', {
  timeout: 60_000,
}, async context => {
  const n = await night()
  await n.says('diego', '/incident declare Checkout is down for everyone --service checkout')
  await n.at('6m')
  await n.says('ben', '/incident ack INC-1')
  await n.at('40m')
  await n.says('ben', '/incident resolve INC-1')
  await n.says('ben', '/incident close INC-1')
  const seen = async () =>
    (await postmortemFacts({ engine: n.app.engine, signer: testSigner }, 'INC-1', 'slack'))!
  const drawn: Record<string, Message> = {
    draft: overview(await seen()),
    nag: owedView([await seen()], 'person', 0),
  }
  for (const section of ['impact', 'root_cause', 'contributing', 'went_well', 'lessons'])
    await n.says(
      'ben',
      `/incident postmortem INC-1 The pool of connections was as large as before the **move** to [three regions](https://wiki.example). --section ${section}`,
    )
  drawn.written = overview(await seen())
  await n.says('aiko', '/incident postmortem INC-1 --review')
  drawn.reviewed = overview(await seen())
  await n.says('ben', '/incident postmortem INC-1 --publish')
  drawn.published = overview(await seen())
  drawn.publication = publicationView(await seen(), 'team')
  await n.stop()

  expect(JSON.stringify(drawn.draft)).toContain('Write Impact')
  expect(JSON.stringify(drawn.written)).not.toContain('"Publish"')
  expect(JSON.stringify(drawn.reviewed)).toContain('"Publish"')
  expect(JSON.stringify(drawn.publication)).toContain(
    'The pool of connections was as large as before the move to three regions.',
  )
  const [{ default: chromium }, { chromium: playwright }] = await Promise.all([
    import('@sparticuz/chromium'),
    import('playwright-core'),
  ])
  const browser = await playwright
    .launch({ executablePath: await chromium.executablePath(), args: ['--no-sandbox', '--disable-gpu'] })
    .catch((error: Error) => error)
  if (browser instanceof Error)
    return context.skip(`the shipped browser does not run here: ${browser.message.split('\n')[0]}`)
  for (const [name, message] of Object.entries(drawn))
    for (const [chat, content] of [
      ['slack', slackPage(renderSlack(message, directory).blocks)],
      ['discord', discordPage(renderDiscord(message, directory), NAMES, n.clock.now())],
    ] as const) {
      const page = await browser.newPage({ viewport: { width: 720, height: 420 } })
      await page.setContent(content)
      await page.screenshot({ path: join(pictures, `postmortem-${chat}-${name}.png`), fullPage: true })
      await page.close()
    }
  await browser.close()
})
