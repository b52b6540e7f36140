/** Receipts: `/incident why @person` says why somebody was paged, or why not. */
import { afterEach, expect, test } from 'vitest'
import { type Night, night, textOf } from '../support/story.ts'

let n: Night
afterEach(() => n.stop())
const DOWN = '/incident declare The whole site is down for everyone'
const why = async (person: string) => {
  const answer = await n.says('diego', `/incident why INC-1 @${person}`)
  return answer.kind === 'say' ? textOf(answer.message) : ''
}

test('whoever was paged learns by which rung, for what reason, by what, and when it was accepted and acknowledged', async () => {
  n = await night()
  await n.says('diego', DOWN)
  await n.at('2m')
  await n.says('aiko', '/incident ack INC-1')
  const said = await why('aiko')
  expect(said).toContain(
    'Rung 1 of pass 1 (oncall_primary), paged: on call for primary (rotation). By console after 0 s.',
  )
  expect(said).toContain('Tried by console 0 s after the page began, accepted after 0 s.')
  expect(said).toContain('acknowledged after 2 min')
})

test('whoever was not paged learns which rung they are and what stopped the chain before it', async () => {
  n = await night()
  await n.says('diego', DOWN)
  await n.at('1m')
  expect(await why('ben')).toContain(
    'they are rung 2 (oncall_secondary) of the SEV1 chain, and the next rung is due at',
  )
  await n.says('aiko', '/incident ack INC-1')
  expect(await why('ben')).toMatch(
    /rung 2 \(oncall_secondary\) of the SEV1 chain, and it stopped when aiko acknowledged/,
  )
})

test('whoever is in no rung learns who is', async () => {
  n = await night()
  await n.says('diego', '/incident declare Export button does nothing --severity SEV3')
  expect(await why('ben')).toContain(
    'no rung of the SEV3 chain means them now. Its rungs are oncall_primary: Aiko Tanaka.',
  )
})

test('whoever said "Not me" finds it in their receipt', async () => {
  n = await night()
  await n.says('diego', DOWN)
  await n.says('aiko', '/incident notme INC-1')
  expect(await why('aiko')).toContain('said "Not me"')
})

test('whoever let an acknowledgement lapse reads when they were asked, and when it held no more', async () => {
  n = await night()
  await n.says('diego', DOWN)
  await n.says('aiko', '/incident ack INC-1')
  await n.at('41m')
  const said = await why('aiko')
  expect(said).toContain('has said nothing for 30 min: still on it?')
  expect(said).toContain('the acknowledgement holds no more')
})
