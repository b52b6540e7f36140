/** Writes the generated pages of the reference, and the table of docs/schedules.md: `npm run docs`. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { referencePages } from '../adapters/cli/reference.ts'
import { withClockChanges } from './clock-changes.ts'

for (const [path, content] of Object.entries(referencePages()))
  writeFileSync(join(import.meta.dirname, '..', path), content)
const schedules = join(import.meta.dirname, 'schedules.md')
writeFileSync(schedules, withClockChanges(readFileSync(schedules, 'utf8')))
