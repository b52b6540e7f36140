/** A post-mortem: the sections of its template, each begun from facts and finished by people. */
import type { PersonId } from '../words.ts'
import type { SectionId, Template } from './template.ts'

/** Marks what only people can say. */
export const BLANK = '_to be filled in_'

/** What somebody wrote in the place of what the facts gave. */
export type Written = {
  /** Empty: it is as the facts give it again. */
  readonly text: string
  readonly by: PersonId
  readonly at: number
  /** How often it was written. An editor names the one that they saw. */
  readonly revision: number
}

/** Where a publication goes beside the channels. */
export const EXPORTS = ['git', 'github'] as const
export type ExportName = (typeof EXPORTS)[number]
export const EXPORT_PLACES: Readonly<Record<ExportName, string>> = {
  git: 'the git repository',
  github: 'GitHub',
}

/** How far the export of the last edition to one place has come. */
export type ExportState = {
  /** The last edition that is there; 0 before the first. */
  readonly edition: number
  /** Where it is, once it is there: a page's address, or a commit. */
  readonly ref: string | null
  /** Why the last attempt failed; null when it did not. */
  readonly why: string | null
}

/** What people did to an incident's post-mortem: part of the incident's state. */
export type PostmortemState = {
  readonly draftedAt: number
  /** As it was in the configuration when the draft was begun. */
  readonly template: Template
  readonly written: Readonly<Record<SectionId, Written>>
  /** How often any section was written: a reviewer names what they saw. */
  readonly edits: number
  /** Who wrote since it was last published. */
  readonly writers: readonly PersonId[]
  /** Who has read the text that is there now. */
  readonly reviewers: readonly PersonId[]
  readonly publishedAt: number | null
  readonly publishedBy: PersonId | null
  /** How often it was published. */
  readonly edition: number
  /** It was written to since it was published. */
  readonly changed: boolean
  /** Who was asked to finish it by name; null: see `ownerOf`. */
  readonly owner: PersonId | null
  readonly nags: number
  readonly naggedAt: number | null
  /** Why there will be none; null while there will. */
  readonly waived: { readonly by: PersonId; readonly why: string } | null
  readonly exports: Readonly<Partial<Record<ExportName, ExportState>>>
}

export type Section = {
  readonly id: SectionId
  readonly title: string
  /** Markdown. */
  readonly text: string
  /** Who wrote it; empty: it is as the facts gave it. */
  readonly authors: readonly PersonId[]
  readonly revision: number
}

export type Status = 'draft' | 'reviewed' | 'published' | 'waived'

export type Postmortem = {
  readonly incident: string
  readonly title: string
  readonly status: Status
  /** Published, and written to since then. */
  readonly changed: boolean
  readonly figures: Figures
  readonly sections: readonly Section[]
}

/** Lengths in ms; null where it did not come to that, or where nothing is aimed at. */
export type Figures = {
  readonly severity: string
  readonly detectMs: number
  readonly acknowledgeMs: number | null
  readonly mitigateMs: number | null
  readonly resolveMs: number | null
  /** Until it was to be acknowledged. */
  readonly targetMs: number | null
  readonly targets: Targets
  readonly pages: number
  /** Pages whose time to respond passed without their person. */
  readonly unanswered: number
  /** Pages that reached nobody. */
  readonly undelivered: number
  readonly handOvers: number
}

export type Targets = {
  readonly detectMs: number | null
  readonly acknowledgeMs: number | null
  readonly mitigateMs: number | null
  readonly resolveMs: number | null
}

export const blanksOf = ({ sections }: Pick<Postmortem, 'sections'>): readonly Section[] =>
  sections.filter(({ text }) => text.includes(BLANK))
