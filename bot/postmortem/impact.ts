/**
 * What is known of an incident's impact, each figure with its source: figures given at the declaration, then what was said in its
 * title, details, updates and notes. What nobody said stays a marked blank; nothing is guessed.
 */
import { nameOf } from '../incidents/asked.ts'
import type { Actor, Happened } from '../incidents/events.ts'
import type { Incident } from '../incidents/state.ts'
import { formatDuration } from '../schedules/duration.ts'
import { affectedIn } from '../severity/affected.ts'
import { find } from '../severity/lexicon/phrase.ts'
import { EVERYBODY } from '../severity/lexicon/scope.ts'
import { moneyAnHour } from '../severity/money.ts'
import { sentences } from '../severity/text.ts'
import { clockTime } from '../timeline/plain.ts'
import type { World } from '../world.ts'
import { BLANK, type Figures } from './document.ts'
import { durationOf } from './figures.ts'
import { literal } from './literal.ts'

export type About = {
  readonly world: World
  readonly incident: Incident
  readonly history: readonly Happened[]
}

/** Something that somebody said, as the readers of figures want it. */
type Saying = { readonly text: string; readonly source: string }

/** More figures than this are a discussion; the timeline has it. */
const SHOWN = 3

/** Users: "500 of 2,000 (25 %), declared by Diego Ruiz". */
export function users(about: About): string {
  const { figures } = about.incident
  const typed =
    figures?.usersAffected === undefined
      ? []
      : [
          `${count(figures.usersAffected)}${figures.usersTotal === undefined ? '' : ` of ${count(figures.usersTotal)} (${percent(figures.usersAffected / figures.usersTotal)})`}, ${declared(about)}`,
        ]
  const said = sayings(about).flatMap(({ text, source }) => {
    const found = affectedIn(text)
    return found ? [`${quote(found)} (${source})`] : []
  })
  const all = [...said.toReversed(), ...typed]
  if (all.length > 0) return some(all)
  const everybody = sayings(about).flatMap(({ text, source }) => {
    const hit = find(EVERYBODY, text)
    return hit ? [`${quote(hit.quote)} (${source}); how many: ${BLANK}`] : []
  })
  return everybody[0] ?? BLANK
}

/** Revenue: a rate that was said, and what it comes to over the time that it lasted. */
export function revenue(about: About, figures: Figures): string {
  const typed = about.incident.figures?.revenuePerHour
  const said = sayings(about).flatMap(({ text, source }) => {
    const found = moneyAnHour(text)
    return found ? [{ rate: found.value, source: `${quote(found.quote)}, ${source}` }] : []
  })
  const last = said.at(-1) ?? (typed === undefined ? undefined : { rate: typed, source: declared(about) })
  if (!last) return BLANK
  const lasted = durationOf(figures)
  const rate = `${dollars(last.rate)} an hour (${last.source})`
  return lasted === null
    ? rate
    : `about ${dollars((last.rate * lasted) / HOUR_MS)}: ${rate} over ${formatDuration(lasted)}`
}

const HOUR_MS = 3_600_000

function sayings({ world, incident, history }: About): readonly Saying[] {
  const later = history.flatMap(({ event, actor, at }): readonly Saying[] =>
    event.type === 'update_posted' || event.type === 'note_added'
      ? [{ text: event.text, source: `${who(world, actor)}, ${clockTime(world, at)}` }]
      : [],
  )
  const first = {
    text: `${incident.title}.\n${incident.details}`,
    source: declared({ world, incident, history }),
  }
  return [first, ...later].map(({ text, source }) => ({
    text: sentences(text)
      .map(each => each.live)
      .join('. '),
    source,
  }))
}

const quote = (words: string): string => `"${literal(words)}"`

const some = (all: readonly string[]): string => [...new Set(all)].slice(0, SHOWN).join('; ')

const declared = ({ world, incident: { declaredBy } }: About): string =>
  `as declared by ${who(world, declaredBy)}`

const who = (world: World, actor: Actor): string =>
  literal(
    actor.kind === 'person'
      ? nameOf(world, actor.person)
      : actor.kind === 'alert'
        ? actor.integration
        : 'Tocsin',
  )

const count = (value: number): string => Math.round(value).toLocaleString('en-US')
export const percent = (share: number): string => `${Math.round(share * 100)} %`
const dollars = (value: number): string => `$${Math.round(value).toLocaleString('en-US')}`
