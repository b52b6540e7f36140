/** When each call of an incident was due, from what people did and were answered, and from what comes by itself. */
import type { Event } from './events.ts'
import type { Life, Provider } from './evidence.ts'
import { type Begins, Model, type Span } from './model.ts'
import { teamAt } from './on-call.ts'
import { MINUTE } from './team.ts'

export type Due = {
  readonly at: number
  readonly person: string
  readonly by: Provider
  readonly since: number
}
export type Word = { readonly at: number; readonly since: number; readonly what: 'exhausted' | 'asked' }
export type Reckoned = {
  readonly due: readonly Due[]
  readonly sure: readonly Span[]
  readonly words: readonly Word[]
}

const ASKED_AFTER = 30 * MINUTE
const LAPSES_AFTER = 10 * MINUTE

class Reckoning {
  readonly model: Model
  readonly asked: Word[] = []
  #active = true
  /** What is open until a chain begins anew. */
  #murky = false
  #acked: string | null = null
  #wordAt: number
  #askedAt: number | null = null

  constructor(life: Life, begins: Begins) {
    this.model = new Model(life, begins)
    this.#wordAt = begins.at
    this.model.start(begins.at, [])
  }

  #start(at: number, without: readonly string[] = [], since = at): void {
    this.#active = true
    this.#murky = false
    this.#acked = null
    this.#askedAt = null
    this.model.start(at, without, since)
  }

  #word(at: number): void {
    this.#wordAt = at
    this.#askedAt = null
  }

  /** Somebody acknowledges what is acknowledged: they are still on it, or answer a page by hand. */
  #again(at: number, who: string): void {
    const own = (page: Model['pages'][number]) => page.hand && page.person === who && page.ended > at
    if (this.#askedAt === null && !this.model.pages.some(own)) return
    this.#word(at)
    this.model.end(at, own)
  }

  #rate(at: number, to: Begins['severity'], byAlert: boolean): void {
    const { model } = this
    const raised = to < model.severity
    if (byAlert && !this.#murky && !(raised && this.#active)) return
    model.severity = to
    if (this.#murky) model.lose(at)
    else if (this.#active && (this.#acked === null || raised))
      this.#start(at, this.#acked === null ? [] : [this.#acked])
  }

  apply(event: Event): void {
    const { model } = this
    const { at, who, kind } = event
    if (kind === 'ack' && this.#acked !== null) {
      this.#again(at, who)
      return
    }
    if (kind !== 'unclear' && kind !== 'alert') this.#word(at)
    if (kind === 'unclear') {
      this.#murky = true
      model.blind ||= event.forGood
      model.lose(at)
    } else if (kind === 'ack' || kind === 'over') {
      if (kind === 'ack') this.#acked = who
      else this.#active = false
      model.next = null
      model.end(at)
    } else if (kind === 'unack' || kind === 'reopen') this.#start(at)
    else if (kind === 'severity' || kind === 'alert') this.#rate(at, event.to, kind === 'alert')
    else if (kind === 'page') model.call(event.person, at, true)
    else if (kind === 'escalate' && !model.atEnd) model.push(at)
    else if (kind === 'notme') {
      model.aside.add(who)
      // That it was taken means that an ack had lapsed, where it was not known.
      if (this.#acked !== null) {
        this.#acked = null
        model.lose(at)
      }
      model.end(at, page => page.person === who)
      if (!model.atEnd || !model.pages.some(page => page.ended > at)) model.push(at)
    }
  }

  /** What comes by itself before `until`. */
  pass(until: number): void {
    const { model } = this
    for (;;) {
      const holds = model.known && this.#acked !== null && this.#active && model.severity === 'SEV1'
      const askAt = this.#askedAt === null ? this.#wordAt + ASKED_AFTER : this.#askedAt + LAPSES_AFTER
      const rungAt = model.next?.at ?? Number.POSITIVE_INFINITY
      const at = Math.min(rungAt, holds ? askAt : Number.POSITIVE_INFINITY)
      if (at >= until) return
      if (at === rungAt) model.push(at)
      else if (this.#askedAt !== null) this.#start(at, [], this.#wordAt)
      else {
        this.#askedAt = at
        this.asked.push({ at, since: this.#wordAt, what: 'asked' })
      }
    }
  }
}

export function reckon(life: Life, begins: Begins, events: readonly Event[]): Reckoned {
  const reckoning = new Reckoning(life, begins)
  for (const event of events) {
    reckoning.pass(event.at)
    reckoning.apply(event)
  }
  reckoning.pass(life.end)
  const { model, asked } = reckoning
  model.lose(life.end)
  const due = model.pages.flatMap(({ person, since, steps, ended }) =>
    steps.flatMap(({ at, by }) =>
      at < ended && teamAt(life, at)?.people[person] ? by.map(each => ({ at, person, by: each, since })) : [],
    ),
  )
  const exhausted = model.exhausted.map(each => ({ ...each, what: 'exhausted' as const }))
  return { due, sure: model.sure, words: [...exhausted, ...asked] }
}
