/** What is wrong with a configuration: where, what was found, what was expected, and the way out. */
import type { Document, LineCounter, Node, Pair } from 'yaml'
import { isMap } from 'yaml'

export type Problem = {
  readonly level: 'error' | 'warning'
  readonly file: string
  readonly line: number
  readonly column: number
  /** Dotted, such as `schedules.primary.rotation.people.1`. */
  readonly path: string
  readonly found: string
  readonly expected: string
  readonly hint?: string
}

/** `tocsin.yaml:14:7 schedules.primary.rotation.people.1: found "bem", expected a person of people; did you mean ben?` */
export function formatProblem({ level, file, line, column, path, found, expected, hint }: Problem): string {
  const where = `${file}:${line}:${column}${path === '' ? '' : ` ${path}`}`
  const what = level === 'warning' ? `warning: ${found}` : `found ${found}, expected ${expected}`
  return `${where}: ${what}${hint ? `; ${hint}` : ''}`
}

/** Turns paths into problems at their place in the file; `word`: at this word of the value. */
export type Locate = (
  path: readonly PropertyKey[],
  problem: Pick<Problem, 'level' | 'found' | 'expected' | 'hint'>,
  at?: 'key' | 'value' | { readonly word: string },
) => Problem

type Source = { readonly file: string; readonly text: string }

export function locator({ file, text }: Source, document: Document, lines: LineCounter): Locate {
  return (path, problem, at = 'value') => {
    const start = at === 'key' ? keyOffset(document, path) : valueOffset(document, path)
    const offset = typeof at === 'object' ? Math.max(start, text.indexOf(at.word, start)) : start
    const { line, col } = lines.linePos(offset)
    return { ...problem, file, line: Math.max(1, line), column: Math.max(1, col), path: path.join('.') }
  }
}

/** The node itself, else the nearest thing above it that is there. */
function valueOffset(document: Document, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length), true) as Node | undefined
    if (node?.range) return node.range[0]
    const key = keyOffset(document, path.slice(0, length))
    if (key > 0) return key
  }
  return document.contents?.range?.[0] ?? 0
}

function keyOffset(document: Document, path: readonly PropertyKey[]): number {
  const parent: unknown = path.length > 1 ? document.getIn(path.slice(0, -1), true) : document.contents
  if (!isMap(parent)) return 0
  const pair = parent.items.find((each: Pair) => String(each.key) === String(path.at(-1)))
  return (pair?.key as Node | undefined)?.range?.[0] ?? 0
}

/** A value as a person would recognise it. */
export function show(value: unknown): string {
  if (value === undefined) return 'nothing'
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 60 ? `${text.slice(0, 57)}...` : text
}
