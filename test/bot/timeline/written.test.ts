/** A timeline as it is written elsewhere: plain text, Markdown that stays text, and its days in the team's zone. */
import { expect, test } from 'vitest'
import type { Block, Inline } from '../../../bot/message.ts'
import { daysOf, timeOfDay } from '../../../bot/timeline/days.ts'
import type { Entry } from '../../../bot/timeline/entries.ts'
import { timelineMarkdown } from '../../../bot/timeline/markdown.ts'
import { clockTime, plain, plainMessage } from '../../../bot/timeline/plain.ts'
import { config, TEAM } from '../../support/team.ts'
import { START, worldOf } from '../incidents/any.ts'

const tokyo = () => worldOf(config(TEAM.replace('Etc/UTC', 'Asia/Tokyo')))
const HOUR = 3_600_000
const entry = (id: string, at: number, more: Partial<Entry> = {}): Entry => ({
  ...{ id, at, learntAt: at, source: 'chat', who: null, addedBy: null, text: `note ${id}` },
  ...{ impact: null, link: null, hidden: false, before: [] },
  ...more,
})
const TITLED = { id: 'INC-42', title: 'It *is* down', severity: 'SEV1', status: 'closed' }

test('a timeline is told by the days of the team, each with its name', () => {
  const [first, second, third] = [
    entry('e1', START),
    entry('e2', START + 11 * HOUR),
    entry('e3', START + 12 * HOUR),
  ]
  expect(daysOf(tokyo(), [first, second, third])).toEqual([
    { title: 'Tuesday, 24 November 2026', entries: [first, second] },
    { title: 'Wednesday, 25 November 2026', entries: [third] },
  ])
  expect(daysOf(tokyo(), [])).toEqual([])
  expect(timeOfDay(tokyo(), START + 5 * 60_000 + 7000)).toBe('12:05:07')
})

test('as Markdown it has its days, and says what is not in it', () => {
  const entries = [
    entry('e1', START, { impact: 'worse', source: 'alert', link: 'https://x.example.com/a b<c>' }),
    entry('e2', START + 1000, { hidden: true }),
    entry('e3', START + 13 * HOUR),
  ]
  expect(timelineMarkdown(tokyo(), TITLED, entries)).toBe(
    [
      '# Timeline of INC-42: It \\*is\\* down',
      '',
      'SEV1, closed. Times in Asia/Tokyo. Hidden entries that are not here: 1.',
      '',
      '## Tuesday, 24 November 2026',
      '',
      '- `12:00:00` alert `e1` **worse** note e1 <https://x.example.com/a%20b%3Cc%3E>',
      '',
      '## Wednesday, 25 November 2026',
      '',
      '- `01:00:00` chat `e3` note e3',
      '',
    ].join('\n'),
  )
  expect(timelineMarkdown(tokyo(), TITLED, []).split('\n').slice(2)).toEqual([
    'SEV1, closed. Times in Asia/Tokyo.',
    '',
  ])
})

test('what people wrote stays text: no mark of Markdown or HTML means anything (S8)', () => {
  const text = '`a` *b* _c_ {d} [e](f) <g> #h +i !j |k ~l &m \\n\n  o'
  expect(timelineMarkdown(tokyo(), TITLED, [entry('e1', START, { text })])).toContain(
    '`e1` \\`a\\` \\*b\\* \\_c\\_ \\{d\\} \\[e\\]\\(f\\) \\<g\\> \\#h \\+i \\!j \\|k \\~l \\&m \\\\n o\n',
  )
})

test.each([
  ['as it is', 'as it is'],
  ['bold', { bold: 'bold' }],
  ['code', { code: 'code' }],
  ['Ben Okafor', { person: 'ben' }],
  ['Ben Okafor', { mention: 'ben' }],
  ['zoe', { mention: 'zoe' }],
  ['2026-11-24 12:00 GMT+9', { time: START, as: 'at' }],
  ['2026-11-24 12:00 GMT+9', { time: START, as: 'relative' }],
  ['look (https://x.example.com)', { link: 'https://x.example.com', text: 'look' }],
  ['INC-42', { room: 'INC-42' }],
] as const satisfies readonly (readonly [string, Inline])[])(
  'in plain text it reads "%s": %j',
  (said, part) => {
    expect(plain(tokyo(), ['(', part, ')'])).toBe(`(${said})`)
  },
)

test('a time is given in the team’s zone', () => {
  expect(clockTime(worldOf(config()), START)).toBe('2026-11-24 03:00 UTC')
})

test('a message for ways that know neither people nor incidents has nothing to look up in it', () => {
  const line: readonly Inline[] = ['by ', { person: 'ben' }]
  const said = [['by Ben Okafor']]
  const kept: readonly Block[] = [
    { kind: 'heading', text: 'x' },
    { kind: 'quote', text: 'y' },
    { kind: 'buttons', buttons: [{ label: 'Ack', command: '/incident ack INC-42' }] },
  ]
  const message = {
    summary: 's',
    tone: 'SEV1',
    blocks: [
      ...kept,
      { kind: 'text', lines: [line, ['z']] },
      { kind: 'fields', fields: [{ label: 'Who', value: line }] },
      { kind: 'list', items: [line] },
      { kind: 'note', line },
    ],
  } as const
  expect(plainMessage(tokyo(), message)).toEqual({
    summary: 's',
    tone: 'SEV1',
    blocks: [
      ...kept,
      { kind: 'text', lines: [...said, ['z']] },
      { kind: 'fields', fields: [{ label: 'Who', value: said[0] }] },
      { kind: 'list', items: said },
      { kind: 'note', line: said[0] },
    ],
  })
})
