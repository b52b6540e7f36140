/** Block Kit's interactive elements, one row each, and the lists of which may stand where. */

import {
  confirmDialog,
  conversationFilter,
  dispatchActionConfig,
  identifier,
  option,
  optionGroup,
  plainText,
  slackFile,
  tickOption,
  url,
} from './composition.ts'
import { richTextBlock } from './rich-text.ts'
import { boolean, type Check, exactlyOne, integer, list, object, oneOf, problem, string } from './schema.ts'

type Fields = { readonly [name: string]: Check }

const named: Fields = { type: string(), action_id: identifier }
const ids = list(string({ min: 1 }), { max: 100 })
const decimal = /^-?\d+(\.\d+)?$/

/** action_id is generated when it is left out, so it is optional everywhere. */
function element(required: Fields, optional: Fields, also?: Check): Check {
  return object({ type: string(), ...required }, { ...named, ...optional }, also)
}

/** A menu: placeholder, confirm and focus are common to all. */
function menu(required: Fields, optional: Fields, also?: Check): Check {
  const common = { placeholder: plainText(150), confirm: confirmDialog, focus_on_load: boolean }
  return element(required, { ...common, ...optional }, also)
}

function typeIn(required: Fields, optional: Fields): Check {
  const common = { placeholder: plainText(150), focus_on_load: boolean, initial_value: string({ max: 3000 }) }
  return element(required, { ...common, dispatch_action_config: dispatchActionConfig, ...optional })
}

const fixedChoices: Fields = {
  options: list(option(), { max: 100 }),
  option_groups: list(optionGroup, { max: 100 }),
}

/** Slack refuses an initial choice that is not exactly one of the options. */
function initialIsOffered(field: 'initial_option' | 'initial_options'): Check {
  return (value, at, problems) => {
    const menuValue = value as { [name: string]: unknown }
    const groups = (menuValue.option_groups ?? []) as readonly { options?: readonly unknown[] }[]
    const offered = [
      ...((menuValue.options ?? []) as unknown[]),
      ...groups.flatMap(group => group.options ?? []),
    ]
    const known = new Set(offered.map(one => JSON.stringify(one)))
    const initial = [menuValue[field] ?? []].flat()
    if (initial.some(one => !known.has(JSON.stringify(one))))
      problem(problems, `${at}/${field}`, 'must match one of the options')
  }
}

function all(...checks: readonly Check[]): Check {
  return (value, at, problems) => {
    for (const check of checks) check(value, at, problems)
  }
}

const many = { max_selected_items: integer(1, 100) }
const oneChoice = all(exactlyOne('options', 'option_groups'), initialIsOffered('initial_option'))
const manyChoices = all(exactlyOne('options', 'option_groups'), initialIsOffered('initial_options'))
const somewhere = { response_url_enabled: boolean }
const currentConversation = { default_to_current_conversation: boolean, filter: conversationFilter }

const selects: Fields = {
  static_select: menu({}, { ...fixedChoices, initial_option: option() }, oneChoice),
  external_select: menu({}, { initial_option: option(), min_query_length: integer(0, 100) }),
  users_select: menu({}, { initial_user: string({ min: 1 }) }),
  conversations_select: menu(
    {},
    { initial_conversation: string({ min: 1 }), ...somewhere, ...currentConversation },
  ),
  channels_select: menu({}, { initial_channel: string({ min: 1 }), ...somewhere }),
}

const multiSelects: Fields = {
  multi_static_select: menu(
    {},
    { ...fixedChoices, ...many, initial_options: list(option(), { max: 100 }) },
    manyChoices,
  ),
  multi_external_select: menu(
    {},
    { ...many, initial_options: list(option(), { max: 100 }), min_query_length: integer(0, 100) },
  ),
  multi_users_select: menu({}, { ...many, initial_users: ids }),
  multi_conversations_select: menu({}, { ...many, initial_conversations: ids, ...currentConversation }),
  multi_channels_select: menu({}, { ...many, initial_channels: ids }),
}

const ticks = { confirm: confirmDialog, focus_on_load: boolean }

const pickers: Fields = {
  checkboxes: element(
    { options: list(tickOption, { max: 10 }) },
    { ...ticks, initial_options: list(tickOption, { max: 10 }) },
    initialIsOffered('initial_options'),
  ),
  radio_buttons: element(
    { options: list(tickOption, { max: 10 }) },
    { ...ticks, initial_option: tickOption },
    initialIsOffered('initial_option'),
  ),
  datepicker: menu({}, { initial_date: string({ like: /^\d{4}-\d{2}-\d{2}$/ }) }),
  timepicker: menu(
    {},
    { initial_time: string({ like: /^([01]\d|2[0-3]):[0-5]\d$/ }), timezone: string({ min: 1 }) },
  ),
}

const dateTime: Fields = {
  datetimepicker: element({}, { ...ticks, initial_date_time: integer(1_000_000_000, 9_999_999_999) }),
}

const clickables: Fields = {
  button: element(
    { text: plainText(75) },
    {
      value: string({ min: 1, max: 2000 }),
      url,
      style: oneOf('primary', 'danger'),
      confirm: confirmDialog,
      accessibility_label: string({ max: 75 }),
    },
  ),
  overflow: element({ options: list(option({ withUrl: true }), { max: 5 }) }, { confirm: confirmDialog }),
}

const inputs: Fields = {
  plain_text_input: typeIn(
    {},
    { multiline: boolean, min_length: integer(0, 3000), max_length: integer(1, 3000) },
  ),
  number_input: typeIn(
    { is_decimal_allowed: boolean },
    {
      initial_value: string({ like: decimal }),
      min_value: string({ like: decimal }),
      max_value: string({ like: decimal }),
    },
  ),
  email_text_input: typeIn({}, {}),
  url_text_input: typeIn({}, {}),
  rich_text_input: typeIn({}, { initial_value: richTextBlock }),
  file_input: element({}, { filetypes: list(string({ min: 1 }), { max: 100 }), max_files: integer(1, 10) }),
}

export const image: Check = object(
  { type: string(), alt_text: string({ min: 1, max: 2000 }) },
  { image_url: url, slack_file: slackFile },
  exactlyOne('image_url', 'slack_file'),
)

/** What may stand in an actions block, beside a section, and in an input block. */
export const inActions: Fields = { ...clickables, ...selects, ...multiSelects, ...pickers, ...dateTime }
export const inSection: Fields = { ...clickables, ...selects, ...multiSelects, ...pickers, image }
export const inInput: Fields = { ...selects, ...multiSelects, ...pickers, ...dateTime, ...inputs }
