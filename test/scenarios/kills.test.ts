/**
 * The shipped program, killed at random moments of its start and of its work: what it answered it has, and whoever was owed a
 * page has one, and not two (I1, I8, I9). What people saw is read from the console.
 */
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { checkDatabase } from '../../adapters/sql/verify.ts'
import { type Home, makeHome, type Program } from '../support/program.ts'
import { TEAM } from '../support/team.ts'

/** `npm run kills -- 5000` for the long run. */
const KILLS = Number(process.env.KILLS ?? 100)
/** Kills between two looks at what people saw: the console shows its last 500 messages. */
const BATCH = 100
/** Of so many, the start is what is killed. */
const STARTS = 0.15

test(`${KILLS} kills lose no declaration that was answered, no ack, and no page, and double none (I1, I8, I9)`, {
  timeout: KILLS * 10_000,
}, async () => {
  const home = makeHome(`${TEAM}\nseverities: { SEV1: { respond_within: 1d } }`)
  const told = { declared: 0, acked: 0, paged: 0, doubled: 0 }
  const { startMs, workMs } = await paceOf(home)
  for (let done = 0; done < KILLS; done += BATCH) {
    const declared: string[] = []
    const acked: string[] = []
    /** Acknowledged by whoever was quicker than the page, perhaps: then none is owed. */
    const taken = new Set<string>()
    for (let round = 0; round < Math.min(BATCH, KILLS - done); round++) {
      if (Math.random() < STARTS) {
        await home.startAndDie(Math.random() * startMs)
        continue
      }
      const program = await home.start()
      const before = round % 3 === 0 ? declared.at(-1) : undefined
      if (before) taken.add(before)
      const saying = [
        says(
          program,
          `/incident declare The site is down for everyone, ${done + round} --test --severity SEV1`,
        ),
        ...(before ? [says(program, `/incident ack ${before}`)] : []),
      ]
      await pause(Math.random() * workMs)
      await program.end('SIGKILL')
      const [first = '', second = ''] = await Promise.all(saying)
      const id = /INC-\d+/.exec(first)?.[0]
      if (id) declared.push(id)
      if (before && second.includes('acknowledged')) acked.push(before)
    }
    const program = await home.start()
    expect(new Set(declared).size).toBe(declared.length)
    for (const id of declared) expect(await program.says('diego', `/incident show ${id}`)).toContain(id)
    for (const id of acked)
      expect(await program.says('diego', `/incident ack ${id}`)).toContain('acknowledged already')
    const unheard = async () => {
      const paged = await pagesOf(program)
      return declared.filter(id => !taken.has(id) && !paged.has(id))
    }
    await expect.poll(unheard, { timeout: 60_000, interval: 200 }).toEqual([])
    const seen = await pagesOf(program)
    const pages = declared.flatMap(id => seen.get(id) ?? [])
    told.declared += declared.length
    told.acked += acked.length
    told.paged += pages.length
    told.doubled += pages.filter(times => times > 1).length
    await program.end('SIGTERM')
    checkDatabase(join(home.folder, 't.db'))
    if (KILLS > BATCH) console.log(`${Math.min(done + BATCH, KILLS)} kills:`, told)
  }
  expect(told.declared).toBeGreaterThan(KILLS / 10)
  expect(told.acked).toBeGreaterThan(0)
  // The console finds what it has posted.
  expect(told.doubled).toBe(0)
})

/** How long a start takes on this machine, and how long a declaration until its page has left: twice that is the time to die in. */
async function paceOf(home: Home): Promise<{ readonly startMs: number; readonly workMs: number }> {
  const begunAt = performance.now()
  const program = await home.start()
  const readyAt = performance.now()
  const said = await says(program, '/incident declare The site is down for everyone --test --severity SEV1')
  const id = /INC-\d+/.exec(said)?.[0] ?? ''
  await expect.poll(async () => (await pagesOf(program)).has(id), { timeout: 10_000, interval: 5 }).toBe(true)
  const pagedAt = performance.now()
  await program.end('SIGKILL')
  return { startMs: readyAt - begunAt, workMs: 2 * (pagedAt - readyAt) }
}

const says = (program: Program, line: string): Promise<string> => program.says('diego', line).catch(() => '')

/** Incident -> how many pages about it Aiko has. */
async function pagesOf(program: Program): Promise<ReadonlyMap<string, number>> {
  const paged = new Map<string, number>()
  for (const { key } of await program.pagesOf('aiko')) {
    const id = /^page:(INC-\d+):/.exec(key ?? '')?.[1]
    if (id) paged.set(id, (paged.get(id) ?? 0) + 1)
  }
  return paged
}
