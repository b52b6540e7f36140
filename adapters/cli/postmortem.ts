/** `tocsin postmortem INC-42`: as Markdown, HTML or JSON. */
import { remember } from '../../bot/postmortem/load.ts'
import { markdown } from '../../bot/postmortem/render.ts'
import { refuse } from '../../bot/refusal.ts'
import { htmlFile } from '../postmortem/html.ts'
import { readEnv } from './env.ts'
import { reading } from './reading.ts'
import { readOptions, UsageError } from './usage.ts'

const FORMATS = ['md', 'json', 'html'] as const

export async function postmortem(args: readonly string[]): Promise<number> {
  const { values, flags, rest } = readOptions(args, { values: ['format'], flags: ['json'] })
  const [id, ...more] = rest
  if (!id || more.length > 0) throw new UsageError('Name one incident, such as INC-42.')
  const format = FORMATS.find(each => each === (flags.includes('json') ? 'json' : (values.format ?? 'md')))
  if (!format) throw new UsageError(`--format is ${values.format}; it is one of ${FORMATS.join(', ')}.`)
  const found = await reading(readEnv(), ({ engine, world }) => remember(engine, world, id.toUpperCase()))
  if (!found) throw refuse('no_such_incident', `There is no ${id}.`)
  const { postmortem: document } = found
  process.stdout.write(
    format === 'json'
      ? `${JSON.stringify(document, null, 2)}\n`
      : format === 'html'
        ? await htmlFile(document)
        : markdown(document),
  )
  return 0
}
