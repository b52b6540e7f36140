/**
 * The neutral message tree. A view builds it once; every chat, the console page, e-mail and test snapshots render it.
 *
 * The promise that everything rests on: a string in the tree is a literal. No renderer ever lets it become platform
 * markup, so hostile titles, nicknames and alert texts can notify nobody and forge nothing (S7, S8). What notifies
 * or links is a typed leaf. `fit` trims a tree to the limits that a chat declares, with a visible "and 12 more".
 */
import type { IncidentId, Instant, PersonId } from './words.ts'

export type Inline =
  | string
  | { readonly bold: string }
  | { readonly code: string }
  /** The person's name; notifies nobody. */
  | { readonly person: PersonId }
  /** The person's name as a mention that notifies them. */
  | { readonly mention: PersonId }
  /** An instant as the reader's own clock shows it: `at` gives date and time, `relative` "5 minutes ago" or "in 4 minutes". */
  | { readonly time: Instant; readonly as: 'at' | 'relative' }
  /** `url` is ours or an http(s) address checked at the edge. */
  | { readonly link: string; readonly text: string }
  /** The incident's own channel on the chat that renders, or its name where it has none there. */
  | { readonly room: IncidentId }

export type Line = readonly Inline[]

export type Button = {
  readonly label: string
  /** The command line that a press runs, such as `/incident ack INC-42`. At most 100 characters. */
  readonly command: string
  readonly style?: 'primary' | 'danger'
  /** A question to answer before the press counts. */
  readonly confirm?: string
}

export type Choice = { readonly label: string; readonly command: string }

/** A drawing. `svg` is ours and complete; chats that take no SVG are given `png` when the message leaves. */
export type Picture = {
  /** A word for its file. */
  readonly name: string
  /** What it shows, for whoever does not see it. */
  readonly alt: string
  readonly svg: string
  readonly width: number
  readonly height: number
  readonly png?: Uint8Array
  /** Why it can only be told and not be shown. */
  readonly lost?: string
}

export type Block =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'text'; readonly lines: readonly Line[] }
  | { readonly kind: 'fields'; readonly fields: readonly { readonly label: string; readonly value: Line }[] }
  | { readonly kind: 'list'; readonly items: readonly Line[] }
  | { readonly kind: 'quote'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'image'; readonly picture: Picture }
  | { readonly kind: 'divider' }
  /** Small print. */
  | { readonly kind: 'note'; readonly line: Line }
  | { readonly kind: 'buttons'; readonly buttons: readonly Button[] }
  /** A menu; choosing runs the choice's command line. */
  | { readonly kind: 'select'; readonly placeholder: string; readonly choices: readonly Choice[] }

export type Tone = 'SEV1' | 'SEV2' | 'SEV3' | 'SEV4' | 'good' | 'calm' | 'refused'

export type Message = {
  /** The whole message in one plain sentence: the phone's notification, the screen reader's text. */
  readonly summary: string
  readonly tone: Tone
  readonly blocks: readonly Block[]
}

export type FormInput = {
  /** The argument of the command that the value becomes. */
  readonly name: string
  readonly label: string
  readonly hint?: string
  readonly value?: string
  readonly optional?: boolean
} & (
  | { readonly kind: 'line' | 'lines'; readonly maxLength: number }
  | {
      readonly kind: 'choice'
      readonly options: readonly { readonly value: string; readonly label: string }[]
    }
)

/** A form (modal). Submitting runs `command` with the inputs as named arguments. */
export type Form = {
  readonly title: string
  readonly submit: string
  readonly command: string
  /** One to five: the smallest number that every chat takes. */
  readonly inputs: readonly FormInput[]
}

export const heading = (text: string): Block => ({ kind: 'heading', text })
export const text = (...lines: readonly (Line | string)[]): Block => ({
  kind: 'text',
  lines: lines.map(line => (typeof line === 'string' ? [line] : line)),
})
export const note = (...line: Inline[]): Block => ({ kind: 'note', line })
export const list = (items: readonly Line[]): Block => ({ kind: 'list', items })
export const quote = (words: string): Block => ({ kind: 'quote', text: words })
export const image = (picture: Picture): Block => ({ kind: 'image', picture })
export const code = (words: string): Block => ({ kind: 'code', text: words })
export const buttons = (...all: readonly Button[]): Block => ({ kind: 'buttons', buttons: all })
export const fields = (pairs: Readonly<Record<string, Line | string | undefined>>): Block => ({
  kind: 'fields',
  fields: Object.entries(pairs).flatMap(([label, value]) =>
    value === undefined ? [] : [{ label, value: typeof value === 'string' ? [value] : value }],
  ),
})
