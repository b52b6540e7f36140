/** Events of the sources become what an incident knows of them. Small on purpose: the findings are read from the history. */
import type { MessageRef } from '../ports.ts'
import type { ChatName } from '../words.ts'
import type { SourceEvent } from './events.ts'

export type SourcesState = {
  /** How it stands with each source: findings of its latest answer, and why it does not answer (null when it does). */
  readonly sources: Readonly<Record<string, { readonly found: number; readonly failed: string | null }>>
  /** The event by which somebody last asked for an investigation, 0 before; and where that one was posted. */
  readonly inquiry: { readonly asked: number; readonly posted: Readonly<Record<ChatName, MessageRef>> }
}

export const NO_SOURCES: SourcesState = { sources: {}, inquiry: { asked: 0, posted: {} } }

export function foldSources(
  { sources, inquiry }: SourcesState,
  event: SourceEvent,
  seq: number,
): Partial<SourcesState> {
  switch (event.type) {
    case 'sources_asked':
      return { inquiry: { asked: seq, posted: {} } }
    case 'evidence_found':
      return { sources: { ...sources, [event.source]: { found: event.findings.length, failed: null } } }
    case 'source_failed': {
      const found = sources[event.source]?.found ?? 0
      return { sources: { ...sources, [event.source]: { found, failed: event.why } } }
    }
    case 'investigation_posted':
      return event.asked === inquiry.asked
        ? { inquiry: { ...inquiry, posted: { ...inquiry.posted, [event.chat]: event.ref } } }
        : {}
  }
}
