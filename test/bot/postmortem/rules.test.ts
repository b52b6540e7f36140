/** The rules of a post-mortem, one by one: who may write over what, whose review counts, and when it may be published. */
import { expect, test } from 'vitest'
import type { IncidentCommand } from '../../../bot/incidents/commands.ts'
import type { Actor, IncidentEvent } from '../../../bot/incidents/events.ts'
import { happen } from '../../../bot/incidents/fold.ts'
import type { Incident } from '../../../bot/incidents/state.ts'
import { decidePostmortem, reviewNote } from '../../../bot/postmortem/decide.ts'
import { askedForAt, isAsked, isTold, ownerOf, workingTime } from '../../../bot/postmortem/due.ts'
import { foldPostmortem } from '../../../bot/postmortem/fold.ts'
import { Refusal } from '../../../bot/refusal.ts'
import { config, TEAM } from '../../support/team.ts'
import { DAY, START, worldOf } from '../incidents/any.ts'

const HOUR = 60 * 60_000
const by = (person: string): Actor => ({ kind: 'person', person, via: 'slack' })
const world = worldOf(config(`${TEAM}\npostmortem: { export: { git: { path: /srv/a.git } } }`))
const plain = worldOf(config())
const BLANK = '_to be filled in_'
const SECTIONS = { impact: 'much', root_cause: 'the pool' }

type Command = Parameters<typeof decidePostmortem>[2]

function life(severity = 'SEV1', status = 'closed', where = world) {
  let incident = {
    id: 'INC-1',
    status,
    severity,
    postmortem: null,
    duties: {},
    closedBy: null,
    acked: null,
    declaredBy: by('diego'),
  } as unknown as Incident
  const codes: string[] = []
  const ask = (command: object, who = 'ben', at = START): readonly IncidentEvent[] | string => {
    const asked = { world: where, actor: by(who), now: at }
    const decided = decidePostmortem(asked, incident, command as Command)
    if (decided instanceof Refusal) {
      codes.push(decided.code)
      return decided.message
    }
    for (const { event } of happen(0, decided, at, asked.actor))
      incident =
        event.type === 'status_changed'
          ? { ...incident, status: event.to }
          : { ...incident, postmortem: foldPostmortem(incident.postmortem, event as never, at) }
    return decided
  }
  const write = (text: string, who = 'ben', from: number | null = null, section = 'impact') =>
    ask({ do: 'write_section', section, text, from }, who)
  const types = (result: readonly IncidentEvent[] | string) =>
    typeof result === 'string' ? result : result.map(({ type }) => type).join()
  return {
    ask,
    write,
    types,
    review: (who: string, seen: number | null = null) => ask({ do: 'review_postmortem', seen }, who),
    publish: (sections: Readonly<Record<string, string>> = SECTIONS) =>
      ask({ do: 'publish_postmortem', sections }),
    incident: () => incident,
    codes: () => codes,
    become: (more: object) => {
      incident = { ...incident, ...more }
    },
  }
}
const DRAFT = { do: 'draft_postmortem' } satisfies IncidentCommand
const begun = (...args: Parameters<typeof life>) => {
  const one = life(...args)
  one.ask(DRAFT)
  return one
}

test('it is drafted once, after the incident, with the template of that day', () => {
  const one = life('SEV1', 'mitigated')
  expect(one.ask(DRAFT)).toBe('INC-1 is mitigated. When it is over: /incident close INC-1.')
  expect(one.ask({ do: 'review_postmortem', seen: null })).toBe(
    'INC-1 has no post-mortem yet. Begin one: /incident postmortem INC-1',
  )
  one.become({ status: 'closed' })
  expect(one.ask(DRAFT)).toEqual([{ type: 'postmortem_drafted', template: world.config.postmortem.template }])
  expect(one.ask(DRAFT)).toEqual([])
})

test('what somebody else wrote meanwhile is not written over, unless one says that one saw it', () => {
  const { write } = begun()
  expect(write(' first ', 'ben', 0)).toEqual([
    { type: 'section_written', section: 'impact', text: 'first', by: 'ben' },
  ])
  expect(write('second', 'aiko', 0)).toBe(
    'Ben Okafor changed "Impact" meanwhile, so yours was not put over it. Look at it, then send yours again.',
  )
  expect(write('first', 'aiko', 0)).toEqual([])
  expect(write('second', 'aiko', 1)).toHaveLength(1)
  expect(write('third', 'chika', 2)).toHaveLength(1)
  expect(write('fourth', 'chika')).toHaveLength(1)
  expect(write('  ', 'chika', null, 'root_cause')).toEqual([])
})

test('a section has a bound, and a name that is known', () => {
  const { write } = begun()
  expect(write('a'.repeat(100_000))).toHaveLength(1)
  expect(write('a'.repeat(100_001))).toBe('The section has 100001 characters; 100000 is the most.')
  expect(write('x', 'ben', null, 'impct')).toBe(
    '"impct" is no section of this post-mortem. Did you mean impact?',
  )
  expect(write('x', 'ben', null, 'zzzzzz')).toBe(
    '"zzzzzz" is no section of this post-mortem. Sections: summary, impact, timeline, root_cause, contributing, went_well, went_wrong, action_items, lessons.',
  )
})

test('a review counts once, for the text that was read, and a word that is written undoes it', () => {
  const { write, review, incident } = begun()
  write('first')
  expect(review('aiko', 0)).toBe(
    'It was written to while you read it, so your review was not counted. Look at what changed, then say so again.',
  )
  expect(review('aiko', 1)).toEqual([{ type: 'postmortem_reviewed', by: 'aiko' }])
  expect(review('aiko', 1)).toEqual([])
  expect(review('chika')).toHaveLength(1)
  expect(incident().postmortem).toMatchObject({ reviewers: ['aiko', 'chika'], writers: ['ben'], edits: 1 })
  write('second', 'diego')
  write('third', 'diego')
  expect(incident().postmortem).toMatchObject({ reviewers: [], writers: ['ben', 'diego'], edits: 3 })
})

test('a SEV1 is published when somebody who wrote nothing has read it, or two have', () => {
  const { write, review, publish, types } = begun()
  write('all of it')
  expect(publish({ impact: BLANK, root_cause: `so ${BLANK}` })).toBe(
    'Still to be filled in: Root cause. Like this: /incident postmortem INC-1 --section root_cause What is to be said about it',
  )
  expect(publish()).toBe(
    'A SEV1 is reviewed before it is published. By somebody who wrote nothing of it: /incident postmortem INC-1 --review',
  )
  review('ben')
  expect(publish()).toBe(
    'Only somebody who wrote it has reviewed it. Have somebody else read it: /incident postmortem INC-1 --review',
  )
  review('aiko')
  expect(types(publish())).toBe('postmortem_published,status_changed')
})

test('what was written is what is published, and what nobody wrote is as the facts give it', () => {
  const { write, publish } = begun('SEV3')
  write('by hand')
  const [published] = publish({ impact: 'by facts', root_cause: 'the pool' }) as readonly IncidentEvent[]
  expect(published).toMatchObject({
    type: 'postmortem_published',
    by: 'ben',
    sections: { impact: 'by hand', root_cause: 'the pool', timeline: '' },
  })
})

test.each([
  ['SEV1', 'closed', true],
  ['SEV2', 'closed', true],
  ['SEV3', 'closed', false],
  ['SEV2', 'resolved', false],
  ['SEV2', 'postmortem', false],
])('published at %s while it is %s: that it then becomes "postmortem" is %s', (severity, status, moves) => {
  const { review, publish, types, become } = begun(severity)
  review('aiko')
  become({ status })
  expect(types(publish())).toBe(moves ? 'postmortem_published,status_changed' : 'postmortem_published')
})

test('published again is nothing, written again is another edition, and each is exported', () => {
  const { write, review, publish, types, ask, incident } = begun('SEV3')
  expect(ask({ do: 'export_postmortem' })).toBe(
    'The post-mortem of INC-1 is not published yet. Then it is exported by itself: /incident postmortem INC-1 --publish',
  )
  publish()
  expect(publish()).toEqual([])
  expect(review('aiko')).toBe(
    'It is published, and nothing was written to it since. Write what is missing: then it is reviewed and published anew.',
  )
  expect(ask({ do: 'waive_postmortem', why: 'x' })).toBe(
    'The post-mortem of INC-1 is published. It stays where it is.',
  )
  expect(ask({ do: 'export_postmortem' })).toEqual([{ type: 'export_asked' }])
  write('more')
  expect(incident().postmortem).toMatchObject({ changed: true, edition: 1, publishedBy: 'ben' })
  expect(types(review('aiko'))).toBe('postmortem_reviewed')
  expect(types(publish())).toBe('postmortem_published')
  expect(incident().postmortem).toMatchObject({ changed: false, edition: 2, writers: [] })
  const bare = begun('SEV3', 'closed', plain)
  bare.publish()
  expect(bare.ask({ do: 'export_postmortem' })).toBe(
    'The configuration names no place to export to. Name one under `postmortem.export`: git, or github.',
  )
})

test('what became of an export is kept, of each place its own', () => {
  const { ask, incident } = begun()
  ask({ do: 'export_done', to: 'git', edition: 1, ref: 'abc' })
  ask({ do: 'export_failed', to: 'github', why: 'no access', final: true })
  ask({ do: 'export_failed', to: 'git', why: 'it is down', final: false })
  expect(incident().postmortem?.exports).toEqual({
    git: { edition: 1, ref: 'abc', why: 'it is down' },
    github: { edition: 0, ref: null, why: 'no access' },
  })
})

test('it is waived once, for a reason, and begun again', () => {
  const { ask, incident } = begun()
  expect(ask({ do: 'waive_postmortem', why: '  ' })).toBe(
    'Why does INC-1 need no post-mortem? Like this: /incident postmortem INC-1 --waive It was a false alarm',
  )
  expect(ask({ do: 'waive_postmortem', why: ` ${'a'.repeat(600)}` })).toEqual([
    { type: 'postmortem_waived', by: 'ben', why: 'a'.repeat(500) },
  ])
  expect(ask({ do: 'waive_postmortem', why: 'again' })).toEqual([])
  expect(ask({ do: 'postmortem_due' })).toEqual([])
  expect(ask(DRAFT, 'ben', START + DAY)).toEqual([{ type: 'postmortem_resumed' }])
  expect(incident().postmortem).toMatchObject({
    waived: null,
    draftedAt: START + DAY,
    nags: 0,
    naggedAt: null,
  })
})

test('who is to finish it: whom it was given to, the commander, who closed it, who had it, who declared it', () => {
  const { ask, incident, become } = begun()
  const owner = () => ownerOf(world, incident())
  expect(owner()).toBe('diego')
  become({ acked: { by: 'chika', at: START, afterMs: 0 } })
  expect(owner()).toBe('chika')
  become({ closedBy: 'ben' })
  expect(owner()).toBe('ben')
  become({ duties: { commander: 'aiko' } })
  expect(owner()).toBe('aiko')
  expect(ask({ do: 'give_postmortem', to: 'aiko' })).toEqual([])
  expect(ask({ do: 'give_postmortem', to: 'ben' })).toEqual([{ type: 'postmortem_given', to: 'ben' }])
  expect(owner()).toBe('ben')
  become({ postmortem: { ...incident().postmortem, owner: 'gone' }, duties: {}, closedBy: 'gone' })
  expect(owner()).toBe('chika')
  become({ acked: null, declaredBy: { kind: 'alert', integration: 'prom' } })
  expect(owner()).toBeNull()
})

test('a draft is asked for after five working days, a SEV2 after ten, then every second one', () => {
  const asked = (severity: string) => askedForAt(world, begun(severity).incident())
  const day = (at: number | undefined) => at && new Date(at).toISOString().slice(0, 16)
  // Drafted on a Tuesday before nine.
  expect(day(asked('SEV1'))).toBe('2026-11-30T09:00')
  expect(day(asked('SEV2'))).toBe('2026-12-07T09:00')
  expect([asked('SEV3'), asked('SEV4')]).toEqual([undefined, undefined])
  const { ask, incident, become } = begun()
  expect(ask({ do: 'postmortem_due' }, 'ben', START + 6 * DAY + 6 * HOUR)).toEqual([
    { type: 'postmortem_nagged', nags: 1, person: 'diego' },
  ])
  expect(day(askedForAt(world, incident()))).toBe('2026-12-02T09:00')
  become({ postmortem: null })
  expect(askedForAt(world, incident())).toBeUndefined()
})

test('the team hears of it from the second time on, or when nobody can be told', () => {
  const { ask, incident, become } = begun()
  const told = (who: string) => isTold(world, incident(), who)
  expect([told('diego'), told('ben'), told('team')]).toEqual([true, false, false])
  ask({ do: 'postmortem_due' })
  expect(told('team')).toBe(false)
  ask({ do: 'postmortem_due' })
  expect(told('team')).toBe(true)
  become({ declaredBy: { kind: 'alert', integration: 'prom' } })
  expect([told('diego'), told('team')]).toEqual([false, true])
})

test('of one morning is what is due or was asked for within half a day', () => {
  const { ask, incident } = begun()
  const monday = Date.parse('2026-11-30T09:00:00Z')
  const asked = (at: number, who = 'diego') => isAsked(world, incident(), who, at)
  expect([asked(monday - 1), asked(monday), asked(monday, 'ben')]).toEqual([false, true, false])
  ask({ do: 'postmortem_due' }, 'ben', monday)
  expect([asked(monday + 12 * HOUR - 1), asked(monday + 12 * HOUR)]).toEqual([true, false])
})

test("a nag waits for working hours on its reader's own clock", () => {
  const tokyo = worldOf(
    config(TEAM.replace('{ name: Ben Okafor,', '{ name: Ben Okafor, timezone: Asia/Tokyo,')),
  )
  const at = (text: string, who: string) =>
    new Date(workingTime(tokyo, who, Date.parse(`2026-11-${text}:00Z`))).toISOString().slice(8, 16)
  expect(at('24T03:00', 'team')).toBe('24T09:00')
  expect(at('24T03:00', 'ben')).toBe('24T03:00')
  expect(at('24T10:00', 'ben')).toBe('25T00:00')
  expect(at('24T10:00', 'team')).toBe('24T10:00')
  expect(at('28T10:00', 'gone')).toBe('30T09:00')
})

test('whoever wrote a part and reviews it is told what that is worth', () => {
  const state = (writers: readonly string[], reviewers: readonly string[]) =>
    ({ writers, reviewers }) as unknown as Parameters<typeof reviewNote>[0]
  const said = 'You wrote a part of it: somebody else has to read it too before a SEV1 is published.'
  expect(reviewNote(state(['ben'], ['ben']), 'ben')).toBe(said)
  expect(reviewNote(state(['ben'], ['ben', 'aiko']), 'ben')).toBeUndefined()
  expect(reviewNote(state(['aiko'], ['ben']), 'ben')).toBeUndefined()
})

test('every no has a code that a program reads', () => {
  const one = life('SEV1', 'mitigated', plain)
  const { ask, write, review, publish, become, codes } = one
  review('ben')
  ask(DRAFT)
  become({ drill: true })
  expect(ask(DRAFT)).toBe("A drill has no post-mortem. How it went is in the team's channel.")
  become({ drill: false, status: 'closed' })
  ask(DRAFT)
  write('x', 'ben', null, 'nowhere')
  write('x')
  write('y', 'aiko', 0)
  write('a'.repeat(100_001))
  review('aiko', 0)
  publish({ root_cause: BLANK })
  publish()
  review('ben')
  publish()
  ask({ do: 'waive_postmortem', why: '' })
  ask({ do: 'export_postmortem' })
  review('aiko')
  publish()
  ask({ do: 'export_postmortem' })
  ask({ do: 'waive_postmortem', why: 'x' })
  review('chika')
  expect(codes()).toEqual([
    'no_postmortem',
    'open',
    'drill',
    'unknown_section',
    'stale',
    'too_long',
    'stale',
    'blanks',
    'not_reviewed',
    'own_review',
    'no_reason',
    'not_published',
    'no_export',
    'published',
    'published',
  ])
})
