/**
 * Killed with SIGKILL at every point at which it matters (F0 to F5, F8, F9), on both databases: a real process with real adapters, its
 * ports wrapped; then another without. What people and senders saw is judged (I1, I8, I9).
 */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { bundle } from '../support/bundle.ts'
import { openStage, type Stage } from '../support/doom/stage.ts'
import { type Server, startPostgres } from '../support/postgres.ts'

const program = bundle('doom/application')
const WAIT = { timeout: 15_000, interval: 20 }
/** Longer than a lease: another process on a shared database takes over what the dead one had claimed. */
const LEASE_MS = 16_000

describe.each(['SQLite', 'PostgreSQL'] as const)('on %s', database => {
  let stage: Stage
  let server: Server | undefined
  let count = 0

  beforeAll(async () => {
    if (database === 'PostgreSQL') server = await startPostgres()
    const path = join(mkdtempSync(join(tmpdir(), 'tocsin-doom-')), 't.db')
    const where = server ? { kind: 'postgres' as const, url: server.url } : { kind: 'sqlite' as const, path }
    stage = await openStage(await program, where)
  }, 60_000)
  afterAll(async () => {
    await stage.close()
    await server?.stop()
  })
  const title = () => `Number ${++count} is on fire`
  /** The one that died leaves its leases to whoever comes later. */
  const again = () => {
    stage.later(LEASE_MS)
    return stage.up()
  }
  /** What the database has no part in is proved on one of them. */
  const some = <T>(rows: readonly T[]): readonly T[] => (database === 'SQLite' ? rows : rows.slice(0, 1))
  const once = (person: Parameters<Stage['pages']>[0], about: string) =>
    expect.poll(() => stage.pages(person, about), WAIT).toHaveLength(1)

  test('F0, the alert is read and not written: nobody is told of it, and its sender, who heard nothing, sends it again (I1)', async () => {
    const about = title()
    await stage.up()
    await stage.doom({ at: 'before the commit', of: 'declared' })
    expect(await stage.alert(about, 'slack')).toBe('no answer')
    await stage.died()
    await again()
    expect(stage.said(about)).toEqual({ slack: [], discord: [] })
    expect(await stage.alert(about, 'slack')).toMatch(/^INC-\d+$/)
    await once('sana', about)
  })

  test('F1, the alert is written and not answered: its person is paged without it being sent again, and when it is, nobody is paged twice (I1, I8)', async () => {
    const about = title()
    await stage.up()
    await stage.doom({ at: 'after the commit', of: 'declared' })
    expect(await stage.alert(about, 'slack')).toBe('no answer')
    await stage.died()
    await again()
    await once('sana', about)
    expect(await stage.alert(about, 'slack')).toMatch(/^INC-\d+$/)
    await expect.poll(() => stage.said(about).slack.length, WAIT).toBe(1)
    expect(stage.pages('sana', about)).toHaveLength(1)
  })

  test.each(
    some([
      ['Slack', 'sana', 'slack'],
      ['Discord', 'dima', 'discord'],
      ['push', 'pia', 'push'],
    ] as const),
  )('F2, a page by %s is claimed and has not left: it leaves once (I8, I9)', async (_, person, by) => {
    const about = title()
    await stage.up()
    await stage.doom({ at: 'before the send', of: 'page:', by })
    await stage.alert(about, by)
    await stage.died()
    expect(stage.pages(person, about)).toEqual([])
    await again()
    await once(person, about)
  })

  test.each(
    some([
      ['F3, Slack took the page and its answer was not read', 'at the answer', 'sana', 'slack'],
      ['F3, Discord took the page and its answer was not read', 'at the answer', 'dima', 'discord'],
      ['F4, Slack took the page and that was not recorded', 'after the send', 'sana', 'slack'],
      ['F4, Discord took the page and that was not recorded', 'after the send', 'dima', 'discord'],
    ] as const),
  )('%s: it is there once, and still answers to Ack (I8, I9)', async (_, at, person, by) => {
    const about = title()
    await stage.up()
    await stage.doom({ at, of: 'page:', by })
    await stage.alert(about, by)
    await stage.died()
    expect(stage.pages(person, about)).toHaveLength(1)
    await again()
    await stage.written('page_sent', /INC-\d+/.exec(stage.pages(person, about).join())?.[0] ?? '')
    await stage.press(person, about, 'Ack')
    await expect
      .poll(() => stage.pages(person, about), WAIT)
      .toEqual([expect.stringContaining('Acknowledged by')])
  })

  test.each(
    some([
      ['F3, ntfy took the push and its answer was not read', 'at the answer'],
      ['F4, ntfy took the push and that was not recorded', 'after the send'],
    ] as const),
  )('%s: nothing can be looked up there, so it comes a second time and says so (I8, I9)', async (_, at) => {
    const about = title()
    await stage.up()
    await stage.doom({ at, of: 'page:', by: 'push' })
    await stage.alert(about, 'push')
    await stage.died()
    await again()
    await expect.poll(() => stage.pages('pia', about), WAIT).toHaveLength(2)
    expect(stage.pages('pia', about).map(each => each.includes('(repeat)'))).toEqual([false, true])
  })

  test.each(
    some([
      ['Slack', 'sana', 'slack'],
      ['Discord', 'dima', 'discord'],
    ] as const),
  )(
    'F5, an ack on %s is written and not answered: within ten seconds of the restart the page says who has it (I1, I6)',
    async (_, person, by) => {
      const about = title()
      await stage.up()
      await stage.written('page_sent', await stage.alert(about, by))
      await stage.doom({ at: 'after the commit', of: 'acknowledged' })
      const pressing = stage.press(person, about, 'Ack').catch(() => undefined)
      await stage.died()
      await pressing
      expect(stage.pages(person, about)).toEqual([expect.stringContaining('Not me')])
      await again()
      const over = [expect.stringContaining('Acknowledged by')]
      await expect.poll(() => stage.pages(person, about), { ...WAIT, timeout: 10_000 }).toEqual(over)
    },
  )

  test('F8, the next rung came due and was not written: its person is paged once (I8, I9)', async () => {
    const about = title()
    await stage.up()
    expect(await stage.alert(about, 'ladder')).toMatch(/^INC-\d+$/)
    await once('sana', about)
    await stage.doom({ at: 'before the commit', of: 'rung_paged' })
    await stage.died()
    expect(stage.pages('omar', about)).toEqual([])
    await stage.up()
    await once('omar', about)
    expect(stage.pages('sana', about)).toHaveLength(1)
  })
})

test.each([
  ['Slack took the digest and its answer was not read', 'at the answer', 'slack'],
  ['Discord took the digest and that was not recorded', 'after the send', 'discord'],
] as const)('F9, %s: it is there once (I24)', async (_, at, by) => {
  const path = join(mkdtempSync(join(tmpdir(), 'tocsin-doom-')), 't.db')
  const stage = await openStage(await program, { kind: 'sqlite', path })
  onTestFinished(() => stage.close())
  await stage.up()
  expect(await stage.alert('The week had a fire', 'slack')).toMatch(/^INC-\d+$/)
  await expect.poll(() => stage.pages('sana', 'fire'), WAIT).toHaveLength(1)
  await stage.press('sana', 'fire', 'Ack')
  await stage.down()
  stage.later(monday(Date.now()) - Date.now())
  await stage.upTo({ at, of: 'week:', by })
  await stage.up()
  const digests = () => ({
    slack: stage.said('Week ').slack.length,
    discord: stage.said('Week ').discord.length,
  })
  await expect.poll(digests, WAIT).toEqual({ slack: 1, discord: 1 })
})

/** When the digest leaves: a second after the next Monday, nine in the morning. */
function monday(now: number): number {
  const day = 24 * 60 * 60_000
  const midnight = now - (now % day)
  const days = (8 - new Date(midnight).getUTCDay()) % 7 || 7
  return midnight + days * day + 9 * 60 * 60_000 + 1000
}
