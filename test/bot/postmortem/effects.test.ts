/** What follows from what happens to a post-mortem: who is told, when it is asked for, and where it goes. */
import { expect, test } from 'vitest'
import type { Incident } from '../../../bot/incidents/state.ts'
import { hintFor } from '../../../bot/postmortem/cause.ts'
import { postmortemReactions } from '../../../bot/postmortem/reactions.ts'
import { config, TEAM } from '../../support/team.ts'
import { DAY, START, worldOf } from '../incidents/any.ts'

const person = (id: string) => ({ kind: 'person', person: id, via: 'slack' })
const drafted = (more: object = {}) => ({
  draftedAt: START,
  publishedAt: null,
  waived: null,
  naggedAt: null,
  nags: 0,
  owner: null,
  ...more,
})
const incident = (more: object = {}) =>
  ({
    id: 'INC-1',
    severity: 'SEV1',
    duties: {},
    closedBy: null,
    acked: null,
    declaredBy: person('diego'),
    postmortem: drafted(),
    ...more,
  }) as unknown as Incident

type Given = {
  event?: object
  before?: Incident
  after?: Incident
  actor?: object
  now?: number
  yaml?: string
}
function effects({
  event = { type: 'note_added' },
  before = incident(),
  after = before,
  actor = { kind: 'timer' },
  now = START,
  yaml = '',
}: Given) {
  const happened = [{ seq: 7, at: now, actor, event }]
  const world = worldOf(config(`${TEAM}${yaml}`))
  const all = postmortemReactions.flatMap(react =>
    react({ world, before, after, now, happened } as unknown as Parameters<typeof react>[0]),
  )
  return all.map(each => {
    if ('disarm' in each) return `- ${each.disarm.kind}`
    const { kind, ...more } = each.arm as { kind: string; chat?: string; person?: string | null; to?: string }
    const what = more.to ?? (more.chat === undefined ? '' : `${more.chat} ${more.person ?? 'team'}`)
    return `${kind} ${what} ${new Date(each.at).toISOString().slice(5, 16)}`.replace('  ', ' ')
  })
}

const FIRST = 'unfinished 11-30T09:00'
test.each<readonly [string, Given, readonly string[]]>([
  ['begun', { before: incident({ postmortem: null }), after: incident() }, [FIRST]],
  [
    'begun of a SEV2',
    { before: incident({ postmortem: null }), after: incident({ severity: 'SEV2' }) },
    ['unfinished 12-07T09:00'],
  ],
  ['begun of a SEV3', { before: incident({ postmortem: null }), after: incident({ severity: 'SEV3' }) }, []],
  ['of which the severity fell', { after: incident({ severity: 'SEV2' }) }, ['unfinished 12-07T09:00']],
  ['of which the severity fell further', { after: incident({ severity: 'SEV3' }) }, ['- unfinished']],
  [
    'asked for',
    { after: incident({ postmortem: drafted({ naggedAt: START + 6 * DAY }) }) },
    ['unfinished 12-01T09:00'],
  ],
  ['published', { after: incident({ postmortem: drafted({ publishedAt: START }) }) }, ['- unfinished']],
  ['waived', { after: incident({ postmortem: drafted({ waived: {} }) }) }, ['- unfinished']],
  ['written to', { after: incident({ postmortem: drafted({ edits: 1 }) }) }, []],
  ['of which nothing changed', {}, []],
])('when it is %s, it is asked for: %j', (_, given, expected) => {
  expect(effects(given)).toEqual(expected)
})

const GIVEN = { type: 'postmortem_given', to: 'ben' }
const nagged = (who?: string | null) => ({
  type: 'postmortem_nagged',
  nags: 1,
  ...(who === undefined ? {} : { person: who }),
})
const TWICE = { before: incident({ postmortem: drafted({ nags: 2 }) }) }
const NOBODYS = { before: incident({ declaredBy: { kind: 'timer' } }) }
const MORNING = '11-24T09:00'
test.each<readonly [string, Given, readonly string[]]>([
  ['somebody is given it', { event: GIVEN, actor: person('aiko') }, ['owed slack ben 11-24T03:00']],
  ['somebody takes it themselves', { event: GIVEN, actor: person('ben') }, []],
  ['a timer gives it', { event: GIVEN }, ['owed slack ben 11-24T03:00']],
  ['somebody without a chat is given it', { event: { ...GIVEN, to: 'gone' } }, []],
  ['its owner is asked', { event: nagged('diego') }, [`owed slack diego ${MORNING}`]],
  [
    'it is asked for again',
    { event: nagged('diego'), ...TWICE },
    [`owed slack diego ${MORNING}`, `owed slack team ${MORNING}`, `owed discord team ${MORNING}`],
  ],
  [
    'nobody is to finish it',
    { event: nagged(null), ...NOBODYS },
    [`owed slack team ${MORNING}`, `owed discord team ${MORNING}`],
  ],
  [
    'an older Tocsin asked for it',
    { event: nagged(), ...NOBODYS },
    [`owed slack team ${MORNING}`, `owed discord team ${MORNING}`],
  ],
  [
    'it is asked for in working hours',
    { event: nagged('diego'), now: START + 8 * 60 * 60_000 },
    ['owed slack diego 11-24T11:00'],
  ],
  ['something else happens', {}, []],
])('when %s, these are told: %j', (_, given, expected) => {
  expect(effects(given)).toEqual(expected)
})

const BOTH =
  '\npostmortem: { export: { git: { path: /srv/a.git }, github: { repo: acme/x, token_file: t } } }'
test.each([
  ['published', 'postmortem_published', BOTH, ['export git 11-24T03:00', 'export github 11-24T03:00']],
  [
    'asked for',
    'export_asked',
    '\npostmortem: { export: { git: { path: /srv/a.git } } }',
    ['export git 11-24T03:00'],
  ],
  ['exported', 'export_done', BOTH, []],
  ['published without a place', 'postmortem_published', '', []],
])('an edition that is %s goes to: %j', (_, type, yaml, expected) => {
  expect(effects({ event: { type }, yaml })).toEqual(expected)
})

test('whoever writes the root cause reads that it begins with a name', () => {
  expect(hintFor('root_cause')).toBe(
    'Begin with a name, as in "Capacity: the pool was too small": causes are counted by it.',
  )
  expect(hintFor('impact')).toBeUndefined()
})
