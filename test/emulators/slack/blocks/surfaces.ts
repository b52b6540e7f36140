/**
 * What Slack checks on a whole message or view before it shows it, and what it fills in.
 *
 * Both throw ApiError as the Web API does: `invalid_blocks` for messages, `invalid_arguments` for views.
 */

import { ApiError, demand, refuse } from '../api-error.ts'
import type { Json } from '../types.ts'
import { checkBlocks, elementsOf } from './check.ts'
import { plainText } from './composition.ts'
import { anything, boolean, type Check, isObject, list, object, oneOf, string } from './schema.ts'

export type Content = {
  readonly text: string
  readonly blocks?: readonly Json[]
  readonly attachments?: readonly Json[]
}

const attachment: Check = object(
  {},
  {
    blocks: anything,
    color: string({ like: /^(#?[0-9A-Fa-f]{6}|good|warning|danger)$/ }),
    fallback: string({ max: 3000 }),
    text: string({ max: 8000 }),
    mrkdwn_in: list(string(), { max: 10 }),
  },
)

/** A message's content as Slack would keep it, with the ids that it generates. */
export function acceptContent(args: Json, { longestText = 40_000 }: { longestText?: number } = {}): Content {
  const text = (args.text as string | undefined) ?? ''
  const blocks = args.blocks as readonly Json[] | undefined
  const attachments = args.attachments as readonly Json[] | undefined
  demand(text !== '' || blocks?.length || attachments?.length, 'no_text')
  demand(text.length <= longestText, 'msg_too_long')
  const problems = blocks === undefined ? [] : checkBlocks(blocks, 'message')
  if (attachments !== undefined) problems.push(...checkAttachments(attachments))
  if (problems.length > 0) refuse('invalid_blocks', problems)
  return {
    text,
    ...(blocks?.length ? { blocks: withIds(blocks) } : {}),
    ...(attachments?.length
      ? {
          attachments: attachments.map(one =>
            one.blocks ? { ...one, blocks: withIds(one.blocks as Json[]) } : one,
          ),
        }
      : {}),
  }
}

function checkAttachments(attachments: readonly Json[]): string[] {
  const problems: string[] = []
  list(attachment, { min: 0, max: 100 })(attachments, '/attachments', problems)
  if (!Array.isArray(attachments)) return problems
  for (const [index, one] of attachments.entries())
    if (isObject(one) && one.blocks !== undefined)
      problems.push(...checkBlocks(one.blocks, 'message', `/attachments/${index}/blocks`))
  return problems
}

const common = {
  type: string(),
  blocks: anything,
}
const kept = {
  private_metadata: string({ max: 3000 }),
  callback_id: string({ max: 255 }),
  external_id: string({ max: 255 }),
}
const modal = object(
  { ...common, title: plainText(24) },
  { ...kept, submit: plainText(24), close: plainText(24), clear_on_close: boolean, notify_on_close: boolean },
)
const home = object(common, kept)

/** A form or home tab as Slack would keep it. `kind` is what the method opens. */
export function acceptView(
  view: unknown,
  kind: 'modal' | 'home',
): Json & { readonly blocks: readonly Json[] } {
  const problems: string[] = []
  if (!isObject(view)) throw new ApiError('invalid_arguments')
  oneOf(kind)(view.type, '/view/type', problems)
  ;(kind === 'modal' ? modal : home)(view, '/view', problems)
  problems.push(...checkBlocks(view.blocks, kind, '/view/blocks'))
  const blocks = Array.isArray(view.blocks) ? view.blocks.filter(isObject) : []
  if (kind === 'modal' && blocks.some(block => block.type === 'input') && view.submit === undefined)
    problems.push('missing required field: submit, as the view has input blocks [json-pointer:/view]')
  if (problems.length > 0) refuse('invalid_arguments', problems)
  demand(JSON.stringify(view).length <= 250_000, 'view_too_large')
  return { ...view, blocks: withIds(blocks) }
}

let generated = 0

/** Slack gives a block_id and an action_id to whatever came without. */
function withIds(blocks: readonly Json[]): readonly Json[] {
  return blocks.map(block => {
    const copy = structuredClone(block) as Record<string, unknown>
    copy.block_id ??= newId()
    for (const element of elementsOf(copy)) if (element.type !== 'image') element.action_id ??= newId()
    return copy
  })
}

function newId(): string {
  generated += 1
  return `gen${generated.toString(36).padStart(5, '0')}`
}
