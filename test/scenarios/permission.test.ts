/** Who may do what: everybody everything, unless the configuration names who. */
import { afterEach, expect, test } from 'vitest'
import { GUARDED } from '../../bot/words.ts'
import { COMMANDS } from '../../commands/index.ts'
import { type Night, night } from '../support/story.ts'
import { config, TEAM } from '../support/team.ts'

let here: Night | undefined
afterEach(async () => {
  await here?.stop()
  here = undefined
})

const begin = async (text: string) => {
  here = await night({ config: config(text) })
  return here
}

const RESERVED = `${TEAM}\nmay: { close: [manager, ben, "discord:111111111111111111"], severity: [oncall_primary] }`

test('only those whom the configuration names close, by whatever words; everybody else hears who may', async () => {
  const at = await begin(RESERVED)
  await at.says('diego', '/incident declare The whole site is down for everyone')
  const refusal =
    'You may not close here: the configuration allows it to manager, Ben Okafor, discord:111111111111111111. Ask one of them; who is in that group of a chat does it there.'
  expect(await at.hears('diego', '/incident close INC-1')).toBe(refusal)
  expect(await at.hears('diego', '/incident status INC-1 closed')).toBe(refusal)
  expect((await at.incident()).status).not.toBe('closed')
  await at.says('chika', '/incident close INC-1')
  expect((await at.incident()).status).toBe('closed')
})

test('a role means whoever is on call now', async () => {
  const at = await begin(RESERVED)
  await at.says('diego', '/incident declare The whole site is down for everyone')
  expect(await at.hears('ben', '/incident severity INC-1 SEV2')).toContain('allows it to oncall_primary')
  await at.says('aiko', '/incident severity INC-1 SEV2')
  expect((await at.incident()).severity).toBe('SEV2')
})

test('a group of the chat opens what it names, and only on that chat', async () => {
  const at = await begin(RESERVED)
  await at.says('diego', '/incident declare The whole site is down for everyone')
  const close = (chat: string, id: string) =>
    at.app.receive({
      chat,
      cause: `${chat}-close`,
      user: { id, name: 'diego', kind: 'member', groups: ['111111111111111111'] },
      channel: '#incidents',
      line: '/incident close INC-1',
    })
  await close('console', 'diego')
  expect((await at.incident()).status).not.toBe('closed')
  await close('discord', '100000000000000004')
  expect((await at.incident()).status).toBe('closed')
})

test('what can be reserved are commands', () => {
  const names = COMMANDS.filter(each => each.group === 'incident').map(each => each.name)
  expect(GUARDED.filter(each => !names.includes(each))).toEqual([])
})
