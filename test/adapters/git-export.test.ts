/** Post-mortems in a real git repository on this machine: one commit an edition, also when two push at once. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createGitExporter } from '../../adapters/postmortem/git.ts'
import type { Exported, Exporter } from '../../bot/ports.ts'

let folder: string
let remote: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-git-'))
  remote = join(folder, 'docs.git')
  execFileSync('git', ['init', '--quiet', '--bare', remote])
})
afterEach(() => rmSync(folder, { recursive: true }))

const git = (...args: string[]) =>
  execFileSync('git', ['--git-dir', remote, ...args], { encoding: 'utf8' }).trim()
const exporter = (name: string, more: { to?: string; folder?: string } = {}): Exporter =>
  createGitExporter(() => ({
    export: { to: more.to ?? remote, branch: 'main', folder: more.folder ?? 'postmortems' },
    folder: join(folder, name),
    allowPrivate: true,
  }))
const edition = (incident: string, number = 1, more: Partial<Exported> = {}): Exported => ({
  incident,
  title: 'Checkout is down; $(touch x) `y`',
  edition: number,
  publishedAt: Date.parse('2026-11-24T09:00:00Z'),
  by: 'Ben <Okafor>',
  markdown: `# Post-mortem of ${incident}\n\nEdition ${number}\n`,
  url: 'https://tocsin.example/incidents/INC-1/postmortem',
  known: null,
  doubt: false,
  ...more,
})

test('the first edition begins the branch, a later one is a commit of its own, the same one again is none', async () => {
  const one = exporter('one')
  await one.put(edition('INC-1'))
  const put = await one.put(edition('INC-1', 2))
  expect(await one.put(edition('INC-1', 2))).toEqual(put)
  expect(git('log', '--format=%an %s', 'main').split('\n')).toEqual([
    'Ben Okafor Post-mortem of INC-1: Checkout is down; $(touch x) `y` (edition 2)',
    'Ben Okafor Post-mortem of INC-1: Checkout is down; $(touch x) `y`',
  ])
  expect(git('show', 'main:postmortems/INC-1.md')).toContain('Edition 2')
  expect(put).toEqual({ ref: git('rev-parse', 'main') })
})

test('what others have in the repository stays, and several who push at once all get through', async () => {
  await exporter('first', { folder: '' }).put(edition('INC-9'))
  await Promise.all([1, 2, 3].map(id => exporter(`copy-${id}`).put(edition(`INC-${id}`))))
  expect(git('ls-tree', '-r', '--name-only', 'main').split('\n')).toEqual([
    'INC-9.md',
    'postmortems/INC-1.md',
    'postmortems/INC-2.md',
    'postmortems/INC-3.md',
  ])
})

test('a repository that is not there is said with what to look at, and not tried on', async () => {
  const nowhere = exporter('one', { to: join(folder, 'nowhere.git') })
  await expect(nowhere.put(edition('INC-1'))).rejects.toMatchObject({
    kind: 'never',
    say: expect.stringContaining('Look at `postmortem.export.git`'),
  })
})

test('without the program git it is said in words', async () => {
  const path = process.env.PATH
  process.env.PATH = folder
  try {
    await expect(exporter('one').put(edition('INC-1'))).rejects.toMatchObject({
      kind: 'never',
      say: expect.stringContaining('the program git is not installed'),
    })
  } finally {
    process.env.PATH = path
  }
})
