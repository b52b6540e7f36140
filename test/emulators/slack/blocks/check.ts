/**
 * Whether Slack would take a list of blocks, and why not.
 *
 * Block types that Tocsin never sends (video, card, table, ...) are not described here and are refused: add the row
 * from Slack's reference before using one.
 */

import { anyText, identifier, plainText, slackFile, url } from './composition.ts'
import { image, inActions, inInput, inSection } from './elements.ts'
import { richTextBlock } from './rich-text.ts'
import { boolean, type Check, exactlyOne, isObject, list, object, problem, string, typed } from './schema.ts'

export type Surface = 'message' | 'modal' | 'home'

/** The most blocks that a message, and a form or home tab, may have. */
export const mostBlocks: { readonly [surface in Surface]: number } = { message: 50, modal: 100, home: 100 }

const type = string()
const block_id = identifier

const sectionHasText: Check = (value, at, problems) => {
  if (isObject(value) && value.text === undefined && value.fields === undefined)
    problem(problems, at, 'missing required field: text or fields')
}

const everywhere = {
  actions: object({ type, elements: list(typed(inActions), { max: 25 }) }, { block_id }),
  context: object({ type, elements: list(contextElement(), { max: 10 }) }, { block_id }),
  divider: object({ type }, { block_id }),
  header: object({ type, text: plainText(150) }, { block_id }),
  image: object(
    { type, alt_text: string({ min: 1, max: 2000 }) },
    { title: plainText(2000), image_url: url, slack_file: slackFile, block_id },
    exactlyOne('image_url', 'slack_file'),
  ),
  section: object(
    { type },
    {
      text: anyText(3000),
      fields: list(anyText(2000), { max: 10 }),
      accessory: typed(inSection),
      expand: boolean,
      block_id,
    },
    sectionHasText,
  ),
  rich_text: richTextBlock,
  input: object(
    { type, label: plainText(2000), element: typed(inInput) },
    { hint: plainText(2000), optional: boolean, dispatch_action: boolean, block_id },
  ),
}

const rules: { readonly [surface in Surface]: Check } = {
  message: typed({
    ...everywhere,
    markdown: object({ type, text: string({ min: 1, max: 12_000 }) }, { block_id }),
  }),
  modal: typed(everywhere),
  home: typed(everywhere),
}

function contextElement(): Check {
  return (value, at, problems) => {
    const check = isObject(value) && value.type === 'image' ? image : anyText(3000)
    check(value, at, problems)
  }
}

/** The problems of these blocks on that surface, empty when Slack would take them. `at` is their JSON pointer. */
export function checkBlocks(blocks: unknown, surface: Surface, at = '/blocks'): string[] {
  const problems: string[] = []
  list(rules[surface], { min: 0, max: mostBlocks[surface] })(blocks, at, problems)
  if (Array.isArray(blocks)) checkNames(blocks, at, problems)
  return problems
}

/** block_id is unique in the whole; action_id in its block; only one element may take the focus. */
function checkNames(blocks: readonly unknown[], at: string, problems: string[]): void {
  const seen = new Set<unknown>()
  let focused = 0
  for (const [index, block] of blocks.entries()) {
    if (!isObject(block)) continue
    if (block.block_id !== undefined && seen.has(block.block_id))
      problem(problems, `${at}/${index}/block_id`, '`block_id` already exists')
    seen.add(block.block_id)
    const elements = elementsOf(block)
    focused += elements.filter(element => element.focus_on_load === true).length
    checkActionIds(elements, `${at}/${index}`, problems)
  }
  if (focused > 1) problem(problems, at, 'only one element may have `focus_on_load`')
}

function checkActionIds(elements: readonly Record<string, unknown>[], at: string, problems: string[]): void {
  const ids = elements.map(element => element.action_id).filter(id => id !== undefined)
  const twice = ids.find((id, index) => ids.indexOf(id) !== index)
  if (twice !== undefined) problem(problems, at, `\`action_id\` ${String(twice)} already exists`)
}

/** The interactive elements of one block, wherever its kind keeps them. */
export function elementsOf(block: { readonly [key: string]: unknown }): readonly Record<string, unknown>[] {
  const listed = Array.isArray(block.elements) && block.type === 'actions' ? block.elements : []
  return [...listed, block.accessory, block.element].filter(isObject)
}
