/** What it is that fails: the whole, a key feature, another feature, or nothing that is known. */
import { expect, test } from 'vitest'
import { failuresOf } from '../../../bot/severity/failures.ts'
import { kindOf } from '../../../bot/severity/subject.ts'
import { sentences } from '../../../bot/severity/text.ts'

const failing = (text: string) =>
  failuresOf(sentences(text).map(each => each.live))
    .map(({ state, kind, hit, subject }) => `${state} ${kind} ${subject?.quote ?? '-'} (${hit.quote})`)
    .join(', ')

test.each([
  [
    'Cannot open attachments',
    'access feature attachments (cannot open), fails feature attachments (cannot), broken feature attachments (cannot open)',
  ],
  [
    "Can't open attachments",
    "access feature attachments (can't open), fails feature attachments (can't), broken feature attachments (can't open)",
  ],
  [
    'Nobody can open attachments in the app',
    'access feature attachments (nobody can open), fails feature attachments (nobody can)',
  ],
  ["Users couldn't open the app", "access whole app (couldn't open), fails whole app (couldn't)"],
  ['Users could not log in', 'fails key log in (could not), broken unknown - (not log)'],
  ['Unable to log in to the site', 'fails key log in (unable)'],
  ['It did not save reports', 'fails feature reports (did not), broken feature reports (not save)'],
  ["Didn't load charts", "fails feature charts (didn't load), broken feature charts (didn't load)"],
  [
    'Charts failed to load',
    'access feature charts (failed to load), down feature charts (failed to load), fails feature charts (failed)',
  ],
  ['App failing', 'fails whole app (failing)'],
  ['Errors in the checkout', 'fails key checkout (errors)'],
  ['Error: checkout of the shop', 'fails key checkout (error)'],
  ['Impossible to export', 'fails feature export (impossible)'],
  ['no-one can log in to the mobile app', 'fails key log in (no-one can)'],
  [
    'All image builds fail since the registry token expired',
    'fails key all image (fail), broken key all image (expired)',
  ],
  ['Checkout fails on the website', 'fails key checkout (fails)'],
  ['The search filter of the shop fails', 'fails feature filter (fails)'],
  ['The registration form fails', 'fails key registration (fails)'],
  ['Uploading attachments fails', 'fails key uploading (fails)'],
  ['The incoming calls report fails', 'fails feature report (fails)'],
  ['The api, charts and the app are down', 'down whole app (are down), fails whole app (down)'],
  ['App export and login fail', 'fails key login (fail)'],
  ['Charts or exports fail', 'fails feature exports (fail)'],
  ['The api: down', 'fails whole api (down)'],
  ['The moon fails', 'fails unknown - (fails)'],
  ['決済サービスの通知が届かない', 'fails feature 通知 (届かない)'],
  ['アプリ、ログインができない', 'fails key ログイン (できない)'],
  ['ログインができない、アプリ', 'fails key ログイン (できない)'],
  ['失敗: エクスポート', 'fails feature エクスポート (失敗)'],
  ['アップロードボタンが反応しない', 'fails key アップロード (反応しない)'],
  ['CSV、今日も落ちる', 'fails feature csv (落ちる)'],
])('%s', (text, expected) => {
  expect(failing(text)).toBe(expected)
})

test.each([
  'form',
  'forms',
  'link',
  'links',
  'button',
  'buttons',
  'dialog',
  'dialogs',
  'field',
  'fields',
  'modal',
  'webhook',
  'webhooks',
  'sync',
])('an upload %s is about uploading', container => {
  expect(kindOf(`the upload ${container}`)).toEqual({
    kind: 'key',
    hit: expect.objectContaining({ quote: 'upload' }),
  })
  expect(kindOf(`the ${container} of the upload charts`).kind).toBe('feature')
})

test.each([
  ['upload platform preview', 'feature'],
  ['webhooks platform', 'whole'],
  ['the preview of the upload', 'key'],
  ['report', 'feature'],
  ['hyperlinked uploads reports', 'feature'],
  ['the weather', 'unknown'],
])('%s is a matter of: %s', (words, kind) => {
  expect(kindOf(words).kind).toBe(kind)
})
