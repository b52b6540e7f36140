/** The pages of a post-mortem in a real browser: read, written with a live preview, compared; and a corpus of words that would be code. */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Site, startSite } from '../support/site.ts'
import { config, TEAM } from '../support/team.ts'

const pictures = process.env.PICTURES ?? mkdtempSync(join(tmpdir(), 'tocsin-pictures-'))
const PAGE = '/incidents/INC-1/postmortem'
let browser: Browser | undefined
let why = ''
let site: Site

beforeAll(async () => {
  const [{ default: chromium }, { chromium: playwright }] = await Promise.all([
    import('@sparticuz/chromium'),
    import('playwright-core'),
  ])
  const executablePath = await chromium.executablePath()
  const started = await playwright
    .launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
    .catch((error: Error) => error)
  if (started instanceof Error) why = started.message.split('\n')[0] ?? ''
  else browser = started
  site = await startSite({
    console: true,
    publicUrl: undefined,
    config: config(`${TEAM.replace('links:', 'slo: { target: 99.9, per: 30d }, links:')}`),
  })
  const n = site.night
  await n.says(
    'diego',
    '/incident declare Checkout is down for everyone --service checkout --figures users 500/2000, revenue $12k/h',
  )
  await n.at('2m')
  await n.says('aiko', '/incident update INC-1 Some 1,200 paying customers cannot buy')
  await n.at('6m')
  await n.says('ben', '/incident ack INC-1')
  await n.at('40m')
  await n.says('ben', '/incident status INC-1 mitigated')
  await n.says('ben', '/incident resolve INC-1')
  await n.says('ben', '/incident close INC-1')
  await n.says('ben', '/action add Test the migration first --owner @aiko --due 14d --incident INC-1')
}, 60_000)

afterAll(async () => {
  await browser?.close()
  await site.stop()
})

async function open(
  path: string,
  options: { width?: number; dark?: boolean; as?: string } = {},
): Promise<Page> {
  const page = await browser!.newPage({
    viewport: { width: options.width ?? 1280, height: 900 },
    colorScheme: options.dark ? 'dark' : 'light',
  })
  page.on('pageerror', error => {
    throw error
  })
  const mark = path.includes('?') ? '&' : '?'
  await page.goto(`${site.url}${path}${mark}as=${options.as ?? 'ben'}`)
  return page
}

const LOOKS = [
  ['wide', { width: 1280 }],
  ['phone-dark', { width: 390, dark: true }],
  // The others only for eyes.
  ...(process.env.PICTURES
    ? ([
        ['wide-dark', { width: 1280, dark: true }],
        ['phone', { width: 390 }],
      ] as const)
    : []),
] as const

async function look(
  name: string,
  path: string,
  prepare: (page: Page) => Promise<void> = async () => undefined,
) {
  for (const [kind, options] of LOOKS) {
    const page = await open(path, options)
    await prepare(page)
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), `${name} ${kind}`).toBe(
      true,
    )
    await page.screenshot({ path: join(pictures, `postmortem-${name}-${kind}.png`), fullPage: true })
    await page.close()
  }
}

test('it is read, written with a preview that follows, and compared, on a desk and on a phone, by day and by night', {
  timeout: 90_000,
}, async context => {
  if (!browser) return context.skip(`the shipped browser does not run here: ${why}`)
  await look('read', PAGE)
  const page = await open(`${PAGE}/edit/lessons`)
  await page.getByLabel('Text').fill('**Ben forgot to** count the *connections*.\n\n- One\n- Two')
  await page.locator('#preview strong').waitFor()
  expect(await page.locator('#preview').innerText()).toContain('say which step had no reminder or check')
  expect(await page.getByRole('button', { name: 'Preview' }).isVisible()).toBe(false)
  await page.getByLabel('Text').press('Control+Enter')
  await page.waitForURL(`**${PAGE}#lessons`)
  expect(await page.locator('#lessons').innerText()).toContain('By Ben Okafor')
  await look('edit', `${PAGE}/edit/root_cause`)

  const [mine, theirs] = [
    await open(`${PAGE}/edit/lessons`),
    await open(`${PAGE}/edit/lessons`, { as: 'aiko' }),
  ]
  await theirs.getByLabel('Text').fill('No step counts the *connections*.\n\n- One\n- Two')
  await theirs.getByRole('button', { name: 'Save' }).click()
  await theirs.waitForURL(`**${PAGE}#lessons`)
  await mine.getByLabel('Text').fill('**Ben forgot to** count the *connections*.\n\n- One\n- Three')
  await mine.getByRole('button', { name: 'Save' }).click()
  await mine.getByText("Aiko Tanaka's text is there now").waitFor()
  await mine.screenshot({ path: join(pictures, 'postmortem-conflict.png'), fullPage: true })
  await mine.getByRole('button', { name: 'Put mine over it' }).click()
  await mine.waitForURL(`**${PAGE}#lessons`)
  await look('history', `${PAGE}/history/lessons`, opened =>
    opened.getByText('The whole of version 1').click(),
  )
})

const CORPUS = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<svg/onload=alert(1)>',
  '[a](javascript:alert(1))',
  '[a](JaVaScRiPt:alert(1))',
  '[a](&#106;avascript:alert(1))',
  '[a](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)',
  '[a](vbscript:msgbox(1))',
  '[a](//evil.example/x)',
  '![a](https://evil.example/pixel.png)',
  '![a](x" onerror="alert(1))',
  '[a]: javascript:alert(1)\n\n[a]',
  '<https://evil.example/auto>',
  '<a href="javascript:alert(1)">a</a>',
  '<iframe src="https://evil.example"></iframe>',
  '<style>body{display:none}</style>',
  '"><script>alert(1)</script>',
  '</textarea><script>alert(1)</script>',
  '`<script>alert(1)</script>`',
  '```\n</code></pre><script>alert(1)</script>\n```',
  '| a |\n| --- |\n| <img src=x onerror=alert(1)> |',
  '<details open ontoggle=alert(1)>',
  '&lt;script&gt;alert(1)&lt;/script&gt;',
  '[a](https://example.com "onmouseover=alert(1)")',
  '\u202e<b>gnp.exe</b>',
]

test('words that look like code are words: nothing runs, nothing is fetched from elsewhere', {
  timeout: 60_000,
}, async context => {
  if (!browser) return context.skip(`the shipped browser does not run here: ${why}`)
  const away: string[] = []
  const watch = (page: Page) => {
    page.on('dialog', dialog => {
      throw new Error(`a script ran: ${dialog.message()}`)
    })
    page.on('request', request => {
      if (!request.url().startsWith(site.url)) away.push(request.url())
    })
  }
  const page = await open(`${PAGE}/edit/went_wrong`)
  watch(page)
  const text = CORPUS.join('\n\n')
  await page.getByLabel('Text').fill(text)
  await page.locator('#preview').getByText('onmouseover').or(page.locator('#preview table')).first().waitFor()
  expect(await page.locator('#preview :is(script, img, iframe, style, svg, details)').count()).toBe(0)
  await page.getByRole('button', { name: 'Save' }).click()
  await page.waitForURL(`**${PAGE}#went_wrong`)
  const bad = await page.evaluate(
    `[...document.querySelectorAll('#went_wrong .prose *')].filter(each => /^(script|img|iframe|style|svg|details)$/i.test(each.tagName) || [...each.attributes].some(({ name, value }) => name.startsWith('on') || /^\\s*(javascript|data|vbscript):/i.test(value))).map(each => each.outerHTML)`,
  )
  expect(bad).toEqual([])
  const links = await page.locator('#went_wrong .prose a').evaluateAll(all => all.map(each => each.outerHTML))
  expect(links.every(each => each.includes('rel="noopener noreferrer nofollow"'))).toBe(true)
  expect(links.some(each => each.includes('//evil.example/x'))).toBe(false)
  await page.goto(`${site.url}${PAGE}/history/went_wrong?as=ben`)
  expect(await page.locator('.changes :is(script, img, iframe)').count()).toBe(0)
  expect(away).toEqual([])
})
