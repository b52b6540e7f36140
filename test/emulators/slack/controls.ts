/** Finding a button, menu or field on a message or view, as a person would: by its label, or by its ids. */

import { elementsOf } from './blocks/check.ts'
import { isObject } from './blocks/schema.ts'
import type { Json, Message, View } from './types.ts'

export type Control = { readonly block: Json; readonly element: Json }

/** Either a label or action_id, or exactly the ids that tell one control from its likes. */
export type Which =
  | string
  | {
      readonly actionId?: string
      readonly blockId?: string
      readonly label?: string
      readonly value?: string
    }

/** Everything that can be pressed, chosen or filled in, from top to bottom. */
export function controlsOf(surface: Message | View): readonly Control[] {
  return allBlocks(surface).flatMap(block =>
    elementsOf(block)
      .filter(element => element.type !== 'image')
      .map(element => ({ block, element })),
  )
}

/** The one control that is meant; throws when there is none or more than one, naming what is there. */
export function findControl(surface: Message | View, which: Which): Control {
  const all = controlsOf(surface)
  const found = all.filter(control => isMeant(control, which))
  if (found.length === 1) return found[0]!
  const there = all.map(({ element }) => `${labelOf(element)} (${String(element.action_id)})`).join(', ')
  throw new Error(`${found.length} controls are ${JSON.stringify(which)}; there are: ${there || 'none'}`)
}

function isMeant({ block, element }: Control, which: Which): boolean {
  if (typeof which === 'string') return element.action_id === which || labelOf(element) === which
  const { actionId, blockId, label, value } = which
  return (
    (actionId === undefined || element.action_id === actionId) &&
    (blockId === undefined || block.block_id === blockId) &&
    (label === undefined || labelOf(element) === label) &&
    (value === undefined || element.value === value)
  )
}

/** What is written on a button, or in an empty menu. */
export function labelOf(element: Json): string {
  const text = [element.text, element.placeholder].find(isObject)
  return text ? String(text.text) : ''
}

/** The labels of the buttons, from top to bottom. */
export function buttonsOf(surface: Message | View): readonly string[] {
  return controlsOf(surface)
    .filter(({ element }) => element.type === 'button')
    .map(({ element }) => labelOf(element))
}

/** What a person reads there, a line for each text: the blocks when there are any, else the text. */
export function visibleText(surface: Message | View): string {
  const lines: string[] = []
  const blocks = allBlocks(surface)
  for (const block of blocks) gather(block, lines)
  if (blocks.length === 0 && 'text' in surface) lines.push(surface.text)
  return decodeEntities(lines.join('\n'))
}

function gather(value: unknown, lines: string[]): void {
  if (Array.isArray(value)) for (const one of value) gather(one, lines)
  if (!isObject(value)) return
  if (value.type === 'rich_text_section' || value.type === 'rich_text_preformatted') {
    lines.push(richLine(value))
    return
  }
  if (typeof value.text === 'string') lines.push(value.text)
  for (const [name, held] of Object.entries(value)) if (name !== 'confirm') gather(held, lines)
}

function richLine(section: Record<string, unknown>): string {
  const leaves = Array.isArray(section.elements) ? section.elements.filter(isObject) : []
  return leaves
    .map(leaf => String(leaf.text ?? leaf.user_id ?? leaf.url ?? leaf.fallback ?? leaf.name ?? ''))
    .join('')
}

function decodeEntities(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
}

function allBlocks(surface: Message | View): readonly Json[] {
  const attached = 'attachments' in surface ? (surface.attachments ?? []) : []
  const inside = attached.flatMap(one => (Array.isArray(one.blocks) ? (one.blocks as Json[]) : []))
  return [...(surface.blocks ?? []), ...inside]
}
