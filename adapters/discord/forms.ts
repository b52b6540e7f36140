/** Forms as Discord's modals. A modal cannot stay open with errors: what was wrong is said, with a button that opens it again, filled in. */
import type { Form, FormInput, Message } from '../../bot/message.ts'
import { buttons, text } from '../../bot/message.ts'
import { cut } from '../fit.ts'
import type { Json } from './rest.ts'

const TITLE = 45
const LABEL = 45
const DESCRIPTION = 100
const TEXT_INPUT = 4_000

export const modal = (form: Form): Json => ({
  title: cut(form.title, TITLE),
  custom_id: form.command.slice(0, 100),
  components: form.inputs.slice(0, 5).map(input => ({
    type: 18,
    label: cut(input.label, LABEL),
    ...(input.hint ? { description: cut(input.hint, DESCRIPTION) } : {}),
    component: input.kind === 'choice' ? choice(input) : textInput(input),
  })),
})

const textInput = (input: Extract<FormInput, { kind: 'line' | 'lines' }>): Json => ({
  type: 4,
  custom_id: input.name,
  style: input.kind === 'lines' ? 2 : 1,
  required: !input.optional,
  max_length: Math.min(input.maxLength, TEXT_INPUT),
  ...(input.value ? { value: cut(input.value, Math.min(input.maxLength, TEXT_INPUT)) } : {}),
})

const choice = (input: Extract<FormInput, { kind: 'choice' }>): Json => ({
  type: 3,
  custom_id: input.name,
  required: !input.optional,
  min_values: input.optional ? 0 : 1,
  max_values: 1,
  options: input.options.slice(0, 25).map(({ value, label }) => ({
    label: cut(label, 100),
    value: value.slice(0, 100),
    ...(value === input.value ? { default: true } : {}),
  })),
})

/** The inputs of a submitted modal by name; what was left empty is left out. */
export function valuesOf(components: unknown): Readonly<Record<string, string>> {
  const values: Record<string, string> = {}
  for (const component of everyPart(components)) {
    const { custom_id: name, value, values: chosen } = component
    const given = typeof value === 'string' ? value : Array.isArray(chosen) ? chosen[0] : undefined
    if (typeof name === 'string' && typeof given === 'string' && given !== '') values[name] = given
  }
  return values
}

/** Components of any nesting, whatever a later version of Discord wraps them in. */
function everyPart(node: unknown): readonly Json[] {
  if (Array.isArray(node)) return node.flatMap(everyPart)
  if (typeof node !== 'object' || node === null) return []
  const part = node as Json
  return [part, ...everyPart(part.components), ...everyPart(part.component)]
}

/** What was wrong with a form that is gone by now, and the way back into it. */
export function errorsMessage(errors: Readonly<Record<string, string>>, again?: string): Message {
  const lines = Object.values(errors)
  return {
    summary: lines.join(' '),
    tone: 'refused',
    blocks: [
      text(...lines),
      ...(again ? [buttons({ label: 'Open the form again', command: again, style: 'primary' })] : []),
    ],
  }
}
