/** The table of commands of the command line: what each does, how it is called, and where it is. */
import { nearest, Refusal } from '../../bot/refusal.ts'
import type { StoreFailure } from '../sql/failure.ts'
import { UsageError } from './usage.ts'

export type CliCommand = {
  readonly usage: string
  readonly summary: string
  load(): Promise<(args: readonly string[]) => Promise<number | undefined>>
}

export const CLI: Readonly<Record<string, CliCommand>> = {
  start: {
    usage: 'start',
    summary: 'run Tocsin',
    load: async () => (await import('./start.ts')).start as () => Promise<undefined>,
  },
  check: {
    usage: 'check [FILE] [--strict] [--json]',
    summary: 'validate a configuration, and look 90 days ahead for gaps',
    load: async () => (await import('./check.ts')).check,
  },
  classify: {
    usage: 'classify [--json]',
    summary: 'judge the severity of descriptions, one a line on standard input',
    load: async () => (await import('./classify.ts')).classifyLines,
  },
  simulate: {
    usage: 'simulate --severity SEV1 [--service S] [--at ISO] [--ack-after D] [--json]',
    summary: 'who would be paged, when, by what and why; sends nothing',
    load: async () => (await import('./simulate.ts')).simulateCommand,
  },
  test: {
    usage: 'test FILE [--json] [--junit FILE]',
    summary: 'check expectations about who is reached, at every instant of 90 days',
    load: async () => (await import('./test.ts')).testCommand,
  },
  oncall: {
    usage: 'oncall --schedule S --from ISO --to ISO [--json] | oncall [--schedule S] [--person P] --ics',
    summary: 'who is on call in a stretch of time; with --ics as a calendar',
    load: async () => (await import('./oncall.ts')).oncall,
  },
  postmortem: {
    usage: 'postmortem INC-42 [--format md|json|html]',
    summary: "an incident's post-mortem, from its facts and what people wrote",
    load: async () => (await import('./postmortem.ts')).postmortem,
  },
  digest: {
    usage: 'digest [--week 2026-W48 | --from DATE --to DATE --service S] [--json] [--pictures DIR]',
    summary: 'the weekly message; or what incidents have in common over any range',
    load: async () => (await import('./digest.ts')).digest,
  },
  export: {
    usage: 'export INC-42',
    summary: "an incident's whole history as JSON",
    load: async () => (await import('./export.ts')).exportIncident,
  },
  backup: {
    usage: 'backup FILE',
    summary: 'a consistent copy of the database while it is in use',
    load: async () => (await import('./backup.ts')).backup,
  },
  restore: {
    usage: 'restore FILE',
    summary: 'put a backup in place; paging is then held until `resume`',
    load: async () => (await import('./backup.ts')).restore,
  },
  resume: {
    usage: 'resume',
    summary: 'let paging go on after a restore',
    load: async () => (await import('./backup.ts')).resume,
  },
  migrate: {
    usage: 'migrate',
    summary: 'bring the database to this version',
    load: async () => (await import('./backup.ts')).migrateCommand,
  },
  token: {
    usage: 'token create [NAME] [--json] | token revoke NAME [--json]',
    summary: 'bearer tokens of the API; a token is shown once, when it is made',
    load: async () => (await import('./token.ts')).token,
  },
  slack: {
    usage: 'slack manifest [--mode socket|http] [--url URL]',
    summary: "the Slack app's manifest, and the link that creates it",
    load: async () => (await import('./slack.ts')).slack,
  },
  discord: {
    usage: 'discord invite [--application ID] [--json]',
    summary: 'the link that adds Tocsin to a Discord server, and why each permission',
    load: async () => (await import('./discord.ts')).discord,
  },
}

export async function run(argv: readonly string[]): Promise<void> {
  const [name = '--help', ...args] = argv
  process.exitCode = await outcome(name, args)
  // What was opened before something failed must not keep the process alive.
  if (process.exitCode !== 0) process.exit()
}

async function outcome(name: string, args: readonly string[]): Promise<number> {
  try {
    if (name === '--version') return await print((await import('./version.ts')).version())
    if (name === '--help' || name === 'help') return await print(help())
    const command = Object.hasOwn(CLI, name) ? CLI[name] : undefined
    if (!command) return fail(unknown(name), 2)
    if (args.includes('--help'))
      return await print(`${wrapped(`npx tocsin ${command.usage}`)}\n  ${command.summary}\n`)
    return (await (await command.load())(args)) ?? 0
  } catch (error) {
    if (error instanceof UsageError)
      return fail(`${error.message}\nUsage: npx tocsin ${CLI[name]?.usage ?? ''}`, 2)
    if (error instanceof Refusal) return fail(error.message, 1)
    if (isStoreFailure(error)) return fail(error.say, 1)
    return fail(
      `Something went wrong on Tocsin's side: ${error instanceof Error ? error.message : String(error)}`,
      1,
    )
  }
}

/** By its name: the module would load a database's driver for every command. */
const isStoreFailure = (error: unknown): error is StoreFailure =>
  error instanceof Error && error.name === 'StoreFailure'

function unknown(name: string): string {
  const near = nearest(name, Object.keys(CLI))
  return `"${name}" is not a command.${near ? ` Did you mean ${near}?` : ''} Try: npx tocsin --help`
}

async function print(text: string): Promise<number> {
  process.stdout.write(text)
  return 0
}

function fail(text: string, code: number): number {
  process.stderr.write(`${text}\n`)
  return code
}

/** At most 80 columns, broken before an option. */
const wrapped = (usage: string): string => usage.replace(/(?<=^.{40,76}) (?=\[--)(?=.{12,})/, '\n      ')

function help(): string {
  const lines = Object.values(CLI).map(({ usage, summary }) => `${wrapped(`  ${usage}`)}\n      ${summary}`)
  return [
    'Tocsin, the incident bot that an on-call team trusts at three in the morning.',
    '',
    'npx tocsin <command>',
    '',
    ...lines,
    '',
    '  --help, --version',
    '',
  ].join('\n')
}
