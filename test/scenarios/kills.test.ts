/** The shipped program, killed a hundred times at random moments: what it answered it has, and whoever was owed a page has one (I1, I8, I9). */
import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { makeHome } from '../support/program.ts'
import { TEAM } from '../support/team.ts'

/** `KILLS=5000 npx vitest run test/scenarios/kills.test.ts` for the long run. */
const KILLS = Number(process.env.KILLS ?? 100)

test(`${KILLS} kills lose no declaration that was answered, and no page`, {
  timeout: KILLS * 3_000,
}, async () => {
  const home = makeHome(`${TEAM}\nseverities: { SEV1: { respond_within: 1h } }`)
  const answered: string[] = []
  const paged = new Map<string, number>()
  const read = async (program: Awaited<ReturnType<typeof home.start>>) => {
    for (const { key } of await program.pagesOf('aiko')) {
      const id = /^page:(INC-\d+):/.exec(key ?? '')?.[1]
      if (id) paged.set(id, (paged.get(id) ?? 0) + 1)
    }
  }
  for (let round = 0; round < KILLS; round++) {
    const program = await home.start()
    const line = `/incident declare The site is down for everyone, round ${round} --test --severity SEV1`
    const said = program.says('diego', line).catch(() => '')
    // From before it is heard to after its page has left.
    await pause(Math.random() * 250)
    await program.end('SIGKILL')
    const id = /INC-\d+/.exec(await said)?.[0]
    if (id) answered.push(id)
  }
  const program = await home.start()
  expect(new Set(answered).size).toBe(answered.length)
  expect(answered.length).toBeGreaterThan(KILLS / 10)
  await expect
    .poll(
      async () => {
        paged.clear()
        await read(program)
        return answered.filter(id => !paged.has(id)).slice(-400)
      },
      { timeout: 20_000, interval: 200 },
    )
    .toEqual([])
  // The console finds what it has posted: not one page came twice.
  expect([...paged].filter(([, times]) => times > 1)).toEqual([])
})
