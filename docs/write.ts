/** Writes the generated pages of the reference: `npm run docs`. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { referencePages } from '../adapters/cli/reference.ts'

for (const [path, content] of Object.entries(referencePages()))
  writeFileSync(join(import.meta.dirname, '..', path), content)
