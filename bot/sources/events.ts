/** What happens between an incident and the sources that are asked about it. */
import type { Finding, Series } from '../evidence/types.ts'
import type { MessageRef } from '../ports.ts'
import type { ChatName, Instant } from '../words.ts'

export type SourceEvent =
  /** Somebody investigates. */
  { readonly type: 'sources_asked'; readonly sources: readonly string[] } | SourceResult

/** What came of a question, or of telling it. */
export type SourceResult =
  /** What a source's answer is worth, about the stretch that it was asked about. */
  | {
      readonly type: 'evidence_found'
      readonly source: string
      readonly onset: Instant
      readonly from: Instant
      readonly to: Instant
      readonly findings: readonly Finding[]
      /** Those that left their usual range. */
      readonly series: readonly Series[]
      /** Services of which a metric could be judged; events of earlier versions do not say. */
      readonly watched?: readonly string[]
      /** What the answer does not say, in words. */
      readonly missing: readonly string[]
    }
  /** It does not answer; once, until it does. */
  | { readonly type: 'source_failed'; readonly source: string; readonly why: string }
  | {
      readonly type: 'investigation_posted'
      readonly chat: ChatName
      readonly ref: MessageRef
      /** The event by which somebody asked for it; 0 when nobody did. */
      readonly asked: number
    }

type Recording<E> = E extends { readonly type: infer T } ? Omit<E, 'type'> & { readonly do: T } : never
/** A delivery records its result under the name of the event. */
export type SourceCommand = Recording<SourceResult>
