/** files.*: the upload in two steps, with the bytes posted to an address in between. */

import { demand } from '../api-error.ts'
import { ownChannel } from '../channels.ts'
import { botAuthor, post } from '../messages.ts'
import type { Json } from '../types.ts'
import type { Workspace } from '../workspace.ts'
import type { Method } from './method.ts'

export const fileMethods: readonly Method[] = [
  {
    name: 'files.getUploadURLExternal',
    tier: 4,
    scopes: ['files:write'],
    args: { length: 'int!', filename: 'text!', snippet_type: 'text', alt_txt: 'text' },
    run(workspace, args) {
      demand(Number(args.length) >= 1, 'invalid_arguments')
      const alt = String(args.alt_txt ?? '')
      demand(alt.length <= 1000, 'alt_txt_too_large')
      const id = workspace.nextId('F')
      workspace.uploads.set(id, { filename: String(args.filename), length: Number(args.length), alt })
      return { file_id: id, upload_url: `${workspace.baseUrl}/upload/${id}` }
    },
  },
  {
    name: 'files.completeUploadExternal',
    tier: 4,
    json: true,
    scopes: ['files:write'],
    args: {
      files: 'json!',
      channel_id: 'text',
      thread_ts: 'text',
      channels: 'text',
      initial_comment: 'text',
    },
    run: complete,
  },
]

function complete(workspace: Workspace, args: Json): Json {
  const files = args.files as readonly Json[]
  demand(Array.isArray(files) && files.length > 0, 'invalid_arguments')
  const kept = files.map(file => {
    const upload = workspace.uploads.get(String(file.id))
    demand(upload?.body && upload.body.length === upload.length, 'file_not_found')
    upload.completedAt = workspace.clock.now()
    return { id: file.id, title: file.title ?? upload.filename, name: upload.filename, size: upload.length }
  })
  if (args.channel_id !== undefined) {
    const channel = ownChannel(workspace, args.channel_id)
    const names = kept.map(file => String(file.title)).join(', ')
    const text = String(args.initial_comment ?? '') || names
    const thread = args.thread_ts as string | undefined
    post(
      workspace,
      channel,
      botAuthor(workspace),
      { text },
      thread === undefined ? {} : { thread_ts: thread },
    )
  }
  return { files: kept }
}

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

/**
 * What Slack says against blocks that show files: one that is not there, is no picture, or was uploaded a moment ago. The words are those
 * that people report; Slack's pages say only that a file is taken in "asynchronously".
 */
export const fileProblems = (
  { uploads, clock, filesTakeMs }: Workspace,
  blocks: unknown,
): readonly string[] =>
  (Array.isArray(blocks) ? (blocks as readonly Json[]) : []).flatMap((block, index) => {
    const id = (block.slack_file as Json | undefined)?.id
    if (block.type !== 'image' || id === undefined) return []
    const { body, completedAt } = uploads.get(String(id)) ?? {}
    const isThere = completedAt !== undefined && clock.now() - completedAt >= filesTakeMs
    return isThere && body?.subarray(0, 8).equals(PNG)
      ? []
      : [`invalid slack file [json-pointer:/blocks/${index}/slack_file]`]
  })
