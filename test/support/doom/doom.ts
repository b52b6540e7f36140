/**
 * Ports that kill their own process with SIGKILL at a named point (F0 to F9). They pass everything through until they are told
 * where to die; what comes after that moment never happens, as when the machine loses its power.
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import { subscribe } from 'node:diagnostics_channel'
import type { Change, Chat, Pager, Store } from '../../../bot/ports.ts'

export type Doom = {
  readonly at:
    | 'before the commit'
    | 'after the commit'
    | 'before the send'
    /** The provider has taken it and its answer is here, unread. */
    | 'at the answer'
    | 'after the send'
  /** The event that is committed, or how the key of what is sent begins. */
  readonly of: string
  /** The chat or the way that sends; absent: any. */
  readonly by?: string
}

let doom: Doom | undefined

export function doomTo(where: Doom): void {
  doom = where
}

/** Nothing of this process runs after it. */
const die = () => process.kill(process.pid, 'SIGKILL')

const isHere = (at: Doom['at'], of: (wanted: string) => boolean, by?: string): boolean =>
  doom?.at === at && of(doom.of) && (doom.by === undefined || doom.by === by)

/** `told` hears what was written: `page_sent INC-1`. */
export const doomedStore = <S extends Store>(store: S, told: (events: readonly string[]) => void): S => ({
  ...store,
  async commit(changes: readonly Change[]) {
    if (isHere('before the commit', brought(changes))) die()
    const outcomes = await store.commit(changes)
    // What lost a race was not written.
    const done = changes.filter((_, index) => outcomes[index]?.kind === 'done')
    if (isHere('after the commit', brought(done))) die()
    told(done.flatMap(({ stream, events }) => events.map(({ type }) => `${type} ${stream}`)))
    return outcomes
  },
})

const brought = (changes: readonly Change[]) => (wanted: string) =>
  changes.some(({ events }) => events.some(({ type }) => type === wanted))

/** What is being sent, to whoever sees its request leave. */
const sending = new AsyncLocalStorage<{ readonly key: string; readonly by: string }>()

async function send<T>(by: string, key: string, work: () => Promise<T>): Promise<T> {
  const begins = (wanted: string) => key.startsWith(wanted)
  if (isHere('before the send', begins, by)) die()
  const done = await sending.run({ key, by }, work)
  if (isHere('after the send', begins, by)) die()
  return done
}

export const doomedChat = (chat: Chat): Chat =>
  new Proxy(chat, {
    get(target, name) {
      if (name === 'post')
        return (...[to, message, key]: Parameters<Chat['post']>) =>
          send(target.name, key, () => target.post(to, message, key))
      return Reflect.get(target, name, target)
    },
  })

export const doomedPager = (pager: Pager): Pager => ({
  ...pager,
  page: (to, text, key) => send(pager.way, key, () => pager.page(to, text, key)),
})

/** The requests by which something is posted, and not those that prepare it. */
const POSTS = /\/(?:chat\.postMessage|messages)?$/
const posting = new WeakMap<object, { readonly key: string; readonly by: string }>()

type Begun = { readonly request: { readonly path: string; readonly method: string } }

function begun(message: unknown): void {
  const { request } = message as Begun
  const what = sending.getStore()
  if (what && request.method === 'POST' && POSTS.test(request.path)) posting.set(request, what)
}

function answered(message: unknown): void {
  const what = posting.get((message as Begun).request)
  if (what && isHere('at the answer', wanted => what.key.startsWith(wanted), what.by)) die()
}

/** Node's two clients say when a request begins and when the head of its answer has come. */
subscribe('undici:request:create', begun)
subscribe('undici:request:headers', answered)
subscribe('http.client.request.start', begun)
subscribe('http.client.response.finish', answered)
