/**
 * A template as a Markdown file: each heading of the first two levels begins a section, `{{name}}` stands for what the facts give.
 * Every problem at once, each at its line and column.
 */
import { nearest } from '../refusal.ts'
import {
  isBuiltIn,
  isFillable,
  PLACEHOLDERS,
  placesIn,
  SECTIONS,
  type SectionTemplate,
  slugOf,
  type Template,
} from './template.ts'

/** Offsets are of the text. */
export type Mistake = {
  readonly at: number
  readonly found: string
  readonly expected: string
  readonly hint?: string
}

type Heading = {
  readonly title: string
  readonly at: number
  readonly bodyAt: number
  readonly level: number
}

/** More headings than this are a book. */
export const MAX_SECTIONS = 30
export const MAX_TITLE = 100

export function readTemplateFile(text: string): {
  readonly template: Template
  readonly mistakes: readonly Mistake[]
} {
  const all = headingsOf(text)
  const bodyOf = (index: number) => text.slice(all[index]?.bodyAt, all[index + 1]?.at ?? text.length).trim()
  // A file that begins with its own title has nothing between that and its first section.
  const own = all.length > 1 && all[0]?.level === 1 && bodyOf(0) === '' ? 1 : 0
  const template: SectionTemplate[] = []
  for (let index = own; index < all.length; index++) {
    const title = all[index]?.title ?? ''
    const body = bodyOf(index)
    const id = idOf(
      title,
      body,
      template.map(each => each.id),
    )
    template.push({ id, title, text: withBlank(body) })
  }
  return { template, mistakes: [...shapeMistakes(text, all, template), ...unknownNames(text)] }
}

/** A section that holds one of the built-in ones goes by its name, so that buttons and links of both are the same. */
function idOf(title: string, body: string, taken: readonly string[]): string {
  const named = placesIn(body).flatMap(({ name }) => (isBuiltIn(name) && !taken.includes(name) ? [name] : []))
  return named[0] ?? slugOf(title, taken)
}

/** A text without any placeholder asks something: the answer is still to be given. */
export const withBlank = (text: string): string =>
  placesIn(text).length > 0 ? text : `${text}\n\n{{blank}}`.trim()

function headingsOf(text: string): readonly Heading[] {
  const found: Heading[] = []
  let at = 0
  let fence: string | undefined
  for (const line of text.split(/(?<=\n)/)) {
    const [, mark] = /^ {0,3}(`{3,}|~{3,})/.exec(line) ?? []
    if (mark !== undefined && (fence === undefined || mark.startsWith(fence)))
      fence = fence === undefined ? mark : undefined
    const [, level, title] = (fence === undefined && /^(#{1,2})[ \t]+(\S.*?)[ \t]*#*\s*$/.exec(line)) || []
    if (level !== undefined && title !== undefined)
      found.push({ title: title.slice(0, MAX_TITLE), at, bodyAt: at + line.length, level: level.length })
    at += line.length
  }
  return found
}

function shapeMistakes(text: string, all: readonly Heading[], template: Template): readonly Mistake[] {
  const [first] = all
  if (!first) return [{ at: 0, found: 'no heading', expected: 'a section, such as `## Summary`' }]
  const before = text.slice(0, first.at).search(/\S/)
  const extra = all[all.length - template.length + MAX_SECTIONS]
  return [
    ...(before >= 0 ? [{ at: before, found: 'text before the first heading', expected: 'a heading' }] : []),
    ...(extra && template.length > MAX_SECTIONS
      ? [{ at: extra.at, found: `${template.length} sections`, expected: `at most ${MAX_SECTIONS}` }]
      : []),
  ]
}

/** Names that nothing is known by, also for texts that stand in the configuration itself. */
export const unknownNames = (text: string): readonly Mistake[] =>
  placesIn(text)
    .filter(({ name }) => !isFillable(name))
    .map(({ name, at }) => {
      const known = [...SECTIONS, ...PLACEHOLDERS]
      const near = nearest(name, known)
      return {
        at,
        found: `{{${name}}}`,
        expected: 'a name that the facts know',
        hint: near ? `did you mean {{${near}}}?` : `there is ${known.join(', ')}`,
      }
    })
