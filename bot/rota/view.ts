/** The rota in words: what happened in one line, and the message to whom it concerns. */
import type { Actor, Happened } from '../incidents/events.ts'
import { buttons, heading, type Line, list, type Message, note, text } from '../message.ts'
import { nextChange, onCall, shifts } from '../schedules/on-call.ts'
import { people } from '../timeline/describe.ts'
import { plain } from '../timeline/plain.ts'
import type { PersonId } from '../words.ts'
import type { World } from '../world.ts'
import type { RotaEvent, Stretch } from './events.ts'
import { isNotice, type Notice, type Rota } from './state.ts'

const who = (actor: Actor): Line => (actor.kind === 'person' ? [{ person: actor.person }] : ['Tocsin'])
const during = ({ from, to }: Stretch): Line => [
  'from ',
  { time: from, as: 'at' },
  ' to ',
  { time: to, as: 'at' },
]

/** Stretches of one notice that fit on a phone's screen. */
const SHOWN = 8

const warning = (event: Notice): Line =>
  event.type === 'gap_found'
    ? ['⚠️ ', { bold: `Nobody is on call for ${event.schedule}` }]
    : ['⚠️ ', { person: event.person }, { bold: ` is on call for ${event.schedules.join(' and ')} at once` }]

/** One event in one line; undefined for what is nobody's news. */
export function describeRota(rota: Rota, { event, actor }: Happened<RotaEvent>): Line | undefined {
  switch (event.type) {
    case 'shift_changed':
    case 'shift_planned':
    case 'ahead_planned':
    case 'week_shown':
      return undefined
    case 'gap_found':
    case 'booked_twice':
      return [...warning(event), ' ', ...during(event), '.']
    case 'override_made': {
      const { schedule, person, kind } = event.override
      const beside = kind === 'extra' ? ' too' : ''
      return [
        { person },
        ` is on call for ${schedule}${beside} `,
        ...during(event.override),
        ', by ',
        ...who(actor),
      ]
    }
    case 'override_cancelled': {
      const found = rota.overrides.find(each => each.id === event.id)
      return [
        ...who(actor),
        ' cancelled the override ',
        ...(found ? [`of ${found.schedule} `, ...during(found)] : [event.id]),
      ]
    }
    case 'swap_offered':
      return [
        { person: event.swap.by },
        ' offers ',
        { person: event.swap.with },
        ` a swap of ${event.swap.schedule}: gives `,
        ...during(event.swap.gives),
        ', takes ',
        ...during(event.swap.takes),
      ]
    case 'swap_accepted':
      return [...who(actor), ' accepted the swap']
    case 'swap_declined':
      return [...who(actor), ' declined the swap']
  }
}

/** To one person: what happened, and what they can do about it. */
export function tellView(world: World, rota: Rota, happened: Happened<RotaEvent>, person: PersonId): Message {
  const { event, at } = happened
  if (event.type === 'shift_changed')
    return shiftView(world, event.schedule, event.after.includes(person), at)
  const line = describeRota(rota, happened) ?? []
  return {
    summary: plain(world, line),
    tone: 'calm',
    blocks: [
      text(line),
      ...(event.type === 'swap_offered'
        ? [
            buttons(
              { label: 'Accept', command: `/oncall swap --accept ${event.swap.id}`, style: 'primary' },
              { label: 'Decline', command: `/oncall swap --decline ${event.swap.id}` },
            ),
          ]
        : []),
    ],
  }
}

function shiftView(world: World, name: string, begins: boolean, at: number): Message {
  const schedule = world.config.schedules[name]
  const until = schedule && nextChange(schedule, world.overrides, at)
  const now = schedule ? onCall(schedule, world.overrides, at).people : []
  if (begins) {
    return {
      summary: `You are on call for ${name} now`,
      tone: 'calm',
      blocks: [
        text([
          { bold: `You are on call for ${name} now` },
          ...(until === undefined ? ['.'] : [' until ', { time: until, as: 'at' as const }, '.']),
        ]),
        note('Pages come here, with an Ack button.'),
      ],
    }
  }
  return {
    summary: `Your shift for ${name} is over`,
    tone: 'calm',
    blocks: [
      text([
        { bold: `Your shift for ${name} is over.` },
        ...(now.length > 0 ? [' On call now: ', ...people(now), '.'] : [' Nobody is on call now.']),
      ]),
    ],
  }
}

/** What the team hears of the week ahead; `also`: when the same is so again. */
export function noticeView(
  world: World,
  rota: Rota,
  happened: Happened<RotaEvent>,
  also: readonly Stretch[] = [],
): Message {
  const { event } = happened
  if (event.type === 'week_shown') return weekView(world, event)
  const line = describeRota(rota, happened) ?? []
  const times = isNotice(event) ? [event, ...also] : []
  const blocks =
    isNotice(event) && also.length > 0
      ? [
          text([...warning(event), `, ${times.length} times:`]),
          list([
            ...times.slice(0, SHOWN).map(during),
            ...(times.length > SHOWN ? [[`and ${times.length - SHOWN} more`]] : []),
          ]),
        ]
      : [text(line)]
  return {
    summary: plain(world, line),
    tone: 'refused',
    blocks: [...blocks, note('Somebody can stand in: ', { code: '/oncall override @person 18:00 09:00' })],
  }
}

function weekView(world: World, { from, to }: Stretch): Message {
  const blocks = Object.values(world.config.schedules).flatMap(schedule => [
    text([{ bold: schedule.name }]),
    list(
      shifts(schedule, world.overrides, from, to).map(
        (shift): Line => [
          shift.person === null ? { bold: 'nobody' } : { person: shift.person },
          ' until ',
          { time: shift.to, as: 'at' },
        ],
      ),
    ),
  ])
  return { summary: 'On call this week', tone: 'calm', blocks: [heading('On call this week'), ...blocks] }
}
