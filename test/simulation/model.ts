/**
 * A chain in quiet times, as the promises have it: a second, much smaller reading of who is called when. It is told what happened
 * (reckon.ts); where that leaves something open it does not know, until a chain begins anew.
 */
import type { Life, Provider } from './evidence.ts'
import { peopleOf, stepsOf, teamAt } from './on-call.ts'
import { type Chain, MINUTE, type Rung, type Severity, type Team } from './team.ts'

export type Begins = {
  readonly at: number
  readonly severity: Severity
  readonly service: string | undefined
  readonly team: Team
}
export type Page = {
  readonly person: string
  readonly since: number
  readonly hand: boolean
  readonly steps: readonly { readonly at: number; readonly by: readonly Provider[] }[]
  ended: number
}
/** What is known for sure, if all was calm since then. */
export type Span = { readonly from: number; readonly to: number; readonly since: number }
type Place = { readonly at: number; readonly pass: number; readonly rung: number }

/** A page by hand waits so long after its last step. */
const ANSWERED_WITHIN = 5 * MINUTE
/** Whoever was called so lately is not called for the next rung because the one between fails. */
const AT_ONCE = 10_000

export class Model {
  readonly #life: Life
  readonly #begins: Begins
  readonly pages: Page[] = []
  readonly sure: Span[] = []
  readonly exhausted: { readonly at: number; readonly since: number }[] = []
  readonly aside = new Set<string>()
  severity: Severity
  /** What happens now follows from what was so then. */
  since: number
  #from: number
  next: Place | null = null
  known = false
  /** From now on nothing is known any more. */
  blind = false
  #chain: Chain
  #without: readonly string[] = []
  #passStart = 0
  #lastAt = -1
  #lastPass = 0

  constructor(life: Life, begins: Begins) {
    this.#life = life
    this.#begins = begins
    this.severity = begins.severity
    this.since = begins.at
    this.#from = begins.at
    this.#chain = this.#chainOf()
  }

  #chainOf(): Chain {
    const { chains, services } = this.#begins.team
    const own = this.#begins.service === undefined ? undefined : services[this.#begins.service]
    const base = chains[this.severity]
    return { ...base, rungs: own?.rungs[this.severity] ?? base.rungs, repeat: own?.repeat ?? base.repeat }
  }

  end(at: number, which: (page: Page) => boolean = () => true): void {
    for (const page of this.pages) if (page.ended > at && which(page)) page.ended = at
  }

  lose(at: number): void {
    if (this.known) this.sure.push({ from: this.#from, to: at, since: this.since })
    this.known = false
    this.next = null
  }

  start(at: number, without: readonly string[], since = at): void {
    this.lose(at)
    this.known = !this.blind
    this.since = since
    this.#from = at
    this.#chain = this.#chainOf()
    this.#without = without
    this.#passStart = at
    this.#lastAt = -1
    this.#lastPass = 0
    this.end(at, page => !page.hand)
    if (this.known && this.#chain.window !== null) this.#walk(at, { pass: 1, rung: 1 }, false)
  }

  /** True when nothing of theirs gets through. */
  call(person: string, at: number, hand: boolean): boolean {
    const steps = stepsOf(this.#life, person, this.severity, at)
    const chats = teamAt(this.#life, at)?.people[person]?.chats ?? []
    if (steps === undefined) this.lose(at)
    let deaf = true
    const made = (steps ?? []).map(({ after, by }) => {
      const reach = (by === 'chat' ? chats : [by]).filter(
        each => !this.#life.fate.deaf.has(`${person}:${each}`),
      )
      // What fails for good passes to the next step at once.
      const step = { at: deaf ? at : at + after, by: reach }
      deaf &&= reach.length === 0
      return step
    })
    const ended = hand ? at + (steps?.at(-1)?.after ?? 0) + ANSWERED_WITHIN : Number.POSITIVE_INFINITY
    this.pages.push({ person, since: this.since, hand, steps: made, ended })
    return deaf
  }

  /** Nothing but the end of the last pass is left. */
  get atEnd(): boolean {
    return !this.next || (this.#isEnd(this.next.rung) && this.next.pass > this.#chain.repeat)
  }

  /** The next rung, now. */
  push(at: number): void {
    if (this.next) this.#walk(at, this.next, this.#isEnd(this.next.rung))
  }

  get #window(): number {
    return this.#chain.window ?? Number.POSITIVE_INFINITY
  }

  readonly #isEnd = (rung: number) => rung > this.#chain.rungs.length

  readonly #dueOf = (rung: Rung | undefined, at: number) =>
    rung?.after === undefined ? at + this.#window : Math.max(at, this.#passStart + rung.after)

  #walk(at: number, from: { readonly pass: number; readonly rung: number }, over: boolean): void {
    let [{ pass, rung }, windowOver] = [from, over]
    for (; this.known; rung += 1) {
      if (this.#isEnd(rung)) {
        const ends = this.#lastPass === pass && this.#lastAt >= 0 ? this.#lastAt + this.#window : at
        const waits = !windowOver && ends > at
        const done = !waits && pass > this.#chain.repeat
        this.next = waits ? { at: ends, pass, rung } : null
        if (done) this.exhausted.push({ at, since: this.since })
        if (waits || done) return
        pass += 1
        rung = 1
        windowOver = false
        this.#passStart = at
      }
      if (this.#rung(at, { pass, rung }, rung > from.rung)) return
    }
  }

  /** By a call that may get through. */
  readonly #isBeingCalled = (person: string, at: number) =>
    this.pages.some(
      page =>
        page.person === person &&
        !page.hand &&
        page.ended > at &&
        page.steps.some(step => step.by.length > 0) &&
        page.steps[0]!.at > at - AT_ONCE,
    )

  /** True when somebody is called who can be reached, or nobody is left to call. `over`: the rung before it could not be reached. */
  #rung(at: number, { pass, rung }: Pick<Place, 'pass' | 'rung'>, over: boolean): boolean {
    const people = peopleOf(this.#life, this.#begins.team, this.#chain.rungs[rung - 1]?.role ?? '', at)
    if (people === undefined) this.lose(at)
    const team = teamAt(this.#life, at)
    const meant = (people ?? []).filter(
      each => team?.people[each] && !this.aside.has(each) && !this.#without.includes(each),
    )
    const called = meant.filter(each => !(over && this.#isBeingCalled(each, at)))
    const deaf = called.map(each => this.call(each, at, false))
    if (!this.known || meant.length === 0) return !this.known
    if (called.length > 0) this.#lastAt = at
    this.#lastPass = pass
    this.next = { at: this.#dueOf(this.#chain.rungs[rung], this.#lastAt), pass, rung: rung + 1 }
    return called.length === 0 || !deaf.every(Boolean) || rung === this.#chain.rungs.length
  }
}
