/**
 * The configuration file, read as a whole: every problem at once, each with its line and column. Pure: text in, values or
 * problems out. A file with one error gives no configuration at all.
 */
import { type Document, LineCounter, parseDocument } from 'yaml'
import type * as z from 'zod'
import { buildConfig } from './build.ts'
import { type ReadBeside, readTemplate } from './postmortem.ts'
import { type Locate, locator, type Problem } from './problems.ts'
import { checkReferences, type Defined } from './references.ts'
import { type File, fileSchema } from './schema.ts'
import { type Issue, shapeProblems, valueAt } from './shape.ts'
import type { Config } from './types.ts'

export type Parsed =
  /** `locate`: places in the file, for what is found out about it later. */
  | { readonly config: Config; readonly warnings: readonly Problem[]; readonly locate: Locate }
  | { readonly config?: undefined; readonly problems: readonly Problem[] }

/** More than the largest team needs; a larger one is not a configuration. */
const MAX_BYTES = 1024 * 1024
const MAX_ALIASES = 100

export function parseConfig({
  text,
  file,
  beside = () => undefined,
}: {
  readonly text: string
  readonly file: string
  readonly beside?: ReadBeside
}): Parsed {
  if (Buffer.byteLength(text) > MAX_BYTES) {
    return {
      problems: [
        {
          level: 'error',
          file,
          line: 1,
          column: 1,
          path: '',
          found: `${Buffer.byteLength(text)} bytes`,
          expected: `at most ${MAX_BYTES}`,
        },
      ],
    }
  }
  const read = readDocument({ text, file })
  if ('problems' in read) return read
  const { value, locate } = read
  const parsed = fileSchema.safeParse(value ?? {}, { reportInput: true })
  const defined = definedIn(value)
  const asked = { locate, read: beside }
  if (!parsed.success) {
    const rest = withoutMistakes(value)
    const others = rest
      ? [...checkReferences(rest, defined, locate), ...readTemplate(rest.postmortem, asked).problems]
      : []
    return {
      problems: [
        ...parsed.error.issues.flatMap(issue => shapeProblems(issue, value, locate)),
        ...others.filter(isError),
      ].sort((a, b) => a.line - b.line || a.column - b.column),
    }
  }
  const template = readTemplate(parsed.data.postmortem, asked)
  const found = [...checkReferences(parsed.data, defined, locate), ...template.problems]
  const problems = found.filter(isError)
  return problems.length > 0
    ? { problems }
    : { config: buildConfig(parsed.data, template.template), warnings: found, locate }
}

type Read = { readonly text: string; readonly file: string }

function readDocument({
  text,
  file,
}: Read): { readonly value: unknown; readonly locate: Locate } | { readonly problems: readonly Problem[] } {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true })
  const locate = locator({ file, text }, document, lines)
  if (document.errors.length > 0)
    return { problems: document.errors.map(error => syntaxProblem(file, error)) }
  const value = toValue(document, locate)
  return 'problem' in value ? { problems: [value.problem] } : { value: value.value, locate }
}

/** Any other file of ours: its values, or every problem at once with line and column. */
export function parseYaml<T>(
  source: Read,
  schema: z.ZodType<T>,
): { readonly value: T } | { readonly problems: readonly Problem[] } {
  const read = readDocument(source)
  if ('problems' in read) return read
  const parsed = schema.safeParse(read.value ?? {}, { reportInput: true })
  return parsed.success
    ? { value: parsed.data }
    : { problems: parsed.error.issues.flatMap(issue => shapeProblems(issue, read.value, read.locate)) }
}

const isError = (problem: Problem): boolean => problem.level === 'error'

const keysOf = (value: unknown): readonly string[] =>
  typeof value === 'object' && value !== null ? Object.keys(value) : []

const definedIn = (root: unknown): Defined => ({
  people: keysOf(valueAt(root, ['people'])),
  schedules: keysOf(valueAt(root, ['schedules'])),
  roles: keysOf(valueAt(root, ['roles'])),
  services: keysOf(valueAt(root, ['services'])),
})

/** The file without its mistakes of shape, so that its names can be checked in the same run; undefined when too little is left. */
function withoutMistakes(root: unknown): File | undefined {
  const rest = structuredClone(root)
  for (let parsed = fileSchema.safeParse(rest); ; parsed = fileSchema.safeParse(rest)) {
    if (parsed.success) return parsed.data
    if (!parsed.error.issues.every(issue => cut(rest, pathOf(issue)))) return undefined
  }
}

const pathOf = (issue: Issue): readonly PropertyKey[] =>
  issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0] ?? ''] : issue.path

/** Takes out what is at a path, or what lacks it; with an entry goes its list, since the others would change places. */
function cut(root: unknown, path: readonly PropertyKey[]): boolean {
  const last = path.at(-1)
  if (last === undefined) return false
  const parent = valueAt(root, path.slice(0, -1))
  if (typeof parent !== 'object' || parent === null) return true
  if (Array.isArray(parent) || !Object.hasOwn(parent, last)) return cut(root, path.slice(0, -1))
  return Reflect.deleteProperty(parent, last)
}

/** Throws nothing: an alias bomb (S24) and a document that is no mapping are problems like any other. */
function toValue(
  document: Document,
  locate: Locate,
): { readonly value: unknown } | { readonly problem: Problem } {
  try {
    return { value: document.toJS({ maxAliasCount: MAX_ALIASES }) }
  } catch (error) {
    return {
      problem: locate([], {
        level: 'error',
        found: error instanceof Error ? error.message : String(error),
        expected: 'plain YAML',
      }),
    }
  }
}

function syntaxProblem(file: string, error: Document['errors'][number]): Problem {
  const [at] = error.linePos ?? [{ line: 1, col: 1 }]
  const found = error.message.split('\n')[0]?.replace(/ at line \d+.*$/, '') ?? 'a mistake'
  return {
    level: 'error',
    file,
    line: at?.line ?? 1,
    column: at?.col ?? 1,
    path: '',
    found,
    expected: 'YAML',
  }
}
