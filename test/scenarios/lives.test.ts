/** Whatever people do, in whatever order, with a crash now and then: histories are whole, nobody is stranded, an ack is silence. */
import fc from 'fast-check'
import { test } from 'vitest'
import { night } from '../support/story.ts'

const PEOPLE = ['aiko', 'ben', 'chika', 'diego'] as const
const LINES = [
  'ack INC-1',
  'unack INC-1',
  'escalate INC-1',
  'notme INC-1',
  'page INC-1 @chika',
  'severity INC-1 SEV1',
  'severity INC-1 SEV3',
  'severity INC-1 SEV4',
  'status INC-1 investigating',
  'resolve INC-1',
  'close INC-1',
  'reopen INC-1',
  'update INC-1 still looking',
  'role INC-1 commander @ben',
  'retry INC-1',
] as const

const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('say' as const),
      person: fc.constantFrom(...PEOPLE),
      line: fc.constantFrom(...LINES),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('wait' as const), seconds: fc.integer({ min: 1, max: 1200 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('crash' as const), seconds: fc.integer({ min: 0, max: 7200 }) }),
  },
)

test('a hundred lives', { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async steps => {
      let n = await night()
      const startedAt = n.clock.now()
      const elapsed = () => Math.round((n.clock.now() - startedAt) / 1000)
      await n.says('diego', '/incident declare The whole site is down for everyone')
      for (const each of steps) {
        if (each.do === 'say') await n.says(each.person, `/incident ${each.line}`)
        if (each.do === 'wait') {
          const before = await n.incident()
          const pages = PEOPLE.map(person => n.pagesOf(person).length)
          await n.at(`${elapsed() + each.seconds}s`)
          const quiet = before.acked !== null && before.pages.every(page => page.ended !== null)
          const after = PEOPLE.map(person => n.pagesOf(person).length)
          const lapsed = (await n.app.engine.history('INC-1')).some(
            ({ event, seq }) => event.type === 'ack_expired' && seq > before.seq,
          )
          if (quiet && !lapsed && after.join() !== pages.join())
            throw new Error(`paged after an ack: ${pages.join()} became ${after.join()}`)
        }
        if (each.do === 'crash') {
          n.clock.moveTo(n.clock.now() + each.seconds * 1000)
          n = await n.crash()
          await n.app.clockwork.tick()
        }
      }
      await n.stop()
    }),
    { numRuns: 100 },
  )
})
