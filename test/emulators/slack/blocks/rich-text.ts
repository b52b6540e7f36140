/** The rich_text block: sections, lists, quotes and preformatted text with their leaves. */

import { identifier, url } from './composition.ts'
import { boolean, type Check, integer, list, object, oneOf, string, typed } from './schema.ts'

const type = string()
const id = string({ min: 1 })
const leafStyle = object(
  {},
  {
    bold: boolean,
    italic: boolean,
    strike: boolean,
    underline: boolean,
    code: boolean,
    highlight: boolean,
    client_highlight: boolean,
    unlink: boolean,
  },
)
const style = { style: leafStyle }

const leaves: { readonly [name: string]: Check } = {
  text: object({ type, text: string({ min: 1 }) }, style),
  link: object({ type, url }, { text: string({ min: 1 }), unsafe: boolean, ...style }),
  user: object({ type, user_id: id }, style),
  usergroup: object({ type, usergroup_id: id }, style),
  channel: object({ type, channel_id: id }, style),
  broadcast: object({ type, range: oneOf('here', 'channel', 'everyone') }, style),
  emoji: object({ type, name: id }, { unicode: string(), skin_tone: integer(1, 6), ...style }),
  date: object({ type, timestamp: integer(0, 1e11), format: id }, { url, fallback: string(), ...style }),
  color: object({ type, value: string({ like: /^#[0-9A-Fa-f]{6}$/ }) }, style),
  team: object({ type, team_id: id }, style),
}

const inline = list(typed(leaves), { min: 0, max: 1000 })
const section = object({ type, elements: inline })
const border = { border: integer(0, 1) }

const parts = typed({
  rich_text_section: section,
  rich_text_list: object(
    {
      type,
      style: oneOf('bullet', 'ordered'),
      elements: list(typed({ rich_text_section: section }), { max: 1000 }),
    },
    { indent: integer(0, 8), offset: integer(0, 10_000), ...border },
  ),
  rich_text_quote: object({ type, elements: inline }, border),
  rich_text_preformatted: object({ type, elements: inline }, { language: id, ...border }),
})

export const richTextBlock: Check = object(
  { type, elements: list(parts, { max: 1000 }) },
  { block_id: identifier },
)
