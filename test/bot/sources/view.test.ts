/** An investigation as people read it, word for word. */
import { expect, test } from 'vitest'
import type { Investigation } from '../../../bot/evidence/investigation.ts'
import type { Incident } from '../../../bot/incidents/state.ts'
import type { Standing } from '../../../bot/sources/known.ts'
import { investigationView } from '../../../bot/sources/view.ts'
import { textOf } from '../../support/story.ts'

const AT = Date.parse('2026-11-24T03:00:00Z')
const candidate = (title: string, more: object = {}) => ({
  title,
  score: 0.456,
  reasons: ['it changed', 'it showed'],
  link: 'https://ci/1',
  ...more,
})
const finding = (name: string, link: string | null = null) => ({
  kind: 'anomaly',
  service: 'web',
  name,
  direction: 'up',
  peak: 9,
  usual: 1,
  at: AT,
  until: null,
  link,
})
const standing = (source: string, more: Partial<Standing> = {}): Standing => ({
  source,
  at: AT,
  found: 0,
  missing: [],
  failed: null,
  ...more,
})
const view = (more: object = {}, standings: readonly Standing[] = []) =>
  investigationView(
    { id: 'INC-7' } as Incident,
    {
      candidates: [],
      findings: [],
      innocent: [],
      firstSign: { at: AT, what: 'it was declared', link: null },
      ...more,
    } as unknown as Investigation,
    standings,
  )
const lines = (...args: Parameters<typeof view>) =>
  textOf(view(...args))
    .replaceAll(String(AT), '03:00')
    .split(' | ')

const TITLE = 'What may have caused INC-7'
const NONE = 'No change to its service, or to what that depends on, is known in the 24 hours before it.'
const SIGN = 'The first sign was at 03:00: it was declared'

test('where nothing is known, that is said', () => {
  const { summary, tone } = view()
  expect([summary, tone]).toEqual(['INC-7: nothing is known that may have caused it.', 'calm'])
  expect(lines()).toEqual([TITLE, NONE, SIGN])
})

test('three candidates, six findings and two that are innocent are told, two in one list, and what else there is', () => {
  const more = {
    candidates: ['a', 'b', 'c', 'd'].map(title => candidate(title)),
    findings: [1, 2, 3, 4, 5, 6, 7, 8].map(each => finding(`m${each}`)),
    innocent: ['x', 'y', 'z'].map(title => candidate(title, { reasons: ['it came', 'after it'] })),
    firstSign: { at: AT, what: 'errors', link: 'https://p' },
  }
  const cause = (title: string) => `46 % ${title}: it changed; it showed https://ci/1`
  const shown = (number: number) => `03:00 web: m${number} up to 9, usually 1`
  expect(view(more).summary).toBe('INC-7: a, it changed')
  expect(lines(more)).toEqual([
    TITLE,
    `${cause('a')}; ${cause('b')}`,
    cause('c'),
    'What showed, in order',
    `${shown(1)}; ${shown(2)}`,
    `${shown(3)}; ${shown(4)}`,
    `${shown(5)}; ${shown(6)}`,
    'and 2 more: /incident timeline INC-7',
    'The first sign was at 03:00: errors https://p',
    'Not its cause: x: it came; after it',
    'Not its cause: y: it came; after it',
  ])
})

test('a link stands behind what it shows, and nothing where there is none', () => {
  const { blocks } = view({
    candidates: [candidate('a', { link: null, reasons: [] })],
    findings: [finding('m', 'https://q')],
  })
  const title = { kind: 'heading', text: TITLE }
  const head = { kind: 'text', lines: [[{ bold: 'What showed, in order' }]] }
  const time = { time: AT, as: 'at' }
  expect(blocks).toEqual([
    title,
    { kind: 'list', items: [[{ bold: '46 %' }, ' a: ']] },
    head,
    {
      kind: 'list',
      items: [[time, ' ', 'web: m up to 9, usually 1', ' ', { link: 'https://q', text: 'look' }]],
    },
    { kind: 'note', line: ['The first sign was at ', time, ': it was declared'] },
  ])
  expect(view({ candidates: [candidate('a', { reasons: [] })] }).summary).toBe('INC-7: a, ')
})

test.each<readonly [string, readonly Standing[], readonly string[]]>([
  ['that found nothing', [standing('prom')], ['Asked: prom (nothing unusual)']],
  [
    'that found nothing in what it has',
    [standing('prom', { missing: ['no metrics of db'] })],
    ['Asked: prom (nothing unusual in what it has)', 'Not said: prom: no metrics of db'],
  ],
  [
    'that found something',
    [standing('prom', { found: 3 }), standing('loki', { found: 1, missing: ['a'] })],
    ['Asked: prom (3), loki (1)', 'Not said: loki: a'],
  ],
  [
    'that fail',
    [
      standing('prom', { failed: 'prom is down', missing: ['x'] }),
      standing('loki', { failed: 'no access', found: 4 }),
    ],
    ['⚠️ prom is down; no access. To ask again: /incident investigate INC-7'],
  ],
  [
    'that say less than they should',
    [standing('prom', { missing: ['a', 'b'] }), standing('loki', { missing: ['c'] })],
    [
      'Asked: prom (nothing unusual in what it has), loki (nothing unusual in what it has)',
      'Not said: prom: a; prom: b; loki: c',
    ],
  ],
  [
    'that say much less than they should',
    [standing('prom', { missing: ['a', 'b', 'c', 'd', 'e'], found: 1 })],
    ['Asked: prom (1)', 'Not said: prom: a; prom: b; prom: c; and 2 more'],
  ],
])('of sources %s is told', (_, standings, expected) => {
  expect(lines({}, standings)).toEqual([TITLE, NONE, SIGN, ...expected])
})
