/**
 * Pages leave as timers: a step that is due arms one delivery per target, a later step arms its decision. When a page ends,
 * whatever of it has not left is disarmed in the same commit (I6), and every copy that has is edited.
 */
import type { Effect, Moment, Reaction } from '../engine/reactions.ts'
import type { Incident, Page, StepState } from '../incidents/state.ts'

const pageTimers: Reaction = moment =>
  moment.after.pages.flatMap(page => effectsOf(moment, pageIn(moment.before, page), page))

const pageIn = (incident: Incident | undefined, page: Page): Page | undefined =>
  incident?.pages[page.page - 1]

function effectsOf(moment: Moment, was: Page | undefined, is: Page): readonly Effect[] {
  if (was === is) return []
  if (is.ended !== null)
    return was?.ended === null || !was
      ? [...silence(is), ...editCopies(moment, is), ...leftovers(moment, was, is)]
      : editNewCopies(moment, was, is)
  const window: readonly Effect[] =
    is.windowMs > 0 && is.windowMs !== was?.windowMs
      ? [{ arm: { kind: 'window', page: is.page }, at: is.startedAt + is.windowMs }]
      : []
  return [...is.steps.flatMap((_, step) => stepEffects(moment, was, is, step)), ...window]
}

function stepEffects({ now }: Moment, was: Page | undefined, is: Page, step: number): readonly Effect[] {
  const { afterMs, state, targets } = is.steps[step]!
  const before: StepState | undefined = was?.steps[step]?.state
  if (before === state) return []
  const decision = { kind: 'step' as const, page: is.page, step }
  if (state === 'waiting') return [{ arm: decision, at: is.startedAt + afterMs }]
  if (state !== 'due') return []
  const deliveries = targets.map(
    (target): Effect => ({ arm: { kind: 'page', page: is.page, step, target, person: is.person }, at: now }),
  )
  return before === 'waiting' ? [{ disarm: decision }, ...deliveries] : deliveries
}

const silence = (page: Page): readonly Effect[] => [
  { disarm: { kind: 'window', page: page.page } },
  ...page.steps.flatMap((each, step): readonly Effect[] => [
    { disarm: { kind: 'step', page: page.page, step } },
    ...each.targets.map(
      (target): Effect => ({ disarm: { kind: 'page', page: page.page, step, target, person: page.person } }),
    ),
  ]),
]

/** A send that is under way when a page ends has ended itself by then, and is on record if it was heard of. */
const LEFTOVER_AFTER_MS = 20_000

/** Attempts of which nothing was heard: what they posted still asks for an answer. */
const leftovers = ({ now }: Moment, was: Page | undefined, is: Page): readonly Effect[] =>
  (was?.steps ?? []).flatMap((each, step) =>
    each.by === 'chat' && each.state !== 'waiting'
      ? each.targets
          .filter(target => !is.copies.some(copy => copy.step === step && copy.chat === target))
          .map(
            (target): Effect => ({
              arm: { kind: 'leftover', page: is.page, step, target, person: is.person },
              at: now + LEFTOVER_AFTER_MS,
            }),
          )
      : [],
  )

const editCopies = ({ now }: Moment, page: Page): readonly Effect[] =>
  page.copies.map(({ chat, ref }) => ({ arm: { kind: 'copy', page: page.page, chat, ref }, at: now }))

/** A copy that left before the ack was committed, and was heard of only now. */
const editNewCopies = (moment: Moment, was: Page, is: Page): readonly Effect[] =>
  editCopies(moment, { ...is, copies: is.copies.slice(was.copies.length) })

/** A page that left before the channel was open gets its link. */
const linkRoom: Reaction = moment =>
  moment.happened.flatMap(({ event }) => {
    if (event.type === 'page_sent' && !event.linked)
      return moment.after.rooms[event.target]?.channel ? relink(moment, event.page, event.target) : []
    if (event.type !== 'room_opened') return []
    const live = moment.after.pages.filter(page => page.ended === null)
    return live.flatMap(page =>
      editCopies(moment, { ...page, copies: page.copies.filter(copy => copy.chat === event.chat) }),
    )
  })

/** It left before the channel opened, and was heard of after. */
const relink = (moment: Moment, number: number, chat: string): readonly Effect[] => {
  const page = moment.after.pages[number - 1]
  return page?.ended === null
    ? editCopies(moment, { ...page, copies: page.copies.filter(copy => copy.chat === chat) })
    : []
}

export const pageReactions: readonly Reaction[] = [pageTimers, linkRoom]
