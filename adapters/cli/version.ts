import { readFileSync } from 'node:fs'
import { packageFile } from '../files.ts'

/** The version of the package and of the Node that runs it. */
export const packageVersion = (): string =>
  (JSON.parse(readFileSync(packageFile('package.json'), 'utf8')) as { version: string }).version

export function version(): string {
  return `tocsin ${packageVersion()} (node ${process.version})\n`
}
