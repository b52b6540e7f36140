/** Whatever arrives, in whatever order and however often: the timeline is the same. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Alert, Change } from '../../bot/alerts/types.ts'
import { deployed, told } from '../support/changes.ts'
import { type Night, night, START } from '../support/story.ts'
import { config, TEAM } from '../support/team.ts'

const YAML = `${TEAM.replace(/services:[\s\S]*$/, '')}services:
  checkout: { tier: 1, depends_on: [payments-db] }
  payments-db: {}
integrations:
  ci: { source: github, token: ci-token-0123456789ab }
  prom: { source: alertmanager, token: prom-token-0123456789 }
`
const at = (minutes: number) => Date.parse(START) + minutes * 60_000

const noted = (minutes: number): Alert => ({
  fingerprint: `f${minutes}`,
  status: 'firing',
  title: `Latency at ${minutes}`,
  details: '',
  severity: 'info',
  service: minutes % 2 === 0 ? 'checkout' : 'payments-db',
  group: `g${minutes}`,
  labels: {},
  startsAt: at(minutes),
  endsAt: null,
  link: null,
})

type Input =
  | { readonly from: 'ci'; readonly change: Change }
  | { readonly from: 'prom'; readonly alert: Alert }
const INPUTS: readonly Input[] = [
  ...[-50, -21, -7, 3].map(minutes => ({ from: 'ci' as const, change: deployed('checkout', minutes) })),
  { from: 'ci', change: deployed('payments-db', -9, { kind: 'rollback', state: 'started' }) },
  ...[-40, -13, -8, -5, 2].map(minutes => ({ from: 'prom' as const, alert: noted(minutes) })),
]

async function arrive(n: Night, input: Input): Promise<void> {
  const { ci, prom } = n.app.worlds.current().config.integrations
  if (input.from === 'ci') await n.app.intake(ci!, { alerts: [], changes: [input.change] })
  else if (input.from === 'prom') await n.app.intake(prom!, { alerts: [input.alert], changes: [] })
}

/** The timeline as people read it, of inputs that come one after the other once ten minutes have passed. */
async function timelineOf(inputs: readonly Input[]): Promise<readonly string[]> {
  const n = await night({ config: config(YAML) })
  await n.says('diego', '/incident declare Checkout is down for everyone --service checkout')
  await n.at('4m')
  for (const input of inputs) await arrive(n, input)
  const { entries } = await told(n)
  await n.stop()
  return entries.map(
    ({ at: when, source, text, impact }) => `${(when - at(0)) / 1000} ${source} ${text} ${impact}`,
  )
}

test('any order and any repetition of what arrives gives the same timeline', async () => {
  const expected = await timelineOf(INPUTS)
  expect(expected.filter(line => / (?:change|alert) /.test(line))).toHaveLength(INPUTS.length)
  const orders = fc
    .tuple(
      fc.shuffledSubarray([...INPUTS], { minLength: INPUTS.length }),
      fc.array(fc.nat(INPUTS.length - 1)),
    )
    .chain(([order, again]) =>
      fc.constant([...order, ...again.flatMap(index => INPUTS[index] ?? [])] as readonly Input[]),
    )
  await fc.assert(
    fc.asyncProperty(orders, async order => {
      expect(await timelineOf(order)).toEqual(expected)
    }),
    { numRuns: 40 },
  )
})
