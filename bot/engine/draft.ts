/** Asks, decided: the change that each makes of its stream, whole, before anything is written. Pure. */
import type { Told } from '../answers.ts'
import { incidentId } from '../incidents/declare.ts'
import { actorText } from '../incidents/events.ts'
import { happen } from '../incidents/fold.ts'
import type { Arm, Change } from '../ports.ts'
import { Refusal } from '../refusal.ts'
import type { World } from '../world.ts'
import type { Ask, Handled } from './handle.ts'
import type { Entity } from './kept.ts'
import { type IncidentAsk, kindOf } from './kinds.ts'
import type { Effects } from './reactions.ts'

export type Draft = { readonly change: Change; readonly handled: Handled; readonly after: Entity | undefined }
type Setting = { readonly world: World; readonly now: number }
type Found = ReadonlyMap<string, Entity | undefined>

/** Asks that share a commit: each is decided on what those before it decided. `number` is the next one that is free. */
export function draftAll(
  asks: readonly Ask[],
  found: Found,
  first: number,
  setting: Setting,
): { readonly drafts: readonly Draft[]; readonly number: number } {
  const known = new Map(found)
  const groups = new Map<string, string>()
  let number = first
  const drafts = asks.map(asked => {
    const group = groupOf(asked)
    const holder = group && groups.get(group.key)
    const ask = holder === undefined ? asked : joining(asked, holder)
    const id = ask.stream === 'new' ? incidentId(number) : ask.stream
    const draft = draftChange(ask.stream === 'new' ? numbered(ask, number) : ask, id, known.get(id), setting)
    known.set(id, draft.after)
    if (draft.change.takesNumber === undefined) return draft
    number += 1
    if (group) groups.set(group.key, id)
    return draft
  })
  return { drafts, number }
}

/** The group that a declaration claims. */
export const groupOf = (ask: Ask): IncidentAsk['group'] => (ask as IncidentAsk).group

/** A declaration whose group has an incident goes to that one instead. */
export function joining(ask: Ask, holder: string): Ask {
  const { group, ...rest } = ask as Ask & IncidentAsk
  return { ...rest, stream: holder, command: group!.join } as Ask
}

const numbered = (ask: Ask, number: number): Ask => ({ ...ask, command: { ...ask.command, number } }) as Ask

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
  const changed = happened.length > 0
  const effects: Effects = changed
    ? kind.react(stream, { ...asked, before, after: after!, happened })
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
    ...(ask.timer && { timer: ask.timer }),
    ...(ask.settle && { settle: ask.settle }),
    ...(ask.command.do === 'declare' && !refusal ? claimed(ask.command.number, groupOf(ask)) : {}),
    events: happened.map(({ at, actor, event }) => ({
      at,
      type: event.type,
      actor: actorText(actor),
      cause,
      data: event,
    })),
    answer,
    ...(changed ? kind.rows(before, after!) : {}),
    disarm: effects.disarm,
    arm: effects.arm.map(each => traced(each, ask.trace)),
  }
  return { change, handled: { answer, stream, happened, refusal }, after }
}

/** What a new incident takes for itself. */
const claimed = (number: number, group: IncidentAsk['group']): Pick<Change, 'takesNumber' | 'groupKey'> => ({
  takesNumber: number,
  ...(group && { groupKey: group.key }),
})

const traced = (armed: Arm, trace: string | undefined): Arm =>
  trace === undefined ? armed : { ...armed, data: { ...(armed.data as object), trace } }
