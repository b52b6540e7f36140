/** A wish is no incident, and a cry for help is no wish. */
import { expect, test } from 'vitest'
import { classify } from '../../../bot/severity/classify.ts'
import { DEFAULT_RULES } from '../../../bot/severity/rules.ts'

const judge = (text: string) => {
  const { severity, criterion, reasons } = classify({ text }, DEFAULT_RULES)
  return `${severity} ${criterion} | ${reasons[0]?.say}`
}
const wished = (quote: string) => `SEV4 enhancement_request | "${quote}": it asks for something`
const broken = (say: string) => `SEV2 key_feature_unavailable | ${say}`

test.each([
  ['[Feature]: Add a dark mode', wished('[feature]: add')],
  ['[UI]add a column', wished('[ui]add')],
  ['[some-long 2 words] Support SAML', wished('[some-long 2 words] support')],
  ['[x] Add a column', 'SEV4 default | No criterion holds.'],
  ['Please add a dark mode', 'SEV4 enhancement_request | "please add": it is a wish'],
  ['Add to cart', wished('add')],
  ['Add a retry, the upload of charts fails', wished('add')],
  ['Add a retry for when an export fails', wished('add')],
  ['Show when it fails', wished('show')],
  ['The export button is fine. Add a bar', wished('add')],
  ['Would love an alert when the site is down', 'SEV4 enhancement_request | "would love": it is a wish'],
  ['If the site is down, please show a banner', 'SEV4 enhancement_request | "please show": it is a wish'],
  [
    'A banner would be nice. When the site is down, nobody knows why',
    'SEV4 enhancement_request | "would be nice": it is a wish',
  ],
  [
    'サイトがダウンした場合の通知を追加してほしい',
    'SEV4 enhancement_request | "追加してほしい": it is a wish',
  ],
])('"%s" is a wish', (text, verdict) => {
  expect(judge(text)).toBe(verdict)
})

test.each([
  ['fail', '"fail": it fails'],
  ['fails', '"fails": it fails'],
  ['has failed', '"failed": it fails'],
  ['is broken', '"broken": it fails'],
  ['return 500', '"500": it answers with server errors'],
  ['returns 500', '"500": it answers with server errors'],
  ['hang', '"hang": it fails'],
  ['hangs', '"hangs": it fails'],
  ['throw an exception', '"throw an exception": it fails'],
  ['throws an exception', '"throws an exception": it fails'],
  ['crash', '"crash": it is down'],
  ['crashes', '"crashes": it is down'],
  ['is not working', '"is not": it fails'],
  ['does not work', '"not work": people cannot get at it'],
  ["doesn't work", '"doesn\'t work": it fails'],
  ['do not work', '"not work": people cannot get at it'],
  ["don't work", '"don\'t work": it fails'],
  ['will not work', '"not work": people cannot get at it'],
  ['give nothing', '"give nothing": it fails'],
  ['gives nothing', '"gives nothing": it fails'],
])('"Add to cart %s" is no wish', (words, say) => {
  expect(judge(`Add to cart ${words}`)).toBe(broken(say))
})

test('what does nothing is no wish', () => {
  expect(judge('Add to cart does nothing')).toBe(
    'SEV3 non_critical_feature_issue | "does nothing": something does not work',
  )
})

test.each([
  'Upgrade fail: disk full',
  'Add fails to save',
  'Upgrade return code is wrong',
  'Show returns the wrong rows',
  'Support call quality is bad',
  'Support calls drop after a minute',
  'Support request form is broken',
  'Support requests are lost',
  'Support ticket form is broken',
  'Support tickets stay open',
  'Support agent cannot answer calls',
  'Support agents cannot answer calls',
  'Support mail is down',
  'Support mails are late',
  'Support engineer cannot log in',
  'Support engineers cannot log in',
])('"%s" asks for nothing', text => {
  expect(judge(text)).not.toContain('enhancement_request')
})

test.each([
  ['Checkout is down for everyone. Please let me know', 'SEV1 complete_outage | "is down": it is down'],
  ['The whole site is down, can you please look?', 'SEV1 complete_outage | "is down": it is down'],
  ['Nobody can log in. Could you please add me to the channel?', broken('"nobody can": it fails')],
  ['Payments fail for everyone. We need a fix', broken('"fail": it fails')],
  ['決済ができません。至急確認をお願いします', broken('"できません": it fails')],
  ['サイトがダウンしています。対応をお願いします', 'SEV1 complete_outage | "ダウン": it is down'],
])('"%s" is a cry for help, not a wish', (text, verdict) => {
  expect(judge(text)).toBe(verdict)
})
