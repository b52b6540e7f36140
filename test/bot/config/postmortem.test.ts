/** Templates of post-mortems in the configuration: what they become, and every mistake at its place. */
import { expect, test } from 'vitest'
import { parseConfig } from '../../../bot/config/parse.ts'
import { formatProblem } from '../../../bot/config/problems.ts'
import { BUILT_IN_TEMPLATE } from '../../../bot/postmortem/template.ts'

const HEAD = 'team: { name: T, timezone: Etc/UTC }\npeople: { ben: { name: Ben } }\nroles: {}\n'
const read = (yaml: string, files: Readonly<Record<string, string>> = {}) =>
  parseConfig({ text: `${HEAD}${yaml}`, file: 't.yaml', beside: path => files[path] })
const template = (yaml: string, files?: Readonly<Record<string, string>>) =>
  read(yaml, files).config?.postmortem.template
const problems = (yaml: string, files?: Readonly<Record<string, string>>) => {
  const parsed = read(yaml, files)
  return parsed.config ? [] : parsed.problems.map(formatProblem)
}

test('without one it is the built-in template', () => {
  expect(template('')).toEqual(BUILT_IN_TEMPLATE)
})

test('a list says which sections, in which order, with own titles and own prompts', () => {
  expect(
    template(`postmortem:
  template:
    - section: impact
    - { section: summary, title: In short }
    - { title: Customer communication, text: "Who was told, when, by whom?" }
    - { title: Figures, text: "Users: {{users}}" }
    - { section: lessons, text: "Three at the most. {{lessons}}" }
`),
  ).toEqual([
    { id: 'impact', title: 'Impact', text: '{{impact}}' },
    { id: 'summary', title: 'In short', text: '{{summary}}' },
    {
      id: 'customer_communication',
      title: 'Customer communication',
      text: 'Who was told, when, by whom?\n\n{{blank}}',
    },
    { id: 'figures', title: 'Figures', text: 'Users: {{users}}' },
    { id: 'lessons', title: 'Lessons learned', text: 'Three at the most. {{lessons}}' },
  ])
})

const FILE = `# Post-mortem

## Summary
{{summary}}

## Who was told
Who told whom, and when?

\`\`\`
## no heading
\`\`\`

## Numbers
Lasted {{ duration }}, cost {{revenue}}.

### By region
{{blank}}
`

test.each([
  ['a Markdown file', 'postmortem: { template: ./pm.md }', { './pm.md': FILE }],
  ['Markdown in place', `postmortem:\n  template: |\n${FILE.replaceAll(/^(?=.)/gm, '    ')}`, {}],
])('%s is a template: a heading a section', (_, yaml, files) => {
  expect(template(yaml, files)).toEqual([
    { id: 'summary', title: 'Summary', text: '{{summary}}' },
    {
      id: 'who_was_told',
      title: 'Who was told',
      text: 'Who told whom, and when?\n\n```\n## no heading\n```\n\n{{blank}}',
    },
    {
      id: 'numbers',
      title: 'Numbers',
      text: 'Lasted {{ duration }}, cost {{revenue}}.\n\n### By region\n{{blank}}',
    },
  ])
})

test.each([
  [
    'a section that is misspelt',
    'postmortem: { template: [ { section: sumary } ] }',
    't.yaml:4:38 postmortem.template.0.section: found "sumary", expected one of summary, impact, timeline, root_cause, contributing, went_well, went_wrong, action_items, lessons; did you mean summary?',
  ],
  [
    'a section without a name',
    'postmortem: { template: [ { text: x } ] }',
    't.yaml:4:27 postmortem.template.0: found {"text":"x"}, expected `section` with one of the built-in ones, or a `title` of your own; built in: summary, impact, timeline, root_cause, contributing, went_well, went_wrong, action_items, lessons',
  ],
  [
    'a section that is listed twice',
    'postmortem: { template: [ { section: impact }, { section: impact } ] }',
    't.yaml:4:59 postmortem.template.1.section: found "impact", which is listed before, expected each section once',
  ],
  [
    'a name that the facts do not know',
    'postmortem: { template: [ { title: A, text: "Users: {{usres}}" } ] }',
    't.yaml:4:53 postmortem.template.0.text: found {{usres}}, expected a name that the facts know; did you mean {{users}}?',
  ],
  [
    'a file that is not there',
    'postmortem: { template: ./pn.md }',
    't.yaml:4:25 postmortem.template: found "./pn.md", which cannot be read, expected a Markdown file; its path is from the configuration\'s own folder',
  ],
  [
    'a template that is neither',
    'postmortem: { template: 7 }',
    't.yaml:4:25 postmortem.template: found 7, expected a list of sections, or the path of a Markdown file',
  ],
])('%s is said where it is', (_, yaml, problem) => {
  expect(problems(yaml)).toEqual([problem])
})

test('mistakes of a Markdown file are said at their line and column of that file', () => {
  expect(
    problems('postmortem: { template: ./pm.md }', {
      './pm.md': 'Hello\n\n## Impact\nUsers: {{usres}} and {{7*7}}\n',
    }),
  ).toEqual([
    './pm.md:1:1: found text before the first heading, expected a heading',
    './pm.md:4:8: found {{usres}}, expected a name that the facts know; did you mean {{users}}?',
    expect.stringContaining(
      './pm.md:4:22: found {{7*7}}, expected a name that the facts know; there is summary,',
    ),
  ])
  expect(problems('postmortem: { template: ./pm.md }', { './pm.md': 'Nothing\n' })).toEqual([
    './pm.md:1:1: found no heading, expected a section, such as `## Summary`',
  ])
})

test.each([
  ['export: { git: { url: "https://git.example.com/a.git" } }', []],
  ['export: { git: { url: "git@github.com:acme/docs.wiki.git", branch: master, folder: "" } }', []],
  ['export: { git: {} }', ['`url` or `path`']],
  [
    'export: { git: { url: "--upload-pack=touch x" } }',
    ['an address such as https://git.example.com/team/docs.git'],
  ],
  ['export: { git: { url: "ext::sh -c x" } }', ['an address such as https://git.example.com/team/docs.git']],
  ['export: { git: { url: "https://me:secret@git.example.com/a.git" } }', ['name a `token_file`']],
  ['export: { git: { path: /srv/a.git, branch: "../x" } }', ['the name of a branch, such as main']],
  ['export: { git: { path: /srv/a.git, folder: "../x" } }', ['a folder of the repository']],
  ['export: { github: { repo: acme, token_file: t } }', ['a repository such as acme/incidents']],
])('%s is taken or refused', (yaml, expected) => {
  const found = problems(`postmortem: { ${yaml} }`)
  expect(found.length).toBe(expected.length)
  for (const [index, part] of expected.entries()) expect(found[index]).toContain(part)
})
