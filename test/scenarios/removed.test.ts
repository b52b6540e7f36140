/** Whatever is taken out of the configuration while an incident runs: nobody is stranded, and its chain ends with a word (I22). */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Config } from '../../bot/config/types.ts'
import { night } from '../support/story.ts'
import { config } from '../support/team.ts'

const without = <T>(all: Readonly<Record<string, T>>, gone: readonly string[]): Readonly<Record<string, T>> =>
  Object.fromEntries(Object.entries(all).filter(([name]) => !gone.includes(name)))

type Cut = {
  readonly people: readonly string[]
  readonly schedules: readonly string[]
  readonly roles: readonly string[]
  readonly services: readonly string[]
  readonly chains: boolean
  readonly channel: boolean
}

function cutDown(all: Config, { people, schedules, roles, services, chains, channel }: Cut): Config {
  const severities = Object.entries(all.severities).map(([name, level]) => [
    name,
    { ...level, escalation: [] },
  ])
  return {
    ...all,
    people: without(all.people, people),
    schedules: without(all.schedules, schedules),
    roles: without(all.roles, roles),
    services: without(all.services, services),
    ...(chains ? { severities: Object.fromEntries(severities) as Config['severities'] } : {}),
    ...(channel ? { team: { ...all.team, channel: { name: '#elsewhere' } } } : {}),
  }
}

const anyCut: fc.Arbitrary<Cut> = fc.record({
  people: fc.subarray(['aiko', 'ben', 'chika', 'diego']),
  schedules: fc.subarray(['primary', 'secondary']),
  roles: fc.subarray(['oncall_primary', 'oncall_secondary', 'manager', 'director']),
  services: fc.subarray(['checkout']),
  chains: fc.boolean(),
  channel: fc.boolean(),
})

test('people, schedules, roles, services, chains and channels that are removed while an incident runs strand nobody (I22)', {
  timeout: 60_000,
}, async () => {
  const all = config()
  const seconds = fc.integer({ min: 0, max: 1500 })
  await fc.assert(
    fc.asyncProperty(anyCut, seconds, seconds, fc.boolean(), async (cut, first, second, service) => {
      const n = await night()
      await n.says(
        'diego',
        `/incident declare The whole site is down for everyone${service ? ' --service checkout' : ''}`,
      )
      await n.at(`${Math.min(first, second)}s`)
      await n.app.configure(cutDown(all, cut))
      await n.at(`${Math.max(first, second)}s`)
      expect(await n.store.stranded()).toEqual([])
      await n.app.configure(all)
      await n.at('3h')
      expect((await n.incident()).chain?.next).toBeNull()
      expect((await n.incident()).chain?.exhaustedAt).not.toBeNull()
      expect([...n.texts('#incidents'), ...n.texts('#elsewhere')].join()).toContain('Nobody')
      await n.stop()
    }),
    { numRuns: 20 },
  )
})
