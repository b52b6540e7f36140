/** What is asked of the engine, without a chat before it. */
import type { Ask, Handled } from '../../bot/engine/handle.ts'
import type { Actor } from '../../bot/incidents/events.ts'

export const DIEGO: Actor = { kind: 'person', person: 'diego', via: 'console' }

export const judged = { severity: 'SEV2', criterion: 'default', confidence: 1, reasons: [] } as const

/** A test incident, which pages nobody, unless `command` says more. */
export const declare = (title: string, more: object = {}, command: object = {}): Ask =>
  ({
    cause: `cause of ${title}`,
    actor: DIEGO,
    stream: 'new',
    command: {
      do: 'declare',
      number: 0,
      title,
      details: '',
      service: null,
      severity: 'SEV2',
      judged,
      test: true,
      drill: false,
      ...command,
    },
    ...more,
  }) as Ask

export const of = (stream: string, command: object, more: object = {}): Ask =>
  ({ cause: null, actor: DIEGO, stream, command, ...more }) as Ask

/** The group that a declaration claims, and what is asked of who has it. */
export const group = (key: string) => ({ group: { key, join: { do: 'join', title: 'the same' } } })

/** `INC-1 declared,chain_started`, or the code of a refusal. */
export const told = (all: readonly Handled[]): readonly string[] =>
  all.map(
    ({ stream, happened, refusal }) =>
      `${stream} ${refusal?.code ?? happened.map(({ event }) => event.type).join()}`,
  )
