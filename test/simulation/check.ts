/**
 * What people may rely on, judged from what they saw and heard, and from nothing else (I1, I2, I5 to I11, I17, I24). Each
 * violation is a sentence.
 */
import type { Config } from '../../bot/config/types.ts'
import type { IncidentSummary } from '../../bot/ports.ts'
import type { Seen } from './pub.ts'

export type Said = {
  /** When it was said, and when it was answered. */
  readonly from: number
  readonly at: number
  readonly who: string
  readonly line: string
  readonly words: string
}

export type Life = {
  readonly config: Config
  readonly said: readonly Said[]
  readonly outages: readonly { readonly from: number; readonly to: number }[]
  readonly seen: readonly Seen[]
  readonly summaries: readonly IncidentSummary[]
  readonly end: number
}

/** A send that was under way when the ack was committed may still arrive so much later (I6). */
const IN_FLIGHT_MS = 8_000
/** An ack is asked about after half an hour of silence, and holds for ten minutes more. */
const LAPSE_MS = 40 * 60_000

const incidentOf = (text: string): string | undefined => /INC-\d+/.exec(text)?.[0]

export function check(life: Life): readonly string[] {
  return [...lost(life), ...unheard(life), ...noisy(life), ...twice(life), ...aside(life), ...stale(life)]
}

/** I1: what was declared with a green answer is there. */
function lost({ said, summaries }: Life): readonly string[] {
  const known = new Set(summaries.map(each => each.id))
  return said.flatMap(({ line, words }) => {
    const id = line.startsWith('/incident declare') ? incidentOf(words) : undefined
    return id && !known.has(id) ? [`${id} was declared and is gone`] : []
  })
}

const pagesOf = ({ seen }: Life, id: string): readonly Seen[] =>
  seen.filter(
    each => each.where.startsWith('@') && each.first.includes('[Ack]') && incidentOf(each.first) === id,
  )

/** I2, I10: whoever was owed a call had one, and a chain that ended without an answer said so loudly. */
function unheard(life: Life): readonly string[] {
  const { summaries, config, seen, said } = life
  return summaries.flatMap(({ id, severity, open, acked, status }) => {
    if (!open || acked || status === 'resolved' || status === 'verifying') return []
    const texts = seen.filter(each => !each.where.startsWith('@')).map(each => each.first)
    const chain = config.severities[severity as 'SEV1'].escalation
    const people = chain.flatMap(rung => config.roles[rung.role]?.people ?? [])
    // Whoever had it before it was raised is not called again for that.
    const left = new Set(
      said.flatMap(each => {
        const had = incidentOf(each.line) === id && (isAck(each) || each.line.includes(' notme '))
        return had ? [each.who] : []
      }),
    )
    const paged = new Set(pagesOf(life, id).map(each => each.where.slice(1)))
    const silent = people.filter(person => {
      const users = Object.values(config.people[person]?.identities ?? {})
      return !left.has(person) && !users.some(user => paged.has(user))
    })
    const loud = texts.some(text => text.includes(id) && /Nobody (?:acknowledged|could be paged)/.test(text))
    return [
      ...silent.map(person => `${person} was never called for ${id}, which is open and nobody's`),
      ...(people.length > 0 && !loud ? [`the chain of ${id} ended without a word`] : []),
    ]
  })
}

/** I5, I6: after a green ack, resolve or close nobody is called, until somebody asks for it or the one who has it falls silent. */
function noisy(life: Life): readonly string[] {
  const { said, summaries } = life
  return summaries.flatMap(({ id }) => {
    const own = said.filter(({ line, words }) => (incidentOf(line) ?? incidentOf(words)) === id)
    return pagesOf(life, id).flatMap(page => {
      const before = own.filter(each => each.at <= page.at)
      const last = before.findLast(each => isSilence(each, id) || isCall(each))
      if (!last || !isSilence(last, id) || page.at <= last.at + IN_FLIGHT_MS) return []
      // Something asked at the same moment may have been the reason.
      if (own.some(each => isCall(each) && each.from <= page.at && each.at >= last.at)) return []
      if (isAck(last) && page.at - last.from >= LAPSE_MS) return []
      return [
        `${page.where} was called for ${id} ${Math.round((page.at - last.at) / 1000)} s after: ${last.line} -> ${last.words}`,
      ]
    })
  })
}

const isAck = ({ words }: Said): boolean => /acknowledged after/.test(words)
const isSilence = ({ line, words }: Said, id: string): boolean =>
  incidentOf(line) === id &&
  (isAck({ words } as Said) ||
    /set the status to (?:resolved|closed)|status to .*(?:resolved|closed)/.test(words))
/** What starts calls anew: it was asked for, whatever became of it. */
const isCall = ({ line }: Said): boolean =>
  /\/incident (?:unack|reopen|severity|escalate|notme|declare|page)/.test(line)

/** I9: one page is one message, but for repeats that are marked as such. */
function twice({ seen }: Life): readonly string[] {
  const pages = seen.filter(each => each.where.startsWith('@') && each.first.includes('[Ack]'))
  return [...Map.groupBy(pages, each => `${each.where} ${each.key}`).entries()].flatMap(([key, copies]) => {
    const unmarked = copies.filter(each => !each.first.includes('(repeat)'))
    return unmarked.length > 1 ? [`${key} came ${copies.length} times`] : []
  })
}

/** Whoever said "Not me" is not called for it again, unless by hand. */
function aside(life: Life): readonly string[] {
  return life.said.flatMap(({ line, who, at, words }) => {
    const id = /^\/incident notme (INC-\d+)/.exec(line)?.[1]
    if (!id || !/said "Not me"/.test(words)) return []
    const users = Object.values(life.config.people[who]?.identities ?? {})
    return pagesOf(life, id)
      .filter(page => users.includes(page.where.slice(1)) && page.at > at + IN_FLIGHT_MS)
      .map(() => `${who} was called for ${id} after "Not me"`)
  })
}

/** I8: in the end no copy of a page asks for an answer that nobody waits for. */
function stale(life: Life): readonly string[] {
  return life.summaries
    .filter(({ open, acked }) => acked || !open)
    .flatMap(({ id }) =>
      pagesOf(life, id)
        .filter(page => page.text.includes('[Ack]'))
        .map(page => `${page.where} still reads [Ack] for ${id}, which is over`),
    )
}
