/** A post-mortem in a chat: how it stands and what can be done about it, that it waits for somebody, that it is published. */
import type { Incident } from '../incidents/state.ts'
import {
  type Block,
  type Button,
  buttons,
  fields,
  heading,
  type Inline,
  type Line,
  list,
  type Message,
  note,
  text,
} from '../message.ts'
import type { World } from '../world.ts'
import { blanksOf, type Postmortem, type Section } from './document.ts'
import { ownerOf } from './due.ts'
import { rows } from './render.ts'
import { isReviewed, statusOf } from './review.ts'

/** What a view of one needs; `url` is its page, null while nobody knows how the world reaches us. */
export type Seen = {
  readonly world: World
  readonly incident: Incident
  readonly postmortem: Postmortem
  readonly url: string | null
}

/** More than a menu takes. */
const MAX_CHOICES = 25
const MAX_WRITE = 2

const run = ({ incident }: Seen, rest: string): string => `/incident postmortem ${incident.id}${rest}`

export function overview(seen: Seen): Message {
  const { world, incident, postmortem } = seen
  const { id, title } = incident
  const standing = standingOf(seen)
  return {
    summary: `Post-mortem of ${id}: ${statusOf(world, incident.postmortem)}.`,
    tone: 'calm',
    blocks: [
      heading(`Post-mortem of ${id}: ${title}`),
      text(standing),
      fields(Object.fromEntries(rows(postmortem.figures))),
      ...page(seen),
      buttons(...whatNext(seen), addItem(id)),
      ...(incident.postmortem?.waived ? [] : [otherSections(seen)]),
      note(...people(seen)),
    ],
  }
}

function standingOf({ world, incident, postmortem }: Seen): Line {
  const state = incident.postmortem
  if (!state) return ['Not begun.']
  const missing = named(blanksOf(postmortem))
  if (state.waived) return [{ bold: 'There will be none' }, ': ', state.waived.why]
  if (state.publishedAt !== null)
    return [
      { bold: 'Published' },
      ...by(state.publishedBy),
      ' ',
      { time: state.publishedAt, as: 'at' },
      ...(state.changed ? ['. It was written to since then; publish it again to send that out.'] : []),
    ]
  if (missing !== '') return [{ bold: 'Draft' }, '. To be filled in: ', missing, '.']
  if (isReviewed(world, state)) return [{ bold: 'Reviewed' }, ', and ready to be published.']
  return [
    { bold: 'Written' },
    incident.severity === 'SEV1'
      ? ', and waits for somebody else to read it.'
      : ', and ready to be published.',
  ]
}

const by = (person: string | null): Line => (person === null ? [] : [' by ', { person }])
const named = (sections: readonly Section[]): string => sections.map(({ title }) => title).join(', ')

/** The page, where there is one that the world reaches. */
const page = ({ url }: Seen): readonly Block[] =>
  url === null ? [] : [text([{ link: url, text: 'Open it as a page' }, ' to read, write and compare.'])]

/** What is to be done next comes first. */
function whatNext(seen: Seen): readonly Button[] {
  const { incident, postmortem, world } = seen
  const state = incident.postmortem
  if (state?.waived)
    return [{ label: 'Begin it after all', command: run(seen, ' --begin'), style: 'primary' }]
  if (state?.publishedAt != null && !state.changed) return []
  const blanks = blanksOf(postmortem)
  const write = blanks.slice(0, MAX_WRITE).map(each => ({
    label: `Write ${each.title}`.slice(0, 40),
    command: run(seen, ` --section ${each.id}`),
  }))
  if (write.length > 0) return write
  const review: Button = { label: 'I have read it', command: run(seen, ' --review') }
  const publish: Button = { label: 'Publish', command: run(seen, ' --publish'), style: 'primary' }
  return state && incident.severity === 'SEV1' && !isReviewed(world, state) ? [review] : [review, publish]
}

const addItem = (id: string): Button => ({
  label: 'Add action item',
  command: `/action add --incident ${id}`,
})

const otherSections = (seen: Seen): Block => ({
  kind: 'select',
  placeholder: 'Write a section',
  choices: seen.postmortem.sections.slice(0, MAX_CHOICES).map(({ id, title }) => ({
    label: title,
    command: run(seen, ` --section ${id}`),
  })),
})

function people({ world, incident, postmortem }: Seen): Line {
  const reviewers = incident.postmortem?.reviewers ?? []
  const authors = [...new Set(postmortem.sections.flatMap(each => each.authors))]
  const owner = ownerOf(world, incident)
  const each = (label: string, all: readonly string[]): readonly Inline[] =>
    all.length === 0 ? [] : [`${label}: `, ...all.flatMap((person, index) => comma(person, index)), '. ']
  const line = [
    ...each('To be finished by', owner === null ? [] : [owner]),
    ...each('Written by', authors),
    ...each('Read by', reviewers),
  ]
  return line.length > 0 ? line : ['Nobody has written anything yet.']
}

const comma = (person: string, index: number): readonly Inline[] =>
  index === 0 ? [{ person }] : [', ', { person }]

/** All that waits for one person, or for the team, in one message; what to do is a press away. */
export function owedView(all: readonly Seen[], to: 'person' | 'team', more: number): Message {
  const [only] = all.length === 1 ? all : []
  const summary = `${all.length + more === 1 ? 'A post-mortem waits' : `${all.length + more} post-mortems wait`} to be finished.`
  return {
    summary,
    tone: 'calm',
    blocks: [
      text([{ bold: summary }]),
      list(all.map(each => owedLine(each, to))),
      ...(more > 0 ? [note(`and ${more} more`)] : []),
      ...(only
        ? [buttons(...whatNext(only), { label: 'Show it', command: run(only, '') })]
        : [buttons(...all.slice(0, 5).map(each => ({ label: each.incident.id, command: run(each, '') })))]),
      note(
        `Somebody else should finish it: /incident postmortem ${only?.incident.id ?? 'INC-42'} --owner @person. None is needed: --waive, and why.`,
      ),
    ],
  }
}

const owedLine = (seen: Seen, to: 'person' | 'team'): Line => {
  const { world, incident } = seen
  const owner = ownerOf(world, incident)
  return [
    { bold: `${incident.severity} ${incident.id}` },
    ` ${incident.title} · `,
    ...(to === 'team' && owner !== null ? [{ mention: owner }, ' · '] : []),
    'drafted ',
    { time: incident.postmortem?.draftedAt ?? incident.declaredAt, as: 'at' },
    ' · ',
    ...standingOf(seen),
  ]
}

/** Somebody was asked to finish it. */
export function givenView(seen: Seen, giver: Line): Message {
  const line: Line = [
    ...giver,
    ` asks you to finish the post-mortem of ${seen.incident.id}: `,
    seen.incident.title,
  ]
  return {
    summary: `You are to finish the post-mortem of ${seen.incident.id}.`,
    tone: 'calm',
    blocks: [text(line), text(standingOf(seen)), ...page(seen), buttons(...whatNext(seen))],
  }
}
