/** An investigation as people read it: what may have caused it, with the reasons; what showed, in the order in which it began. */
import type { Investigation } from '../evidence/investigation.ts'
import type { Incident } from '../incidents/state.ts'
import { type Block, heading, type Inline, type Line, list, type Message, note, text } from '../message.ts'
import type { IncidentId } from '../words.ts'
import type { Standing } from './known.ts'
import { findingLine } from './words.ts'

const SHOWN_CANDIDATES = 3
const SHOWN_FINDINGS = 6
const SHOWN_MISSING = 3
const SHOWN_INNOCENT = 2
/** Links count where a chat counts characters: more lines of a list than these may be cut. */
const IN_ONE_LIST = 2

export function investigationView(
  incident: Incident,
  { candidates, findings, firstSign, innocent }: Investigation,
  standings: readonly Standing[],
): Message {
  const { id } = incident
  const causes = candidates
    .slice(0, SHOWN_CANDIDATES)
    .map(
      ({ score, title, reasons, link }): Line => [
        { bold: `${Math.round(score * 100)} %` },
        ` ${title}: ${reasons.join('; ')}`,
        ...look(link),
      ],
    )
  const shown = findings
    .slice(0, SHOWN_FINDINGS)
    .map((each): Line => [{ time: each.at, as: 'at' }, ' ', ...findingLine(each), ...look(each.link)])
  const more = findings.length - shown.length
  const [first] = candidates
  return {
    summary: first
      ? `${id}: ${first.title}, ${first.reasons[0] ?? ''}`
      : `${id}: nothing is known that may have caused it.`,
    tone: 'calm',
    blocks: [
      heading(`What may have caused ${id}`),
      ...(causes.length > 0 ? lists(causes) : [text(NO_CAUSE)]),
      ...(shown.length > 0 ? [text([{ bold: 'What showed, in order' }]), ...lists(shown)] : []),
      ...(more > 0 ? [note(`and ${more} more: /incident timeline ${id}`)] : []),
      note(
        'The first sign was at ',
        { time: firstSign.at, as: 'at' },
        `: ${firstSign.what}`,
        ...look(firstSign.link),
      ),
      ...innocent
        .slice(0, SHOWN_INNOCENT)
        .map(({ title, reasons }) => note(`Not its cause: ${title}: ${reasons.join('; ')}`)),
      ...standingNotes(id, standings),
    ],
  }
}

const NO_CAUSE = 'No change to its service, or to what that depends on, is known in the 24 hours before it.'

const look = (link: string | null): readonly Inline[] => (link === null ? [] : [' ', { link, text: 'look' }])

const lists = (lines: readonly Line[]): readonly Block[] =>
  lines.flatMap((_, index) =>
    index % IN_ONE_LIST === 0 ? [list(lines.slice(index, index + IN_ONE_LIST))] : [],
  )

/** Which sources answered, and what they could not say. */
function standingNotes(id: IncidentId, standings: readonly Standing[]): readonly Block[] {
  const failed = standings.filter(each => each.failed !== null)
  const answered = standings.filter(each => each.failed === null)
  // Of what it does not know it cannot say that it is as usual.
  const calm = (missing: readonly string[]) =>
    missing.length > 0 ? 'nothing unusual in what it has' : 'nothing unusual'
  const found = answered.map(
    ({ source, found, missing }) => `${source} (${found === 0 ? calm(missing) : found})`,
  )
  const missing = answered.flatMap(({ source, missing }) => missing.map(each => `${source}: ${each}`))
  const left = missing.length - SHOWN_MISSING
  return [
    ...(failed.length > 0
      ? [
          note(
            `⚠️ ${failed.map(({ failed: why }) => why).join('; ')}. To ask again: /incident investigate ${id}`,
          ),
        ]
      : []),
    ...(found.length > 0 ? [note(`Asked: ${found.join(', ')}`)] : []),
    ...(missing.length > 0
      ? [
          note(
            `Not said: ${missing.slice(0, SHOWN_MISSING).join('; ')}${left > 0 ? `; and ${left} more` : ''}`,
          ),
        ]
      : []),
  ]
}
