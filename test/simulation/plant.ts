/** A process of its own, in which the product has one bug of the list. */
import { execFile } from 'node:child_process'
import { join } from 'node:path'

export const plant = (
  name: string,
  args: readonly string[],
): Promise<{ readonly code: number; readonly out: string }> =>
  new Promise(resolve => {
    const files = ['--import', join(import.meta.dirname, 'mutate.ts'), join(import.meta.dirname, 'run.ts')]
    const options = { env: { PATH: process.env.PATH, PLANTED: name }, timeout: 300_000 }
    execFile(process.execPath, [...files, ...args], options, (error, out, err) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out: out + err }),
    )
  })
