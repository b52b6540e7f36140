/** The simulation finds bugs: each of a list is put into a copy of the product, and lives in it go wrong. */
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { MUTATIONS } from './mutations.ts'

const LIVES = 40

const run = (name: string): Promise<{ readonly code: number; readonly out: string }> =>
  new Promise(resolve => {
    const args = ['--import', join(import.meta.dirname, 'mutate.ts'), join(import.meta.dirname, 'run.ts')]
    const options = { env: { PATH: process.env.PATH, PLANTED: name } }
    execFile(process.execPath, [...args, '--seeds', String(LIVES), '--first'], options, (error, out, err) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out: out + err }),
    )
  })

test.each(MUTATIONS)('found: $name', { timeout: 600_000 }, async ({ name }) => {
  const { code, out } = await run(name)
  expect(out).toMatch(/^seed \d+: /m)
  expect(code).toBe(1)
})
