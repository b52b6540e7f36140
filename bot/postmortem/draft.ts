/** The post-mortem as it stands: its template filled from the facts, under what people wrote; and as it was last published. */
import type { Happened } from '../incidents/events.ts'
import type { PersonId } from '../words.ts'
import type { Postmortem, Section } from './document.ts'
import { figuresOf } from './figures.ts'
import { type Facts, prefill } from './prefill.ts'
import { statusOf } from './review.ts'
import { fill, type SectionId, type SectionTemplate } from './template.ts'

export function postmortemOf(facts: Facts): Postmortem {
  const { world, incident, history } = facts
  const state = incident.postmortem
  const figures = figuresOf(incident, history, facts.investigation.firstSign.at)
  const published = lastEdition(history)
  const section = ({ id, title, text }: SectionTemplate): Section => {
    const written = state?.written[id]
    return {
      id,
      title,
      // What was published does not change when the facts do.
      text: written?.text || (published?.[id] ?? fill(text, name => prefill({ facts, figures }, name))),
      authors: authorsOf(history, id),
      revision: written?.revision ?? 0,
    }
  }
  return {
    incident: incident.id,
    title: incident.title,
    status: statusOf(world, state),
    changed: state?.changed ?? false,
    figures,
    sections: (state?.template ?? world.config.postmortem.template).map(section),
  }
}

/** The last edition, as whoever reads an export sees it; undefined before the first. */
export function editionOf(facts: Facts): Postmortem | undefined {
  const published = lastEdition(facts.history)
  const present = postmortemOf(facts)
  if (facts.incident.postmortem?.publishedAt == null) return undefined
  const sections = present.sections.map(each => ({ ...each, text: published?.[each.id] ?? each.text }))
  return { ...present, changed: false, sections }
}

function lastEdition(history: readonly Happened[]): Readonly<Record<SectionId, string>> | undefined {
  const last = history.findLast(({ event }) => event.type === 'postmortem_published')?.event
  return last?.type === 'postmortem_published' ? last.sections : undefined
}

function authorsOf(history: readonly Happened[], id: SectionId): readonly PersonId[] {
  const all = history.flatMap(({ event }) =>
    event.type === 'section_written' && event.section === id ? [event.by] : [],
  )
  return [...new Set(all)]
}
