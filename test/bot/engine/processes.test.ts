/** What several processes settle on one database: each race is lost by one of them, who decides again on what is true by then. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Handled } from '../../../bot/engine/handle.ts'
import { declare, group, of, told } from '../../support/asks.ts'
import { type Process, type Processes, processes } from '../../support/processes.ts'
import { config, TEAM } from '../../support/team.ts'

let all: Processes
let one: Process
let two: Process
beforeEach(async () => {
  all = await processes()
  one = all.open()
  two = all.open()
})
afterEach(() => all.store.close())

const put = (person: string, schedule = 'primary') =>
  of('rota', {
    ...{ do: 'override', schedule, kind: 'instead', person },
    ...{ from: all.clock.now(), to: all.clock.now() + 3_600_000 },
  })
const status = (to: string, id = 'INC-1') => of(id, { do: 'status', to })
const statusOf = async ({ engine }: Process, id = 'INC-1') => (await engine.incident(id))?.status

test('what another process wrote is known here at once, and whoever shows it is told', async () => {
  const seen: string[] = []
  two.engine.onSummary(({ id, status }) => void seen.push(`${id} ${status}`))
  await one.engine.handle([declare('a')])
  expect(await statusOf(two)).toBe('detected')
  await one.engine.handle([status('mitigated')])
  expect(await statusOf(two)).toBe('mitigated')
  await one.engine.handle([of('INC-1', { do: 'note', text: 'still looking' })])
  expect(await statusOf(two)).toBe('mitigated')
  expect(seen).toEqual(['INC-1 detected', 'INC-1 mitigated'])
  expect(two.worlds.current().open).toEqual([
    { id: 'INC-1', title: 'a', service: null, declaredAt: all.clock.now() },
  ])
})

test('of what is kept only the news is read, and where nobody else writes nothing at all', async () => {
  await one.engine.handle([declare('a')])
  one.asked()
  await one.engine.incident('INC-1')
  expect(one.asked()).toEqual(['loadMany INC-1'])
  const alone = all.open({ shared: false })
  await alone.engine.incident('INC-1')
  expect(alone.asked()).toEqual(['loadMany INC-1'])
  await alone.engine.handle([status('mitigated')])
  await alone.engine.incident('INC-1')
  expect(alone.asked()).toEqual(['settingsVersion', 'commit'])
})

test('a declaration reads no history, and draws one number', async () => {
  await one.engine.handle([declare('a')])
  expect(one.asked()).toEqual(['nextNumber', 'settingsVersion', 'commit'])
  await one.engine.handle([status('mitigated')])
  expect(one.asked()).toEqual(['loadMany INC-1', 'settingsVersion', 'commit'])
  await one.engine.handle([declare('b', group('disk'))])
  expect(one.asked()).toEqual(['groupHolder disk', 'nextNumber', 'settingsVersion', 'commit'])
})

test('a read that took long does not bring back what is over', async () => {
  await one.engine.handle([declare('a')])
  const alone = all.open({ shared: false })
  alone.after('loadMany', () => alone.engine.handle([status('mitigated')]))
  await alone.engine.incident('INC-1')
  expect(await statusOf(alone)).toBe('mitigated')
})

test('who loses a race decides again on what the other did, and is answered so', async () => {
  await one.engine.handle([declare('a')])
  two.before('commit', () => one.engine.handle([status('mitigated')]))
  const [again] = await two.engine.handle([status('mitigated')])
  expect(again).toMatchObject({ stream: 'INC-1', happened: [] })
  two.before('commit', () => one.engine.handle([status('investigating')]))
  const [moved] = await two.engine.handle([status('resolved')])
  expect(moved?.happened.map(({ seq, event }) => [seq, event])).toContainEqual([
    expect.any(Number),
    { type: 'status_changed', from: 'investigating', to: 'resolved' },
  ])
  expect(await two.metric('conflicts_total')).toBe(2)
  expect(await one.metric('conflicts_total')).toBe(0)
  expect(await statusOf(one)).toBe('resolved')
})

test('of several asks only those that lost are decided again, and each has its own answer', async () => {
  await one.engine.handle([declare('a'), declare('b')])
  two.before('commit', () => one.engine.handle([status('mitigated', 'INC-2')]))
  const handled = await two.engine.handle([
    status('investigating', 'INC-1'),
    status('resolved', 'INC-2'),
    declare('c'),
  ])
  expect(handled.map(({ stream }) => stream)).toEqual(['INC-1', 'INC-2', 'INC-3'])
  expect(await Promise.all(['INC-1', 'INC-2'].map(id => statusOf(one, id)))).toEqual([
    'investigating',
    'resolved',
  ])
  expect(await two.metric('conflicts_total')).toBe(1)
  expect(two.asked().filter(each => each === 'commit')).toHaveLength(2)
})

test('an ask that loses twenty races in a row meets a bug, and the bug is named', async () => {
  await one.engine.handle([declare('a')])
  for (let each = 0; each < 30; each++)
    two.before('commit', () => one.engine.handle([of('INC-1', { do: 'note', text: `${each}` })]))
  await expect(two.engine.handle([status('mitigated'), declare('b')])).rejects.toThrow(
    /^bug: status on INC-1 lost 20 races$/,
  )
  expect(two.asked().filter(each => each === 'commit')).toHaveLength(20)
})

test('who hears of nothing to do does nothing', async () => {
  expect(await one.engine.handle([])).toEqual([])
  expect(one.asked()).toEqual([])
})

const DOWN = declare('The site is down', {}, { test: false, severity: 'SEV1' })
/** The chain's next rung, when its time has come. */
async function dueRung() {
  all.clock.moveTo(all.clock.now() + 5 * 60_000)
  const [timer] = (await all.store.due(all.clock.now(), 10)).filter(({ kind }) => kind === 'rung')
  const { key, revision } = timer!
  return of('INC-1', { do: 'rung_due' }, { actor: { kind: 'timer' }, timer: { key, revision } })
}

test('a timer that two processes find due has its effect once, and for the other nothing is left', async () => {
  await one.engine.handle([DOWN])
  const rung = await dueRung()
  const [done] = await one.engine.handle([rung])
  expect(done?.happened.map(({ event }) => event.type)).toContain('rung_paged')
  two.asked()
  expect(await two.engine.handle([rung])).toEqual([
    { answer: null, stream: '', happened: [], refusal: undefined },
  ])
  expect(two.asked().filter(each => each === 'commit')).toHaveLength(2)
  const stored = await all.store.load('INC-1')
  expect(stored.filter(({ type }) => type === 'rung_paged')).toHaveLength(2)
  expect(stored.findLast(({ type }) => type === 'rung_paged')?.cause).toBe('rung:INC-1')
})

test('a due rung that only met a word on its incident is paged all the same', async () => {
  await one.engine.handle([DOWN])
  const rung = await dueRung()
  two.before('commit', () => one.engine.handle([of('INC-1', { do: 'note', text: 'I look' })]))
  const [done] = await two.engine.handle([rung])
  expect(done?.happened.map(({ event }) => event.type)).toContain('rung_paged')
})

test('whoever is on call by an override of another process is paged, though it came while the page was decided', async () => {
  await one.engine.handle([DOWN])
  const rung = await dueRung()
  two.before('commit', () => one.engine.handle([put('diego', 'secondary')]))
  const [done] = await two.engine.handle([rung])
  const paged = done?.happened.find(({ event }) => event.type === 'rung_paged')?.event
  expect(paged).toMatchObject({ pages: [{ person: 'diego' }] })
  expect(await two.metric('conflicts_total')).toBe(1)
})

test('two declarations of one group at the same moment on two processes are one incident', async () => {
  two.before('commit', () => one.engine.handle([declare('a', group('disk'))]))
  const handled = await two.engine.handle([declare('b', group('disk')), declare('c', group('cpu'))])
  expect(told(handled)).toEqual(['INC-1 joined', expect.stringMatching(/^INC-2 declared/)])
  expect(await all.store.groupHolder('disk')).toBe('INC-1')
  expect(await all.store.groupHolder('cpu')).toBe('INC-2')
  expect(told(await two.engine.handle([declare('d', group('disk'))]))).toEqual(['INC-1 joined'])
})

test('a group that was let go by a closed incident is free for another', async () => {
  await one.engine.handle([declare('a', group('disk'))])
  await two.engine.handle([status('closed')])
  const [next] = await one.engine.handle([declare('b', group('disk'))])
  expect([next?.stream, await all.store.groupHolder('disk')]).toEqual(['INC-2', 'INC-2'])
})

test('a declaration that is refused claims no group and no number', async () => {
  const handled = await one.engine.handle([declare(' ', group('disk')), declare('b', group('disk'))])
  expect(told(handled)).toEqual([
    expect.stringMatching(/ no_title$/),
    expect.stringMatching(/^INC-1 declared/),
  ])
  expect(await one.metric('conflicts_total')).toBe(0)
  expect((await one.engine.handle([declare('c')]))[0]?.stream).toBe('INC-2')
})

test('two processes that declare at the same moment have two numbers, and no number is left out', async () => {
  two.before('commit', () => one.engine.handle([declare('a'), declare('b')]))
  expect((await two.engine.handle([declare('c')]))[0]?.stream).toBe('INC-3')
  expect((await one.engine.handle([declare('d')]))[0]?.stream).toBe('INC-4')
  expect(await one.metric('conflicts_total')).toBe(0)
})

test('declarations of one process that overlap do not get in each other’s way, whatever else fails meanwhile', async () => {
  await one.engine.handle([declare('a')])
  let third: Promise<readonly Handled[]> | undefined
  one.before('commit', async () => {
    await one.engine.handle([of('INC-1', { do: 'note', text: 'said' }, { cause: 'cause of a' })])
    third = one.engine.handle([declare('c')])
  })
  const second = await one.engine.handle([declare('b')])
  expect([...second, ...((await third) ?? [])].map(({ stream }) => stream)).toEqual(['INC-2', 'INC-3'])
  expect(await one.metric('conflicts_total')).toBe(0)
})

test('a number that was drawn for a commit that failed is used by the next declaration', async () => {
  one.before('commit', () => Promise.reject(new Error('disk full')))
  await expect(one.engine.handle([declare('a')])).rejects.toThrow('disk full')
  const handled = await one.engine.handle([declare('b'), of('INC-9', { do: 'note', text: 'x' })])
  expect(told(handled)).toEqual([expect.stringMatching(/^INC-1 declared/), 'INC-9 no_such_incident'])
  expect((await one.engine.handle([declare('c')]))[0]?.stream).toBe('INC-2')
})

test('a commit whose end nobody heard is found by whoever is next', async () => {
  const alone = all.open({ shared: false })
  await alone.engine.handle([declare('a')])
  alone.after('commit', () => Promise.reject(new Error('cut off')))
  await expect(alone.engine.handle([status('investigating')])).rejects.toThrow('cut off')
  const [next] = await alone.engine.handle([status('mitigated')])
  expect(next?.happened.map(({ event }) => event)).toContainEqual({
    ...{ type: 'status_changed', from: 'investigating', to: 'mitigated' },
  })
})

test('a configuration, and an override, of another process count here from the next look on', async () => {
  const before = await two.engine.world()
  await one.engine.handle([put('diego')])
  const mine = { config: before.config, overrides: [{ person: 'diego' }], version: 1 }
  expect(one.worlds.current()).toMatchObject(mine)
  expect(await two.engine.world()).toMatchObject(mine)
  const fresh = (name: string) => config(TEAM.replace('Test team', name))
  await all.store.configure(fresh('First'), all.clock.now())
  await all.store.configure(fresh('Second'), all.clock.now())
  await all.store.configure(fresh('Third'), all.clock.now())
  expect(await two.engine.world()).toMatchObject({
    config: { team: { name: 'Third' } },
    overrides: [{ person: 'diego' }],
    contacts: {},
    version: 4,
  })
  two.asked()
  expect(await two.engine.world()).toBe(two.worlds.current())
  expect(two.asked()).toEqual(['settingsVersion'])
})

test('an input that comes again, on whichever process, is answered as the first time, and nothing happens', async () => {
  const reply = { reply: ({ after }: { after?: { title: string } }) => `declared ${after?.title}` }
  await one.engine.handle([declare('a', reply)])
  const again = { answer: 'declared a', happened: [], refusal: undefined }
  expect(await two.engine.handle([declare('a', reply)])).toEqual([{ stream: 'INC-2', ...again }])
  expect(await two.engine.incident('INC-2')).toBeUndefined()
  expect(await two.metric('events_total{type="declared"}')).toBeUndefined()
  expect((await two.engine.handle([declare('b')]))[0]?.stream).toBe('INC-2')
})

test('an answer is kept with its cause although nothing happened, and given to whoever asks first', async () => {
  await one.engine.remember('asked', 'INC-1', { keep: 7 })
  expect(await all.store.answered('asked')).toEqual({ answer: { keep: 7 } })
  expect(await all.store.load('INC-1')).toEqual([])
})

/** Like the team, but with nobody on the second schedule yet. */
const VACANT = TEAM.replace(/starts: 2026-11-02, people: \[ben\]/, 'starts: 2027-11-01, people: [ben]')

test('what happened is counted by the process that decided it: rungs that meant nobody, chains without an answer', async () => {
  one = all.open({ config: config(VACANT) })
  await one.engine.handle([DOWN])
  const counts = async ({ metric }: Process) => [
    await metric('events_total{type="declared"}'),
    await metric('events_total{type="rung_paged"}'),
    await metric('events_total{type="rung_skipped"}'),
    await metric('nobody_on_call_total'),
    await metric('exhausted_total'),
  ]
  expect(await counts(one)).toEqual([1, 1, undefined, 0, 0])
  const next = async () => (await one.engine.handle([await dueRung()]))[0]!.happened
  while (!(await next()).some(({ event }) => event.type === 'chain_exhausted')) {}
  const types = (await all.store.load('INC-1')).map(({ type }) => type)
  const count = (type: string) => types.filter(each => each === type).length
  expect(count('rung_skipped')).toBeGreaterThan(0)
  expect(await counts(one)).toEqual([1, count('rung_paged'), count('rung_skipped'), count('rung_skipped'), 1])
  await two.engine.incident('INC-1')
  expect(await counts(two)).toEqual([undefined, undefined, undefined, 0, 0])
})

test('a rung whose person cannot be reached is no rung that meant nobody', async () => {
  one = all.open({ chats: [] })
  await one.engine.handle([DOWN])
  expect(await one.metric('exhausted_total')).toBe(1)
  expect(await one.metric('events_total{type="rung_skipped"}')).toBe(4)
  expect(await one.metric('nobody_on_call_total')).toBe(0)
})

test('the clockwork is woken by what was armed, and by nothing else', async () => {
  let woken = 0
  one.engine.onArmed(() => void woken++)
  one.engine.onArmed(() => void woken++)
  await one.engine.handle([declare('a')])
  expect(woken).toBe(2)
  await one.engine.handle([declare('a')])
  await one.engine.handle([declare(' ')])
  await one.engine.handle([of('INC-9', { do: 'note', text: 'x' })])
  await two.engine.handle([status('mitigated')])
  await one.engine.incident('INC-1')
  expect(woken).toBe(2)
})

test('of what there is one of, every process knows the same, from nothing on', async () => {
  const ben = { person: 'ben', way: 'sms', address: '+1' }
  const change = { id: 'c1', at: 5, title: 'v42' }
  const item = { title: 'Alert on disk', description: '', owner: 'ben', priority: 'P2', incident: null }
  const at = all.clock.now()
  const rows = [
    ['rota', put('diego').command, { overrides: [{ person: 'diego' }] }],
    ['contacts', { do: 'verify_contact', ...ben }, { contacts: { ben: { 'sms +1': { verifiedAt: at } } } }],
    ['ingested', { do: 'see_change', integration: 'ci', change }, { changes: [{ title: 'v42' }] }],
    ['actions', { do: 'add_action', ...item, dueAt: at + 9e8 }, { items: [{ title: 'Alert on disk' }] }],
    ['digest', { do: 'plan_digest' }, { since: expect.any(Number) }],
    ['sessions', { do: 'sign_in', person: 'ben', askedAt: at }, { of: { ben: { [at]: { ended: false } } } }],
  ] as const
  for (const [stream, command, known] of rows) {
    const read = () => two.engine[stream]()
    expect([stream, (await read()).seq]).toEqual([stream, 0])
    expect(await read()).not.toMatchObject(known)
    await one.engine.handle([of(stream, command)])
    expect([stream, await read()]).toMatchObject([stream, known])
    expect(await read()).toEqual(await one.engine[stream]())
  }
  expect(two.worlds.current().contacts).toEqual({})
  expect((await two.engine.world()).contacts).toMatchObject({ ben: { 'sms +1': { verifiedAt: at } } })
  expect(one.worlds.current()).toMatchObject(await two.engine.world())
})
