/** Events become the state of a post-mortem; part of the incident's fold. */
import type { IncidentEvent } from '../incidents/events.ts'
import type { Instant } from '../words.ts'
import type { PostmortemState } from './document.ts'

type OfPostmortem = Extract<
  IncidentEvent,
  {
    type:
      | 'postmortem_drafted'
      | 'section_written'
      | 'postmortem_reviewed'
      | 'postmortem_published'
      | 'postmortem_nagged'
  }
>

const fresh = (draftedAt: Instant): PostmortemState => ({
  draftedAt,
  written: {},
  reviewedBy: null,
  publishedAt: null,
  publishedBy: null,
  nags: 0,
})

export function foldPostmortem(
  before: PostmortemState | null,
  event: OfPostmortem,
  at: Instant,
): PostmortemState {
  const state = before ?? fresh(at)
  switch (event.type) {
    case 'postmortem_drafted':
      return fresh(at)
    case 'section_written': {
      const { section, text, by } = event
      const revision = (state.written[section]?.revision ?? 0) + 1
      // What was reviewed was another text.
      return {
        ...state,
        reviewedBy: null,
        written: { ...state.written, [section]: { text, by, at, revision } },
      }
    }
    case 'postmortem_reviewed':
      return { ...state, reviewedBy: event.by }
    case 'postmortem_published':
      return { ...state, publishedAt: at, publishedBy: event.by }
    case 'postmortem_nagged':
      return { ...state, nags: event.nags }
  }
}
