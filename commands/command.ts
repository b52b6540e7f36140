/**
 * Commands as data. From one list come the parser of typed lines, the options of platforms that have typed ones, the help,
 * the reference page and a test that every example parses. A button carries a command line, so a press and a typed line are
 * one path, one permission check and one record.
 */
import type { ActionCommand, ActionEvent } from '../bot/actions/events.ts'
import type { Actions } from '../bot/actions/state.ts'
import type { Reply } from '../bot/answers.ts'
import type { DispatchContext } from '../bot/app.ts'
import type { ContactCommand, ContactEvent } from '../bot/contacts/events.ts'
import type { ContactBook } from '../bot/contacts/state.ts'
import type { DigestCommand, DigestEvent, DigestState } from '../bot/digest/digest.ts'
import type { ACTIONS, CONTACTS, DIGEST, ROTA, SESSIONS } from '../bot/engine/kinds.ts'
import type { IncidentCommand } from '../bot/incidents/commands.ts'
import type { ChatAnswer, Completes } from '../bot/ports.ts'
import type { Refusal } from '../bot/refusal.ts'
import type { RotaCommand } from '../bot/rota/commands.ts'
import type { RotaEvent } from '../bot/rota/events.ts'
import type { Rota } from '../bot/rota/state.ts'
import type { SessionCommand, SessionEvent, Sessions } from '../bot/sessions/sessions.ts'
import type { IncidentId } from '../bot/words.ts'

/** The first words of commands, with what each is about. */
export const GROUPS = {
  incident: 'Declare, acknowledge, update and close incidents',
  oncall: 'Who is on call',
  action: 'What is to be mended, by whom and until when',
  digest: 'The weekly message',
} as const
export type Group = keyof typeof GROUPS

/** What a command may look at. Reading only: what it wants done, it returns. */
export type Context = DispatchContext

/** Something to do to an incident; `keep` is remembered with the cause. */
export type Todo = {
  readonly stream: IncidentId | 'new'
  readonly command: IncidentCommand
  readonly reply: Reply
}
/** Nothing is done, but the answer and what belongs to it must be there when a button of it is pressed. */
export type Kept = { readonly about: IncidentId; readonly answer: ChatAnswer; readonly keep: unknown }
/** Something to do to the rota. */
export type RotaTodo = {
  readonly stream: typeof ROTA
  readonly command: RotaCommand
  readonly reply: Reply<Rota, RotaEvent>
}
/** Something to do to the contacts. */
export type ContactTodo = {
  readonly stream: typeof CONTACTS
  readonly command: ContactCommand
  readonly reply: Reply<ContactBook, ContactEvent>
}
/** Something to do to the action items. */
export type ActionTodo = {
  readonly stream: typeof ACTIONS
  readonly command: ActionCommand
  readonly reply: Reply<Actions, ActionEvent>
}
/** Something to do about the weekly message. */
export type DigestTodo = {
  readonly stream: typeof DIGEST
  readonly command: DigestCommand
  readonly reply: Reply<DigestState, DigestEvent>
}
/** Something to do to somebody's sessions. */
export type SessionTodo = {
  readonly stream: typeof SESSIONS
  readonly command: SessionCommand
  readonly reply: Reply<Sessions, SessionEvent>
}
export type Outcome =
  | SessionTodo
  | DigestTodo
  | Todo
  | RotaTodo
  | ContactTodo
  | ActionTodo
  | Kept
  | ChatAnswer

/** One argument: how it is written, read and chosen. */
export type Arg<T> = {
  /** `rest` takes the words that no other argument took; `option` is `--name value`; `flag` is `--name`. */
  readonly place: 'incident' | 'word' | 'rest' | 'option' | 'flag'
  readonly summary: string
  readonly required: boolean
  /** An option whose value is a sentence: it takes the words up to the next option. */
  readonly sentence?: true
  /** An option that people also write without its name, as the first word. */
  readonly bare?: true
  /** For platforms with typed options: the fixed choices, or what to complete from. */
  readonly choices?: readonly string[]
  readonly completes?: Completes
  /** Only buttons say it. */
  readonly hidden?: true
  /** Reads one token; `undefined` when it is not one of these (then it counts as the rest). */
  read(token: string, context: Context): T | Refusal | undefined
}

// biome-ignore lint/suspicious/noExplicitAny: the argument's type is inferred from each entry; any is the only bound that keeps it.
export type Args = Readonly<Record<string, Arg<any>>> // oxlint-disable-line typescript/no-explicit-any
export type Values<A extends Args> = {
  readonly [K in keyof A]: A[K] extends Arg<infer T>
    ? A[K]['required'] extends true
      ? T
      : T | undefined
    : never
}

export type Command<A extends Args = Args> = {
  /** `incident` and `declare` of `/incident declare`. */
  readonly group: Group
  readonly name: string
  readonly summary: string
  readonly args: A
  readonly example: string
  /** Not offered in help and completion: only buttons say it. */
  readonly hidden?: boolean
  run(context: Context, values: Values<A>): Promise<Outcome | Refusal> | Outcome | Refusal
}

/** Declares a command; its `run` gets its arguments typed. */
export const command = <A extends Args>(definition: Command<A>): Command => definition as unknown as Command
