/** The door by which a published post-mortem leaves for a repository or a tracker. */
import type { IncidentId, Instant } from '../words.ts'
import type { ExportName } from './document.ts'

/** One edition of a post-mortem, as it was published. */
export type Exported = {
  readonly incident: IncidentId
  readonly title: string
  readonly edition: number
  readonly publishedAt: Instant
  /** The name of who published it. */
  readonly by: string
  readonly markdown: string
  /** Its page; null while nobody knows how the world reaches us. */
  readonly url: string | null
  /** Where an earlier edition is; null before the first. */
  readonly known: string | null
  /** An earlier attempt may have got through. */
  readonly doubt: boolean
}

/**
 * Puts an edition where the configuration says. The same edition put twice is there once. Rejects with ChatFailure, never retries,
 * answers within 8 s: what takes longer goes on, and is asked for again.
 */
export interface Exporter {
  put(what: Exported): Promise<{ readonly ref: string } | 'going on'>
}

/** By the configuration in force, loaded when it is first asked; undefined for a place that is not configured. */
export type OpenExporter = (to: ExportName) => Promise<Exporter | undefined>
