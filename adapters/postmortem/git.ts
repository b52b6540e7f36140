/**
 * A published post-mortem as a file of a git repository, a wiki's included: one commit an edition, and none when it says that
 * already. Nothing is checked out: the commit is made beside the branch's tip, and made anew when somebody else was faster.
 */
import { hash } from 'node:crypto'
import { mkdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { GitExport } from '../../bot/config/types.ts'
import { ChatFailure, type Exported, type Exporter } from '../../bot/ports.ts'
import { checkedAddresses } from '../outbound/guard.ts'
import { type Git, GitFailed, gitFailure, gitIn } from './git-command.ts'

export type GitSettings = {
  readonly export: GitExport
  /** Where copies are kept. */
  readonly folder: string
  readonly allowPrivate: boolean
}

const WAIT_MS = 6_000
/** Others who push at the same time are not that many. */
const MAX_RACES = 5
const BRANCH = 'refs/heads/exported'
const WHO = { name: 'Tocsin', email: 'tocsin@localhost' }

/** What is going on outlives the answer that could not wait for it. */
export function createGitExporter(settings: () => GitSettings): Exporter {
  const going = new Map<string, Promise<{ readonly ref: string } | ChatFailure>>()
  return {
    async put(what) {
      const key = `${what.incident}:${what.edition}`
      const work = going.get(key) ?? exportTo(settings(), what)
      going.set(key, work)
      const result = await Promise.race([work, pause(WAIT_MS)])
      if (result === undefined) return 'going on'
      going.delete(key)
      if (result instanceof ChatFailure) throw result
      return result
    },
  }
}

const pause = (ms: number): Promise<undefined> =>
  new Promise(done => setTimeout(() => done(undefined), ms).unref())

async function exportTo(
  settings: GitSettings,
  what: Exported,
): Promise<{ readonly ref: string } | ChatFailure> {
  let token: string | undefined
  try {
    const { tokenFile } = settings.export
    token = tokenFile === undefined ? undefined : readToken(tokenFile)
    const local = join(settings.folder, `${hash('sha256', settings.export.to).slice(0, 16)}.git`)
    mkdirSync(local, { recursive: true, mode: 0o700 })
    const git = gitIn(local, await connection(settings, token))
    await git(['init', '--quiet', '--bare', local])
    return { ref: await push(git, settings.export, what, join(local, `index-${what.incident}`)) }
  } catch (error) {
    const basic = token === undefined ? [] : [token, basicOf(token)]
    return gitFailure(error, basic)
  }
}

/** How git connects: signed in where there is a token, to the address that was checked where it is the web (S19). */
async function connection({ export: { to }, allowPrivate }: GitSettings, token: string | undefined) {
  if (!/^https?:/.test(to)) return []
  const url = new URL(to)
  const addresses = await checkedAddresses(url, { allowPrivate })
  if (typeof addresses === 'string') throw new ChatFailure('never', 'blocked_address', addresses)
  const port = url.port || (url.protocol === 'https:' ? '443' : '80')
  const pinned = `${url.hostname}:${port}:${addresses.map(each => each.address).join(',')}`
  const header = `Authorization: Basic ${basicOf(token ?? '')}`
  return [
    ['http.curloptResolve', pinned] as const,
    ...(token === undefined ? [] : [[`http.${url.origin}/.extraHeader`, header] as const]),
  ]
}

const basicOf = (token: string): string => Buffer.from(`x-access-token:${token}`).toString('base64')

function readToken(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch {
    throw new ChatFailure('never', 'token_file', `the \`token_file\` ${path} cannot be read`)
  }
}

async function push(
  git: Git,
  { to, branch, folder }: GitExport,
  what: Exported,
  index: string,
): Promise<string> {
  const target = /^[./]/.test(to) || !to.includes(':') ? resolve(to) : to
  const path = [...(folder === '' ? [] : [folder]), `${what.incident}.md`].join('/')
  for (let race = 0; ; race++) {
    const tip = await tipOf(git, target, branch)
    const commit = await commitOn(git, tip, { what, path, index })
    if (commit === tip) return commit
    try {
      await git(['push', '--quiet', target, `${commit}:refs/heads/${branch}`])
      return commit
    } catch (error) {
      if (!isRace(error) || race >= MAX_RACES) throw error
    }
  }
}

/** Undefined in a repository that has no such branch yet. */
async function tipOf(git: Git, target: string, branch: string): Promise<string | undefined> {
  const found = await git(['ls-remote', target, `refs/heads/${branch}`])
  if (found === '') return undefined
  await git([
    'fetch',
    '--quiet',
    '--depth=1',
    '--no-tags',
    '--force',
    target,
    `refs/heads/${branch}:${BRANCH}`,
  ])
  return git(['rev-parse', BRANCH])
}

/** The tip itself when the file says that already. The same edition on the same tip is the same commit, whoever makes it. */
async function commitOn(
  git: Git,
  tip: string | undefined,
  { what, path, index }: { readonly what: Exported; readonly path: string; readonly index: string },
): Promise<string> {
  const env = { GIT_INDEX_FILE: index }
  await git(tip === undefined ? ['read-tree', '--empty'] : ['read-tree', tip], { env })
  const blob = await git(['hash-object', '-w', '--stdin'], { input: what.markdown })
  await git(['update-index', '--add', '--cacheinfo', `100644,${blob},${path}`], { env })
  const tree = await git(['write-tree'], { env })
  if (tip !== undefined && tree === (await git(['rev-parse', `${tip}^{tree}`]))) return tip
  const at = `@${Math.floor(what.publishedAt / 1000)} +0000`
  return git(['commit-tree', tree, ...(tip === undefined ? [] : ['-p', tip])], {
    input: messageOf(what),
    env: {
      GIT_AUTHOR_NAME: plainName(what.by) || WHO.name,
      GIT_AUTHOR_EMAIL: WHO.email,
      GIT_AUTHOR_DATE: at,
      GIT_COMMITTER_NAME: WHO.name,
      GIT_COMMITTER_EMAIL: WHO.email,
      GIT_COMMITTER_DATE: at,
    },
  })
}

const messageOf = ({ incident, title, edition, url }: Exported): string =>
  [
    `Post-mortem of ${incident}: ${title.replaceAll(/\s+/g, ' ')}${edition > 1 ? ` (edition ${edition})` : ''}`,
    ...(url === null ? [] : ['', url]),
  ].join('\n')

/** Git takes a name without what its own format is made of. */
const plainName = (name: string): string => name.replaceAll(/[<>\p{Cc}]/gu, '').trim()

const isRace = (error: unknown): boolean =>
  error instanceof GitFailed &&
  /rejected|fetch first|non-fast-forward|cannot lock ref|reference already exists/i.test(error.message)
