/** What a value of the configuration may look like, and what it may not: each kind, at its edges. */
import { expect, test } from 'vitest'
import type { z } from 'zod'
import * as all from '../../../bot/config/fields.ts'

const { reads: _, ...fields } = all
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const LONG = 'a'.repeat(60)

type Field = keyof typeof fields
type Case = readonly [Field, readonly (readonly [unknown, unknown])[], readonly unknown[]]

const CASES: readonly Case[] = [
  ['duration', [['90s', 90_000]], ['soon', '', 90]],
  [
    'respondWithin',
    [
      ['next business day', 'next business day'],
      ['5m', 5 * MINUTE],
    ],
    ['never', ''],
  ],
  [
    'orNever',
    [
      ['never', null],
      ['30m', 30 * MINUTE],
    ],
    ['next business day', ''],
  ],
  [
    'limit',
    [
      ['8 per 15m', { count: 8, perMs: 15 * MINUTE }],
      [' 1 per 1h ', { count: 1, perMs: HOUR }],
      ['9999 per 1d', { count: 9999, perMs: 24 * HOUR }],
    ],
    ['0 per 1m', '8 per 0s', '8', '8 per soon', '8 pro 15m', '12345 per 1m', 'x8 per 1m', '8 per 1m 2'],
  ],
  [
    'sloTarget',
    [
      [99.9, 99.9],
      [0.1, 0.1],
    ],
    [0, 100, -1, '99.9'],
  ],
  [
    'severities',
    [
      ['SEV1', ['SEV1']],
      [
        ['SEV1', 'SEV2'],
        ['SEV1', 'SEV2'],
      ],
    ],
    ['sev1', [], ['SEV9']],
  ],
  [
    'timezone',
    [
      ['Asia/Tokyo', 'Asia/Tokyo'],
      ['Etc/UTC', 'Etc/UTC'],
    ],
    ['Asia/Tokio', ''],
  ],
  [
    'date',
    [['2026-11-02', '2026-11-02']],
    ['2026-02-30', '2026-11', 'x2026-11-02', '2026-11-02T00:00', '2-1-1'],
  ],
  [
    'clockTime',
    [
      ['09:00', 540],
      ['00:00', 0],
      ['24:00', 1440],
    ],
    ['9', '25:00', '09:60', ''],
  ],
  [
    'weekday',
    [
      ['mon', 1],
      ['sunday', 7],
    ],
    ['someday', ''],
  ],
  [
    'handoff',
    [
      ['mon 09:00', { weekday: 1, minute: 540 }],
      [' Fri  18:30 ', { weekday: 5, minute: 1110 }],
      ['09:00', { minute: 540 }],
      ['00:00', { minute: 0 }],
    ],
    ['mon', '24:00', 'mon 24:00', 'moon 09:00', '1 09:00', 'mon 09:00 x', ''],
  ],
  [
    'hours',
    [
      ['22:00-07:00', { fromMinute: 1320, toMinute: 1860 }],
      ['09:00 - 18:00', { fromMinute: 540, toMinute: 1080 }],
    ],
    ['22:00', '22:00-', '-07:00', 'x-y', '22:00-07:00-09:00', '24:00-07:00'],
  ],
  [
    'every',
    [
      ['12h', { count: 12, unit: 'hour' }],
      [' 2d ', { count: 2, unit: 'day' }],
      ['1w', { count: 1, unit: 'week' }],
      ['9999h', { count: 9999, unit: 'hour' }],
    ],
    ['0w', '1m', '1', 'w', '10000h', '1w 2d', 'x1w', '1.5d'],
  ],
  [
    'channel',
    [
      ['#incidents', { name: '#incidents' }],
      ['incidents', { name: 'incidents' }],
      ['slack:#incidents', { chat: 'slack', name: '#incidents' }],
      ['discord:1234567890', { chat: 'discord', name: '1234567890' }],
      [' console:#x ', { chat: 'console', name: '#x' }],
      ['teams:#x', { name: 'teams:#x' }],
    ],
    ['', '   '],
  ],
  [
    'slackId',
    [
      ['U0AIKO1234', 'U0AIKO1234'],
      ['W12', 'W12'],
      [`U${'A'.repeat(20)}`, `U${'A'.repeat(20)}`],
    ],
    ['C0AIKO', 'U1', `U${'A'.repeat(21)}`, 'u0aiko', 'xU0AIKO', 'U0AIKO!', '@aiko'],
  ],
  [
    'discordId',
    [
      ['80351110224678912', '80351110224678912'],
      ['100000000000000', '100000000000000'],
      ['123456789012345678901', '123456789012345678901'],
    ],
    [
      80351110224678912n,
      803511,
      '12345678901234',
      '1234567890123456789012',
      'x80351110224678912',
      '80351110224678912x',
    ],
  ],
  [
    'phone',
    [
      ['+815012345678', '+815012345678'],
      ['+1234567', '+1234567'],
      ['+123456789012345', '+123456789012345'],
    ],
    [
      '815012345678',
      '+015012345678',
      '+123456',
      '+1234567890123456',
      '+81 50 1234',
      'x+815012345678',
      '+815012345678x',
      815012345678,
    ],
  ],
  [
    'email',
    [
      ['ben@example.com', 'ben@example.com'],
      ['b+x@mail.example.co.jp', 'b+x@mail.example.co.jp'],
    ],
    [
      'ben',
      'ben@example',
      '@example.com',
      'ben@.com ',
      'a b@example.com',
      'ben@@example.com',
      'ben@example.',
      ' ben@example.com',
      'ben@exa mple.com',
      'ben@example.c om',
    ],
  ],
  [
    'address',
    [
      ['https://p.example.com/x', 'https://p.example.com/x'],
      ['http://p.example.com', 'http://p.example.com'],
    ],
    [
      'ftp://p.example.com',
      'xhttps://p.example.com',
      'p.example.com',
      'https://a@p.example.com',
      'https://:b@p.example.com',
      'httpsx://p.example.com',
      '',
    ],
  ],
  [
    'header',
    [
      ['X-Token-1', 'X-Token-1'],
      ['a'.repeat(100), 'a'.repeat(100)],
    ],
    ['', 'X Token', 'X_Token', ' X', 'X ', 'a'.repeat(101)],
  ],
  [
    'key',
    [
      ['checkout', 'checkout'],
      ['0a_.-Z', '0a_.-Z'],
      [LONG, LONG],
    ],
    ['', '-x', '.x', 'a b', 'a!', '!a', ' a', `${LONG}a`],
  ],
]

test.each(CASES.flatMap(([kind, good]) => good.map(([text, value]) => [kind, text, value] as const)))(
  '%s: %j is read',
  (kind, text, value) => {
    expect((fields[kind] as z.ZodType).safeParse(text)).toEqual({ success: true, data: value })
  },
)

test.each(CASES.flatMap(([kind, , bad]) => bad.map(text => [kind, String(text), text] as const)))(
  '%s: "%s" is refused',
  (kind, _, text) => {
    expect((fields[kind] as z.ZodType).safeParse(text).success).toBe(false)
  },
)

const refusal = (kind: Field, text: unknown): string => {
  const [issue] = (fields[kind] as z.ZodType).safeParse(text).error?.issues ?? []
  const hint = issue?.code === 'custom' ? issue.params?.hint : undefined
  return [issue?.message, hint].filter(Boolean).join('; ')
}

test.each([
  ['duration', 'x', 'a duration such as 90s, 5m, 1h or 1d'],
  ['respondWithin', 'x', 'a duration such as 5m, or `next business day`'],
  ['orNever', 'x', 'a duration such as 30m, or `never`'],
  ['limit', 'x', 'a limit such as "8 per 15m"'],
  ['sloTarget', 100, 'a percentage below 100, such as 99.9'],
  ['sloTarget', 0, 'a percentage below 100, such as 99.9'],
  ['sloTarget', 'x', 'a percentage below 100, such as 99.9'],
  ['timezone', 'Asia/Tokio', 'a time zone such as Asia/Tokyo; did you mean Asia/Tokyo?'],
  ['timezone', 'here', 'a time zone such as Asia/Tokyo'],
  ['date', 'x', 'a date such as 2026-11-02'],
  ['clockTime', 'x', 'a time such as "09:00"'],
  ['weekday', 'x', 'a weekday such as mon'],
  ['handoff', 'x', 'a handoff such as "mon 09:00", or "09:00"'],
  ['hours', 'x', 'hours such as "22:00-07:00"'],
  ['every', 'x', 'a whole number of hours, days or weeks such as 12h, 2d or 1w'],
  ['channel', '', 'a channel such as "#incidents", slack:#incidents or discord:1234567890'],
  [
    'slackId',
    '@ben',
    'a Slack user id such as U0AIKO1234; find it in the Slack profile under "Copy member ID"',
  ],
  [
    'discordId',
    'ben',
    `a Discord user id in quotes, such as "80351110224678912"; find it with "Copy User ID" in Discord's developer mode`,
  ],
  [
    'discordId',
    80351110224678,
    'a Discord user id in quotes, such as "80351110224678912"; write it in quotes: as a number it loses its last digits',
  ],
  ['phone', '0', 'a phone number such as "+815012345678"; write it in quotes with its country code'],
  ['email', 'x', 'an e-mail address'],
  ['address', 'x', 'an http or https address without a password in it'],
  ['header', '', 'the name of a header'],
  ['key', '', 'a short name of letters, digits, - and _'],
] as const)('%s: of %j it says what was expected and where to find it', (kind, text, said) => {
  expect(refusal(kind, text)).toBe(said)
})

test('hours within which a rotation counts: one or up to twenty, a slip in the first word is guessed', () => {
  const read = (value: unknown) => fields.restrictions.safeParse(value)
  expect(read('weekdays 09:00-18:00').data).toHaveLength(1)
  expect(read(Array(20).fill('weekends')).data).toHaveLength(20)
  expect(read(Array(21).fill('weekends')).success).toBe(false)
  expect(read([]).success).toBe(false)
})
