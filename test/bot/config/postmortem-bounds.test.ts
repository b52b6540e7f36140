/** Templates and exports at their bounds: which addresses, branches and folders there may be, and how a file becomes sections. */
import { expect, test } from 'vitest'
import { parseConfig } from '../../../bot/config/parse.ts'
import { formatProblem } from '../../../bot/config/problems.ts'
import { readTemplateFile, withBlank } from '../../../bot/postmortem/template-file.ts'

const HEAD = {
  team: { name: 'T', timezone: 'Etc/UTC' },
  people: { ben: { name: 'Ben' } },
  roles: { oncall_primary: { people: ['ben'] } },
}
const parse = (postmortem: object, files: Readonly<Record<string, string>> = {}) =>
  parseConfig({ text: JSON.stringify({ ...HEAD, postmortem }), file: 't.yaml', beside: path => files[path] })
const problems = (...args: Parameters<typeof parse>) => {
  const parsed = parse(...args)
  return parsed.config ? [] : parsed.problems.map(formatProblem)
}

const letters = (count: number) => 'a'.repeat(count)
const PATHS: readonly (readonly [string, readonly unknown[], readonly unknown[]])[] = [
  [
    'url',
    [
      'https://g.example.com/a.git',
      'http://g.example.com/a',
      'ssh://git@g.example.com/a',
      'git://g.example.com/a',
      'file:///srv/a.git',
      'git@g.example.com:a.git',
      'http://g.example.com/@a',
    ],
    [
      '',
      'g.example.com/a',
      'ftp://g.example.com/a',
      'https://-x',
      'https://me@g.example.com/a',
      'https://me:pw@g.example.com/a',
      'x https://g.example.com',
      'git@g.example.com:-a',
      'https://g.example.com/a b',
    ],
  ],
  [
    'branch',
    ['main', 'release/1.2', 'a_b-c', letters(100)],
    ['', '-a', '.a', '/a', 'a..b', 'a//b', 'a@{b', 'a.lock', 'a.', 'a/', 'a b', letters(101)],
  ],
  [
    'folder',
    ['', 'docs', 'docs/post mortems', 'a.b', letters(200)],
    ['-a', '/a', '.a', 'a/.b', 'a/../b', 'a:b', letters(201)],
  ],
  ['token_file', ['t'], ['']],
]
const git = (key: string, value: unknown) => ({
  export: { git: key === 'url' ? { url: value } : { path: '/srv/a.git', [key]: value } },
})

test.each(PATHS.flatMap(([key, good]) => good.map(value => [key, value] as const)))(
  '%s may be "%s"',
  (key, value) => {
    expect(problems(git(key, value))).toEqual([])
  },
)
test.each(PATHS.flatMap(([key, , bad]) => bad.map(value => [key, value] as const)))(
  '%s may not be "%s"',
  (key, value) => {
    expect(problems(git(key, value)).join()).toContain(`postmortem.export.git.${key}`)
  },
)

test.each([
  [{ git: { path: '-a' } }, 'the path of a repository on this machine'],
  [{ git: { path: '' } }, 'the path of a repository on this machine'],
  [{ git: { path: '/a', url: 'https://g.example.com/a' } }, '`url` or `path`'],
  [{ git: { path: '/a', x: 1 } }, 'one of url, path, branch, folder, token_file'],
  [{ github: { repo: 'acme/a/b', token_file: 't' } }, 'a repository such as acme/incidents'],
  [{ github: { repo: `${letters(101)}/a`, token_file: 't' } }, 'a repository such as acme/incidents'],
  [{ github: { repo: `a/${letters(101)}`, token_file: 't' } }, 'a repository such as acme/incidents'],
  [{ github: { repo: 'a/b' } }, 'a text'],
  [{ github: { repo: 'a/b', token_file: '' } }, 'at least 1 characters'],
  [{ github: { repo: 'a/b', token_file: 't', issue: false } }, 'true'],
  [{ github: { repo: 'a/b', token_file: 't', issue: [''] } }, 'at least 1 characters'],
  [{ github: { repo: 'a/b', token_file: 't', issue: [letters(51)] } }, 'at most 50 characters'],
  [{ github: { repo: 'a/b', token_file: 't', issue: Array(21).fill('x') } }, 'at most 20 entries'],
  [{ gitlab: {} }, 'one of git, github'],
])('%j is refused: %s', (given, expected) => {
  expect(problems({ export: given }).join()).toContain(expected)
})

const built = (given: object) => parse({ export: given }).config?.postmortem.export
test('what is left out of an export is filled in', () => {
  expect(parse({}).config?.postmortem.export).toEqual({})
  expect(built({ git: { path: '/srv/a.git' } })).toEqual({
    git: { to: '/srv/a.git', branch: 'main', folder: 'postmortems' },
  })
  expect(
    built({ git: { url: 'https://g.example.com/a', branch: 'b', folder: 'x/y//', token_file: 't' } }),
  ).toEqual({
    git: { to: 'https://g.example.com/a', branch: 'b', folder: 'x/y', tokenFile: 't' },
  })
  expect(
    built({ github: { repo: `${letters(100)}/${letters(100)}`, token_file: 't' } })?.github?.labels,
  ).toEqual(['post-mortem'])
  expect(built({ github: { repo: 'a/b', token_file: 't', issue: true } })).toEqual({
    github: { repo: 'a/b', labels: ['post-mortem'], tokenFile: 't' },
  })
  expect(built({ github: { repo: 'a/b', token_file: 't', issue: [] } })?.github?.labels).toEqual([
    'post-mortem',
  ])
  expect(
    built({ github: { repo: 'a/b', token_file: 't', issue: Array(20).fill(letters(50)) } })?.github?.labels,
  ).toHaveLength(20)
})

test('a list that is too long is said to be, and not that a list is expected: sections have bounds, and so has each of them', () => {
  const section = (more: object = {}) => ({ title: 'A', ...more })
  expect(problems({ template: Array.from({ length: 30 }, (_, at) => section({ title: `A${at}` })) })).toEqual(
    [],
  )
  expect(
    problems({ template: Array.from({ length: 31 }, (_, at) => section({ title: `A${at}` })) }).join(),
  ).toContain('at most 30 entries')
  expect(problems({ template: [] }).join()).toContain('at least 1 entry')
  expect(problems({ template: [section({ title: letters(100), text: letters(10_000) })] })).toEqual([])
  expect(problems({ template: [section({ title: letters(101) })] }).join()).toContain(
    'at most 100 characters',
  )
  expect(problems({ template: [section({ title: '' })] }).join()).toContain('at least 1 characters')
  expect(problems({ template: [section({ text: letters(10_001) })] }).join()).toContain(
    'at most 10000 characters',
  )
  expect(problems({ template: '' }).join()).toContain('postmortem.template')
})

test('a title of one’s own gets a name that nothing else has, and a built-in section its own title', () => {
  const template = parse({
    template: [
      { title: 'Impact' },
      { section: 'impact' },
      { title: 'Impact' },
      { section: 'summary', text: '' },
    ],
  }).config?.postmortem.template
  expect(template?.map(({ id, title, text }) => `${id}|${title}|${text}`)).toEqual([
    'impact_2|Impact|{{blank}}',
    'impact|Impact|{{impact}}',
    'impact_3|Impact|{{blank}}',
    'summary|Summary|{{blank}}',
  ])
})

test('a file that is too long is said to be, and what is wrong in what was read of it', () => {
  const file = (length: number) =>
    problems({ template: './pm.md' }, { './pm.md': `## A\n${letters(length - 5)}` })
  expect(file(100_000)).toEqual([])
  expect(file(100_001)).toEqual(['./pm.md:1:1: found 100001 characters, expected at most 100000'])
})

const titles = (text: string) => readTemplateFile(text).template.map(({ id, title }) => `${id}: ${title}`)
test.each([
  ['# Post-mortem\n\n## A\nx\n## B\ny', ['a: A', 'b: B']],
  ['# Post-mortem\nfor us\n## A\nx', ['post_mortem: Post-mortem', 'a: A']],
  ['## First\n\n## A\nx', ['first: First', 'a: A']],
  ['# Only\n', ['only: Only']],
  ['# A\nx\n# B\ny', ['a: A', 'b: B']],
  ['## A ##\n### no\n####no\n#no\nx', ['a: A']],
  ['## A\n```\n## no\n```\n## B\n', ['a: A', 'b: B']],
  ['## A\n~~~~\n## no\n~~~\n## no\n~~~~\n## B\n', ['a: A', 'b: B']],
  ['## A\n````\n```\n## no\n````\n## B\n', ['a: A', 'b: B']],
  ['## A\n    ```\n## B\n', ['a: A', 'b: B']],
  ['## A\n## A\n## A\n', ['a: A', 'a_2: A', 'a_3: A']],
  [
    '## Our impact\n{{impact}} {{summary}}\n## More\n{{impact}} {{summary}}\n',
    ['impact: Our impact', 'summary: More'],
  ],
  [`## ${letters(120)}\n`, [`${letters(30)}: ${letters(100)}`]],
  [' ## A\n## B\n', ['b: B']],
])('the sections of %j', (text, expected) => {
  expect(titles(text)).toEqual(expected)
})

test('a section without any placeholder asks for its answer', () => {
  expect([withBlank('Who?'), withBlank(''), withBlank('{{title}}')]).toEqual([
    'Who?\n\n{{blank}}',
    '{{blank}}',
    '{{title}}',
  ])
})

test('mistakes have their place in the text', () => {
  const { mistakes } = readTemplateFile(`  x\n## A\n{{titel}}\n`)
  expect(mistakes).toEqual([
    { at: 2, found: 'text before the first heading', expected: 'a heading' },
    { at: 9, found: '{{titel}}', expected: 'a name that the facts know', hint: 'did you mean {{title}}?' },
  ])
  const many = (count: number) =>
    readTemplateFile(
      Array.from({ length: count }, (_, at) => `## A${String(at).padStart(2, '0')}\n`).join(''),
    ).mistakes
  expect(many(30)).toEqual([])
  expect(many(32)).toEqual([{ at: 210, found: '32 sections', expected: 'at most 30' }])
  expect(readTemplateFile('').mistakes).toEqual([
    { at: 0, found: 'no heading', expected: 'a section, such as `## Summary`' },
  ])
})
