/** Block Kit's composition objects: texts, options, confirmation dialogs, filters. Limits from docs.slack.dev. */

import { boolean, type Check, exactlyOne, list, object, oneOf, string, typed } from './schema.ts'

const type = string()
const webAddress = /^(https?|mailto|slack):\S+$/

export const url: Check = string({ min: 1, max: 3000, like: webAddress })
export const identifier: Check = string({ min: 1, max: 255 })

export function plainText(max: number): Check {
  return typed({ plain_text: object({ type, text: string({ min: 1, max }) }, { emoji: boolean }) })
}

/** plain_text or mrkdwn. */
export function anyText(max: number): Check {
  return typed({
    plain_text: object({ type, text: string({ min: 1, max }) }, { emoji: boolean }),
    mrkdwn: object({ type, text: string({ min: 1, max }) }, { verbatim: boolean }),
  })
}

/** An entry of a menu: plain text only. Only overflow menus may carry a `url`. */
export function option({ withUrl = false }: { withUrl?: boolean } = {}): Check {
  return object(
    { text: plainText(75), value: string({ min: 1, max: 150 }) },
    { description: plainText(75), ...(withUrl ? { url } : {}) },
  )
}

/** A radio button or check box: mrkdwn is allowed. */
export const tickOption: Check = object(
  { text: anyText(75), value: string({ min: 1, max: 150 }) },
  { description: anyText(75) },
)

export const optionGroup: Check = object({ label: plainText(75), options: list(option(), { max: 100 }) })

export const confirmDialog: Check = object(
  { title: plainText(100), text: anyText(300), confirm: plainText(30), deny: plainText(30) },
  { style: oneOf('primary', 'danger') },
)

export const dispatchActionConfig: Check = object(
  {},
  { trigger_actions_on: list(oneOf('on_enter_pressed', 'on_character_entered'), { max: 2 }) },
)

export const conversationFilter: Check = object(
  {},
  {
    include: list(oneOf('im', 'mpim', 'private', 'public'), { max: 4 }),
    exclude_external_shared_channels: boolean,
    exclude_bot_users: boolean,
  },
)

export const slackFile: Check = object({}, { url, id: string({ min: 1 }) }, exactlyOne('url', 'id'))
