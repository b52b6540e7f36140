/** The table of invariants: each has tests, and these name it. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')
const rows = readFileSync(join(root, 'docs/invariants.md'), 'utf8')
  .split('\n')
  .flatMap(line => {
    const [, id] = /^\| (I\d+) \|/.exec(line) ?? []
    return id ? [{ id, files: [...line.matchAll(/`(test\/[^`]+)`/g)].map(match => match[1] ?? '') }] : []
  })

/** What is quoted outside of comments: among it the names of tests. */
const quoted = (file: string): string =>
  readFileSync(join(root, file), 'utf8')
    .split('\n')
    .filter(line => !/^\s*(?:\/\*\*|\*|\/\/)/.test(line))
    .flatMap(line => line.match(/'[^']*'|`[^`]*`|"[^"]*"/g) ?? [])
    .join('\n')

test('the table has every invariant from I1 to I30', () => {
  expect(rows.map(row => row.id)).toEqual(Array.from({ length: 30 }, (_, index) => `I${index + 1}`))
})

test.each(rows)('$id is named by a test in each of its files', ({ id, files }) => {
  expect(files).not.toEqual([])
  for (const file of files) {
    expect(existsSync(join(root, file)), file).toBe(true)
    expect(quoted(file), file).toMatch(new RegExp(`\\([^)]*\\b${id}\\b[^)]*\\)`))
  }
})
