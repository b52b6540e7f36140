import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { referencePages } from '../adapters/cli/reference.ts'
import { parseConfig } from '../bot/config/parse.ts'

const root = join(import.meta.dirname, '..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')

test.each(Object.entries(referencePages()))('%s is what the code says (npm run docs)', (path, content) => {
  expect(read(path)).toBe(content)
})

test('the example configuration has no problem and no warning', () => {
  const parsed = parseConfig({ text: read('tocsin.example.yaml'), file: 'tocsin.example.yaml' })
  expect(parsed.config ? parsed.warnings : parsed.problems).toEqual([])
})

test.each([
  'README.md',
  'docs/slack.md',
  'docs/discord.md',
  'docs/on-call.md',
  'docs/first-five-minutes.md',
  'docs/reference/configuration.md',
])('every link of %s leads somewhere', path => {
  const targets = [...read(path).matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(match => match[1] ?? '')
  expect(targets.filter(target => !existsSync(join(root, dirname(path), target)))).toEqual([])
})
