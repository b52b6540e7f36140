/** `tocsin classify`: one description a line, plain or as JSON with an id and fields; one JSON line each. */
import { createInterface } from 'node:readline'
import { classify, type Fields } from '../../bot/severity/classify.ts'
import { rulesOf } from '../../bot/severity/rules.ts'
import { readEnv } from './env.ts'
import { configOf, findConfig } from './load-config.ts'
import { readOptions } from './usage.ts'

type Described = {
  readonly id: string
  readonly text: string
  readonly fields?: Fields
  readonly mistakes: readonly string[]
}

export async function classifyLines(args: readonly string[]): Promise<number> {
  readOptions(args, { flags: ['json'] })
  const config = configOf(findConfig(readEnv()))
  const rules = rulesOf(config)
  let number = 0
  let code = 0
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    number += 1
    if (line.trim() === '') continue
    const { id, text, fields = {}, mistakes } = describe(line, number)
    for (const mistake of mistakes) {
      process.stderr.write(`line ${number}: ${mistake}; it is left out\n`)
      code = 1
    }
    const tier = fields.tier ?? config.services[fields.service ?? '']?.tier
    const known = tier === undefined ? fields : { ...fields, tier }
    const { severity, criterion, confidence, reasons } = classify({ text, fields: known }, rules)
    process.stdout.write(
      `${JSON.stringify({ id, severity, criterion, confidence, reasons: reasons.map(reason => reason.say) })}\n`,
    )
  }
  return code
}

/** A line that is a JSON object with a text is that; anything else is the description itself. */
function describe(line: string, number: number): Described {
  const plain = { id: String(number), text: line, mistakes: [] }
  if (!line.trimStart().startsWith('{')) return plain
  try {
    const { id, text, fields, ...rest } = JSON.parse(line) as {
      id?: unknown
      text?: unknown
      fields?: object
    }
    if (typeof text !== 'string') return plain
    return { id: id === undefined ? plain.id : String(id), text, ...readFields({ ...rest, ...fields }) }
  } catch {
    return plain
  }
}

type Kind = 'share' | 'number' | 'word' | 'truth'
const FIELDS: Readonly<Record<keyof Fields, Kind>> = {
  outageShare: 'share',
  errorRate: 'share',
  latencyChange: 'share',
  revenuePerHour: 'number',
  usersAffected: 'number',
  usersTotal: 'number',
  service: 'word',
  tier: 'number',
  workaround: 'truth',
}

const WANTED: Readonly<Record<Kind, string>> = {
  share: 'a share such as 0.4 or "40%"',
  number: 'a number',
  word: 'a text',
  truth: 'true, false, "yes" or "no"',
}

/** `error_rate` as well as `errorRate`. What cannot be read is left out, and said. */
function readFields(given: Readonly<Record<string, unknown>>): Pick<Described, 'fields' | 'mistakes'> {
  const fields: Record<string, unknown> = {}
  const mistakes: string[] = []
  for (const [key, value] of Object.entries(given)) {
    const name = key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
    const kind = Object.hasOwn(FIELDS, name) ? FIELDS[name as keyof Fields] : undefined
    if (kind === undefined || value === null) continue
    const read = READ[kind](value)
    if (read === undefined) mistakes.push(`${key}: found ${JSON.stringify(value)}, expected ${WANTED[kind]}`)
    else fields[name] = read
  }
  return { fields, mistakes }
}

const finite = (value: unknown): number | undefined =>
  value !== '' && Number.isFinite(Number(value)) ? Number(value) : undefined

const READ: Readonly<Record<Kind, (value: unknown) => number | string | boolean | undefined>> = {
  share: value => {
    const percent = /^([+-]?[\d.]+)\s*%$/.exec(String(value))?.[1]
    return percent === undefined ? finite(value) : Number(percent) / 100
  },
  number: finite,
  word: value => (typeof value === 'string' ? value : undefined),
  truth: value =>
    typeof value === 'boolean'
      ? value
      : { yes: true, true: true, no: false, false: false }[String(value).toLowerCase()],
}
