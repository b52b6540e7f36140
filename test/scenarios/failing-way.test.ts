/** A way that fails while much breaks at once: each page goes on to the next way in its own half minute. */
import { afterEach, expect, test } from 'vitest'
import { ChatFailure, type Pager } from '../../bot/ports.ts'
import { type Night, night, START } from '../support/story.ts'
import { config } from '../support/team.ts'

const YAML = `
team: { name: Test team, timezone: Etc/UTC, channel: "#incidents" }
people:
  aiko: { name: Aiko Tanaka, phone: "+815012345678", email: aiko@example.com, notify: [ { after: 0s, by: sms }, { after: 10m, by: email } ] }
  diego: { name: Diego Ruiz }
roles:
  oncall_primary: { people: [aiko] }
severities: { SEV1: { escalation: [oncall_primary], respond_within: 1h } }
`
let n: Night
afterEach(() => n.stop())

/** SMS fails as `fail` says; e-mail arrives. */
async function begin(fail: () => never): Promise<{ readonly tries: () => number; readonly mails: string[] }> {
  const mails: string[] = []
  let tries = 0
  const sms: Pager = {
    way: 'sms',
    async page() {
      tries += 1
      return fail()
    },
  }
  const email: Pager = {
    way: 'email',
    async page(_, __, id) {
      mails.push(id)
      return { id }
    },
  }
  n = await night({ config: config(YAML), pagers: [sms, email] })
  return { tries: () => tries, mails }
}

async function declare(count: number): Promise<void> {
  for (let each = 0; each < count; each++)
    await n.app.receive({
      chat: 'console',
      cause: `declare ${each}`,
      user: { id: 'diego', name: 'diego', kind: 'member' },
      channel: '#incidents',
      line: `/incident declare Number ${each} is broken --severity SEV1 --test`,
    })
}

const lost = () => {
  throw new ChatFailure('doubt', 'reset', 'nothing was heard')
}

test('SMS hangs for eight seconds at a time and ten things break: nobody waits for one failure after the other', async () => {
  const { mails } = await begin(() => {
    if (n.clock.now() < Date.parse(START) + 60_000) n.clock.stepTo(n.clock.now() + 8_000)
    return lost()
  })
  await declare(10)
  await n.at('3m')
  expect(mails).toHaveLength(10)
  const histories = await Promise.all(
    Array.from({ length: 10 }, (_, index) => n.app.engine.history(`INC-${index + 1}`)),
  )
  const behind = histories.filter(history =>
    history.some(({ event }) => event.type === 'page_failed' && event.why.includes('sent before it')),
  )
  expect(behind.length).toBeGreaterThan(4)
})

test('SMS of which nothing is heard does not use up the limit of the one it should reach: the mail is there, and nothing is held', async () => {
  const { tries, mails } = await begin(lost)
  await declare(2)
  await n.at('31s')
  expect(mails).toHaveLength(2)
  expect(tries()).toBeLessThanOrEqual(8)
  const history = await n.app.engine.history('INC-1')
  expect(history.map(({ event }) => event.type)).not.toContain('page_held')
})
