/** One ask, decided: the change that it makes of its stream, whole, before anything is written. Pure. */
import type { Told } from '../answers.ts'
import { actorText } from '../incidents/events.ts'
import { happen } from '../incidents/fold.ts'
import type { Change } from '../ports.ts'
import { Refusal } from '../refusal.ts'
import type { World } from '../world.ts'
import type { Ask, Entity, Handled } from './handle.ts'
import { kindOf } from './kinds.ts'
import type { Effects } from './reactions.ts'

export type Draft = { readonly change: Change; readonly handled: Handled; readonly after: Entity | undefined }
type Setting = { readonly world: World; readonly now: number }

export function draftChange(
  ask: Ask,
  stream: string,
  before: Entity | undefined,
  { world, now }: Setting,
): Draft {
  const kind = kindOf(stream)
  const asked = { world, actor: ask.actor, now }
  const decision = kind.decide(asked, before, ask.command)
  const refusal = decision instanceof Refusal ? decision : undefined
  const seenSeq = before?.seq ?? 0
  const happened = happen(seenSeq, decision instanceof Refusal ? [] : decision, now, ask.actor)
  const after = kind.fold(stream, happened, before)
  const effects: Effects =
    after && happened.length > 0
      ? kind.react(stream, { ...asked, before, after, happened })
      : { arm: [], disarm: [] }
  const told = { world, before, after, happened, refusal }
  const answer = ask.reply
    ? (ask.reply as (told: Told<Entity, { readonly type: string }>) => unknown)(told)
    : null
  const cause = ask.cause ?? ask.timer?.key ?? ask.settle?.key ?? 'timer'
  const change: Change = {
    stream,
    cause: ask.cause,
    at: now,
    seenSeq,
    ...(happened.some(({ event }) => event.type === 'rung_paged') ? { seenSettings: world.version } : {}),
    ...(ask.timer ? { timer: ask.timer } : {}),
    ...(ask.settle ? { settle: ask.settle } : {}),
    ...(ask.command.do === 'declare' && !refusal ? { takesNumber: ask.command.number } : {}),
    ...('group' in ask && ask.group && ask.command.do === 'declare' ? { groupKey: ask.group.key } : {}),
    events: happened.map(({ at, actor, event }) => ({
      at,
      type: event.type,
      actor: actorText(actor),
      cause,
      data: event,
    })),
    answer,
    ...(after && after !== before ? kind.rows(before, after) : {}),
    disarm: effects.disarm,
    arm:
      ask.trace === undefined
        ? effects.arm
        : effects.arm.map(each => ({ ...each, data: { ...(each.data as object), trace: ask.trace } })),
  }
  return { change, handled: { answer, stream, happened, refusal }, after }
}
