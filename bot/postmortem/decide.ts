/** The rules of a post-mortem: drafted once, written by many without losing anybody's words, reviewed by another, then published. */
import { type Asked, type Decision, nameOf, person } from '../incidents/asked.ts'
import type { IncidentCommand } from '../incidents/commands.ts'
import type { IncidentEvent } from '../incidents/events.ts'
import { type Incident, isOpen } from '../incidents/state.ts'
import { nearest, type Refusal, refuse } from '../refusal.ts'
import { BLANK, type PostmortemState } from './document.ts'
import { ownerOf } from './due.ts'
import { isOwnWork, isReviewed } from './review.ts'

type Command = Extract<
  IncidentCommand,
  {
    do:
      | 'draft_postmortem'
      | 'write_section'
      | 'review_postmortem'
      | 'publish_postmortem'
      | 'give_postmortem'
      | 'waive_postmortem'
      | 'export_postmortem'
      | 'postmortem_due'
      | 'export_done'
      | 'export_failed'
  }
>
type Of<D extends Command['do']> = Extract<Command, { do: D }>

/** More than a long evening's writing, and less than a body of the web page may have. */
export const MAX_SECTION = 100_000
const MAX_WHY = 500

export const drafted = ({ world }: Pick<Asked, 'world'>): IncidentEvent => ({
  type: 'postmortem_drafted',
  template: world.config.postmortem.template,
})

export function decidePostmortem(asked: Asked, incident: Incident, command: Command): Decision {
  const { postmortem } = incident
  if (command.do === 'draft_postmortem') return draft(asked, incident)
  if (!postmortem)
    return refuse(
      'no_postmortem',
      `${incident.id} has no post-mortem yet.`,
      `Begin one: /incident postmortem ${incident.id}`,
    )
  switch (command.do) {
    case 'write_section':
      return write(asked, postmortem, command)
    case 'review_postmortem':
      return review(asked, postmortem, command)
    case 'publish_postmortem':
      return publish(asked, incident, postmortem, command)
    case 'give_postmortem':
      return ownerOf(asked.world, incident) === command.to
        ? []
        : [{ type: 'postmortem_given', to: command.to }]
    case 'waive_postmortem':
      return waive(asked, incident, postmortem, command.why.trim())
    case 'export_postmortem':
      return exportAgain(asked, incident, postmortem)
    case 'postmortem_due':
      return postmortem.publishedAt === null && !postmortem.waived
        ? [{ type: 'postmortem_nagged', nags: postmortem.nags + 1, person: ownerOf(asked.world, incident) }]
        : []
    case 'export_done':
    case 'export_failed': {
      const { do: type, ...what } = command
      return [{ type, ...what } as IncidentEvent]
    }
  }
}

function draft(asked: Asked, incident: Incident): Decision {
  if (incident.postmortem?.waived) return [{ type: 'postmortem_resumed' }]
  if (incident.postmortem) return []
  if (incident.drill)
    return refuse('drill', 'A drill has no post-mortem.', "How it went is in the team's channel.")
  return isOpen(incident)
    ? refuse(
        'open',
        `${incident.id} is ${incident.status}.`,
        `When it is over: /incident close ${incident.id}.`,
      )
    : [drafted(asked)]
}

/** Whoever saw an older text than the one that is there is asked; their words come back to them in the answer. */
function write(
  { actor, world }: Asked,
  { written, template }: PostmortemState,
  command: Of<'write_section'>,
): Decision {
  const { section, from } = command
  const known = template.find(each => each.id === section)
  if (!known)
    return unknownSection(
      template.map(each => each.id),
      section,
    )
  const text = command.text.trim()
  const there = written[section]
  if (text === (there?.text ?? '')) return []
  if (from !== null && from !== (there?.revision ?? 0))
    return refuse(
      'stale',
      `${nameOf(world, there?.by ?? '')} changed "${known.title}" meanwhile, so yours was not put over it.`,
      'Look at it, then send yours again.',
    )
  if (text.length > MAX_SECTION)
    return refuse('too_long', `The section has ${text.length} characters; ${MAX_SECTION} is the most.`)
  return [{ type: 'section_written', section, text, by: person(actor) }]
}

export function unknownSection(known: readonly string[], named: string): Refusal {
  const near = nearest(named, known)
  return refuse(
    'unknown_section',
    `"${named}" is no section of this post-mortem.`,
    near ? `Did you mean ${near}?` : `Sections: ${known.join(', ')}.`,
  )
}

function review({ actor }: Asked, postmortem: PostmortemState, { seen }: Of<'review_postmortem'>): Decision {
  const by = person(actor)
  if (postmortem.reviewers.includes(by)) return []
  if (postmortem.publishedAt !== null && !postmortem.changed)
    return refuse(
      'published',
      'It is published, and nothing was written to it since.',
      'Write what is missing: then it is reviewed and published anew.',
    )
  if (seen !== null && seen !== postmortem.edits)
    return refuse(
      'stale',
      'It was written to while you read it, so your review was not counted.',
      'Look at what changed, then say so again.',
    )
  return [{ type: 'postmortem_reviewed', by }]
}

function publish(
  { actor, world }: Asked,
  incident: Incident,
  postmortem: PostmortemState,
  command: Of<'publish_postmortem'>,
): Decision {
  const { id, severity, status } = incident
  const over = status === 'closed' && (severity === 'SEV1' || severity === 'SEV2')
  const moved: readonly IncidentEvent[] = over
    ? [{ type: 'status_changed', from: status, to: 'postmortem' }]
    : []
  if (postmortem.publishedAt !== null && !postmortem.changed) return moved
  const sections = Object.fromEntries(
    postmortem.template.map(each => [
      each.id,
      postmortem.written[each.id]?.text || (command.sections[each.id] ?? ''),
    ]),
  )
  const blanks = postmortem.template.filter(each => sections[each.id]?.includes(BLANK))
  const [first] = blanks
  if (first)
    return refuse(
      'blanks',
      `Still to be filled in: ${blanks.map(each => each.title).join(', ')}.`,
      `Like this: /incident postmortem ${id} --section ${first.id} What is to be said about it`,
    )
  if (severity === 'SEV1' && !isReviewed(world, postmortem)) return notReviewed(id, postmortem)
  return [{ type: 'postmortem_published', by: person(actor), sections }, ...moved]
}

const notReviewed = (id: string, { reviewers }: PostmortemState): Refusal =>
  reviewers.length === 0
    ? refuse(
        'not_reviewed',
        'A SEV1 is reviewed before it is published.',
        `By somebody who wrote nothing of it: /incident postmortem ${id} --review`,
      )
    : refuse(
        'own_review',
        'Only somebody who wrote it has reviewed it.',
        `Have somebody else read it: /incident postmortem ${id} --review`,
      )

function waive({ actor }: Asked, { id }: Incident, postmortem: PostmortemState, why: string): Decision {
  if (postmortem.publishedAt !== null)
    return refuse('published', `The post-mortem of ${id} is published.`, 'It stays where it is.')
  if (postmortem.waived) return []
  if (why === '')
    return refuse(
      'no_reason',
      `Why does ${id} need no post-mortem?`,
      `Like this: /incident postmortem ${id} --waive It was a false alarm`,
    )
  return [{ type: 'postmortem_waived', by: person(actor), why: why.slice(0, MAX_WHY) }]
}

function exportAgain({ world }: Asked, { id }: Incident, { edition }: PostmortemState): Decision {
  if (edition === 0)
    return refuse(
      'not_published',
      `The post-mortem of ${id} is not published yet.`,
      `Then it is exported by itself: /incident postmortem ${id} --publish`,
    )
  return Object.keys(world.config.postmortem.export).length === 0
    ? refuse(
        'no_export',
        'The configuration names no place to export to.',
        'Name one under `postmortem.export`: git, or github.',
      )
    : [{ type: 'export_asked' }]
}

/** What a review by somebody who wrote it is worth, said to them. */
export const reviewNote = (postmortem: PostmortemState, by: string): string | undefined =>
  isOwnWork(postmortem, by) && postmortem.reviewers.length < 2
    ? 'You wrote a part of it: somebody else has to read it too before a SEV1 is published.'
    : undefined
