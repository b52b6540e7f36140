/** Where the migrations are: beside the package, whether Tocsin runs from its sources or from the bundle. */
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { assert } from '../../bot/refusal.ts'

export function migrationsFolder(dialect: 'sqlite' | 'postgres'): string {
  for (let folder = import.meta.dirname; folder !== dirname(folder); folder = dirname(folder)) {
    const candidate = join(folder, 'migrations', dialect)
    if (existsSync(join(candidate, 'meta', '_journal.json'))) return candidate
  }
  assert(false, `the migrations for ${dialect} are not beside the program`)
}
