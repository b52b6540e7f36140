/** A published post-mortem goes where the configuration says: once, again with each edition, and what goes wrong is said once. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openExporters } from '../../adapters/cli/exporters.ts'
import type { Config } from '../../bot/config/types.ts'
import { type Github, startGithub } from '../emulators/github/index.ts'
import { type Night, night } from '../support/story.ts'
import { config, TEAM } from '../support/team.ts'

let folder: string
let github: Github
let n: Night
let inForce: Config
const path = (name: string) => join(folder, name)

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-export-'))
  execFileSync('git', ['init', '--quiet', '--bare', path('docs.git')])
  github = await startGithub({ clock: { now: () => n.clock.now() } })
  writeFileSync(path('token'), `${github.token}\n`)
  inForce = config(`${TEAM}private_addresses: true
postmortem:
  export:
    git: { path: "${path('docs.git')}", folder: postmortems }
    github: { repo: ${github.repo}, issue: [post-mortem], token_file: "${path('token')}" }
`)
  n = await night({
    config: inForce,
    exporter: openExporters({
      config: () => inForce,
      path: path('tocsin.db'),
      apiUrl: github.url,
      hide: () => undefined,
    }),
  })
})
afterEach(async () => {
  expect(github.violations).toEqual([])
  await github.stop()
  await n.stop()
  rmSync(folder, { recursive: true })
})

const say = (line: string, who = 'ben') => n.hears(who, `/incident postmortem INC-1 ${line}`)
const git = (...args: string[]) =>
  execFileSync('git', ['--git-dir', path('docs.git'), ...args], { encoding: 'utf8' })
const room = () => n.texts(n.console.log.channels().find(({ name }) => name.startsWith('#inc-'))?.name ?? '')

async function published() {
  await n.says('diego', '/incident declare Checkout is down for everyone')
  await n.says('ben', '/incident close INC-1')
  for (const section of ['impact', 'root_cause', 'contributing', 'went_well', 'lessons'])
    await say(`Ping @octocat about ${section} --section ${section}`)
  await say('--review', 'aiko')
  await say('--publish')
  await n.at('1m')
}
const exportsOf = async () => (await n.incident()).postmortem?.exports

test('each edition is a commit and one issue that is kept up, and the channel hears where they are', async () => {
  await published()
  expect(git('show', 'main:postmortems/INC-1.md')).toContain(
    '# Post-mortem of INC-1: Checkout is down for everyone',
  )
  expect(github.issues).toMatchObject([
    { number: 1, title: 'Post-mortem of INC-1: Checkout is down for everyone', labels: ['post-mortem'] },
  ])
  expect(github.issues[0]?.body).not.toContain('@octocat')
  expect(room().join()).toContain('The post-mortem is in GitHub (https://github.com/acme/checkout/issues/1)')
  await say('Another lesson --section lessons')
  await say('--review', 'aiko')
  await say('--publish')
  await n.at('2m')
  expect(github.issues.length).toBe(1)
  expect(github.issues[0]?.body).toContain('Another lesson')
  expect(git('log', '--format=%s', 'main').trim().split('\n').length).toBe(2)
  expect(await exportsOf()).toMatchObject({
    git: { edition: 2, why: null },
    github: { edition: 2, why: null },
  })
})

test('an issue that was made though its answer was lost is found, and not made again', async () => {
  github.fail('accept-then-reset')
  await published()
  expect(github.issues.length).toBe(1)
  expect((await exportsOf())?.github?.ref).toContain('/issues/1')
})

test('a limit and trouble are waited for', async () => {
  github.fail('limited', '500')
  await published()
  await n.at('10m')
  expect(github.issues.length).toBe(1)
  expect(room().join()).not.toContain('did not get into')
})

test('a token that is wrong is said once and tried on, at once when somebody asks', async () => {
  writeFileSync(path('token'), 'ghp_wrong')
  await published()
  await n.at('1h')
  const said = room().filter(text => text.includes('did not get into GitHub'))
  expect(said).toEqual([
    'The post-mortem did not get into GitHub: GitHub refuses the token; look at `postmortem.export.github` and its token, then: /incident postmortem INC-1 --export. It is tried on',
  ])
  expect(JSON.stringify(await n.app.engine.history('INC-1'))).not.toContain('ghp_wrong')
  expect((await exportsOf())?.git?.edition).toBe(1)
  writeFileSync(path('token'), github.token)
  await say('--export')
  await n.at('2h')
  expect(github.issues.length).toBe(1)
})
