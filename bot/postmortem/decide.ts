/** The rules of a post-mortem: drafted once, written by many without losing anybody's words, reviewed by another, then published. */
import { type Asked, type Decision, nameOf, person } from '../incidents/asked.ts'
import type { IncidentCommand } from '../incidents/commands.ts'
import { type Incident, isOpen } from '../incidents/state.ts'
import { refuse } from '../refusal.ts'
import { nextBusinessOpen } from '../schedules/business.ts'
import type { Instant } from '../words.ts'
import type { World } from '../world.ts'
import { SECTION_TITLES } from './document.ts'

type Command = Extract<
  IncidentCommand,
  { do: 'draft_postmortem' | 'write_section' | 'review_postmortem' | 'publish_postmortem' | 'postmortem_due' }
>

const MAX_SECTION = 20_000

export function decidePostmortem(asked: Asked, incident: Incident, command: Command): Decision {
  const { postmortem } = incident
  if (command.do === 'draft_postmortem')
    return postmortem
      ? []
      : isOpen(incident)
        ? refuse(
            'open',
            `${incident.id} is ${incident.status}.`,
            `When it is over: /incident close ${incident.id}.`,
          )
        : [{ type: 'postmortem_drafted' }]
  if (!postmortem)
    return refuse(
      'no_postmortem',
      `${incident.id} has no post-mortem yet.`,
      `Begin one: /incident postmortem ${incident.id}`,
    )
  switch (command.do) {
    case 'write_section':
      return write(asked, incident, command)
    case 'review_postmortem':
      return postmortem.publishedAt === null ? [{ type: 'postmortem_reviewed', by: person(asked.actor) }] : []
    case 'publish_postmortem':
      return publish(asked, incident, command.blanks)
    case 'postmortem_due':
      return postmortem.publishedAt === null ? [{ type: 'postmortem_nagged', nags: postmortem.nags + 1 }] : []
  }
}

/** Whoever saw an older text than the one that is there is asked; their words come back to them in the answer. */
function write(
  { actor, world }: Asked,
  incident: Incident,
  command: Extract<Command, { do: 'write_section' }>,
): Decision {
  const { section, from } = command
  const text = command.text.trim()
  const there = incident.postmortem?.written[section]
  if (from !== null && from !== (there?.revision ?? 0))
    return refuse(
      'stale',
      `${nameOf(world, there?.by ?? '')} changed "${SECTION_TITLES[section]}" meanwhile, so yours was not put over it.`,
      'Your words are still in the form: look at theirs, then send again.',
    )
  if (text.length > MAX_SECTION)
    return refuse('too_long', `The section has ${text.length} characters; ${MAX_SECTION} is the most.`)
  if (text === there?.text) return []
  return [{ type: 'section_written', section, text, by: person(actor) }]
}

function publish({ actor }: Asked, incident: Incident, blanks: readonly string[]): Decision {
  const { postmortem, id, severity, status } = incident
  if (postmortem?.publishedAt != null) return []
  if (blanks.length > 0)
    return refuse(
      'blanks',
      `Still to be filled in: ${blanks.join(', ')}.`,
      `Like this: /incident postmortem ${id} --section root_cause The connection pool was too small`,
    )
  if (!postmortem?.reviewedBy && severity === 'SEV1')
    return refuse(
      'not_reviewed',
      'A SEV1 is reviewed before it is published.',
      `By somebody else: /incident postmortem ${id} --review`,
    )
  const by = person(actor)
  const over = status === 'closed' && (severity === 'SEV1' || severity === 'SEV2')
  return [
    { type: 'postmortem_published', by },
    ...(over ? [{ type: 'status_changed' as const, from: status, to: 'postmortem' as const }] : []),
  ]
}

/** Working days that a draft may take; after that it is asked for again every second one. */
const DAYS: Readonly<Record<string, number>> = { SEV1: 5, SEV2: 10 }
const AGAIN_DAYS = 2

/** When an unfinished draft is asked for next; undefined when it never is. */
export function askedForAt(world: World, { postmortem, severity }: Incident): Instant | undefined {
  if (!postmortem || postmortem.publishedAt !== null) return undefined
  const first = DAYS[severity]
  if (first === undefined) return undefined
  return addBusinessDays(world, postmortem.draftedAt, first + postmortem.nags * AGAIN_DAYS)
}

function addBusinessDays({ config }: World, from: Instant, days: number): Instant {
  let at = from
  for (let day = 0; day < days; day++) at = nextBusinessOpen(config.team.business, at)
  return at
}
