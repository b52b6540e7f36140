/** The shipped program asks what its configuration names, and tells whoever reads its API. */
import { afterEach, expect, test } from 'vitest'
import { type PrometheusEmulator, startPrometheus } from '../../emulators/sources/prometheus.ts'
import { makeHome } from '../../support/program.ts'
import { requests, up } from '../../support/watched.ts'

let prom: PrometheusEmulator
afterEach(() => prom.stop())

test('an incident of the running program has what its Prometheus saw', async () => {
  prom = await startPrometheus()
  const began = Date.now() - 6 * 60_000
  prom.scrape(
    ...requests({ job: 'checkout' }, { perSecond: 40, errors: { from: began, value: 9 } }),
    up({ job: 'checkout' }),
  )
  const home = makeHome(`team: { name: Team, timezone: Etc/UTC }
people: { aiko: { name: Aiko } }
roles: { oncall_primary: { people: [aiko] } }
services: { checkout: {} }
private_addresses: true
sources: { prom: { kind: prometheus, url: "${prom.url}" } }
`)
  const program = await home.start({ TOCSIN_API_TOKEN: 'a-token-for-this-test' })
  await program.says('aiko', '/incident declare Checkout is down for everyone --service checkout')
  const read = async () => {
    const headers = { authorization: 'Bearer a-token-for-this-test' }
    const response = await program.get('/api/v1/incidents/INC-1/investigation', headers)
    return (await response.json()) as {
      readonly sources: readonly { readonly source: string; readonly failed: string | null }[]
      readonly findings: readonly { readonly name?: string; readonly at: string; readonly link: string }[]
    }
  }
  let told = await read()
  while (told.sources.length === 0) told = await read()
  expect(told.sources).toMatchObject([{ source: 'prom', failed: null }])
  const errors = told.findings.find(({ name }) => name === 'error rate')
  expect(errors?.link).toContain(`${prom.url}/graph?g0.expr=`)
  expect(Date.parse(errors?.at ?? '')).toBeGreaterThan(began)
  await program.end('SIGTERM')
  expect(program.log()).not.toContain('"level":"error"')
}, 30_000)
