/** The shipped program, killed with SIGKILL at random: what it said it had, it has; who was owed a page, is paged (I1, I8). */
import { expect, test } from 'vitest'
import { makeHome } from '../support/program.ts'
import { TEAM } from '../support/team.ts'

const home = makeHome(`${TEAM}\nseverities: { SEV1: { respond_within: 2s, repeat: 0 } }`)

test('declarations that were answered are there after any kill, and none twice', {
  timeout: 60_000,
}, async () => {
  const answered: string[] = []
  for (let round = 0; round < 6; round++) {
    const program = await home.start()
    let alive = true
    const declaring = (async () => {
      for (let each = 0; alive; each++) {
        const said = await program
          .says('diego', `/incident declare Site is down for everyone, number ${round}-${each} --test`)
          .catch(() => '')
        const id = /INC-\d+/.exec(said)?.[0]
        if (id) answered.push(id)
        else return
      }
    })()
    await expect.poll(() => answered.length, { timeout: 10_000, interval: 5 }).toBeGreaterThan(round * 4 + 3)
    await program.end('SIGKILL')
    alive = false
    await declaring
  }
  expect(new Set(answered).size).toBe(answered.length)
  const program = await home.start()
  for (const id of answered) expect(await program.says('diego', `/incident show ${id}`)).toContain(id)
})

test('a kill between two rungs costs the next person nothing but the time that Tocsin was down', {
  timeout: 60_000,
}, async () => {
  const before = await home.start()
  const said = await before.says(
    'diego',
    '/incident declare The lights are out for everyone everywhere --test --severity SEV1',
  )
  const id = /INC-\d+/.exec(said)?.[0] ?? ''
  const pages = async (program: typeof before, person: string) =>
    (await program.pagesOf(person)).filter(page => page.key?.startsWith(`page:${id}:`))
  await expect.poll(() => pages(before, 'aiko'), { timeout: 5_000 }).toHaveLength(1)
  await before.end('SIGKILL')
  const after = await home.start()
  await expect.poll(() => pages(after, 'ben'), { timeout: 10_000 }).toHaveLength(1)
  expect(await pages(after, 'aiko')).toHaveLength(1)
})

test('a second process on the same database is refused and told who holds it', {
  timeout: 60_000,
}, async () => {
  const first = await home.start()
  const { code, err } = await home.run('migrate')
  expect(code).toBe(1)
  expect(err).toContain(`in use by process ${first.pid}`)
})
