/** The kinds of arguments, each read in one place and refused in one voice. */

import { nearest, Refusal, refuse } from '../bot/refusal.ts'
import {
  DUTIES,
  type Duty,
  type IncidentId,
  type PersonId,
  SEVERITIES,
  type Severity,
  STATUSES,
  type Status,
  WAYS,
  type Way,
} from '../bot/words.ts'
import type { World } from '../bot/world.ts'
import type { Arg, Context } from './command.ts'

type Optional<T> = Omit<Arg<T>, 'required'> & { readonly required: false }
type Required<T> = Omit<Arg<T>, 'required'> & { readonly required: true }

/** `INC-42` or `42`; in an incident's channel it may be left out. */
export const incident: Required<IncidentId> = {
  place: 'incident',
  summary: 'an incident, INC-42; implied in its channel',
  required: true,
  completes: 'incident',
  read: token => (/^inc-\d{1,9}$/i.test(token) ? token.toUpperCase() : undefined),
}

/** As many open incidents as a small screen has lines, the newest first. */
export const newestOpen = ({ open }: World): World['open'] =>
  open.toSorted((a, b) => b.declaredAt - a.declaredAt).slice(0, 5)

export function whichIncident(world: World, example: string): Refusal {
  const open = newestOpen(world).map(({ id, title }) => `${id} ${title}`)
  const known = open.length > 0 ? ` Open: ${open.join('; ')}.` : ''
  const what = `Which incident? This is not an incident's channel.${known}`
  return refuse('no_incident', what, `Like this: ${example}`)
}

export const rest = (summary: string): Optional<string> => ({
  place: 'rest',
  summary,
  required: false,
  read: token => token,
})

export const flag = (summary: string): Optional<true> => ({
  place: 'flag',
  summary,
  required: false,
  read: () => true,
})

export const sentence = (summary: string): Optional<string> => ({
  place: 'option',
  sentence: true,
  summary,
  required: false,
  read: token => token,
})

export const option = (summary: string): Optional<string> => ({
  place: 'option',
  summary,
  required: false,
  read: token => token,
})

/** What a summary such as `the way: sms or voice` is about. */
const nounOf = (summary: string): string => (summary.split(':')[0] ?? summary).replace(/^the /, '')

/** One of a few words. */
export const choice = <T extends string>(summary: string, known: readonly T[]): Required<T> => ({
  place: 'word',
  summary,
  required: true,
  choices: known,
  read: token => oneOf(token.toLowerCase() as T, known, nounOf(summary)),
})

/** The same as an option. */
export const choiceOption = <T extends string>(summary: string, known: readonly T[]): Optional<T> => ({
  place: 'option',
  summary,
  required: false,
  choices: known,
  read: token =>
    known.find(each => each.toLowerCase() === token.toLowerCase()) ??
    unknown(token, known, `a ${nounOf(summary)}`, 'Use'),
})

/** Any one word. */
export const word = (summary: string): Required<string> => ({
  place: 'word',
  summary,
  required: true,
  read: token => token,
})

export const pageNumber: Optional<number> = {
  place: 'option',
  hidden: true,
  summary: 'the page that is answered',
  required: false,
  read: token =>
    /^\d{1,6}$/.test(token) ? Number(token) : refuse('bad_number', `"${token}" is not a page's number.`),
}

export const severityOption: Optional<Severity> = {
  place: 'option',
  summary: 'SEV1 to SEV4; left out, it is judged from the text',
  required: false,
  choices: SEVERITIES,
  read: token => oneOf(token.toUpperCase(), SEVERITIES, 'severity'),
}

export const severity: Required<Severity> = {
  place: 'word',
  summary: 'SEV1 to SEV4',
  required: true,
  choices: SEVERITIES,
  read: severityOption.read,
}

export const status: Required<Status> = {
  place: 'word',
  summary: 'how far the work has come',
  required: true,
  choices: STATUSES,
  read: token => oneOf(token.toLowerCase(), STATUSES, 'status'),
}

export const duty: Required<Duty> = {
  place: 'word',
  summary: 'commander, communications or scribe',
  required: true,
  choices: DUTIES,
  read: token => oneOf(token.toLowerCase(), DUTIES, 'role'),
}

export const service: Optional<string> = {
  place: 'option',
  summary: 'the affected service',
  required: false,
  completes: 'service',
  read(token, { world }) {
    const known = Object.keys(world.config.services)
    return known.includes(token) ? token : unknown(token, known, 'a service of this team', 'Services')
  },
}

/** One or several, as in `sms,voice`. */
export const ways: Optional<readonly Way[]> = {
  place: 'option',
  summary: 'with --drill: ways that fail in it, such as sms,voice',
  required: false,
  read(token) {
    const parts = token.split(',').map(each => each.trim().toLowerCase())
    if (parts.includes(''))
      return refuse(
        'bad_ways',
        `"${token}" is not a list of ways.`,
        'Write it without spaces, as in sms,voice.',
      )
    const all: Way[] = []
    for (const part of parts) {
      const way = oneOf(part, WAYS, 'way')
      if (way instanceof Refusal) return way
      all.push(way)
    }
    return all
  },
}

export const schedule: Optional<string> = {
  place: 'option',
  summary: 'the schedule; left out, the one that is paged first',
  required: false,
  bare: true,
  completes: 'schedule',
  read(token, { world }) {
    const known = Object.keys(world.config.schedules)
    return known.includes(token) ? token : unknown(token, known, 'a schedule of this team', 'Schedules')
  },
}

export const person: Required<PersonId> = {
  place: 'word',
  summary: 'somebody of the team, such as @aiko',
  required: true,
  completes: 'person',
  read: (token, context) =>
    findPerson(token, context) ??
    unknown(
      token.replace(/^@/, ''),
      Object.keys(context.world.config.people),
      'anybody in `people`',
      'People',
    ),
}

/** One person, or the people behind a role. */
export const target: Required<string> = {
  place: 'word',
  summary: 'somebody of the team, or a role such as oncall_primary',
  required: true,
  completes: 'target',
  read(token, context) {
    const bare = token.replace(/^@/, '')
    if (context.world.config.roles[bare]) return bare
    return person.read(token, context)
  },
}

/** By key, by their own user id on this chat, or by their full name as the configuration has it. Never by a nickname (S16). */
export function findPerson(token: string, { world, input }: Context): PersonId | undefined {
  const bare = token.replace(/^<?@?/, '').replace(/[|>].*$/, '')
  const all = Object.values(world.config.people)
  const found =
    all.find(one => one.id === bare) ??
    all.find(one => one.identities[input.chat] === bare) ??
    all.find(one => one.name.toLowerCase() === bare.toLowerCase())
  return found?.id
}

const oneOf = <T extends string>(token: string, known: readonly T[], what: string): T | Refusal =>
  known.find(each => each === token) ?? unknown(token, known, `a ${what}`, 'Use')

function unknown(token: string, known: readonly string[], what: string, label: string): Refusal {
  const near = nearest(token, known)
  const hint = near
    ? `Did you mean ${near}?`
    : known.length > 0
      ? `${label}: ${known.slice(0, 12).join(', ')}.`
      : ''
  return refuse('unknown', `"${token}" is not ${what}.`, hint)
}
