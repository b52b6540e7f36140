/** What is wrong with the shape of a value, said for a person: what was found, what was expected, and the nearest name. */
import * as z from 'zod'
import { nearest } from '../refusal.ts'
import { type Locate, type Problem, show } from './problems.ts'
import { fileSchema } from './schema.ts'

export type Issue = z.core.$ZodIssue

export function shapeProblems(issue: Issue, root: unknown, locate: Locate): readonly Problem[] {
  if (issue.code === 'unrecognized_keys') return issue.keys.map(key => unknownKey(issue.path, key, locate))
  if (issue.code === 'invalid_union' && issue.errors.length > 0) return unionProblems(issue, root, locate)
  const found = valueAt(root, issue.path)
  const hint =
    issue.code === 'custom' && typeof issue.params?.hint === 'string'
      ? issue.params.hint
      : choiceHint(issue, found)
  return [
    locate(issue.path, {
      level: 'error',
      found: show(found),
      expected: expectation(issue),
      ...(hint ? { hint } : {}),
    }),
  ]
}

/** Of the ways that a value may be written, the one that it comes nearest to. */
function unionProblems(
  issue: Extract<Issue, { code: 'invalid_union' }>,
  root: unknown,
  locate: Locate,
): readonly Problem[] {
  const [meant = []] = [...issue.errors].sort((a, b) => nearness(b) - nearness(a))
  return meant.flatMap(each => shapeProblems({ ...each, path: [...issue.path, ...each.path] }, root, locate))
}

/** What is wrong further inside is nearer; then what is of the right kind: of a list that is too long, a list is what was meant. */
function nearness(issues: readonly Issue[]): number {
  const depth = Math.max(...issues.map(each => each.path.length))
  return depth + (issues.every(({ code }) => code !== 'invalid_type' && code !== 'invalid_value') ? 0.5 : 0)
}

function unknownKey(path: readonly PropertyKey[], key: string, locate: Locate): Problem {
  const known = keysAt(path)
  const near = nearest(key, known)
  const hint = near ? `did you mean ${near}?` : undefined
  return locate(
    [...path, key],
    { level: 'error', found: show(key), expected: `one of ${known.join(', ')}`, ...(hint ? { hint } : {}) },
    'key',
  )
}

/** The keys that the schema knows at a path. */
function keysAt(path: readonly PropertyKey[]): readonly string[] {
  let schema: unknown = fileSchema
  for (const step of path) schema = stepInto(schema, step)
  const object = unwrap(schema)
  if (object instanceof z.ZodRecord && object.keyType instanceof z.ZodEnum)
    return object.keyType.options.map(String)
  return object instanceof z.ZodObject ? Object.keys(object.shape) : []
}

function stepInto(schema: unknown, step: PropertyKey): unknown {
  const inner = unwrap(schema)
  if (inner instanceof z.ZodObject) return inner.shape[step as string]
  if (inner instanceof z.ZodRecord) return inner.valueType
  return inner instanceof z.ZodArray ? inner.element : undefined
}

function unwrap(schema: unknown): unknown {
  if (schema instanceof z.ZodOptional) return unwrap(schema.unwrap())
  if (schema instanceof z.ZodUnion)
    return schema.options.map(unwrap).find(option => option instanceof z.ZodObject)
  return schema
}

function expectation(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.message.startsWith('Invalid input')
        ? (TYPES[issue.expected] ?? issue.expected)
        : issue.message
    case 'invalid_value':
      return `one of ${issue.values.map(String).join(', ')}`
    case 'too_small':
      return `at least ${issue.minimum}${issue.origin === 'array' ? (issue.minimum === 1 ? ' entry' : ' entries') : issue.origin === 'string' ? ' characters' : ''}`
    case 'too_big':
      return `at most ${issue.maximum}${issue.origin === 'array' ? ' entries' : issue.origin === 'string' ? ' characters' : ''}`
    case 'invalid_key':
      return 'a short name of letters, digits, - and _'
    default:
      return issue.message
  }
}

const TYPES: Readonly<Record<string, string>> = {
  object: 'a mapping',
  record: 'a mapping',
  array: 'a list',
  string: 'a text',
  int: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
}

function choiceHint(issue: Issue, found: unknown): string | undefined {
  if (issue.code !== 'invalid_value' || typeof found !== 'string') return undefined
  const near = nearest(found, issue.values.map(String))
  return near && `did you mean ${near}?`
}

export const valueAt = (root: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (value, step) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, step)
        ? (value as Record<PropertyKey, unknown>)[step]
        : undefined,
    root,
  )
