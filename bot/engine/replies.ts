/**
 * What people do to a page without a chat: a press on a link or a push, an answer by SMS, a key in a call; and what providers
 * say of what they took. Who it is follows from what only they have: the link of their page, or their own number (S17).
 */
import { CONTACT_ACTS, type ContactAct } from '../contacts/replies.ts'
import { contactState } from '../contacts/state.ts'
import { nameOf } from '../incidents/asked.ts'
import type { Actor } from '../incidents/events.ts'
import type { Incident, Page } from '../incidents/state.ts'
import { pageSubject, readPageSubject, readTrialSubject, trialSubject } from '../pages/text.ts'
import type { Ids, Signer, Store } from '../ports.ts'
import type { ContactWay, PersonId } from '../words.ts'
import type { Ask, Engine } from './handle.ts'
import { CONTACTS } from './kinds.ts'

/** What a link leads to. */
export type Linked =
  | { readonly kind: 'page'; readonly incident: Incident; readonly page: Page }
  | { readonly kind: 'trial'; readonly person: PersonId; readonly way: ContactWay }

export type Replies = {
  /** What a link's token stands for; undefined for one that is not ours. */
  linked(token: string): Promise<Linked | undefined>
  /** A press on a link or a key; in a sentence what came of it. `via` is the way that it came by. */
  press(token: string, act: 'ack' | 'escalate', via: ContactWay, cause?: string): Promise<string>
  /** An SMS from a number; the sentence to send back, if any. */
  text(from: string, words: string, cause: string): Promise<string | undefined>
  /** What a provider says of a page: it arrived, was opened, or did not arrive. */
  receipt(token: string, way: ContactWay, state: 'delivered' | 'read' | 'failed', why: string): Promise<void>
}

type Parts = {
  readonly engine: Engine
  readonly store: Store
  readonly signer: Signer
  readonly ids: Ids
}

const UNKNOWN = 'That is no page of ours, or no more.'

export function createReplies({ engine, store, signer, ids }: Parts): Replies {
  const tell = async (ask: Omit<Ask, 'cause'> & { readonly cause?: string }) => {
    const [handled] = await engine.handle([{ cause: ids.fresh(), ...ask } as Ask])
    return handled
  }

  async function pageOf(token: string) {
    const named = readPageSubject(signer.subject('page', token) ?? '')
    const incident = named && (await engine.incident(named.id))
    const page = named && incident?.pages[named.page - 1]
    return incident && page ? { incident, page } : undefined
  }

  /** The trial that a token or a code stands for, while it is the last one of its contact. */
  const current = async (person: PersonId, way: ContactWay, trial: number) => {
    const { config, contacts } = await engine.world()
    const address = config.people[person]?.contacts[way]
    if (address === undefined) return undefined
    const contact = { person, way, address }
    return contactState(contacts, contact).trial === trial ? contact : undefined
  }

  async function act(
    incident: Incident,
    page: Page,
    what: 'ack' | 'escalate',
    via: ContactWay,
    cause?: string,
  ) {
    const actor: Actor = { kind: 'person', person: page.person, via }
    const command = what === 'ack' ? { do: 'ack' as const, page: page.page } : { do: 'escalate' as const }
    const handled = await tell({ stream: incident.id, actor, command, ...(cause ? { cause } : {}) })
    if (handled?.refusal) return handled.refusal.message
    if (what === 'escalate') return `The next rung of ${incident.id} is paged.`
    const acked = (await engine.incident(incident.id))?.acked
    if (!acked) return `${incident.id} is answered.`
    return acked.by === page.person
      ? `You have ${incident.id}: ${incident.title}.`
      : `${nameOf(await engine.world(), acked.by)} has ${incident.id} already.`
  }

  async function verify(person: PersonId, way: ContactWay, trial: number): Promise<string> {
    const contact = await current(person, way, trial)
    if (!contact) return 'That test is over; ask for another: /oncall test.'
    const actor: Actor = { kind: 'person', person, via: way }
    await tell({ stream: CONTACTS, actor, command: { do: 'verify_contact', ...contact } })
    return 'Confirmed: this way reaches you.'
  }

  /** The live pages of a person's open incidents, newest first. */
  async function livePagesOf(person: PersonId) {
    const open = await store.incidents({ open: true, limit: 1000 })
    const incidents = await Promise.all(open.map(({ id }) => engine.incident(id)))
    return incidents.flatMap(incident =>
      incident
        ? incident.pages
            .filter(page => page.person === person && page.ended === null)
            .map(page => ({ incident, page }))
            .reverse()
        : [],
    )
  }

  async function contactAct(
    person: PersonId,
    address: string,
    what: ContactAct,
  ): Promise<string | undefined> {
    const actor: Actor = { kind: 'person', person, via: 'sms' }
    const { command, answer } = CONTACT_ACTS[what]
    for (const way of ['sms', 'voice'] as const)
      if (command) await tell({ stream: CONTACTS, actor, command: { do: command, person, way, address } })
    return answer
  }

  async function answerText(person: PersonId, address: string, words: string, cause: string) {
    const [first = '', second] = words.trim().toUpperCase().split(/\s+/)
    if (first in CONTACT_ACTS) return contactAct(person, address, first as ContactAct)
    const what = first === 'ESC' || first === 'ESCALATE' ? 'escalate' : 'ack'
    const code = first === 'ACK' || what === 'escalate' ? second : first
    const live = await livePagesOf(person)
    const named = live.filter(
      ({ incident, page }) => signer.code(pageSubject(incident.id, page.page)) === code,
    )
    const [meant] = code === undefined && live.length === 1 ? live : named
    if (meant) return act(meant.incident, meant.page, what, 'sms', cause)
    const { contacts } = await engine.world()
    const { trial } = contactState(contacts, { person, way: 'sms', address })
    if (trial !== null && signer.code(trialSubject(person, 'sms', trial)) === code)
      return verify(person, 'sms', trial)
    if (live.length === 0) return 'Nothing of yours waits for an answer.'
    const codes = live.map(
      ({ incident, page }) => `${signer.code(pageSubject(incident.id, page.page))} for ${incident.id}`,
    )
    return `Answer ACK and a code: ${codes.slice(0, 3).join(', ')}.`
  }

  return {
    async linked(token) {
      const found = await pageOf(token)
      if (found) return { kind: 'page', ...found }
      const trial = readTrialSubject(signer.subject('trial', token) ?? '')
      return trial && { kind: 'trial', person: trial.person, way: trial.way }
    },
    async press(token, what, via, cause) {
      const found = await pageOf(token)
      if (found) return act(found.incident, found.page, what, via, cause)
      const trial = readTrialSubject(signer.subject('trial', token) ?? '')
      return trial ? verify(trial.person, trial.way, trial.trial) : UNKNOWN
    },
    async text(from, words, cause) {
      const { people } = (await engine.world()).config
      const person = Object.values(people).find(each => each.contacts.sms === from)
      return person ? answerText(person.id, from, words, cause) : undefined
    },
    async receipt(token, way, state, why) {
      const found = await pageOf(token)
      if (!found) return
      const { incident, page } = found
      const step = page.steps.findIndex(each => each.by === way && each.state !== 'waiting')
      if (step < 0) return
      const about = { page: page.page, step, target: way }
      const command =
        state === 'failed'
          ? { do: 'page_failed' as const, ...about, why, final: true, accepted: true as const }
          : { do: 'page_delivered' as const, ...about, state }
      const cause = `receipt:${token}:${way}:${state}`
      await tell({ stream: incident.id, actor: { kind: 'timer' }, command, cause })
    },
  }
}
