/**
 * What is known in numbers, as somebody types it: "errors 40%, revenue $20000/h, latency +80%, users 500/2000, workaround yes".
 * Figures outrank the words of the description.
 */
import { nearest, Refusal, refuse } from '../bot/refusal.ts'
import type { Fields } from '../bot/severity/classify.ts'

const NAMES = ['outage', 'errors', 'latency', 'revenue', 'users', 'workaround'] as const
type Name = (typeof NAMES)[number]

export function parseFigures(text: string): Fields | Refusal {
  const fields: Record<string, number | boolean> = {}
  for (const part of text
    .split(/[,;\n](?!\d{3}\b)/)
    .map(each => each.trim())
    .filter(each => each !== '')) {
    const match = /^([a-z]+)[\s:=]+(.+)$/i.exec(part)
    const name = NAMES.find(each => each === match?.[1]?.toLowerCase())
    if (!match || !name) return unknownFigure(part, match?.[1] ?? part)
    const value = read(name, match[2] ?? '')
    if (value instanceof Refusal) return value
    Object.assign(fields, value)
  }
  return fields
}

function unknownFigure(part: string, word: string): Refusal {
  const near = nearest(word, NAMES)
  return refuse(
    'unknown_figure',
    `"${part.slice(0, 60)}" is not a figure.`,
    near ? `Did you mean ${near}?` : `Figures: ${NAMES.join(', ')}; like this: errors 40%, users 500/2000.`,
  )
}

function read(name: Name, value: string): Record<string, number | boolean> | Refusal {
  if (name === 'workaround') {
    if (/^(yes|y|true)$/i.test(value)) return { workaround: true }
    return /^(no|n|false)$/i.test(value)
      ? { workaround: false }
      : refuse('bad_figure', `workaround is yes or no, not "${value}".`)
  }
  if (name === 'users' && value.includes('/')) return users(value)
  const number = readNumber(value)
  if (number === undefined)
    return refuse(
      'bad_figure',
      `"${value}" is not a number for ${name}.`,
      `Like this: ${name} ${EXAMPLES[name]}.`,
    )
  switch (name) {
    case 'outage':
      return share('outageShare', number)
    case 'errors':
      return share('errorRate', number)
    case 'latency':
      return { latencyChange: number / 100 }
    case 'revenue':
      return { revenuePerHour: number }
    case 'users':
      return { usersAffected: number }
  }
}

function users(value: string): Record<string, number> | Refusal {
  const [affected, total] = value.split('/').map(readNumber)
  return affected === undefined || total === undefined || total <= 0 || affected > total
    ? refuse('bad_figure', `"${value}" is not so many of so many users.`, 'Like this: users 500/2000.')
    : { usersAffected: affected, usersTotal: total }
}

const EXAMPLES: Readonly<Record<Name, string>> = {
  outage: '30%',
  errors: '40%',
  latency: '+80%',
  revenue: '$20000/h',
  users: '500/2000',
  workaround: 'yes',
}

const share = (field: string, percent: number): Record<string, number> | Refusal =>
  percent >= 0 && percent <= 100
    ? { [field]: percent / 100 }
    : refuse('bad_figure', `${percent}% is not a share.`, 'A share is 0% to 100%.')

function readNumber(text: string): number | undefined {
  const match = /^[+$]?\s*([\d,]*\.?\d+)\s*(k|m)?\s*(%|usd|\/h|\/hour|an hour|per hour)*$/i.exec(text.trim())
  if (!match?.[1]) return undefined
  const scale = match[2] === undefined ? 1 : match[2].toLowerCase() === 'k' ? 1_000 : 1_000_000
  const number = Number(match[1].replaceAll(',', '')) * scale
  return Number.isFinite(number) ? number : undefined
}
