/** Events become the state of a post-mortem; part of the incident's fold. */
import type { IncidentEvent } from '../incidents/events.ts'
import type { Instant } from '../words.ts'
import type { ExportName, ExportState, PostmortemState } from './document.ts'
import { BUILT_IN_TEMPLATE, type Template } from './template.ts'

type OfPostmortem = Extract<
  IncidentEvent,
  {
    type:
      | 'postmortem_drafted'
      | 'section_written'
      | 'postmortem_reviewed'
      | 'postmortem_published'
      | 'postmortem_nagged'
      | 'postmortem_given'
      | 'postmortem_waived'
      | 'postmortem_resumed'
      | 'export_asked'
      | 'export_done'
      | 'export_failed'
  }
>

const fresh = (draftedAt: Instant, template: Template = BUILT_IN_TEMPLATE): PostmortemState => ({
  draftedAt,
  template,
  written: {},
  edits: 0,
  writers: [],
  reviewers: [],
  publishedAt: null,
  publishedBy: null,
  edition: 0,
  changed: false,
  owner: null,
  nags: 0,
  naggedAt: null,
  waived: null,
  exports: {},
})

export function foldPostmortem(
  before: PostmortemState | null,
  event: OfPostmortem,
  at: Instant,
): PostmortemState {
  const state = before ?? fresh(at)
  switch (event.type) {
    case 'postmortem_drafted':
      return fresh(at, event.template)
    case 'section_written':
      return written(state, event, at)
    case 'postmortem_reviewed':
      return { ...state, reviewers: withOne(state.reviewers, event.by) }
    case 'postmortem_published':
      return {
        ...state,
        publishedAt: at,
        publishedBy: event.by,
        edition: state.edition + 1,
        changed: false,
        writers: [],
        waived: null,
      }
    case 'postmortem_nagged':
      return { ...state, nags: event.nags, naggedAt: at }
    case 'postmortem_given':
      return { ...state, owner: event.to }
    case 'postmortem_waived':
      return { ...state, waived: { by: event.by, why: event.why } }
    case 'postmortem_resumed':
      return { ...state, waived: null, draftedAt: at, nags: 0, naggedAt: null }
    case 'export_asked':
      return state
    case 'export_done':
      return exported(state, event.to, { edition: event.edition, ref: event.ref, why: null })
    case 'export_failed':
      return exported(state, event.to, { why: event.why })
  }
}

function written(
  state: PostmortemState,
  { section, text, by }: Extract<OfPostmortem, { type: 'section_written' }>,
  at: Instant,
): PostmortemState {
  const revision = (state.written[section]?.revision ?? 0) + 1
  return {
    ...state,
    // What was reviewed was another text.
    reviewers: [],
    edits: state.edits + 1,
    writers: withOne(state.writers, by),
    changed: state.publishedAt !== null,
    written: { ...state.written, [section]: { text, by, at, revision } },
  }
}

const NOT_EXPORTED: ExportState = { edition: 0, ref: null, why: null }

const exported = (state: PostmortemState, to: ExportName, change: Partial<ExportState>): PostmortemState => ({
  ...state,
  exports: { ...state.exports, [to]: { ...NOT_EXPORTED, ...state.exports[to], ...change } },
})

const withOne = <T>(all: readonly T[], one: T): readonly T[] => (all.includes(one) ? all : [...all, one])
