/**
 * Pictures on Slack, which cannot fetch them from a Tocsin that nobody else reaches: they are uploaded to nobody in particular, and the
 * message then shows them, so that there is one message and it has its key.
 *
 * Slack takes a file in on its own time and refuses a message that shows it until then. That is waited for like any other failure: the
 * delivery is tried again, and shows what was uploaded before. After a minute, or when Slack refuses the files, the words go alone.
 */
import type { Message, Picture } from '../../bot/message.ts'
import { ChatFailure, type Clock } from '../../bot/ports.ts'
import type { Instant } from '../../bot/words.ts'
import { inTime } from '../in-time.ts'
import { call, statusFailure } from '../outbound/call.ts'
import type { Api } from './api.ts'
import { UNREADY } from './failures.ts'
import type { Files } from './render.ts'

const PATIENCE_MS = 60_000
/** With the message itself, which has eight seconds, it stays within the lease of a delivery. */
const UPLOAD_MS = 4_000
/** Deliveries whose files are remembered; a restart forgets them, and uploads anew. */
const KEPT = 20

type Upload = { readonly since: Instant; readonly ids: Map<string, string> }

export type SlackFiles = {
  /** Sends the message with its pictures, or with words in their place. */
  shown<T>(message: Message, key: string, send: (message: Message, files: Files) => Promise<T>): Promise<T>
}

export function createFiles(api: Api, clock: Clock): SlackFiles {
  const uploads = new Map<string, Upload>()

  function uploadOf(key: string): Upload {
    const known = uploads.get(key) ?? { since: clock.now(), ids: new Map<string, string>() }
    uploads.set(key, known)
    const oldest = uploads.size > KEPT ? uploads.keys().next() : undefined
    if (oldest && !oldest.done) uploads.delete(oldest.value)
    return known
  }

  /** Worth waiting for, or reason enough to go on without. */
  function goOn(error: unknown, { since }: Upload): ChatFailure {
    if (!(error instanceof ChatFailure)) throw error
    if (error.kind === 'never' || clock.now() - since >= PATIENCE_MS) return error
    // Nothing was posted: there is no doubt about the message.
    throw new ChatFailure('later', error.reason, error.say, error.retryAfterMs)
  }

  return {
    async shown(message, key, send) {
      const pictures = message.blocks.flatMap(block => (block.kind === 'image' ? [block.picture] : []))
      if (!pictures.some(({ png }) => png)) return send(message, new Map())
      const upload = uploadOf(key)
      try {
        await inTime(clock, taken(api, pictures, upload.ids), UPLOAD_MS)
        if (pictures.some(({ name, png }) => png && !upload.ids.has(name)))
          throw new ChatFailure('later', 'slow', 'Slack is slow to take the pictures', 1_000)
      } catch (error) {
        return send(lost(message, goOn(error, upload).say), new Map())
      }
      try {
        return await send(message, upload.ids)
      } catch (error) {
        if (!(error instanceof ChatFailure) || error.reason !== UNREADY) throw error
        return send(lost(message, goOn(error, upload).say), new Map())
      }
    },
  }
}

/** Uploads those that are not there yet. */
async function taken(api: Api, pictures: readonly Picture[], ids: Map<string, string>): Promise<void> {
  const missing = pictures.filter(({ name, png }) => png && !ids.has(name))
  if (missing.length === 0) return
  const files: { readonly id: string; readonly title: string }[] = []
  // One after the other: when Slack asks to wait, the rest waits too.
  for (const picture of missing) files.push(await put(api, picture))
  await api.call('files.completeUploadExternal', { files })
  for (const [index, { id }] of files.entries()) ids.set(missing[index]?.name ?? '', id)
}

async function put(api: Api, { name, alt, png }: Picture) {
  const body = png ?? new Uint8Array()
  const filename = `${name}.png`
  const asked = await api.call('files.getUploadURLExternal', { filename, length: body.length, alt_txt: alt })
  const { upload_url: url, file_id: id } = asked
  if (typeof url !== 'string' || typeof id !== 'string')
    throw new ChatFailure('later', 'bad_answer', 'Slack did not say where files go')
  const reply = await call(
    { method: 'POST', url, body, headers: { 'content-type': 'image/png' } },
    { whose: 'Slack' },
  )
  if (reply.status !== 200) throw statusFailure(reply, 'Slack')
  return { id, title: filename }
}

const lost = (message: Message, why: string): Message => ({
  ...message,
  blocks: message.blocks.map(block =>
    block.kind === 'image' ? { ...block, picture: { ...block.picture, lost: why } } : block,
  ),
})
