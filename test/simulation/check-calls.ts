/** Who was called, and who was left alone: nobody is forgotten, nobody is woken in vain (I2, I6, I10). */
import { type Called, calledBy, type Life, type Said } from './evidence.ts'
import { isAck, isCall, isNotMe, isOver, isUnclear } from './known.ts'
import { MINUTE, SEVERITY_OF } from './team.ts'

/** A send that was under way when the ack was committed may still arrive so much later (I6); what was slow, even later. */
export const IN_FLIGHT_MS = 8_000
const SLOW_MS = 31_000
/** An ack is asked about after half an hour of silence, and holds for ten minutes more. */
export const LAPSE_MS = 40 * MINUTE

export const pagesOf = ({ seen }: Life, id: string): readonly Called[] =>
  seen.flatMap(each => calledBy(each) ?? []).filter(each => each.incident === id)

export const isAcked = (card: string) => card.includes('✅ Acknowledged by')
const isAtEnd = (card: string) => card.includes('Nobody acknowledged and the chain is at its end')
export const isDone = (card: string) => /It is (?:resolved|verifying|closed|postmortem)\./.test(card)
const asksNobody = (card: string) => card.includes('Posted to')

/** In the end it has somebody, or is over, or it was said loudly that nobody answered (I2). */
export function stranded(life: Life): readonly string[] {
  return [...life.cards].flatMap(([id, card]) => {
    if (isAcked(card) || isDone(card) || asksNobody(card)) return []
    if (!isAtEnd(card)) return [`in the end nobody has ${id} and nobody is called: ${card.slice(0, 120)}`]
    const loud = life.seen.some(
      each => each.first.includes(id) && /Nobody (?:acknowledged:|could be paged)/.test(each.first),
    )
    return loud ? [] : [`the chain of ${id} ended without a word`]
  })
}

/** Whoever is always of the chain and was there all along was called before it ended (I10). */
export function unheard(life: Life): readonly string[] {
  const always = ['chika', 'diego', 'emi'].filter(person =>
    life.teams.every(({ team }) => team.people[person]),
  )
  return [...life.cards].flatMap(([id, card]) => {
    if (!isAtEnd(card) || !card.startsWith('SEV1') || card.includes('Service: checkout')) return []
    const left = new Set(
      life.said.flatMap(each =>
        each.incident === id && (isAck(each) || isNotMe(each) || isUnclear(each)) ? [each.who] : [],
      ),
    )
    const pages = pagesOf(life, id)
    return always
      .filter(person => !left.has(person) && !pages.some(page => page.person === person))
      .filter(
        person => !life.refused.some(each => each.where === `@${person}` && each.key.includes(`:${id}:`)),
      )
      .map(person => `${person} was never called for ${id}, whose chain is at its end`)
  })
}

/** After a green ack, resolve or close nobody is called, until somebody asks for it or whoever has it falls silent (I6). */
export function noisy(life: Life): readonly string[] {
  return [...life.cards.keys()].flatMap(id => {
    const own = life.said.filter(each => each.incident === id)
    const acks = own.filter(isAck)
    const alerts = life.delivered.filter(
      each => each.incidents?.includes(id) && each.label !== SEVERITY_LEAST,
    )
    return pagesOf(life, id).flatMap(page => {
      const last = own.findLast(each => each.at <= page.at && (isSilence(each) || isCall(each)))
      if (!last || !isSilence(last) || page.at <= last.at + (page.came === 'heard' ? IN_FLIGHT_MS : SLOW_MS))
        return []
      // Something asked at the same moment may have been the reason; or an alert that raised it.
      if (own.some(each => isCall(each) && each.from <= page.at && each.at >= last.from)) return []
      if (alerts.some(each => each.at >= last.from && each.at <= page.at)) return []
      // An ack that is said again counts from when it was said first.
      if (isAck(last) && acks.some(each => each.who === last.who && page.at - each.from >= LAPSE_MS))
        return []
      if (isHeldUp(life, last.at, page.at)) return []
      const after = Math.round((page.at - last.at) / 1000)
      return [
        `${page.person} was called for ${id} by ${page.by} ${after} s after: ${last.line} -> ${last.words}`,
      ]
    })
  })
}

const SEVERITY_LEAST = Object.keys(SEVERITY_OF).at(-1)
const isSilence = (each: Said): boolean => isAck(each) || isOver(each)
/** While the machine slept a send stood still; by a clock that was set an ack lapses early. */
const isHeldUp = ({ troubles }: Life, from: number, to: number): boolean =>
  troubles.some(
    each =>
      (each.what === 'paused' || each.what === 'clock') && each.from <= to && each.to >= from - IN_FLIGHT_MS,
  )

/** Whoever said "Not me" is not called for it again, unless by hand. */
export function aside(life: Life): readonly string[] {
  return life.said.filter(isNotMe).flatMap(({ incident = '', who, at }) => {
    const byHand = life.said.some(each => each.line.startsWith(`/incident page ${incident} @${who}`))
    return pagesOf(life, incident)
      .filter(
        page => page.person === who && page.at > at + SLOW_MS && !byHand && !isHeldUp(life, at, page.at),
      )
      .map(page => `${who} was called for ${incident} by ${page.by} after "Not me"`)
  })
}
