/** How many people feel it, as somebody says it. */
import { expect, test } from 'vitest'
import { affectedIn } from '../../../bot/severity/affected.ts'
import { sentences } from '../../../bot/severity/text.ts'

const read = (text: string) =>
  affectedIn(
    sentences(text)
      .map(each => each.live)
      .join('. '),
  )

test.each([
  ['About 500 users cannot log in', '500 users'],
  ['40% of users see errors', '40% of users'],
  ['40 percent of our paying customers are out', '40 percent of our paying customers'],
  ['1,200 of 3,000 tenants affected', '1,200 of 3,000 tenants'],
  ['Some 12k customers, no 15k customers are hit', '15k customers'],
  ['ユーザー500人がログインできない', 'ユーザー500人'],
])('%s', (text, quote) => {
  expect(read(text)).toBe(quote)
})

test.each([
  'No users are affected',
  'Checkout is down',
  'Error rate 40% on api-7',
  'We lose $500 customers pay',
  'v2.500 users service deployed at 10:42',
])('%s says nothing about how many', text => {
  expect(read(text)).toBeUndefined()
})
