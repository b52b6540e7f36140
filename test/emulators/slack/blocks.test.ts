/** Which blocks and views Slack takes, and the pointer to what it does not. */

import { describe, expect, test } from 'vitest'
import { ApiError } from './api-error.ts'
import { checkBlocks } from './blocks/check.ts'
import { acceptContent, acceptView } from './blocks/surfaces.ts'
import type { Json } from './types.ts'

const plain = (text: string) => ({ type: 'plain_text', text })
const mrkdwn = (text: string) => ({ type: 'mrkdwn', text })
const button = (fields: Json = {}) => ({ type: 'button', action_id: 'a', text: plain('Ack'), ...fields })
const actions = (...elements: readonly Json[]) => ({ type: 'actions', elements })
const section = (fields: Json) => ({ type: 'section', ...fields })
const options = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ text: plain(`o${index}`), value: `v${index}` }))
const select = (fields: Json = {}) => ({
  type: 'static_select',
  action_id: 's',
  options: options(2),
  ...fields,
})
const input = (fields: Json = {}) => ({
  type: 'input',
  label: plain('Title'),
  element: { type: 'plain_text_input', action_id: 't' },
  ...fields,
})
const x = (length: number) => 'x'.repeat(length)

const taken: readonly (readonly [string, Json])[] = [
  ['a section of 3,000 characters', section({ text: mrkdwn(x(3000)) })],
  ['ten fields', section({ fields: Array.from({ length: 10 }, () => mrkdwn('f')) })],
  ['a header of 150', { type: 'header', text: plain(x(150)) }],
  ['25 buttons', actions(...Array.from({ length: 25 }, (_, index) => button({ action_id: `a${index}` })))],
  ['100 options', actions(select({ options: options(100) }))],
  ['an initial option that is offered', actions(select({ initial_option: options(1)[0] }))],
  [
    'a button with everything',
    actions(button({ value: x(2000), url: 'http://127.0.0.1/a', style: 'danger' })),
  ],
  [
    'a context with an image',
    { type: 'context', elements: [{ type: 'image', image_url: 'https://a.b/c', alt_text: 'c' }] },
  ],
  [
    'rich text with a mention',
    {
      type: 'rich_text',
      elements: [
        {
          type: 'rich_text_section',
          elements: [
            { type: 'user', user_id: 'U1' },
            { type: 'text', text: 'hi' },
          ],
        },
      ],
    },
  ],
  ['an input', input()],
]

const refused: readonly (readonly [string, Json, string])[] = [
  ['an unknown block', { type: 'sektion' }, 'unsupported type: sektion [json-pointer:/blocks/0/type]'],
  [
    'an unknown field',
    section({ text: plain('a'), colour: 'red' }),
    'invalid additional property: colour [json-pointer:/blocks/0]',
  ],
  [
    'a long section',
    section({ text: mrkdwn(x(3001)) }),
    'must be less than 3001 characters [json-pointer:/blocks/0/text/text]',
  ],
  [
    'an empty section text',
    section({ text: mrkdwn('') }),
    'must be more than 0 characters [json-pointer:/blocks/0/text/text]',
  ],
  ['a section of nothing', section({}), 'missing required field: text or fields [json-pointer:/blocks/0]'],
  [
    'a long field',
    section({ fields: [mrkdwn(x(2001))] }),
    'must be less than 2001 characters [json-pointer:/blocks/0/fields/0/text]',
  ],
  [
    'eleven fields',
    section({ fields: Array.from({ length: 11 }, () => mrkdwn('f')) }),
    'no more than 10 items allowed [json-pointer:/blocks/0/fields]',
  ],
  [
    'a header in mrkdwn',
    { type: 'header', text: mrkdwn('a') },
    'unsupported type: mrkdwn [json-pointer:/blocks/0/text/type]',
  ],
  [
    'a long header',
    { type: 'header', text: plain(x(151)) },
    'must be less than 151 characters [json-pointer:/blocks/0/text/text]',
  ],
  ['no elements', actions(), 'no less than 1 items allowed [json-pointer:/blocks/0/elements]'],
  [
    'a long label',
    actions(button({ text: plain(x(76)) })),
    'must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]',
  ],
  [
    'a long value',
    actions(button({ value: x(2001) })),
    'must be less than 2001 characters [json-pointer:/blocks/0/elements/0/value]',
  ],
  [
    'a long action_id',
    actions(button({ action_id: x(256) })),
    'must be less than 256 characters [json-pointer:/blocks/0/elements/0/action_id]',
  ],
  ['a script as address', actions(button({ url: 'javascript:alert(1)' })), 'failed to match'],
  [
    'a made-up style',
    actions(button({ style: 'warning' })),
    'must be one of primary, danger [json-pointer:/blocks/0/elements/0/style]',
  ],
  [
    'one action_id twice',
    actions(button(), button()),
    '`action_id` a already exists [json-pointer:/blocks/0]',
  ],
  [
    'an input among buttons',
    actions({ type: 'plain_text_input', action_id: 't' }),
    'unsupported type: plain_text_input',
  ],
  [
    'a menu without options',
    actions({ type: 'static_select', action_id: 's' }),
    'exactly one of options, option_groups is required',
  ],
  ['101 options', actions(select({ options: options(101) })), 'no more than 100 items allowed'],
  [
    'a long option',
    actions(select({ options: [{ text: plain(x(76)), value: 'v' }] })),
    'must be less than 76 characters',
  ],
  [
    'a mrkdwn option',
    actions(select({ options: [{ text: mrkdwn('o'), value: 'v' }] })),
    'unsupported type: mrkdwn',
  ],
  [
    'a foreign initial option',
    actions(select({ initial_option: { text: plain('o'), value: 'z' } })),
    'must match one of the options',
  ],
  [
    'a confirm without text',
    actions(button({ confirm: { title: plain('Sure?') } })),
    'missing required field: text',
  ],
  [
    'an image without words',
    { type: 'image', image_url: 'https://a.b/c' },
    'missing required field: alt_text',
  ],
  ['a null text', section({ text: null }), 'must be an object [json-pointer:/blocks/0/text]'],
]

describe('a block', () => {
  test.each(taken)('%s is taken', (_name, block) => {
    expect(checkBlocks([block], 'message')).toEqual([])
  })

  test.each(refused)('%s is refused', (_name, block, why) => {
    expect(checkBlocks([block], 'message').join('\n')).toContain(why)
  })

  test('a message holds 50, a form 100, and each block_id once', () => {
    const many = (count: number) => Array.from({ length: count }, () => ({ type: 'divider' }))
    expect(checkBlocks(many(50), 'message')).toEqual([])
    expect(checkBlocks(many(51), 'message')).toEqual(['no more than 50 items allowed [json-pointer:/blocks]'])
    expect(checkBlocks(many(100), 'modal')).toEqual([])
    expect(checkBlocks(many(101), 'home')).toHaveLength(1)
    const twins = [
      { type: 'divider', block_id: 'b' },
      { type: 'divider', block_id: 'b' },
    ]
    expect(checkBlocks(twins, 'message')).toEqual([
      '`block_id` already exists [json-pointer:/blocks/1/block_id]',
    ])
  })
})

describe('a view', () => {
  const modal = (fields: Json = {}) => ({ type: 'modal', title: plain('Declare'), blocks: [], ...fields })
  const problems = (view: unknown, kind: 'modal' | 'home' = 'modal'): string => {
    try {
      acceptView(view, kind)
      return ''
    } catch (error) {
      if (error instanceof ApiError) return JSON.stringify(error.extra)
      throw error
    }
  }

  test.each([
    ['a title of 25', modal({ title: plain(x(25)) }), '/view/title/text'],
    ['a submit label of 25', modal({ submit: plain(x(25)) }), '/view/submit/text'],
    ['private_metadata of 3,001', modal({ private_metadata: x(3001) }), '/view/private_metadata'],
    ['a callback_id of 256', modal({ callback_id: x(256) }), '/view/callback_id'],
    ['inputs without a submit label', modal({ blocks: [input()] }), 'missing required field: submit'],
    ['an unknown field', modal({ colour: 'red' }), 'invalid additional property: colour'],
    ['a home tab as a form', { type: 'home', blocks: [] }, '/view/type'],
  ])('with %s is refused', (_name, view, why) => {
    expect(problems(view)).toContain(why)
  })

  test('gets the ids that it came without', () => {
    const { blocks } = acceptView(
      modal({ submit: plain('Go'), blocks: [input(), actions(button())] }),
      'modal',
    )
    expect(blocks.map(block => typeof block.block_id)).toEqual(['string', 'string'])
  })
})

test('a message needs something to show, and its attachments are read too', () => {
  expect(() => acceptContent({})).toThrow('no_text')
  expect(() => acceptContent({ text: x(40_001) })).toThrow('msg_too_long')
  expect(() => acceptContent({ attachments: [{ color: '#ff0000', blocks: [{ type: 'nope' }] }] })).toThrow(
    'invalid_blocks',
  )
  expect(
    acceptContent({ attachments: [{ color: '#ff0000', blocks: [{ type: 'divider' }] }] }).attachments,
  ).toHaveLength(1)
})
