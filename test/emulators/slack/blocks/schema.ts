/**
 * A few words in which Block Kit's rules can be written down as a table.
 *
 * A Check looks at one value and adds a line for each rule that it breaks, in Slack's manner: the rule, then the
 * JSON pointer of the offender. Objects refuse fields that they do not know, since Slack does.
 */

export type Check = (value: unknown, at: string, problems: string[]) => void

type Fields = { readonly [name: string]: Check }

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function problem(problems: string[], at: string, rule: string): void {
  problems.push(`${rule} [json-pointer:${at}]`)
}

/** A string of `min` to `max` UTF-16 units: the stricter reading where Slack does not say what it counts. */
export function string({ min = 0, max = Number.POSITIVE_INFINITY, like }: StringRules = {}): Check {
  return (value, at, problems) => {
    if (typeof value !== 'string') return problem(problems, at, 'must be a string')
    if (value.length > max) problem(problems, at, `must be less than ${max + 1} characters`)
    if (value.length < min) problem(problems, at, `must be more than ${min - 1} characters`)
    if (like && !like.test(value)) problem(problems, at, `failed to match ${like}`)
  }
}
type StringRules = { readonly min?: number; readonly max?: number; readonly like?: RegExp }

export const boolean: Check = (value, at, problems) => {
  if (typeof value !== 'boolean') problem(problems, at, 'must be a boolean')
}

export function integer(min: number, max: number): Check {
  return (value, at, problems) => {
    if (!Number.isInteger(value)) problem(problems, at, 'must be an integer')
    else if ((value as number) < min || (value as number) > max)
      problem(problems, at, `must be between ${min} and ${max}`)
  }
}

export function oneOf(...allowed: readonly string[]): Check {
  return (value, at, problems) => {
    if (!allowed.includes(value as string)) problem(problems, at, `must be one of ${allowed.join(', ')}`)
  }
}

export function list(item: Check, { min = 1, max }: { min?: number; max: number }): Check {
  return (value, at, problems) => {
    if (!Array.isArray(value)) return problem(problems, at, 'must be an array')
    if (value.length > max) problem(problems, at, `no more than ${max} items allowed`)
    if (value.length < min) problem(problems, at, `no less than ${min} items allowed`)
    for (const [index, one] of value.entries()) item(one, `${at}/${index}`, problems)
  }
}

/** An object with exactly these fields; `also` sees the whole for rules between fields. */
export function object(required: Fields, optional: Fields = {}, also?: Check): Check {
  return (value, at, problems) => {
    if (!isObject(value)) return problem(problems, at, 'must be an object')
    for (const name of Object.keys(required))
      if (value[name] === undefined) problem(problems, at, `missing required field: ${name}`)
    for (const [name, held] of Object.entries(value)) {
      const check = Object.hasOwn(required, name) ? required[name] : optionalField(optional, name)
      if (!check) problem(problems, at, `invalid additional property: ${name}`)
      else if (held !== undefined) check(held, `${at}/${name}`, problems)
    }
    also?.(value, at, problems)
  }
}

function optionalField(optional: Fields, name: string): Check | undefined {
  return Object.hasOwn(optional, name) ? optional[name] : undefined
}

/** An object whose `type` names its rules; a type that is not listed is not allowed in this place. */
export function typed(rules: Fields): Check {
  return (value, at, problems) => {
    if (!isObject(value)) return problem(problems, at, 'must be an object')
    const type = value.type
    if (typeof type !== 'string') return problem(problems, at, 'missing required field: type')
    const check = Object.hasOwn(rules, type) ? rules[type] : undefined
    if (!check) return problem(problems, `${at}/type`, `unsupported type: ${type}`)
    check(value, at, problems)
  }
}

/** Exactly one of these fields must be there. */
export function exactlyOne(...names: readonly string[]): Check {
  return (value, at, problems) => {
    const given = names.filter(name => isObject(value) && value[name] !== undefined)
    if (given.length !== 1) problem(problems, at, `exactly one of ${names.join(', ')} is required`)
  }
}

export const anything: Check = () => {}
