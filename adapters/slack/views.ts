/** Forms, and messages that have no channel to be said in, as Slack's modal views and home page. */
import type { Form, FormInput, Message } from '../../bot/message.ts'
import type { Directory } from '../../bot/ports.ts'
import { cut } from '../fit.ts'
import { type Json, render } from './render.ts'

const TITLE = 24

const plain = (text: string): Json => ({ type: 'plain_text', text, emoji: false })

/** What the view must bring back: the command line, and the channel in which it was asked for. */
export type Meta = { readonly line: string; readonly channel?: string | undefined }

export const formView = (form: Form, channel: string | undefined): Json => ({
  type: 'modal',
  callback_id: 'form',
  title: plain(cut(form.title, TITLE)),
  submit: plain(cut(form.submit, TITLE)),
  close: plain('Cancel'),
  private_metadata: JSON.stringify({ line: form.command, channel } satisfies Meta),
  blocks: form.inputs.map(renderInput),
})

function renderInput(input: FormInput): Json {
  return {
    type: 'input',
    block_id: input.name,
    optional: input.optional ?? false,
    label: plain(cut(input.label, 48)),
    ...(input.hint ? { hint: plain(cut(input.hint, 150)) } : {}),
    element: input.kind === 'choice' ? choiceElement(input) : textElement(input),
  }
}

const textElement = (input: Extract<FormInput, { kind: 'line' | 'lines' }>): Json => ({
  type: 'plain_text_input',
  action_id: 'value',
  multiline: input.kind === 'lines',
  max_length: Math.min(input.maxLength, 3000),
  ...(input.value ? { initial_value: cut(input.value, Math.min(input.maxLength, 3000)) } : {}),
})

function choiceElement(input: Extract<FormInput, { kind: 'choice' }>): Json {
  const options = input.options
    .slice(0, 100)
    .map(option => ({ text: plain(cut(option.label, 75)), value: option.value.slice(0, 150) }))
  const chosen = options.find(option => option.value === input.value)
  return { type: 'static_select', action_id: 'value', options, ...(chosen ? { initial_option: chosen } : {}) }
}

/** An answer that nothing else can carry. */
export const messageView = (message: Message, directory: Directory): Json => ({
  type: 'modal',
  callback_id: 'message',
  title: plain('Tocsin'),
  close: plain('Close'),
  blocks: render(message, directory).blocks,
})

export const homeView = (message: Message, directory: Directory): Json => ({
  type: 'home',
  blocks: render(message, directory).blocks,
})

export const workingView: Json = {
  type: 'modal',
  callback_id: 'message',
  title: plain('Tocsin'),
  close: plain('Close'),
  blocks: [{ type: 'section', text: plain('Working on it…') }],
}

type State = {
  readonly values?: Readonly<
    Record<
      string,
      Readonly<
        Record<
          string,
          { readonly value?: string | null; readonly selected_option?: { readonly value: string } | null }
        >
      >
    >
  >
}

/** The inputs of a submitted form by name; what was left empty is left out. */
export function valuesOf(state: State | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(state?.values ?? {}).flatMap(([name, actions]) => {
      const [input] = Object.values(actions)
      const value = input?.value ?? input?.selected_option?.value
      return value ? [[name, value] as const] : []
    }),
  )
}
