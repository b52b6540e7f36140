/** The one path, asked directly: many asks share a commit, a group has one incident, an input that comes again is answered again. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Ask } from '../../../bot/engine/handle.ts'
import { DIEGO, declare, group, of, told } from '../../support/asks.ts'
import { type Night, night } from '../../support/story.ts'

let n: Night
beforeEach(async () => {
  n = await night()
})
afterEach(() => n.stop())

const handle = (...asks: readonly Ask[]) => n.app.engine.handle(asks)
test('declarations of one commit have numbers in their order, and the next ones go on from there', async () => {
  expect((await handle(declare('a'), declare('b'))).map(({ stream }) => stream)).toEqual(['INC-1', 'INC-2'])
  expect((await handle(declare('c'))).map(({ stream }) => stream)).toEqual(['INC-3'])
  expect((await n.incident('INC-2')).title).toBe('b')
})

test('a declaration that is refused uses no number', async () => {
  expect(told(await handle(declare(' '), declare('b')))[0]).toMatch(/ no_title$/)
  const [next] = await handle(declare('c'))
  expect((await n.app.engine.incident(next!.stream))?.title).toBe('c')
})

test('what one ask decided counts for the next of the same commit', async () => {
  await handle(declare('a'))
  const asks = [
    of('INC-1', { do: 'ack', page: null }),
    of('INC-1', { do: 'ack', page: null }, { actor: { ...DIEGO, person: 'ben' } }),
  ]
  const [first, second] = await handle(...asks)
  expect(first?.happened.map(({ event }) => event.type)).toContain('acknowledged')
  expect(second?.happened.map(({ event }) => event.type)).not.toContain('acknowledged')
  expect((await n.incident()).acked?.by).toBe('diego')
  const history = await n.app.engine.history('INC-1')
  expect(history.map(({ seq }) => seq)).toEqual(history.map((_, index) => index + 1))
})

test('two of one group are one incident, in one commit and in two; others are their own', async () => {
  const all = await handle(
    declare('a', group('disk')),
    declare('b', group('disk')),
    declare('c', group('cpu')),
    declare('d'),
  )
  expect(all.map(({ stream }) => stream)).toEqual(['INC-1', 'INC-1', 'INC-2', 'INC-3'])
  expect(all[1]?.happened.map(({ event }) => event.type)).toEqual(['joined'])
})

test('an input that comes again is answered as the first time, and nothing happens twice', async () => {
  const seen: string[] = []
  n.app.engine.onSummary(({ id }) => void seen.push(id))
  const [first] = await handle(declare('a'))
  const before = (await n.app.engine.history('INC-1')).length
  const [again] = await handle(declare('a'))
  expect(again).toMatchObject({ happened: [], refusal: undefined })
  expect(again?.answer).toEqual(first?.answer)
  expect((await n.app.engine.history('INC-1')).length).toBe(before)
  expect(await n.app.engine.incident('INC-2')).toBeUndefined()
  expect(seen).toEqual(['INC-1'])
})

test('whoever listens hears of what was armed, and of each change of the list', async () => {
  const heard: string[] = []
  n.app.engine.onArmed(() => void heard.push('armed'))
  n.app.engine.onSummary(({ id, status }) => void heard.push(`${id} ${status}`))
  await handle(declare('a'))
  expect(heard.filter(each => each.startsWith('INC'))).toEqual(['INC-1 detected'])
  expect(heard).toContain('armed')
  heard.length = 0
  await handle(of('INC-1', { do: 'status', to: 'mitigated' }))
  expect(heard.filter(each => each.startsWith('INC'))).toEqual(['INC-1 mitigated'])
})

test('what others wrote to the same database is read by whoever begins on it', async () => {
  await handle(declare('a'), declare('b'))
  await handle(of('INC-2', { do: 'status', to: 'mitigated' }))
  n = await n.crash()
  expect((await n.incident('INC-2')).status).toBe('mitigated')
  expect((await n.app.engine.handle([declare('c')])).map(({ stream }) => stream)).toEqual(['INC-3'])
})

test('an override counts for the world at once, and after a crash', async () => {
  const put = {
    do: 'override',
    schedule: 'primary',
    kind: 'instead',
    person: 'diego',
    from: n.clock.now(),
    to: n.clock.now() + 3_600_000,
  }
  await handle(of('rota', put))
  expect((await n.app.engine.world()).overrides.map(({ person }) => person)).toEqual(['diego'])
  n = await n.crash()
  expect((await n.app.engine.world()).overrides.map(({ person }) => person)).toEqual(['diego'])
})

test('nothing is known of what nobody declared', async () => {
  expect(await n.app.engine.incident('INC-9')).toBeUndefined()
  expect(await n.app.engine.history('INC-9')).toEqual([])
  expect(told(await handle(of('INC-9', { do: 'status', to: 'mitigated' })))).toEqual([
    'INC-9 no_such_incident',
  ])
})
