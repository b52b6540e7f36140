/** Files that belong to the package, found whether Tocsin runs from its sources or from the bundle in dist/. */
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { assert } from '../bot/refusal.ts'

export function packageFile(path: string): string {
  for (let folder = import.meta.dirname; folder !== dirname(folder); folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json')) && existsSync(join(folder, path))) return join(folder, path)
  }
  assert(false, `${path} is not beside the program`)
}
