/**
 * What a person typed and chose, in the shapes that Slack sends it: `state.values` and an action's own fields.
 *
 * A form that leaves a required field empty, or breaks a field's length, does not leave the client at all.
 */

import { type Control, controlsOf } from './controls.ts'
import type { Json, Message, View } from './types.ts'

/** A typed text, a choice by its value or label, an id, a date; several for menus that take several. */
export type Value = string | number | readonly string[] | null

type Field = {
  readonly chosen: string
  readonly initial: string
  readonly of: 'plain' | 'option' | 'options' | 'list'
}

const typed: Field = { chosen: 'value', initial: 'initial_value', of: 'plain' }
const one: Field = { chosen: 'selected_option', initial: 'initial_option', of: 'option' }
const several: Field = { chosen: 'selected_options', initial: 'initial_options', of: 'options' }

const fields: { readonly [type: string]: Field } = {
  plain_text_input: typed,
  number_input: typed,
  email_text_input: typed,
  url_text_input: typed,
  static_select: one,
  radio_buttons: one,
  overflow: one,
  external_select: one,
  checkboxes: several,
  multi_static_select: several,
  multi_external_select: several,
  users_select: { chosen: 'selected_user', initial: 'initial_user', of: 'plain' },
  channels_select: { chosen: 'selected_channel', initial: 'initial_channel', of: 'plain' },
  conversations_select: { chosen: 'selected_conversation', initial: 'initial_conversation', of: 'plain' },
  multi_users_select: { chosen: 'selected_users', initial: 'initial_users', of: 'list' },
  multi_channels_select: { chosen: 'selected_channels', initial: 'initial_channels', of: 'list' },
  multi_conversations_select: {
    chosen: 'selected_conversations',
    initial: 'initial_conversations',
    of: 'list',
  },
  datepicker: { chosen: 'selected_date', initial: 'initial_date', of: 'plain' },
  timepicker: { chosen: 'selected_time', initial: 'initial_time', of: 'plain' },
  datetimepicker: { chosen: 'selected_date_time', initial: 'initial_date_time', of: 'plain' },
}

/** The value fields of one element with this choice, or as it stood when the form opened. */
export function chosenFields(element: Json, value?: Value): Json {
  const field = fields[String(element.type)]
  if (!field) return {}
  return {
    type: element.type,
    [field.chosen]: value === undefined ? initial(element, field) : pick(element, field, value),
  }
}

function initial(element: Json, field: Field): unknown {
  return element[field.initial] ?? (field.of === 'options' || field.of === 'list' ? [] : null)
}

function pick(element: Json, field: Field, value: Value): unknown {
  if (value === null) return field.of === 'options' || field.of === 'list' ? [] : null
  switch (field.of) {
    case 'plain':
      return value
    case 'list':
      return [value].flat()
    case 'option':
      return optionOf(element, String(value))
    case 'options':
      return [value].flat().map(wanted => optionOf(element, String(wanted)))
  }
}

function optionOf(element: Json, wanted: string): Json {
  const groups = (element.option_groups ?? []) as readonly Json[]
  const options = [element, ...groups].flatMap(holder => (holder.options ?? []) as readonly Json[])
  const found = options.find(option => option.value === wanted || (option.text as Json).text === wanted)
  if (found) return found
  const offered = options.map(option => (option.text as Json).text).join(', ')
  throw new Error(`the menu ${String(element.action_id)} does not offer ${wanted}; it offers ${offered}`)
}

/**
 * `state.values` of a message or form. Keys of `values` are a field's label, action_id or block_id.
 * Throws on a key that names no field.
 */
export function stateValues(surface: Message | View, values: { readonly [field: string]: Value } = {}): Json {
  const controls = controlsOf(surface).filter(({ element }) => fields[String(element.type)])
  for (const name of Object.keys(values))
    if (!controls.some(control => namesOf(control).includes(name)))
      throw new Error(
        `no field is called ${name}; there are ${controls.map(one => namesOf(one)[0]).join(', ')}`,
      )
  const state: Record<string, Record<string, Json>> = {}
  for (const control of controls) {
    const name = namesOf(control).find(candidate => Object.hasOwn(values, candidate))
    const block = String(control.block.block_id)
    state[block] ??= {}
    state[block][String(control.element.action_id)] = chosenFields(
      control.element,
      name === undefined ? undefined : values[name],
    )
  }
  return state
}

function namesOf({ block, element }: Control): readonly string[] {
  const label = (block.label as Json | undefined)?.text
  return [...(label === undefined ? [] : [String(label)]), String(element.action_id), String(block.block_id)]
}

/** Throws as the client would stop the person: required fields, shortest and longest texts. */
export function checkFilled(view: View, state: Json): void {
  for (const { block, element } of controlsOf(view)) {
    if (block.type !== 'input') continue
    const held = (state[String(block.block_id)] as Json)[String(element.action_id)] as Json
    const value = held[fields[String(element.type)]!.chosen]
    const label = String((block.label as Json).text)
    const isEmpty = value === null || value === '' || (Array.isArray(value) && value.length === 0)
    if (isEmpty && block.optional !== true)
      throw new Error(`the form does not go off: "${label}" is required`)
    if (typeof value === 'string' && !isEmpty) checkLength(label, element, value)
  }
}

function checkLength(label: string, element: Json, value: string): void {
  const most = (element.max_length as number | undefined) ?? 3000
  const least = (element.min_length as number | undefined) ?? 0
  if (value.length > most || value.length < least)
    throw new Error(`the form does not go off: "${label}" takes ${least} to ${most} characters`)
}
