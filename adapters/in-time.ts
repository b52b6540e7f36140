/** Both chats want an answer within three seconds; what is not there after two is announced, and follows. */
import type { Clock } from '../bot/ports.ts'

const PATIENCE_MS = 2_000

/** The answer, or undefined when it is not there in time; `work` goes on. */
export async function inTime<T>(
  clock: Clock,
  work: Promise<T>,
  patienceMs: number = PATIENCE_MS,
): Promise<T | undefined> {
  const patience = new AbortController()
  const timeUp = clock.wait(clock.now() + patienceMs, patience.signal).then(() => undefined)
  try {
    return await Promise.race([work, timeUp])
  } finally {
    patience.abort()
  }
}
