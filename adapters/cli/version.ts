import { readFileSync } from 'node:fs'
import { packageFile } from '../files.ts'

/** The version of the package and of the Node that runs it. */
export function version(): string {
  const { version: number } = JSON.parse(readFileSync(packageFile('package.json'), 'utf8')) as {
    version: string
  }
  return `tocsin ${number} (node ${process.version})\n`
}
