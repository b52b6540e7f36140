/** What ways other than chat say of a page or a test: one sentence for a screen, the same to be spoken, a code and a link. */
import { mark } from '../incidents/card.ts'
import type { Incident, Page } from '../incidents/state.ts'
import { heading, note, text } from '../message.ts'
import type { PageText, Signer } from '../ports.ts'
import { plainMessage } from '../timeline/plain.ts'
import { CONTACT_WAYS, type ContactWay } from '../words.ts'
import type { World } from '../world.ts'
import { pageView } from './view.ts'

/** Names one page of one incident in a token: `INC-42/3`. */
export const pageSubject = (incident: string, page: number): string => `${incident}/${page}`

export function readPageSubject(subject: string): { readonly id: string; readonly page: number } | undefined {
  const [, id, page] = /^(INC-\d+)\/(\d+)$/.exec(subject) ?? []
  return id === undefined ? undefined : { id, page: Number(page) }
}

/** Names one test of one way of a person: `aiko/sms/17`. */
export const trialSubject = (person: string, way: string, trial: number): string =>
  `${person}/${way}/${trial}`

export function readTrialSubject(
  subject: string,
): { readonly person: string; readonly way: ContactWay; readonly trial: number } | undefined {
  const [, person, name, trial] = /^(.+)\/([a-z]+)\/(\d+)$/.exec(subject) ?? []
  const way = CONTACT_WAYS.find(each => each === name)
  return person === undefined || way === undefined ? undefined : { person, way, trial: Number(trial) }
}

export function pageText(
  { world, signer }: { readonly world: World; readonly signer: Signer },
  incident: Incident,
  page: Page,
  { repeat, beside }: { readonly repeat: boolean; readonly beside: readonly string[] },
): PageText {
  const subject = pageSubject(incident.id, page.page)
  const others = beside.length > 0 ? ` Also open: ${beside.join(', ')}.` : ''
  const kind = incident.drill ? 'This is a drill. ' : incident.test ? 'This is a test. ' : ''
  const where = incident.service ? ` on ${incident.service}` : ''
  const message = plainMessage(world, pageView(world, incident, page, repeat))
  return {
    summary: `${repeat ? '(repeat) ' : ''}${mark(incident)}${incident.severity} ${incident.id}: ${incident.title}${others}`,
    message: others ? { ...message, blocks: [...message.blocks, note(others.trim())] } : message,
    spoken: `${kind}${spelled(incident.severity)} incident ${incident.number}${where}. ${incident.title}.${others}`,
    ...addressed(signer, 'page', subject),
  }
}

export function trialText(signer: Signer, subject: string, repeat: boolean): PageText {
  const code = signer.code(subject)
  const words = `${repeat ? '(repeat) ' : ''}This is a test from Tocsin, nothing is broken. Your code is ${code}.`
  return {
    summary: words,
    message: {
      summary: words,
      tone: 'calm',
      blocks: [
        heading('A test from Tocsin'),
        text([words, ' Answer with it, press the link, or type /oncall verify ', { code }, '.']),
      ],
    },
    spoken: words,
    ...addressed(signer, 'trial', subject),
  }
}

function addressed(signer: Signer, purpose: 'page' | 'trial', subject: string) {
  const token = signer.token(purpose, subject)
  return { code: signer.code(subject), token, ackUrl: signer.url(`/a/${token}`) }
}

/** `SEV1` as it is said: "sev 1". */
const spelled = (severity: string): string => severity.replace('SEV', 'sev ')
