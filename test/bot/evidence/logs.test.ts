/** Log lines that say the same are told once, whatever order they come in and whatever is in them. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { errorsOf, isNews, type Logs } from '../../../bot/evidence/logs.ts'
import { templateOf } from '../../../bot/evidence/template.ts'
import type { LogLine } from '../../../bot/evidence/types.ts'

const MINUTE = 60_000
const ONSET = Date.parse('2026-11-24T03:07:00Z')
const stretch = { onset: ONSET, from: ONSET - 30 * MINUTE, to: ONSET + 5 * MINUTE }
const line = (minute: number, text: string): LogLine => ({ at: ONSET + minute * MINUTE, text })
const logs = (...lines: readonly LogLine[]): Logs => ({
  kind: 'logs',
  source: 'loki',
  service: 'checkout',
  lines,
  cut: false,
  link: 'https://loki.example.com/q',
})
const told = (...lines: readonly LogLine[]) => errorsOf(logs(...lines), stretch)

describe('the template of a line', () => {
  test.each([
    [
      'timeout after 3000ms on 10.2.3.4:5432 (attempt 3/5)',
      'timeout after <duration> on <ip> (attempt <n>/<n>)',
    ],
    [
      '2026-11-24T09:00:00.123Z ERROR [pool-3-thread-12] c.a.Pay: boom',
      '<time> ERROR [pool-<n>-thread-<n>] c.a.Pay: boom',
    ],
    ['request 550e8400-e29b-41d4-a716-446655440000 failed: deadbeef01 0xFF', 'request <uuid> failed: <hex>'],
    ['user "alice smith" not in `prod`', 'user <text> not in <text>'],
    ["can't open '/var/lib/x y.txt': No such file", "can't open <text>: No such file"],
    ['open /var/lib/data/17.db: permission denied', 'open <path>: permission denied'],
    ['GET https://shop.example.com/cart?id=3 gave 502', 'GET <url>=<n> gave <n>'],
    ['mail to ben@example.com bounced', 'mail to <email> bounced'],
    ['pod checkout-7d9f8b6c5-x2x4z evicted at 93%', 'pod checkout-<id>-<id> evicted at <n>'],
    ['dial [fe80:0:0:1::5]:443 refused', 'dial [<ip>]:<n> refused'],
    ['took 1h30m, then 12.5s, then 250µs', 'took <duration>, then <duration>, then <duration>'],
    ['ids 1, 2, 3, 4 are gone', 'ids <n>, are gone'],
    ['注文 1234 が失敗しました', '注文 <n> が失敗しました'],
    ['{"level":"error","msg":"dial tcp 10.0.0.1:5432: refused","trace":"abc"}', 'dial tcp <ip>: refused'],
    ['{"error":{"message":"no stock for 77","code":4}}', 'no stock for <n>'],
    ['{"severity":"ERROR"}', '{<text>:<text>}'],
    ['{not json 5', '{not json <n>'],
    ['level=error msg="could not charge \\"gold\\" order 12" dur=33ms', 'could not charge <text> order <n>'],
    ['level=error code=17 state=broken', 'level=error code=<n> state=broken'],
    [
      'Traceback (most recent call last):\n  File "x.py", line 3\nValueError: bad row 12',
      'ValueError: bad row <n>',
    ],
    ['java.io.IOException: broken pipe\n\tat a.b.C(D.java:12)', 'java.io.IOException: broken pipe'],
    ['', '<empty line>'],
    [' \n\t ', '<empty line>'],
  ])('%s', (text, template) => expect(templateOf(text)).toBe(template))

  test.each([
    ['a word without an end', 'x'.repeat(1e6)],
    ['quotes without an end', '"\'`'.repeat(3e5)],
    ['brackets', '([{<'.repeat(3e5)],
    ['numbers', '1 '.repeat(5e5)],
    ['what nearly is a path, an address or a time', '1.1.1.1.1/'.repeat(1e5)],
    [
      'JSON in JSON in JSON',
      Array.from({ length: 8 }).reduce((inner: string) => JSON.stringify({ msg: inner }), 'deep 7'),
    ],
  ])('of a hostile line is short: %s', (_, text) => expect(templateOf(text).length).toBeLessThanOrEqual(400))

  test('of what a template gives is that template again, for words of any kind', () => {
    const word = fc.constantFrom(
      'order',
      'failed',
      '17',
      '10.0.0.1',
      '3ms',
      '"x y"',
      '/a/b/c',
      'deadbeef42',
      '(',
      'a=b',
      'x-9-y',
    )
    fc.assert(
      fc.property(fc.array(word, { maxLength: 12 }), words => {
        const text = words.join(' ')
        expect(templateOf(text)).toBe(
          templateOf(text.replaceAll('17', '99123').replaceAll('10.0.0.1', '172.16.4.250:80')),
        )
      }),
    )
  })
})

describe('clusters', () => {
  test('have how many there were, how many before the onset, when first and last, and an example as it was written', () => {
    expect(
      told(
        line(2, 'timeout after 31 ms'),
        line(-1, 'timeout after 5 ms'),
        line(3, 'timeout after 8 ms'),
        line(-20, 'disk 3 is full'),
      ),
    ).toEqual([
      {
        kind: 'errors',
        source: 'loki',
        service: 'checkout',
        template: 'timeout after <n> ms',
        example: 'timeout after 5 ms',
        count: 3,
        before: 1,
        at: ONSET - MINUTE,
        lastAt: ONSET + 3 * MINUTE,
        link: 'https://loki.example.com/q',
      },
      expect.objectContaining({ template: 'disk <n> is full', count: 1, before: 1 }),
    ])
  })

  test('are one where a word took five values, and apart where it took four', () => {
    const users = ['alice', 'bob', 'carol', 'dave', 'eve']
    const lines = (names: readonly string[]) => names.map(name => line(1, `user ${name} was not found`))
    expect(told(...lines(users)).map(each => each.template)).toEqual(['user <*> was not found'])
    expect(told(...lines(users.slice(1)))).toHaveLength(4)
  })

  test('are one where two words vary, and the first word never gives way', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f']
    const lines = names.flatMap(user =>
      names.map(realm => line(1, `user ${user} not in realm ${realm} today`)),
    )
    expect(told(...lines).map(each => each.template)).toEqual(['user <*> not in realm <*> today'])
    expect(told(...names.map(name => line(1, `${name} failed`)))).toHaveLength(6)
  })

  test('that are new come first, then those that grew, then the steady ones, however many those are', () => {
    const steady = Array.from({ length: 350 }, (_, index) => line(-30 + index / 10, 'cache miss'))
    const grew = [-25, -18, ...Array.from({ length: 40 }, (_, index) => -3 + index / 10)].map(minute =>
      line(minute, 'retry gave up'),
    )
    const fresh = [1, 2].map(minute => line(minute, 'certificate expired'))
    expect(told(...steady, ...grew, ...fresh).map(each => each.template)).toEqual([
      'certificate expired',
      'retry gave up',
      'cache miss',
    ])
  })

  test('are the same whatever the order of the lines', () => {
    const text = fc
      .tuple(
        fc.constantFrom('user', 'order', 'pool'),
        fc.constantFrom('alice', 'bob', 'carol', 'dave', 'eve', 'frank', '12', '10.0.0.1', '"x"'),
        fc.constantFrom('failed', 'timed out', 'was not found'),
        fc.constantFrom('', ' after 3ms', ' in prod', ' in test', ' in dev', ' in qa', ' in lab'),
      )
      .map(words => words.join(' '))
    const lines = fc.array(fc.record({ at: fc.integer({ min: stretch.from, max: stretch.to }), text }), {
      maxLength: 120,
    })
    fc.assert(
      fc.property(
        lines.chain(all => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        ([all, shuffled]) => {
          expect(told(...shuffled)).toEqual(told(...all))
        },
      ),
      { numRuns: 200 },
    )
  })

  test('are twenty at the most, and count every line that they tell of once', () => {
    const lines = Array.from({ length: 60 }, (_, index) =>
      line(index / 20, `${'abcdefghijklmnopqrstuvwxyz'[index % 26]}${index} x${'y'.repeat(index)} happened`),
    )
    const clusters = told(...lines)
    expect(clusters.length).toBeLessThanOrEqual(20)
    expect(clusters.reduce((sum, each) => sum + each.count, 0)).toBeLessThanOrEqual(60)
  })
})

test('errors that began in the quarter of an hour before the alert are news, and older ones when most came after it', () => {
  const [news] = told(...[-10, -9, -8, 1].map(minute => line(minute, 'boom')))
  const [old] = told(...[-29, -9, -8, 1].map(minute => line(minute, 'boom')))
  const [grew] = told(...[-29, 1, 2, 3].map(minute => line(minute, 'boom')))
  expect([news, old, grew].map(each => isNews(each!, ONSET))).toEqual([true, false, true])
})

const repeated = (text: string, minutes: readonly number[]) => minutes.map(minute => line(minute, text))
const each = (count: number, from: number, every: number) =>
  Array.from({ length: count }, (_, index) => from + index * every)

test('the latest twenty thousand lines are read, and 500 characters of the first are its example', () => {
  const many = Array.from({ length: 20_001 }, (_, index) =>
    line(index / 5000, `n ${index} ${'x'.repeat(600)}`),
  )
  expect(told(...many.toReversed())).toEqual([
    {
      kind: 'errors',
      source: 'loki',
      service: 'checkout',
      template: 'n <n> <text>',
      example: many[1]!.text.slice(0, 500),
      count: 20_000,
      before: 0,
      at: many[1]!.at,
      lastAt: many[20_000]!.at,
      link: 'https://loki.example.com/q',
    },
  ])
})

test('of lines of one moment the first by its words is the example; at the onset is not before it', () => {
  expect(told(line(0, 'boom 2'), line(0, 'boom 1'), line(-0.1, 'boom 3'))).toMatchObject([
    { example: 'boom 3', count: 3, before: 1 },
  ])
  expect(told(line(0, 'boom 2'), line(0, 'boom 1'))).toMatchObject([{ example: 'boom 1', before: 0 }])
})

/** The first half of what came before is 15 minutes, what is left is 20: as often as before is 4 for each 3. */
test.each([
  ['was never there before', 'news', [-15, 1]],
  ['was there once in the first quarter of an hour', 'calm', [-16, 1]],
  [
    'came twice as often as before, and more than chance adds',
    'news',
    [...each(12, -30, 1), ...each(32, -15, 1 / 2)],
  ],
  ['came a little less often than that', 'calm', [...each(12, -30, 1), ...each(31, -15, 1 / 2)]],
  ['came more often, and no more than chance adds', 'calm', [...each(3, -30, 1), ...each(9, -15, 1)]],
  ['came more often by just what chance adds', 'news', [...each(3, -30, 1), ...each(10, -15, 1)]],
])('an error that %s is told as %s, beside one that came as often', (_, kind, minutes) => {
  const steady = each(200, -30, 35 / 200)
  const found = told(...repeated('as ever', steady), ...repeated('boom', minutes)).map(
    ({ template }) => template,
  )
  expect(found).toEqual(kind === 'news' ? ['boom', 'as ever'] : ['as ever', 'boom'])
})

test('as often is in the order of the words, and more often comes first', () => {
  const found = told(...repeated('b', [1, 2]), ...repeated('a', [1, 2]), ...repeated('c', [1, 2, 3]))
  expect(found.map(({ template }) => template)).toEqual(['c', 'a', 'b'])
})

test.each([
  [-15, 9, 9, true],
  [-15.1, 9, 9, false],
  [-20, 9, 4, true],
  [-20, 8, 4, false],
])('first seen at minute %d, %d times and %d of them before: news is %s', (minute, count, before, news) => {
  const [one] = told(line(minute, 'boom'))
  expect(isNews({ ...one!, count, before }, ONSET)).toBe(news)
})
