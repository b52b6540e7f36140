/** A post-mortem: sections in a fixed order, each begun from facts and finished by people. */
import type { PersonId } from '../words.ts'

export const SECTIONS = [
  'summary',
  'impact',
  'timeline',
  'root_cause',
  'contributing',
  'went_well',
  'went_wrong',
  'action_items',
  'lessons',
] as const
export type SectionId = (typeof SECTIONS)[number]

export const SECTION_TITLES: Readonly<Record<SectionId, string>> = {
  summary: 'Summary',
  impact: 'Impact',
  timeline: 'Timeline',
  root_cause: 'Root cause',
  contributing: 'Contributing factors',
  went_well: 'What went well',
  went_wrong: 'What went wrong',
  action_items: 'Action items',
  lessons: 'Lessons learned',
}

/** Marks what only people can say. */
export const BLANK = '_to be filled in_'

/** What somebody wrote in the place of what the facts gave. */
export type Written = {
  readonly text: string
  readonly by: PersonId
  readonly at: number
  /** How often it was written. An editor names the one that they saw. */
  readonly revision: number
}

/** What people did to an incident's post-mortem: part of the incident's state. */
export type PostmortemState = {
  readonly draftedAt: number
  readonly written: Readonly<Partial<Record<SectionId, Written>>>
  readonly reviewedBy: PersonId | null
  readonly publishedAt: number | null
  readonly publishedBy: PersonId | null
  readonly nags: number
}

export type Section = {
  readonly id: SectionId
  readonly title: string
  readonly text: string
  /** Who wrote it; empty: it is as the facts gave it. */
  readonly authors: readonly PersonId[]
  readonly revision: number
}

export type Postmortem = {
  readonly incident: string
  readonly title: string
  readonly status: 'draft' | 'reviewed' | 'published'
  readonly figures: Figures
  readonly sections: readonly Section[]
}

/** Lengths in ms; null where it did not come to that. */
export type Figures = {
  readonly severity: string
  readonly detectMs: number
  readonly acknowledgeMs: number | null
  readonly mitigateMs: number | null
  readonly resolveMs: number | null
  readonly targetMs: number | null
  readonly pages: number
  readonly unanswered: number
  readonly handOvers: number
}

export const blanksOf = ({ sections }: Postmortem): readonly Section[] =>
  sections.filter(section => section.text.includes(BLANK))
