/** `tocsin classify`: one description a line, plain or as JSON with an id and fields; one JSON line each. */
import { createInterface } from 'node:readline'
import { classify, type Fields } from '../../bot/severity/classify.ts'
import { rulesOf } from '../../bot/severity/rules.ts'
import { readEnv } from './env.ts'
import { configOf, findConfig } from './load-config.ts'
import { readOptions } from './usage.ts'

type Described = { readonly id: string; readonly text: string; readonly fields?: Fields }

export async function classifyLines(args: readonly string[]): Promise<number> {
  readOptions(args, { flags: ['json'] })
  const rules = rulesOf(configOf(findConfig(readEnv())))
  let number = 0
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    number += 1
    if (line.trim() === '') continue
    const { id, text, fields } = describe(line, number)
    const { severity, criterion, confidence, reasons } = classify(
      { text, ...(fields ? { fields } : {}) },
      rules,
    )
    process.stdout.write(
      `${JSON.stringify({ id, severity, criterion, confidence, reasons: reasons.map(reason => reason.say) })}\n`,
    )
  }
  return 0
}

/** A line that is a JSON object with a text is that; anything else is the description itself. */
function describe(line: string, number: number): Described {
  const plain = { id: String(number), text: line }
  if (!line.trimStart().startsWith('{')) return plain
  try {
    const { id, text, fields, ...rest } = JSON.parse(line) as {
      id?: unknown
      text?: unknown
      fields?: object
    }
    if (typeof text !== 'string') return plain
    return { id: id === undefined ? plain.id : String(id), text, fields: readFields({ ...rest, ...fields }) }
  } catch {
    return plain
  }
}

const NAMES: Readonly<Record<string, keyof Fields>> = {
  outage_share: 'outageShare',
  outageShare: 'outageShare',
  error_rate: 'errorRate',
  errorRate: 'errorRate',
  latency_change: 'latencyChange',
  latencyChange: 'latencyChange',
  revenue_per_hour: 'revenuePerHour',
  revenuePerHour: 'revenuePerHour',
  users_affected: 'usersAffected',
  usersAffected: 'usersAffected',
  service: 'service',
  tier: 'tier',
  workaround: 'workaround',
}

const readFields = (given: Readonly<Record<string, unknown>>): Fields =>
  Object.fromEntries(
    Object.entries(given).flatMap(([name, value]) =>
      NAMES[name] && ['number', 'boolean', 'string'].includes(typeof value) ? [[NAMES[name], value]] : [],
    ),
  )
