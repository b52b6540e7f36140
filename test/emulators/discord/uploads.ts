/** Files beside a message: `multipart/form-data` with `payload_json` and `files[n]`, where `n` is the `id` by which `attachments` names each. */
import type { IncomingMessage } from 'node:http'
import { type Attachment, DiscordError, type Json } from './types.ts'

export type Files = ReadonlyMap<string, { readonly filename: string; readonly data: Uint8Array }>
export type Read = { readonly body: Json; readonly files: Files }

const MOST_BYTES = 10 * 1024 * 1024
const PNG = [0x89, 0x50, 0x4e, 0x47]

/** A JSON body, or a form with files. */
export async function readRequest(request: IncomingMessage): Promise<Read> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const bytes = Buffer.concat(chunks)
  const type = request.headers['content-type'] ?? ''
  if (!type.startsWith('multipart/form-data'))
    return { body: bytes.length === 0 ? {} : (JSON.parse(bytes.toString('utf8')) as Json), files: new Map() }
  const form = await new Response(bytes, { headers: { 'content-type': type } }).formData()
  const files = new Map<string, { filename: string; data: Uint8Array }>()
  for (const [name, part] of form) {
    const [, id] = /^files\[(\d+)\]$/.exec(name) ?? []
    if (id !== undefined && typeof part !== 'string')
      files.set(id, { filename: part.name, data: new Uint8Array(await part.arrayBuffer()) })
  }
  return { body: JSON.parse(String(form.get('payload_json') ?? '{}')) as Json, files }
}

const invalid = (path: string, message: string): DiscordError =>
  new DiscordError(400, 50035, `Invalid Form Body: ${path}: ${message}`)

/** What is kept of them; throws what Discord answers. `size` of the server is that of one without boosts. */
export function attachmentsOf(
  { attachments, embeds }: Json,
  files: Files,
  snowflake: () => string,
): readonly Attachment[] {
  const named = (attachments ?? []) as readonly Json[]
  const kept = named.map((each, index): Attachment => {
    const file = files.get(String(each.id))
    const description = String(each.description ?? '')
    if (!file) throw invalid(`attachments.${index}`, 'Attachment data not found')
    if (description.length > 1024)
      throw invalid(`attachments.${index}.description`, 'Must be 1024 or fewer in length.')
    if (file.data.length > MOST_BYTES) throw new DiscordError(413, 40005, 'Request entity too large')
    if (PNG.some((byte, place) => file.data[place] !== byte))
      throw invalid(`attachments.${index}`, 'no picture')
    return { id: snowflake(), filename: String(each.filename ?? file.filename), description, data: file.data }
  })
  for (const id of files.keys())
    if (!named.some(each => String(each.id) === id)) throw invalid(`files[${id}]`, 'not named in attachments')
  for (const [index, embed] of ((embeds ?? []) as readonly Json[]).entries()) {
    const [, filename] = /^attachment:\/\/(.+)$/.exec(String((embed.image as Json | undefined)?.url)) ?? []
    if (filename !== undefined && !kept.some(each => each.filename === filename))
      throw invalid(`embeds.${index}.image.url`, 'Unknown attachment')
  }
  return kept
}
