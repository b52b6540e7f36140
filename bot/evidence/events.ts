/** What happens to what is said in chats: pointed at by somebody, read, and kept in the timeline. Types are only ever added to. */
import type { Recurrence } from '../actions/recurrence.ts'
import type { MessageRef } from '../ports.ts'
import type { ChatName, Instant, PersonId } from '../words.ts'

/** A message in a chat. */
export type MessageAt = MessageRef & { readonly chat: ChatName }

/** A message with its words, as the timeline keeps it. */
export type Kept = {
  readonly message: MessageAt
  readonly author: string
  readonly saidAt: Instant
  readonly link: string | null
  readonly text: string
}

export type EvidenceEvent =
  | {
      readonly type: 'note_added'
      readonly text: string
      /** Where the words were said, for a message that was kept; null for a plain note. */
      readonly from: {
        readonly author: string
        readonly saidAt: Instant
        readonly link: string | null
        /** Which message it was, and who had it kept. */
        readonly message?: MessageAt
        readonly by?: PersonId
        /** Why the chat did not give its words. */
        readonly withheld?: string
      } | null
    }
  /** It looks like an earlier one, whose action item is completed. */
  | ({ readonly type: 'recurrence_seen' } & Recurrence)
  /** Somebody wants it in the timeline: by a reaction or a pin. Its words are still to be read. */
  | { readonly type: 'message_marked'; readonly message: MessageAt; readonly by: PersonId }
  | {
      readonly type: 'message_lost'
      readonly message: MessageAt
      readonly by: PersonId
      readonly why: string
    }
  /** Somebody wants all that was said in the incident's channel until then. */
  | {
      readonly type: 'history_asked'
      readonly chat: ChatName
      readonly by: PersonId
      readonly until: Instant
    }
  /** One page of it: what was not in the timeline yet. `next` is where the chat goes on; null at the end. */
  | {
      readonly type: 'history_read'
      readonly chat: ChatName
      readonly by: PersonId
      readonly page: number
      readonly messages: readonly Kept[]
      readonly next: string | null
    }
  /** `why`: it ended before its end; null when all was read. */
  | {
      readonly type: 'history_ended'
      readonly chat: ChatName
      readonly kept: number
      readonly why: string | null
    }
