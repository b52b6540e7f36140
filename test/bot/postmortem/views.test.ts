/** A post-mortem as a chat shows it, word for word: how it stands, what can be done about it, and for whom it waits. */
import { expect, test } from 'vitest'
import type { Message } from '../../../bot/message.ts'
import type { Postmortem, PostmortemState } from '../../../bot/postmortem/document.ts'
import type { Remembered } from '../../../bot/postmortem/load.ts'
import { publicationView } from '../../../bot/postmortem/publication.ts'
import { markdown, statusText } from '../../../bot/postmortem/render.ts'
import { givenView, overview, owedView, type Seen } from '../../../bot/postmortem/view.ts'
import { textOf } from '../../support/story.ts'
import { config } from '../../support/team.ts'
import { MINUTE, START, worldOf } from '../incidents/any.ts'

const BLANK = '_to be filled in_'
const STATE = {
  draftedAt: START,
  written: {},
  writers: [],
  reviewers: [],
  publishedAt: null,
  publishedBy: null,
  edition: 0,
  changed: false,
  owner: null,
  waived: null,
} as unknown as PostmortemState
const NONE = { detectMs: null, acknowledgeMs: null, mitigateMs: null, resolveMs: null }
const FIGURES = {
  severity: 'SEV1',
  detectMs: 0,
  acknowledgeMs: MINUTE,
  mitigateMs: null,
  resolveMs: 30 * MINUTE,
  targets: { ...NONE, acknowledgeMs: 5 * MINUTE, mitigateMs: 9 * MINUTE },
  pages: 2,
  unanswered: 0,
  undelivered: 0,
  handOvers: 0,
}
const section = (id: string, text = BLANK, authors: readonly string[] = []) => ({
  id,
  title: id.toUpperCase(),
  text,
  authors,
  revision: 0,
})
const FULL = [section('impact', 'much'), section('cause', 'the pool')]

type More = {
  readonly state?: Partial<PostmortemState> | null
  readonly sections?: readonly object[]
  readonly severity?: string
  readonly url?: string | null
  readonly declaredBy?: object
  readonly id?: string
}
const seen = ({ state = {}, sections = [], severity = 'SEV1', url = null, declaredBy, id }: More = {}) =>
  ({
    world: worldOf(config()),
    incident: {
      id: id ?? 'INC-7',
      title: 'Checkout is down',
      severity,
      declaredAt: START - MINUTE,
      declaredBy: declaredBy ?? { kind: 'person', person: 'diego', via: 'slack' },
      duties: {},
      closedBy: null,
      acked: null,
      postmortem: state && { ...STATE, ...state },
    },
    postmortem: { status: 'draft', figures: FIGURES, sections } as unknown as Postmortem,
    url,
  }) as unknown as Seen

const lines = (message: Message) =>
  textOf(message)
    .replace(/\b1[78]\d{11}\b/g, at => new Date(Number(at)).toISOString().slice(5, 16))
    .split(' | ')
/** What its buttons and its menu would run. */
const commands = ({ blocks }: Message) =>
  blocks.flatMap(block =>
    block.kind === 'buttons'
      ? block.buttons.map(({ label, command, style }) => `${label}: ${command}${style ? ` (${style})` : ''}`)
      : block.kind === 'select'
        ? block.choices.map(({ label, command }) => `> ${label}: ${command}`)
        : [],
  )

const RUN = '/incident postmortem INC-7'
const ADD = 'Add action item: /action add --incident INC-7'
const PUBLISH = `Publish: ${RUN} --publish (primary)`
const READ = `I have read it: ${RUN} --review`
const BLANKS = [section('impact'), section('cause'), section('lessons')]
const OUT = { publishedAt: START, publishedBy: 'ben' }
test.each([
  ['not begun', { state: null, sections: FULL }, 'Not begun.', [READ, PUBLISH]],
  [
    'with blanks',
    { sections: [...BLANKS, section('impact', 'much')] },
    'Draft. To be filled in: IMPACT, CAUSE, LESSONS.',
    [`Write IMPACT: ${RUN} --section impact`, `Write CAUSE: ${RUN} --section cause`],
  ],
  ['written', { sections: FULL }, 'Written, and waits for somebody else to read it.', [READ]],
  [
    'written of a SEV2',
    { sections: FULL, severity: 'SEV2' },
    'Written, and ready to be published.',
    [READ, PUBLISH],
  ],
  [
    'reviewed',
    { sections: FULL, state: { reviewers: ['aiko'] } },
    'Reviewed, and ready to be published.',
    [READ, PUBLISH],
  ],
  ['published', { sections: BLANKS, state: OUT }, 'Published by ben 11-24T03:00', []],
  ['published by nobody who is known', { state: { publishedAt: START } }, 'Published 11-24T03:00', []],
  [
    'written to since',
    { sections: FULL, state: { ...OUT, changed: true, reviewers: ['aiko'] } },
    'Published by ben 11-24T03:00. It was written to since then; publish it again to send that out.',
    [READ, PUBLISH],
  ],
  [
    'waived',
    { sections: BLANKS, state: { waived: { by: 'ben', why: 'A false alarm' } } },
    'There will be none: A false alarm',
    [`Begin it after all: ${RUN} --begin (primary)`],
  ],
] as const)('a post-mortem that is %s', (_, more: More, standing, next) => {
  const view = overview(seen(more))
  expect(lines(view)[1]).toBe(standing)
  const menu = (more.sections ?? []).map(each => {
    const { id, title } = each as { id: string; title: string }
    return `> ${title}: ${RUN} --section ${id}`
  })
  expect(commands(view)).toEqual([...next, ADD, ...(standing.startsWith('There') ? [] : menu)])
})

test('the whole view has the title, the figures, the page, the menu, and who had to do with it', () => {
  const sections = [section('impact', 'much', ['ben', 'aiko']), section('cause', 'x', ['ben'])]
  const view = overview(
    seen({ sections, url: 'https://t.example/7', state: { reviewers: ['chika', 'ben'] } }),
  )
  expect([view.summary, view.tone]).toEqual(['Post-mortem of INC-7: reviewed.', 'calm'])
  expect(lines(view)).toEqual([
    'Post-mortem of INC-7: Checkout is down',
    'Reviewed, and ready to be published.',
    'Severity: SEV1 Time to detect: 0 s Time to acknowledge: 1 min (target 5 min) Time to mitigate: not known (target 9 min) Time to resolve: 30 min Pages: 2',
    'https://t.example/7 to read, write and compare.',
    '[I have read it] [Publish] [Add action item]',
    '[Write a section]',
    'To be finished by: diego. Written by: ben, aiko. Read by: chika, ben. ',
  ])
  expect(view.blocks[3]).toEqual({
    kind: 'text',
    lines: [[{ link: 'https://t.example/7', text: 'Open it as a page' }, ' to read, write and compare.']],
  })
  const alert = { kind: 'alert', integration: 'prom' }
  expect(lines(overview(seen({ declaredBy: alert, state: null }))).at(-1)).toBe(
    'Nobody has written anything yet.',
  )
})

test('a menu has 25 sections at the most, and a long name of one is cut on its button', () => {
  const many = Array.from({ length: 26 }, (_, index) => section(`s${index}`))
  expect(commands(overview(seen({ sections: many }))).filter(each => each.startsWith('>'))).toHaveLength(25)
  const [first] = commands(overview(seen({ sections: [section('x'.repeat(50))] })))
  expect(first).toContain(`Write ${'X'.repeat(34)}: `)
})

const HINT = (id: string) =>
  `Somebody else should finish it: /incident postmortem ${id} --owner @person. None is needed: --waive, and why.`
test('one that waits for a person is shown with what is to be done next', () => {
  const view = owedView([seen({ sections: FULL, severity: 'SEV2' })], 'person', 0)
  expect([view.summary, view.tone]).toEqual(['A post-mortem waits to be finished.', 'calm'])
  expect(lines(view)).toEqual([
    'A post-mortem waits to be finished.',
    'SEV2 INC-7 Checkout is down · drafted 11-24T03:00 · Written, and ready to be published.',
    '[I have read it] [Publish] [Show it]',
    HINT('INC-7'),
  ])
  expect(commands(view).at(-1)).toBe(`Show it: ${RUN}`)
})

test('several that wait for the team have a button each, five at the most, and those beyond are counted', () => {
  const all = [1, 2, 3, 4, 5, 6].map(number => seen({ id: `INC-${number}`, sections: FULL }))
  const view = owedView(all, 'team', 3)
  expect(view.summary).toBe('9 post-mortems wait to be finished.')
  const [head, list, ...rest] = lines(view)
  expect([head, ...rest]).toEqual([
    '9 post-mortems wait to be finished.',
    'and 3 more',
    '[INC-1] [INC-2] [INC-3] [INC-4] [INC-5]',
    HINT('INC-42'),
  ])
  const told =
    'Checkout is down · diego · drafted 11-24T03:00 · Written, and waits for somebody else to read it.'
  expect(list?.split('; ')).toEqual([1, 2, 3, 4, 5, 6].map(number => `SEV1 INC-${number} ${told}`))
  expect(commands(view)[1]).toBe('INC-2: /incident postmortem INC-2')
  expect(owedView(all.slice(0, 1), 'team', 1).summary).toBe('2 post-mortems wait to be finished.')
})

test('the team reads whom it waits for as a mention, and nobody where nobody is to finish it', () => {
  const lineOf = (one: Seen, to: 'person' | 'team') => {
    const [, list] = owedView([one], to, 0).blocks
    return list?.kind === 'list' ? list.items[0] : []
  }
  expect(lineOf(seen({ state: null }), 'team')).toEqual([
    { bold: 'SEV1 INC-7' },
    ' Checkout is down · ',
    { mention: 'diego' },
    ' · ',
    'drafted ',
    { time: START - MINUTE, as: 'at' },
    ' · ',
    'Not begun.',
  ])
  const nobodys = seen({ declaredBy: { kind: 'timer' } })
  expect(lineOf(nobodys, 'team')).toEqual(lineOf(nobodys, 'person'))
})

test('whoever is given one reads by whom, how it stands, and what to do', () => {
  const view = givenView(seen({ sections: FULL, url: 'https://t.example/7' }), [{ person: 'ben' }])
  expect([view.summary, view.tone]).toEqual(['You are to finish the post-mortem of INC-7.', 'calm'])
  expect(lines(view)).toEqual([
    'ben asks you to finish the post-mortem of INC-7: Checkout is down',
    'Written, and waits for somebody else to read it.',
    'https://t.example/7 to read, write and compare.',
    '[I have read it]',
  ])
})

const published = (edition: number, sections: readonly object[] | undefined, more: object = {}) =>
  ({
    ...seen({ state: { ...OUT, edition } }),
    edition: sections && { sections },
    ...more,
  }) as unknown as Seen & Remembered

test('everybody reads of a publication how long it lasted, the cause, how many items, and where to read it', () => {
  const items = section('action_items', '- ACT-1 Test it\n  - by hand\n- ACT-2 Mend it')
  const cause = section(
    'root_cause',
    '## Capacity: the [pool](https://x) was `too` **small** 3\\*4\n\nMore of it',
  )
  const view = publicationView(published(1, [cause, items]), 'room')
  expect([view.summary, view.tone]).toEqual([
    'The post-mortem of INC-7 is published: Checkout is down',
    'calm',
  ])
  expect(lines(view)).toEqual([
    'Post-mortem of INC-7: Checkout is down · ben published it',
    'Lasted: 30 min Root cause: Capacity: the pool was too small 3*4 Action items: 2',
    `To read it: ${RUN}`,
  ])
  const again = publicationView(published(2, [], { url: 'https://t.example/7' }), 'team')
  expect(again.summary).toBe('The post-mortem of INC-7 is published anew: Checkout is down')
  expect(lines(again)).toEqual([
    'Post-mortem of INC-7: Checkout is down · ben published it anew, with changes',
    'Lasted: 30 min',
    'https://t.example/7',
    'INC-7',
  ])
  const figures = { ...FIGURES, resolveMs: null }
  expect(lines(publicationView(published(1, undefined, { postmortem: { figures } }), 'room'))[1]).toBe('')
})

test.each([
  ['x'.repeat(200), 'x'.repeat(200)],
  ['x'.repeat(201), `${'x'.repeat(199)}…`],
  ['- one\n- two\n2. three\n> four', 'one two three four'],
  ['\n\n  First   line\n \nSecond', 'First line'],
])('of a cause %j everybody reads %j', (text, gist) => {
  const view = publicationView(published(1, [section('root_cause', text)]), 'room')
  expect(lines(view)[1]).toBe(`Lasted: 30 min Root cause: ${gist}`)
})

test('as Markdown it has its status, a table of the figures, and each section under its heading', () => {
  const figures = { ...FIGURES, unanswered: 1, undelivered: 2, handOvers: 3, detectMs: 4 * MINUTE }
  const one = { incident: 'INC-7', title: '*Down*', status: 'draft', changed: false, figures }
  const sections = [{ ...section('a'), title: 'So <b>', text: '**as written**' }]
  expect(markdown({ ...one, sections } as unknown as Postmortem).split('\n')).toEqual([
    '# Post-mortem of INC-7: \\*Down\\*',
    '',
    'Status: draft',
    '',
    '| | |',
    '| --- | --- |',
    '| Severity | SEV1 |',
    '| Time to detect | 4 min |',
    '| Time to acknowledge | 1 min (target 5 min) |',
    '| Time to mitigate | not known (target 9 min) |',
    '| Time to resolve | 30 min |',
    '| Pages | 2, 1 missed, 2 not delivered |',
    '| Hand-overs | 3 |',
    '',
    '## So \\<b>',
    '',
    '**as written**',
    '',
  ])
  expect([
    statusText('published', true),
    statusText('waived', false),
    statusText('published', false),
  ]).toEqual(['published, and written to since then', 'there will be none', 'published'])
})
