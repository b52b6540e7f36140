/** The `git` program, run without a shell: arguments are a list, secrets travel in the environment of that one process. */
import { spawn } from 'node:child_process'
import { ChatFailure } from '../../bot/ports.ts'

export type Git = (
  args: readonly string[],
  more?: { readonly input?: string; readonly env?: Readonly<Record<string, string>> },
) => Promise<string>

/** A clone over a slow line ends by then; a hung one does not go on for ever. */
const TIMEOUT_MS = 5 * 60_000
const MAX_SAID = 2_000

/** What it needs of ours, and nothing else: no token of another service is in its reach. */
const KEPT = [
  'PATH',
  'HOME',
  'SSH_AUTH_SOCK',
  'HTTPS_PROXY',
  'HTTP_PROXY',
  'NO_PROXY',
  'https_proxy',
  'no_proxy',
]

/** `settings`: of git itself, as `git -c` would take them; kept off the command line, where others could read them. */
export function gitIn(folder: string, settings: readonly (readonly [string, string])[]): Git {
  const all: readonly (readonly [string, string])[] = [
    ['core.hooksPath', '/dev/null'],
    ['gc.auto', '0'],
    ['http.followRedirects', 'false'],
    ['protocol.ext.allow', 'never'],
    ...settings,
  ]
  const own = Object.fromEntries(
    KEPT.flatMap(name => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  )
  const base = {
    ...own,
    LC_ALL: 'C',
    GIT_DIR: folder,
    GIT_TERMINAL_PROMPT: '0',
    GIT_SSH_COMMAND: 'ssh -o BatchMode=yes -o ConnectTimeout=10',
    GIT_CONFIG_COUNT: String(all.length),
    ...Object.fromEntries(
      all.flatMap(([key, value], index) => [
        [`GIT_CONFIG_KEY_${index}`, key],
        [`GIT_CONFIG_VALUE_${index}`, value],
      ]),
    ),
  }
  return (args, { input = '', env = {} } = {}) =>
    new Promise((resolve, reject) => {
      const child = spawn('git', [...args], {
        env: { ...base, ...env },
        stdio: ['pipe', 'pipe', 'pipe'],
        timeout: TIMEOUT_MS,
      })
      let [out, said] = ['', '']
      child.stdout.on('data', chunk => (out += String(chunk)))
      child.stderr.on('data', chunk => (said = `${said}${String(chunk)}`.slice(-MAX_SAID)))
      child.once('error', (error: Error & { code?: string }) => reject(notStarted(error)))
      child.once('close', code => (code === 0 ? resolve(out.trim()) : reject(new GitFailed(said.trim()))))
      child.stdin.on('error', () => undefined)
      child.stdin.end(input)
    })
}

/** What git said on its standard error. */
export class GitFailed extends Error {}

const notStarted = (error: Error & { code?: string }): Error =>
  error.code === 'ENOENT'
    ? new ChatFailure(
        'never',
        'no_git',
        'the program git is not installed where Tocsin runs. Install it, then: /incident postmortem INC-42 --export',
      )
    : error

/** What git said, as a failure for people: what will not mend itself is not tried on. */
export function gitFailure(error: unknown, hide: readonly string[]): ChatFailure {
  if (error instanceof ChatFailure) return error
  const raw = error instanceof Error ? error.message : String(error)
  const said = hide.reduce((text, secret) => text.replaceAll(secret, '***'), raw)
  const last =
    said.split('\n').findLast(line => /fatal|error|remote|denied/i.test(line)) ?? said.split('\n')[0]
  const line = (last ?? '').slice(0, 300)
  if (/authentication failed|could not read username|permission denied|403|401|publickey/i.test(said))
    return new ChatFailure(
      'never',
      'not_allowed',
      `git may not write there (${line}). Look at \`token_file\` or the key, then export it again with --export`,
    )
  if (/not found|does not exist|not appear to be a git repository|protected branch|hook declined/i.test(said))
    return new ChatFailure(
      'never',
      'refused',
      `git was refused (${line}). Look at \`postmortem.export.git\`, then export it again with --export`,
    )
  return new ChatFailure('later', 'git', `git did not get through (${line})`)
}
