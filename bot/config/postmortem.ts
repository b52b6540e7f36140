/** The part of the configuration that is about post-mortems: their template, and where they are exported to. */
import { LineCounter } from 'yaml'
import * as z from 'zod'
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
import type { Config } from './types.ts'

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

const git = z
  .strictObject({
    url: z
      .string()
      .regex(
        /^(?:https?:\/\/|ssh:\/\/|git:\/\/|file:\/\/|[\w.-]+@[\w.-]+:)(?!-)\S+$/,
        'an address such as https://git.example.com/team/docs.git',
      )
      .regex(/^(?!https?:\/\/[^/]*@)/, 'an address without a name or a password in it: name a `token_file`')
      .optional(),
    path: z
      .string()
      .regex(/^(?!-)\S/, 'the path of a repository on this machine')
      .optional(),
    branch: z
      .string()
      .regex(
        /^(?![-./])(?!.*(?:\.\.|\/\/|@\{|\.lock$|[/.]$))[\w./-]{1,100}$/,
        'the name of a branch, such as main',
      )
      .optional(),
    folder: z
      .string()
      .regex(
        /^(?![-/.])(?!.*(?:^|\/)\.)[\w ./-]{0,200}$/,
        'a folder of the repository, such as docs/postmortems',
      )
      .optional(),
    token_file: z.string().min(1).optional(),
  })
  .check(context => {
    const { url, path } = context.value
    if ((url === undefined) === (path === undefined))
      context.issues.push({ code: 'custom', input: context.value, path: [], message: '`url` or `path`' })
  })

const github = z.strictObject({
  repo: z.string().regex(/^[\w.-]{1,100}\/[\w.-]{1,100}$/, 'a repository such as acme/incidents'),
  issue: z
    .union([z.literal(true).transform(() => []), z.array(z.string().min(1).max(50)).max(20)])
    .optional(),
  token_file: z.string().min(1),
})

export const postmortemSchema = z.strictObject({
  template: z
    .union([
      z.string('a list of sections, or the path of a Markdown file').min(1).max(MAX_TEMPLATE),
      z.array(section).min(1).max(MAX_SECTIONS),
    ])
    .optional(),
  export: z.strictObject({ git: git.optional(), github: github.optional() }).optional(),
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

/** Where published post-mortems go, with what is left out filled in. */
export function buildExport(given: Given | undefined): Config['postmortem']['export'] {
  const { git: repository, github: tracker } = given?.export ?? {}
  const to = repository?.url ?? repository?.path
  return {
    ...(repository && to !== undefined
      ? {
          git: {
            to,
            branch: repository.branch ?? 'main',
            folder: repository.folder?.replace(/\/+$/, '') ?? 'postmortems',
            ...(repository.token_file === undefined ? {} : { tokenFile: repository.token_file }),
          },
        }
      : {}),
    ...(tracker
      ? {
          github: {
            repo: tracker.repo,
            labels: tracker.issue?.length ? tracker.issue : ['post-mortem'],
            tokenFile: tracker.token_file,
          },
        }
      : {}),
  }
}
