/** What befell an incident by somebody's will, read from the answers that people got. */
import type { Delivered, Life, Said } from './evidence.ts'
import { isAck, isDeclared, isNotMe, isOver, isUnclear } from './known.ts'
import { SEVERITY_OF, type Severity } from './team.ts'

export type Event =
  | {
      readonly at: number
      /** `word`: whoever has it is still there. */
      readonly kind: 'ack' | 'notme' | 'escalate' | 'unack' | 'reopen' | 'over' | 'word'
      readonly who: string
    }
  /** It may have happened, and nobody knows when. `forGood`: what follows from it does not end with a new chain. */
  | { readonly at: number; readonly kind: 'unclear'; readonly who: string; readonly forGood: boolean }
  | { readonly at: number; readonly kind: 'severity' | 'alert'; readonly who: string; readonly to: Severity }
  | { readonly at: number; readonly kind: 'page'; readonly who: string; readonly person: string }

type Plain = Exclude<Event['kind'], 'severity' | 'alert' | 'page' | 'unclear'>
const READINGS: readonly (readonly [Plain, (each: Said) => boolean])[] = [
  ['ack', isAck],
  ['word', ({ words }) => /is still on it/.test(words)],
  ['ack', ({ words }) => /answered the page|has INC-\d+ already/.test(words)],
  ['notme', isNotMe],
  ['over', isOver],
  ['unack', ({ words }) => words.includes('took the acknowledgement back')],
  ['reopen', ({ line, words }) => line.includes(' reopen ') && words.includes('set the status to')],
  ['word', ({ line, words }) => line.includes(' update ') && words.includes(': It goes on')],
  [
    'escalate',
    ({ line, words }) => line.includes(' escalate ') && /Paged |Next in the chain|was skipped/.test(words),
  ],
  ['escalate', ({ words }) => words.startsWith('The next rung of')],
]

function eventOf(each: Said): readonly Event[] {
  const { from, at, who, line, words } = each
  const forGood = / (?:notme|severity) /.test(line)
  if (isUnclear(each) || from !== at) return [{ at: from, kind: 'unclear', who, forGood }]
  const kind = READINGS.find(([, fits]) => fits(each))?.[0]
  if (kind) return [{ at, kind, who }]
  const to = /set the severity to (SEV\d)/.exec(words)?.[1]
  if (to) return [{ at, kind: 'severity', who, to: to as Severity }]
  const person = /^\/incident page INC-\d+ @(\w+)/.exec(line)?.[1]
  return person && words.includes(' paged ') ? [{ at, kind: 'page', who, person }] : []
}

/** In order, and what was answered twice once. */
export function eventsOf({ said, delivered }: Life, id: string): readonly Event[] {
  const answered = new Set<string>()
  const done = said
    .filter(each => each.incident === id && !isDeclared(each))
    .flatMap(each => {
      if (answered.has(each.cause)) return []
      if (each.words !== '') answered.add(each.cause)
      return eventOf(each)
    })
  return [...done, ...alertsOf(delivered.filter(each => each.incidents?.includes(id)))].sort(
    (a, b) => a.at - b.at,
  )
}

/** An alert that joins with a worse severity raises it, unless it is old news. */
function alertsOf([first, ...joined]: readonly Delivered[]): readonly Event[] {
  let newest = first?.startsAt ?? 0
  return joined.flatMap(({ at, status, label, startsAt }): readonly Event[] => {
    if (startsAt <= newest) return []
    newest = startsAt
    return status === 'firing'
      ? [{ at, kind: 'alert', who: '', to: SEVERITY_OF[label as keyof typeof SEVERITY_OF] }]
      : []
  })
}
