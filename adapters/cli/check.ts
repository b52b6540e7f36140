/** `tocsin check`: every problem of a configuration at once; exit 0 when clean or with warnings only, 1 for errors. */
import { checkCoverage } from '../../bot/config/coverage.ts'
import { parseConfig } from '../../bot/config/parse.ts'
import { formatProblem, type Problem } from '../../bot/config/problems.ts'
import { readEnv } from './env.ts'
import { readKept } from './kept.ts'
import { findConfig } from './load-config.ts'
import { readOptions, UsageError } from './usage.ts'
import { offlineWorld } from './world.ts'

export async function check(args: readonly string[]): Promise<number> {
  const { flags, rest } = readOptions(args, { flags: ['strict', 'json'] })
  if (rest.length > 1) throw new UsageError('One file at a time.')
  const env = readEnv()
  const source = findConfig(env, rest[0])
  const parsed = parseConfig(source)
  const problems = parsed.config
    ? [
        ...parsed.warnings,
        ...checkCoverage(offlineWorld(parsed.config, env, await readKept(env)), parsed.locate, Date.now()),
      ]
    : parsed.problems
  const errors = problems.filter(problem => problem.level === 'error').length
  if (flags.includes('json'))
    process.stdout.write(`${JSON.stringify({ file: source.file, ok: errors === 0, problems }, null, 2)}\n`)
  else say(source.file, problems, errors)
  return errors > 0 || (flags.includes('strict') && problems.length > 0) ? 1 : 0
}

function say(file: string, problems: readonly Problem[], errors: number): void {
  for (const problem of problems) process.stderr.write(`${formatProblem(problem)}\n`)
  const warnings = problems.length - errors
  const count = (number: number, what: string) => `${number} ${what}${number === 1 ? '' : 's'}`
  process.stdout.write(
    problems.length === 0
      ? `${file} is fine.\n`
      : `${file}: ${count(errors, 'error')}, ${count(warnings, 'warning')}.\n`,
  )
}
