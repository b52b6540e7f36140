/** `tocsin test FILE`: expectations about who is reached, for a team's CI. Exit 0 when all hold, 1 when one does not, 2 for usage. */
import { readFileSync, writeFileSync } from 'node:fs'
import { parseYaml } from '../../bot/config/parse.ts'
import { formatProblem } from '../../bot/config/problems.ts'
import { runExpectation, type Verdict } from '../../bot/expectations/run.ts'
import { expectationsSchema } from '../../bot/expectations/schema.ts'
import { refuse } from '../../bot/refusal.ts'
import { clockTime } from '../../bot/timeline/plain.ts'
import type { World } from '../../bot/world.ts'
import { readEnv } from './env.ts'
import { junit } from './junit.ts'
import { readKept } from './kept.ts'
import { configOf, findConfig } from './load-config.ts'
import { readOptions, UsageError } from './usage.ts'
import { offlineWorld } from './world.ts'

export async function testCommand(args: readonly string[]): Promise<number> {
  const { values, flags, rest } = readOptions(args, { values: ['junit'], flags: ['json'] })
  const [file, ...more] = rest
  if (file === undefined || more.length > 0) throw new UsageError('Name one file of expectations.')
  const parsed = parseYaml({ text: read(file), file }, expectationsSchema)
  if (!('value' in parsed)) {
    for (const problem of parsed.problems) process.stderr.write(`${formatProblem(problem)}\n`)
    return 1
  }
  const env = readEnv()
  const world = offlineWorld(configOf(findConfig(env)), env, await readKept(env))
  const verdicts = parsed.value.tests.map(each => runExpectation(world, each, Date.now()))
  if (values.junit !== undefined) writeFileSync(values.junit, junit(file, verdicts))
  process.stdout.write(flags.includes('json') ? toJson(verdicts) : toText(world, verdicts))
  return verdicts.every(holds) ? 0 : 1
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    throw refuse(
      'no_file',
      `${file} cannot be read.`,
      'Name a file of expectations: tocsin test expectations.yaml',
    )
  }
}

const holds = ({ failures }: Verdict): boolean => failures.length === 0

const toJson = (verdicts: readonly Verdict[]): string => {
  const tests = verdicts.map(verdict => ({
    ...verdict,
    ok: holds(verdict),
    failures: verdict.failures.map(({ at, why }) => ({ at: new Date(at).toISOString(), why })),
  }))
  return `${JSON.stringify({ ok: verdicts.every(holds), tests }, null, 2)}\n`
}

function toText(world: World, verdicts: readonly Verdict[]): string {
  const lines = verdicts.flatMap(verdict => {
    const [first, ...rest] = verdict.failures
    const looked = `${verdict.looked} ${verdict.looked === 1 ? 'instant' : 'instants'}`
    if (!first) return [`ok      ${verdict.name} (${looked})`]
    return [
      `FAILED  ${verdict.name}`,
      `        ${clockTime(world, first.at)} (${new Date(first.at).toISOString()}):`,
      `        ${first.why}`,
      ...(rest.length > 0 ? [`        and at ${rest.length} more of ${looked}`] : []),
    ]
  })
  const failed = verdicts.filter(verdict => !holds(verdict)).length
  const end = failed === 0 ? `All ${verdicts.length} hold.` : `${failed} of ${verdicts.length} do not hold.`
  return `${[...lines, end].join('\n')}\n`
}
