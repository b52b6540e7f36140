/**
 * Drawings as PNG, made by a program of its own that lives as long as it draws: a second of arithmetic holds up no page, and what the
 * renderer needs (some 150 MB) is gone with it. Whoever never draws pays nothing.
 */
import { spawn } from 'node:child_process'
import type { Pictures, Telemetry } from '../../bot/ports.ts'
import { packageFile } from '../files.ts'

const TIMEOUT_MS = 30_000
/** The same message goes to several chats, and is tried again: its pictures are kept for a while. */
const KEPT = 3

export function createPictures(telemetry: Telemetry): Pictures {
  const kept = new Map<string, Promise<readonly Uint8Array[]>>()
  let last: Promise<unknown> = Promise.resolve()

  /** One after the other: two at once would need twice the memory. */
  function queued(drawings: readonly string[]): Promise<readonly Uint8Array[]> {
    const next = last.then(() => draw(drawings))
    last = next.catch(() => undefined)
    return next
  }

  return {
    png(drawings) {
      const key = drawings.join('\n')
      const known = kept.get(key)
      if (known) return known
      const made = queued(drawings).catch((error: unknown) => {
        kept.delete(key)
        telemetry.log('warn', 'picture.failed', { error })
        throw error
      })
      kept.set(key, made)
      const oldest = kept.size > KEPT ? kept.keys().next() : undefined
      if (oldest && !oldest.done) kept.delete(oldest.value)
      return made
    },
  }
}

async function draw(drawings: readonly string[]): Promise<readonly Uint8Array[]> {
  // It needs none of our settings, and gets none of our secrets.
  const child = spawn(process.execPath, [packageFile('adapters/picture/draw.ts')], {
    env: {},
    stdio: ['pipe', 'pipe', 'pipe'],
    timeout: TIMEOUT_MS,
    killSignal: 'SIGKILL',
  })
  const ended = new Promise<number | string | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => resolve(code ?? signal))
  })
  // Whoever dies early reads no more; how it ended says why.
  child.stdin.on('error', () => undefined)
  child.stdin.end(JSON.stringify(drawings))
  const [out, said] = await Promise.all([read(child.stdout), read(child.stderr)])
  const code = await ended
  if (code !== 0) throw new Error(`the renderer ended with ${code}: ${said.slice(-300).trim()}`)
  return (JSON.parse(out) as readonly string[]).map(png => new Uint8Array(Buffer.from(png, 'base64')))
}

async function read(stream: NodeJS.ReadableStream): Promise<string> {
  let text = ''
  for await (const chunk of stream) text += String(chunk)
  return text
}
