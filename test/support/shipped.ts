/** The program as it ships, built once a run where no `npm start` of the same checkout reads it. */
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../..')
const folder = join(root, 'node_modules/.tests/shipped')

/** What `npm start` runs. */
export const SHIPPED = join(folder, 'main.js')

export function setup(): void {
  execFileSync(process.execPath, [join(root, 'build.ts'), folder], { cwd: root })
}
