/** Finds and reads the configuration: the file that is named, else tocsin.yaml, else the built-in sample. */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { type Parsed, parseConfig } from '../../bot/config/parse.ts'
import type { ReadBeside } from '../../bot/config/postmortem.ts'
import { formatProblem } from '../../bot/config/problems.ts'
import { SAMPLE } from '../../bot/config/sample.ts'
import type { Config } from '../../bot/config/types.ts'
import { refuse } from '../../bot/refusal.ts'
import { type Env, usesDiscord, usesSlack } from './env.ts'

const DEFAULT_FILE = 'tocsin.yaml'

export type Source = {
  readonly file: string
  readonly text: string
  readonly sample: boolean
  /** Files that it names, by their path from its own folder. */
  readonly beside: ReadBeside
}

export function findConfig(env: Env, named?: string): Source {
  const file = named ?? env.get('TOCSIN_CONFIG') ?? (existsSync(DEFAULT_FILE) ? DEFAULT_FILE : undefined)
  if (file !== undefined)
    return { file, text: read(file, named === undefined), sample: false, beside: besideFile(file) }
  if (usesSlack(env) || usesDiscord(env)) {
    throw refuse(
      'no_config',
      'A chat is set up, and there is no configuration file that says who is on the team.',
      `Copy tocsin.example.yaml to ${DEFAULT_FILE}, put your people in, and check it with: npx tocsin check`,
    )
  }
  return { file: 'the built-in sample', text: SAMPLE, sample: true, beside: () => undefined }
}

const besideFile =
  (file: string): ReadBeside =>
  path => {
    try {
      return readFileSync(resolve(dirname(file), path), 'utf8')
    } catch {
      return undefined
    }
  }

function read(file: string, fromEnv: boolean): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    throw refuse(
      'no_config',
      `The configuration ${resolve(file)} cannot be read.`,
      fromEnv ? 'Check the path in TOCSIN_CONFIG.' : 'Check the path.',
    )
  }
}

/** The configuration, or a refusal that lists every problem. */
export function configOf(source: Source): Config {
  const parsed: Parsed = parseConfig(source)
  if (parsed.config) return parsed.config
  const lines = parsed.problems.map(formatProblem)
  throw refuse(
    'bad_config',
    `The configuration has ${lines.length} ${lines.length === 1 ? 'problem' : 'problems'}:\n${lines.join('\n')}`,
  )
}
