/** The part of the configuration that is about post-mortems: their template, and where they are exported to. */
import { LineCounter } from 'yaml'
import { z } from 'zod'
import {
  BUILT_IN_TEMPLATE,
  isBuiltIn,
  SECTION_TITLES,
  SECTIONS,
  slugOf,
  type Template,
} from '../postmortem/template.ts'
import {
  MAX_SECTIONS,
  MAX_TITLE,
  type Mistake,
  readTemplateFile,
  unknownNames,
  withBlank,
} from '../postmortem/template-file.ts'
import type { Locate, Problem } from './problems.ts'

const section = z
  .strictObject({
    section: z.enum(SECTIONS).optional(),
    title: z.string().min(1).max(MAX_TITLE).optional(),
    text: z.string().max(10_000).optional(),
  })
  .check(context => {
    if (context.value.section === undefined && context.value.title === undefined)
      context.issues.push({
        code: 'custom',
        input: context.value,
        path: [],
        message: '`section` with one of the built-in ones, or a `title` of your own',
        params: { hint: `built in: ${SECTIONS.join(', ')}` },
      })
  })

/** Longer than this it is no template. */
const MAX_TEMPLATE = 100_000

export const postmortemSchema = z.strictObject({
  template: z
    .union([
      z.string('a list of sections, or the path of a Markdown file').min(1).max(MAX_TEMPLATE),
      z.array(section).min(1).max(MAX_SECTIONS),
    ])
    .optional(),
})
type Given = z.output<typeof postmortemSchema>

/** Reads a file that the configuration names, by its path from the configuration's own folder; undefined when it cannot be read. */
export type ReadBeside = (path: string) => string | undefined

type Asked = { readonly locate: Locate; readonly read: ReadBeside }
type Read = { readonly template: Template; readonly problems: readonly Problem[] }

const PATH = ['postmortem', 'template'] as const

export function readTemplate(given: Given | undefined, asked: Asked): Read {
  const template = given?.template
  if (template === undefined) return { template: BUILT_IN_TEMPLATE, problems: [] }
  if (typeof template !== 'string') return listed(template, asked)
  return template.includes('\n') ? written(template, asked) : named(template, asked)
}

/** In the configuration itself, as a block of Markdown. */
function written(text: string, { locate }: Asked): Read {
  const { template, mistakes } = readTemplateFile(text)
  return { template, problems: mistakes.map(each => located(locate, PATH, each)) }
}

function named(path: string, { locate, read }: Asked): Read {
  const text = read(path)
  if (text === undefined)
    return {
      template: BUILT_IN_TEMPLATE,
      problems: [
        locate(PATH, {
          level: 'error',
          found: `${JSON.stringify(path)}, which cannot be read`,
          expected: 'a Markdown file',
          hint: "its path is from the configuration's own folder",
        }),
      ],
    }
  const { template, mistakes } = readTemplateFile(text.slice(0, MAX_TEMPLATE))
  const tooLong = { at: 0, found: `${text.length} characters`, expected: `at most ${MAX_TEMPLATE}` }
  const all = text.length > MAX_TEMPLATE ? [tooLong, ...mistakes] : mistakes
  return { template, problems: all.map(each => inFile(path, text, each)) }
}

function inFile(file: string, text: string, { at, ...mistake }: Mistake): Problem {
  const lines = new LineCounter()
  for (let next = 0; next >= 0; next = text.indexOf('\n', next) + 1 || -1) lines.addNewLine(next)
  const { line, col } = lines.linePos(at)
  return { level: 'error', file, line, column: col, path: '', ...mistake }
}

function listed(sections: Exclude<NonNullable<Given['template']>, string>, { locate }: Asked): Read {
  const taken: string[] = []
  const problems: Problem[] = []
  const template = sections.map(({ section: name, title, text }, index) => {
    const id = name ?? slugOf(title ?? '', [...taken, ...SECTIONS])
    if (taken.includes(id))
      problems.push(
        locate([...PATH, index, 'section'], {
          level: 'error',
          found: `${JSON.stringify(id)}, which is listed before`,
          expected: 'each section once',
        }),
      )
    taken.push(id)
    problems.push(...unknownNames(text ?? '').map(each => located(locate, [...PATH, index, 'text'], each)))
    return {
      id,
      title: title ?? (isBuiltIn(id) ? SECTION_TITLES[id] : id),
      text: text === undefined && name !== undefined ? `{{${name}}}` : withBlank(text ?? ''),
    }
  })
  return { template, problems }
}

const located = (locate: Locate, path: readonly PropertyKey[], { at: _, ...mistake }: Mistake): Problem =>
  locate(path, { level: 'error', ...mistake }, { word: mistake.found })
