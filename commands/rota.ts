/** `/oncall override | take | swap`: who stands in for whom, and when. */
import { refused, say, type Told } from '../bot/answers.ts'
import { ROTA } from '../bot/engine/kinds.ts'
import { type Block, buttons, type Line, list, text } from '../bot/message.ts'
import type { ChatAnswer } from '../bot/ports.ts'
import { Refusal, refuse } from '../bot/refusal.ts'
import type { RotaEvent } from '../bot/rota/events.ts'
import { NO_ROTA, type Rota } from '../bot/rota/state.ts'
import { describeRota } from '../bot/rota/view.ts'
import { parseStretch, parseWhen } from '../bot/schedules/when.ts'
import { plain } from '../bot/timeline/plain.ts'
import { flag, option, person, rest, schedule } from './args.ts'
import { type Context, command } from './command.ts'

export const override = command({
  group: 'oncall',
  name: 'override',
  summary: 'put somebody on call for a while, instead of whoever has the turn',
  args: {
    person: { ...person, required: false as const },
    times: {
      ...rest('from and to, such as: 18:00 22:00, or: tomorrow 09:00 fri 09:00'),
      hidden: true as const,
    },
    from: option('when it begins, such as now, 18:00 or tomorrow 09:00'),
    to: option('when it ends, such as 3h, 22:00 or fri 09:00'),
    schedule,
    extra: flag('beside whoever has the turn'),
    cancel: { ...option('the override to take back'), hidden: true as const },
  },
  example: '/oncall override @ben 18:00 22:00',
  run(context, { person: who, times, from, to, schedule: named, extra, cancel }) {
    if (cancel !== undefined)
      return { stream: ROTA, command: { do: 'cancel_override', id: cancel }, reply: replyOf(context) }
    if (who === undefined) return missing('who takes over', '/oncall override @ben 18:00 22:00')
    const name = scheduleFor(context, named)
    if (name instanceof Refusal) return name
    const stretch = stretchOf(context, times, from, to)
    if (stretch instanceof Refusal) return stretch
    return {
      stream: ROTA,
      command: {
        do: 'override',
        schedule: name,
        kind: extra ? 'extra' : 'instead',
        person: who,
        ...stretch,
      },
      reply: replyOf(context),
    }
  },
})

export const take = command({
  group: 'oncall',
  name: 'take',
  summary: 'go on call yourself, now, until the next change of shift or for a while',
  args: {
    duration: rest('for how long, such as 3h or until 18:00; left out, until the next change of shift'),
    schedule,
  },
  example: '/oncall take 3h',
  run(context, { duration, schedule: named }) {
    const name = scheduleFor(context, named)
    if (name instanceof Refusal) return name
    const { now } = context
    const to =
      duration === undefined
        ? null
        : parseWhen(duration.replace(/^(?:for|until)\s+/, ''), zoneOf(context), now)
    if (to instanceof Refusal) return to
    return {
      stream: ROTA,
      command: { do: 'override', schedule: name, kind: 'instead', person: context.person, from: now, to },
      reply: replyOf(context),
    }
  },
})

export const swap = command({
  group: 'oncall',
  name: 'swap',
  summary: 'offer somebody your next shift for theirs; it counts once they accept',
  args: {
    person: { ...person, required: false as const },
    schedule,
    accept: { ...option('the offer to accept'), hidden: true as const },
    decline: { ...option('the offer to decline'), hidden: true as const },
  },
  example: '/oncall swap @ben',
  run(context, { person: other, schedule: named, accept, decline }) {
    const id = accept ?? decline
    if (id !== undefined)
      return {
        stream: ROTA,
        command: { do: 'answer_swap', id, accept: accept !== undefined },
        reply: replyOf(context),
      }
    if (other === undefined) return missing('whom you want to swap with', '/oncall swap @ben')
    const name = scheduleFor(context, named)
    if (name instanceof Refusal) return name
    return {
      stream: ROTA,
      command: { do: 'offer_swap', schedule: name, with: other },
      reply: replyOf(context),
    }
  },
})

const missing = (what: string, example: string): Refusal =>
  refuse('missing', `It is not said ${what}.`, `Like this: ${example}`)

const zoneOf = ({ world, person: id }: Context): string =>
  world.config.people[id]?.timezone ?? world.config.team.timezone

function stretchOf(
  context: Context,
  times: string | undefined,
  from: string | undefined,
  to: string | undefined,
): { readonly from: number; readonly to: number | null } | Refusal {
  const { now } = context
  const zone = zoneOf(context)
  if (times !== undefined) return parseStretch(times.split(/\s+/), zone, now)
  const begins = from === undefined ? now : parseWhen(from, zone, now)
  if (begins instanceof Refusal) return begins
  const ends = to === undefined ? null : parseWhen(to, zone, begins, now)
  return ends instanceof Refusal ? ends : { from: begins, to: ends }
}

/** The one that is named, the only one, or the one that is paged first. */
function scheduleFor({ world }: Context, named: string | undefined): string | Refusal {
  if (named !== undefined) return named
  const known = Object.keys(world.config.schedules)
  const [only] = known
  if (only === undefined) return refuse('no_schedules', 'The configuration has no schedules.')
  const first = world.config.severities.SEV1.escalation
    .map(rung => world.config.roles[rung.role]?.schedule)
    .find(name => name !== undefined)
  return known.length === 1
    ? only
    : (first ?? refuse('which', `Which schedule: ${known.join(', ')}?`, 'Add --schedule NAME.'))
}

const replyOf =
  (context: Context) =>
  ({ refusal, happened, after, world }: Told<Rota, RotaEvent>): ChatAnswer => {
    if (refusal) return refused(refusal)
    const lines = happened.flatMap((each): Line[] => {
      const line = describeRota(after ?? NO_ROTA, each)
      return line ? [line] : []
    })
    const made = happened.flatMap(({ event }) => (event.type === 'override_made' ? [event.override] : []))
    const cancels = made.map(each => ({
      label: 'Take it back',
      command: `/oncall override --cancel ${each.id}`,
    }))
    const blocks: Block[] = [
      ...(lines.length === 1 ? [text(...lines)] : [list(lines)]),
      ...(cancels.length === 1 ? [buttons(...cancels)] : []),
    ]
    const summary = lines.map(line => plain(world, line)).join('; ')
    return say({ summary: summary || `Nothing changed for ${context.person}.`, tone: 'calm', blocks })
  }
