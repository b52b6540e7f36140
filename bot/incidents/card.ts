/**
 * The card: the one message that stays true. What is it, how bad and why, who has it or who is called next and when, and the
 * buttons that are possible now, from the table of transitions.
 */
import {
  type Block,
  type Button,
  buttons,
  fields,
  heading,
  type Inline,
  type Line,
  type Message,
  note,
  quote,
  text,
} from '../message.ts'
import { formatDuration } from '../schedules/duration.ts'
import { people, stepName } from '../timeline/describe.ts'
import { DUTIES } from '../words.ts'
import type { World } from '../world.ts'
import { nameOf } from './asked.ts'
import { judgedWords } from './judged.ts'
import { linksOf } from './places.ts'
import { type Incident, isActive, isOpen, isReal, livePages } from './state.ts'
import { nextStatuses, REOPENABLE } from './transitions.ts'

export function card(world: World, incident: Incident): Message {
  const blocks: Block[] = [
    heading(`${mark(incident)}${incident.severity} · ${incident.id} · ${incident.title}`),
    text(standing(incident)),
    fields({
      Status: [{ bold: incident.status }],
      Severity: severityLine(incident),
      Service: incident.service ?? undefined,
      Declared: [...declarer(incident), ' ', { time: incident.declaredAt, as: 'at' }],
      ...dutyFields(incident),
      ...endFields(incident),
    }),
  ]
  if (incident.details) blocks.push(quote(incident.details))
  if (incident.lastUpdate)
    blocks.push(
      text([
        { bold: 'Last update ' },
        { time: incident.lastUpdate.at, as: 'at' },
        ': ',
        incident.lastUpdate.text,
      ]),
    )
  blocks.push(
    ...links(world, incident),
    buttons(...cardButtons(incident)),
    ...notReached(incident),
    ...incomplete(world, incident),
  )
  return {
    summary: `${mark(incident)}${incident.severity} ${incident.id} ${incident.title}: ${incident.status}`,
    tone: toneOf(incident),
    blocks,
  }
}

/** The service's runbook and dashboards, and the incident's page, one press away. */
function links(world: World, incident: Incident): readonly Block[] {
  const all = [...Object.entries(linksOf(world, incident)), ...pageOf(world, incident)]
  return all.length === 0
    ? []
    : [
        note(
          ...all.flatMap(([text, link], index): Inline[] => [...(index > 0 ? [' · '] : []), { link, text }]),
        ),
      ]
}

/** Its own page, where the world can reach us. */
const pageOf = ({ address }: World, { id }: Incident): readonly (readonly [string, string])[] =>
  address === undefined ? [] : [['Timeline', new URL(`/incidents/${id}`, address).href]]

/** Pages and cards of tests and drills say so first. */
export const mark = (incident: Incident): string =>
  incident.test ? '[TEST] ' : incident.drill ? '[DRILL] ' : ''

const toneOf = (incident: Incident): Message['tone'] => (isActive(incident) ? incident.severity : 'good')

/** Who has it; or who is being called and what comes next; or that nobody is. */
export function standing(incident: Incident): Line {
  if (incident.acked) {
    const { by, afterMs } = incident.acked
    return ['✅ Acknowledged by ', { person: by }, ` after ${formatDuration(afterMs)}.`]
  }
  if (!isActive(incident)) return [`It is ${incident.status}. Nobody is being paged.`]
  const called = [...new Set(livePages(incident).map(page => page.person))]
  const calling: Line = called.length > 0 ? ['📟 Paging ', ...people(called), '. '] : []
  const run = incident.chain
  if (run?.exhaustedAt != null)
    return [
      '🚨 ',
      ...calling,
      { bold: 'Nobody acknowledged and the chain is at its end.' },
      ' Somebody take it.',
    ]
  if (!run?.next) return called.length > 0 ? calling : [channelStanding(incident)]
  const { rungs, repeat } = incident.chains[run.severity]
  const end = run.next.rung > rungs.length
  const last = end && run.next.pass > repeat
  const what = last
    ? 'The chain ends '
    : end
      ? 'Everybody again '
      : `Next, ${rungs[run.next.rung - 1]?.role ?? ''}, `
  return [...calling, what, { time: run.next.dueAt, as: 'relative' }, '.']
}

const channelStanding = (incident: Incident): string =>
  incident.pagedChannels.length > 0
    ? `Posted to ${incident.pagedChannels.map(({ channel }) => channel.name).join(', ')}. Nobody is paged at ${incident.severity}.`
    : 'Nobody is being paged.'

const severityLine = (incident: Incident): Line => [{ bold: incident.severity }, ` ${judgedWords(incident)}`]

const declarer = ({ declaredBy }: Incident): Line =>
  declaredBy.kind === 'person' ? ['by ', { person: declaredBy.person }] : ['by an alert']

const dutyFields = (incident: Incident): Record<string, Line> =>
  Object.fromEntries(
    DUTIES.flatMap(duty => {
      const person = incident.duties[duty]
      return person ? [[`${duty[0]?.toUpperCase()}${duty.slice(1)}`, [{ person }] as Inline[]]] : []
    }),
  )

const endFields = (incident: Incident): Record<string, Line> =>
  incident.resolvedAt === null
    ? {}
    : { Resolved: [`after ${formatDuration(incident.resolvedAt - incident.declaredAt)}`] }

/** What can be done now. Ack and Escalate while nobody has it; then the next statuses; then reopening. */
export function cardButtons(incident: Incident): readonly Button[] {
  const { id } = incident
  const ack: Button = { label: 'Ack', command: `/incident ack ${id}`, style: 'primary' }
  const escalate: Button = { label: 'Escalate', command: `/incident escalate ${id}` }
  const calling = isActive(incident) && !incident.acked
  const offered = nextStatuses(incident.status, incident.severity).filter(
    to => STATUS_LABELS[to] !== undefined && (to !== 'postmortem' || isReal(incident)),
  )
  const statuses = offered.map(
    (to): Button => ({
      label: STATUS_LABELS[to] ?? to,
      // It is written before the status says so.
      command: to === 'postmortem' ? `/incident postmortem ${id}` : `/incident status ${id} ${to}`,
      ...(to === 'closed' ? CONFIRM_CLOSE : {}),
    }),
  )
  const update: readonly Button[] = isOpen(incident)
    ? [{ label: 'Update', command: `/incident update ${id}` }]
    : []
  const reopen: readonly Button[] = REOPENABLE.includes(incident.status)
    ? [{ label: 'Reopen', command: `/incident reopen ${id}` }]
    : []
  return [
    ...(calling ? [ack] : []),
    ...(calling && incident.chain?.next ? [escalate] : []),
    ...(calling ? statuses.slice(-2) : statuses),
    ...update,
    ...reopen,
  ]
}

const CONFIRM_CLOSE = { confirm: 'Close this incident? Paging stops and its history is kept.' }

const STATUS_LABELS: Readonly<Record<string, string>> = {
  investigating: 'Investigating',
  mitigated: 'Mitigated',
  resolved: 'Resolve',
  verifying: 'Verify',
  closed: 'Close',
  postmortem: 'Post-mortem',
}

/** A page that nobody's provider took is not passed over in silence. */
function notReached(incident: Incident): readonly Block[] {
  const deaf = livePages(incident).filter(page =>
    page.steps.every(step => step.state === 'failed' || step.state === 'late'),
  )
  if (deaf.length === 0) return []
  const each = deaf.flatMap((page, index): Inline[] => [
    ...(index > 0 ? ['; '] : []),
    { person: page.person },
    ` (${page.steps.at(-1)?.why ?? 'no answer'})`,
  ])
  return [note('⚠️ Not reached: ', ...each)]
}

function incomplete(world: World, incident: Incident): readonly Block[] {
  const failures = Object.entries(incident.rooms).flatMap(([chat, room]) =>
    Object.entries(room.failed).map(([step, why]) => `${chat}: ${stepName(world, step)} failed (${why})`),
  )
  if (failures.length === 0) return []
  return [
    note(`Set-up incomplete. ${failures.join('; ')}`),
    buttons({ label: 'Retry set-up', command: `/incident retry ${incident.id}` }),
  ]
}

/** The channel's topic: the whole standing in one short line. */
export function topic(world: World, incident: Incident): string {
  const has = incident.acked
    ? `${nameOf(world, incident.acked.by)} has it`
    : isActive(incident)
      ? 'nobody has it yet'
      : ''
  const commander = incident.duties.commander
  const leads = commander ? `commander ${nameOf(world, commander)}` : ''
  return [`${mark(incident)}${incident.severity}`, incident.status, has, leads, incident.title]
    .filter(part => part !== '')
    .join(' · ')
    .slice(0, 250)
}

/** `inc-20261123-checkout-down`: the day in the team's zone and the title's first words, in what every chat takes. */
export function roomName(day: string, incident: Incident): string {
  const letters = incident.title.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase()
  const words = (letters.match(/[a-z0-9]+/g) ?? []).filter(word => !SMALL_WORDS.has(word))
  const slug = words.slice(0, 5).join('-').slice(0, 40).replace(/-$/, '')
  return ['inc', day, slug || String(incident.number)].join('-')
}

const SMALL_WORDS = new Set([
  'is',
  'are',
  'the',
  'a',
  'an',
  'for',
  'of',
  'to',
  'in',
  'on',
  'and',
  'we',
  'our',
])
