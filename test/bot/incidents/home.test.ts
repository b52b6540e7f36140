/** The home page of one person: the pages that wait for them, what is open, who is on call, and where to begin. */
import { expect, test } from 'vitest'
import { homeOf } from '../../../bot/incidents/home.ts'
import type { Incident } from '../../../bot/incidents/state.ts'
import { summaryOf } from '../../../bot/incidents/summary.ts'
import { pageView } from '../../../bot/pages/view.ts'
import { onCallNow } from '../../../bot/schedules/view.ts'
import { config } from '../../support/team.ts'
import { START, worldOf } from './any.ts'
import { ACKED, CHAIN, declared, RUNG, since } from './some.ts'

function home(incidents: readonly Incident[], user = 'U0AIKO', chat = 'slack') {
  const world = worldOf(config())
  const parts = {
    world,
    now: START,
    openIncidents: () => Promise.resolve(incidents.map(summaryOf)),
    incident: (id: string) => Promise.resolve(incidents.find(each => each.id === id)),
  }
  return { world, message: homeOf(parts, chat, { id: user }) }
}

const DECLARE = {
  kind: 'buttons',
  buttons: [{ label: 'Declare an incident', command: '/incident declare', style: 'primary' }],
}
const HELP = { kind: 'text', lines: [[{ code: '/incident help' }, ' lists every command.']] }

test('when nothing is open it says so, who is on call, and how to declare an incident', async () => {
  const { world, message } = home([])
  expect(await message).toEqual({
    summary: '0 open incidents',
    tone: 'calm',
    blocks: [
      { kind: 'heading', text: 'No incident is open' },
      DECLARE,
      ...onCallNow(world, START).blocks,
      HELP,
    ],
  })
})

test('whoever is called finds their page on it, with its buttons, before everything that is open', async () => {
  const called = since(declared(), [CHAIN, RUNG])
  const { world, message } = home([called])
  expect(await message).toEqual({
    summary: '1 open incident',
    tone: 'calm',
    blocks: [
      { kind: 'heading', text: 'Your pages' },
      ...pageView(world, called, called.pages[0]!, false).blocks,
      { kind: 'heading', text: 'Open incidents' },
      {
        kind: 'list',
        items: [[{ bold: 'SEV1 INC-42' }, ' Checkout is down · detected ', { room: 'INC-42' }]],
      },
      DECLARE,
      ...onCallNow(world, START).blocks,
      HELP,
    ],
  })
})

test('whom nobody calls finds no page, nor whose page is over', async () => {
  const called = since(declared(), [CHAIN, RUNG])
  const acked = since(called, [ACKED])
  expect((await home([called], 'U0BEN').message).blocks[0]).toEqual({
    kind: 'heading',
    text: 'Open incidents',
  })
  const { blocks } = await home([acked]).message
  expect(blocks.slice(0, 2)).toEqual([
    { kind: 'heading', text: 'Open incidents' },
    {
      kind: 'list',
      items: [[{ bold: 'SEV1 INC-42' }, ' Checkout is down · detected · acknowledged ', { room: 'INC-42' }]],
    },
  ])
})

test('somebody who is not linked reads how they will be, and everything else', async () => {
  const note = (name: string) => ({
    kind: 'note',
    line: [`You are not linked yet: have ${name} added under your name in the configuration.`],
  })
  const open = since(declared(), [CHAIN, RUNG])
  expect((await home([open], 'U0ZOE').message).blocks.slice(0, 2)).toEqual([
    note('slack: U0ZOE'),
    { kind: 'heading', text: 'Open incidents' },
  ])
  expect((await home([], 'U0AIKO', 'discord').message).blocks[0]).toEqual(note('discord: U0AIKO'))
})

test('ten open incidents fit on it', async () => {
  const all = Array.from({ length: 12 }, (_, index) => ({ ...declared(), id: `INC-${index}` }))
  const { summary, blocks } = await home(all).message
  expect(summary).toBe('10 open incidents')
  expect(blocks[1]).toMatchObject({ kind: 'list', items: { length: 10 } })
})
