/**
 * What befalls requests to one provider, in all the ways in which a port can show it: refused before it was heard, taken and said
 * not to be, told to wait, left without an answer, slow. Every answer comes within the 8 s that a port promises; what is slower
 * arrives all the same.
 */
import { ChatFailure } from '../../bot/ports.ts'
import type { Agenda } from './agenda.ts'
import type { Chance } from './chance.ts'
import type { Provider, Request } from './evidence.ts'
import type { Pulse } from './mortal.ts'

export const FAILURES = [
  'http_500',
  'limited',
  'limited_unsaid',
  'refused_connection',
  'timeout',
  'taken_then_reset',
  'taken_then_500',
  'late',
  'slow',
  'bad_token',
] as const
export type FailureKind = (typeof FAILURES)[number]

/** `unheard`: the sender does not learn that it arrived. `late`: nor had it arrived when the sender gave up waiting. */
export type Arrival = 'heard' | 'unheard' | 'late'

export type Sky = {
  /** `work` is what the request brings about. */
  request<T>(key: string, work: (how: Arrival) => T): Promise<T>
  /** So many requests fail, in one of these ways; 0 is fine weather. */
  set(share: number, kinds?: readonly FailureKind[]): void
  readonly share: number
}

type Parts = {
  readonly by: Provider
  readonly agenda: Agenda
  readonly now: () => number
  readonly luck: Chance
  readonly pulse: Pulse
  readonly requests: Request[]
  tell(words: string): void
}

/** In this every call of a port ends (I6). */
const ANSWER_MS = 8_000

export function createSky({ by, agenda, now, luck, pulse, requests, tell }: Parts): Sky {
  let [share, kinds]: [number, readonly FailureKind[]] = [0, FAILURES]

  /** Nothing goes on meanwhile but time. */
  async function pause(ms: number): Promise<void> {
    pulse.busy -= 1
    await new Promise<void>(resolve => agenda.add(now() + ms, resolve))
    pulse.busy += 1
  }

  async function fail<T>(kind: FailureKind, key: string, work: (how: Arrival) => T): Promise<T> {
    switch (kind) {
      case 'http_500':
        throw new ChatFailure('doubt', 'http_500', 'it had an error of its own')
      case 'refused_connection':
        throw new ChatFailure('later', 'ECONNREFUSED', 'it cannot be reached')
      case 'limited': {
        const waitMs = luck.pick([1, 5, 20, 90, 600]) * 1000
        requests.push({ at: now(), by, key, waitUntil: now() + waitMs })
        throw new ChatFailure('later', 'ratelimited', 'it asks to wait', waitMs)
      }
      case 'limited_unsaid':
        throw new ChatFailure('later', 'http_429', 'it asks to wait')
      case 'bad_token':
        throw new ChatFailure('later', 'bad_token', 'it refuses the token', 60_000)
      case 'slow':
        await pause(500 + luck.upTo(7_000))
        return work('heard')
      case 'timeout':
        await pause(ANSWER_MS)
        throw new ChatFailure('doubt', 'timeout', 'it did not answer')
      case 'late':
        agenda.add(now() + ANSWER_MS + luck.upTo(22_000), () => work('late'))
        await pause(ANSWER_MS)
        throw new ChatFailure('doubt', 'timeout', 'it did not answer')
      case 'taken_then_reset':
      case 'taken_then_500':
        work('unheard')
        throw new ChatFailure('doubt', kind.slice(11), 'the line broke')
    }
  }

  return {
    async request(key, work) {
      await Promise.resolve()
      requests.push({ at: now(), by, key })
      if (!luck.happens(share)) return work('heard')
      const kind = luck.pick(kinds)
      if (key !== '') tell(`${kind}: ${key}`)
      return fail(kind, key, work)
    },
    set(next, of = FAILURES) {
      share = next
      kinds = of
    },
    get share() {
      return share
    },
  }
}
