import { expect, test } from 'vitest'
import { night } from '../../support/story.ts'

test('forty declarations at the same moment are forty incidents with forty numbers, and nobody hears that something went wrong', async () => {
  const n = await night()
  const said = await Promise.all(
    Array.from({ length: 40 }, (_, each) =>
      n.hears('diego', `/incident declare The whole site is down for everyone in part ${each} --test`),
    ),
  )
  expect(new Set(said.map(answer => /INC-\d+/.exec(answer)?.[0])).size).toBe(40)
  await n.stop()
})
