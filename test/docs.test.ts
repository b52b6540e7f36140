import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { referencePages } from '../adapters/cli/reference.ts'
import { parseConfig } from '../bot/config/parse.ts'
import { withClockChanges } from '../docs/clock-changes.ts'

const root = join(import.meta.dirname, '..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')

test.each(Object.entries(referencePages()))('%s is what the code says (npm run docs)', (path, content) => {
  expect(read(path)).toBe(content)
})

test('the table of clock changes is what the rules say (npm run docs)', () => {
  const page = read('docs/schedules.md')
  expect(withClockChanges(page)).toBe(page)
  expect(page).toContain(
    '| Australia/Lord_Howe | 2026-10-04, 02:00 to 02:30 | 2026-10-03 15:30 | 02:15 | 2026-10-03 15:30 | 2026-10-03 15:30 | 23.5 h |',
  )
})

test.each(['docs/schedules.md', 'docs/on-call.md'])('the schedules of %s are a configuration', path => {
  const [yaml = ''] = /^ {4}schedules:\n(?: {4}.*\n)+/m.exec(read(path)) ?? []
  const people = 'team: { name: T, timezone: Etc/UTC, holidays: [2027-01-01] }\npeople:\n'.concat(
    ['aiko', 'ben', 'chika', 'diego', 'emma'].map(id => `  ${id}: { name: ${id} }\n`).join(''),
  )
  const parsed = parseConfig({ text: `${people}${yaml.replaceAll(/^ {4}/gm, '')}`, file: path })
  expect(parsed.config ? Object.keys(parsed.config.schedules) : parsed.problems).toEqual(['primary'])
})

test('the sources of docs/evidence.md are a configuration', () => {
  const [yaml = ''] = /^ {4}private_addresses[^\n]*\n(?: {4}.*\n)+/m.exec(read('docs/evidence.md')) ?? []
  const team = `team: { name: T, timezone: Etc/UTC }\npeople: { b: { name: B } }\nroles: { oncall_primary: { people: [b] } }\nservices: { checkout: {} }\n`
  const parsed = parseConfig({ text: `${team}${yaml.replaceAll(/^ {4}/gm, '')}`, file: 'docs/evidence.md' })
  expect(parsed.config ? Object.keys(parsed.config.sources) : parsed.problems).toEqual([
    'prom',
    'logs',
    'es',
    'traces',
    'jaeger',
  ])
})

test('the example configuration has no problem and no warning', () => {
  const parsed = parseConfig({ text: read('tocsin.example.yaml'), file: 'tocsin.example.yaml' })
  expect(parsed.config ? parsed.warnings : parsed.problems).toEqual([])
})

test.each([
  'README.md',
  'docs/slack.md',
  'docs/memory.md',
  'docs/actions.md',
  'docs/discord.md',
  'docs/on-call.md',
  'docs/schedules.md',
  'docs/first-five-minutes.md',
  'docs/memory.md',
  'docs/memory.md',
  'docs/postmortem.md',
  'docs/reference/configuration.md',
])('every link of %s leads somewhere', path => {
  const targets = [...read(path).matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(match => match[1] ?? '')
  expect(targets.filter(target => !existsSync(join(root, dirname(path), target)))).toEqual([])
})
