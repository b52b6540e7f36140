/** Patterns on the web and by the API: any range, in pictures and in words, for whoever is known, and with a sentence for what is no range. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { START, teamOf } from '../bot/digest/teams.ts'
import { startPatterns } from '../support/rows.ts'

let site: Awaited<ReturnType<typeof startPatterns>>
const { all } = teamOf({ seed: 3, incidents: 60, services: 3, hour: [9, 0.5] })
const named = all.map(each => (each.service === 's0' ? { ...each, service: 'checkout' } : each))
beforeEach(async () => {
  site = await startPatterns(named)
})
afterEach(() => site.stop())

const get = async (path: string) => {
  const answer = await fetch(`${site.url}${path}`)
  return { status: answer.status, text: await answer.text() }
}
const RANGE = '?from=2026-08-31&to=2026-11-22'

test('a range is shown in three pictures that are told, and in words', async () => {
  const { status, text } = await get(`/patterns${RANGE}`)
  expect(status).toBe(200)
  expect(text.match(/<svg [^>]*role="img"[^>]*aria-label="[^"]{40,}"/g)).toHaveLength(3)
  expect(text).toContain('Patterns, 2026-08-31 to 2026-11-22')
  expect(text).toMatch(/\d+ % of 60 incidents began between 09:00 and 10:00/)
  expect(text).toContain('<b>Unlikely to be chance</b>')
  expect(text).toContain('aria-current="page">Patterns')
})

test('of one service, and of none of the team', async () => {
  expect((await get(`/patterns${RANGE}&service=checkout`)).text).toContain('Patterns of checkout')
  const { status, text } = await get(`/patterns${RANGE}&service=%3Cscript%3E`)
  expect(status).toBe(400)
  expect(text).toContain('&lt;script&gt;')
})

test.each([
  ['?from=2026-11-31', '2026-11-31&quot; is no date.'],
  ['?from=2026-12-01&to=2026-11-01', 'That range ends before it begins.'],
  ['?from=1999-01-01&to=2026-11-01', 'That range is longer than ten years.'],
])('%s is answered with the rule and the form', async (query, said) => {
  const { status, text } = await get(`/patterns${query}`)
  expect(status).toBe(400)
  expect(text).toContain(said)
  expect(text).toContain('<form class="ask"')
})

test('before anything happened it says so, and draws nothing', async () => {
  const { text } = await get('/patterns?from=2020-01-01&to=2020-02-01')
  expect(text).toContain('There was no incident')
  expect(text).not.toContain('<svg')
})

test('who is not known learns how to sign in', async () => {
  const other = await startPatterns([], { console: false })
  expect((await fetch(`${other.url}/patterns`)).status).toBe(401)
  await other.stop()
})

test('the API gives the same, with a bearer token', async () => {
  const ask = (query: string, token = 'right') =>
    fetch(`${site.url}/api/v1/patterns${query}`, { headers: { authorization: `Bearer ${token}` } })
  expect((await ask(RANGE, 'wrong')).status).toBe(401)
  expect((await ask('?to=soon')).status).toBe(400)
  expect((await ask('?service=nothing')).status).toBe(400)
  const said = (await (await ask(RANGE)).json()) as Record<string, unknown>
  expect(said).toMatchObject({ from: new Date(START).toISOString(), count: 60, service: null })
  expect(said.improvements).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ about: 'hour', test: expect.stringContaining('exact binomial test') }),
    ]),
  )
})
