/** A description as the classifier hears it: `_` stands for what is taken back, ` | ` for where a statement ends. */
import { expect, test } from 'vitest'
import { DEFAULT_RULES } from '../../../bot/severity/rules.ts'
import { signalsOf } from '../../../bot/severity/signals.ts'
import { MAX_CHARS, normalise, sentences } from '../../../bot/severity/text.ts'

const heard = (text: string) =>
  sentences(text)
    .map(each => each.live.replace(/·+(?: +·+)*/g, '_').replace(/ +/g, ' '))
    .join(' | ')

test.each([
  ['The API’s ‘new’ `pod`', "the api's 'new' 'pod'"],
  ['“Ｄｏｗｎ”', '"down"'],
  ['see http://a.example/down and https://b.example/x?y=1 now', 'see link and link now'],
  ['one \t\r two  three', 'one two three'],
  ['no one and no longer', 'no-one and no-longer'],
  ['x'.repeat(MAX_CHARS + 9), 'x'.repeat(MAX_CHARS)],
])('%j is read as %j', (text, read) => {
  expect(normalise(text)).toBe(read)
})

test.each([
  ['What?! It broke; twice。今日！です', 'what | it broke | twice | 今日 | です'],
  ['Version 1.2 of api.example broke. Help.', 'version 1.2 of api.example broke | help'],
  ['one\n\ntwo', 'one | two'],
  ['A works, but B fails', 'a works | b fails'],
  ['A however B yet C whereas D', 'a | b | c | d'],
  ['A, although B, though C, while D', 'a | b | c | d'],
  ['checkout - cards fail - 40 % - so far', 'checkout | cards fail - 40 % | so far'],
  ['a – b — c', 'a | b | c'],
  ['遅いが、使える', '遅いが | 使える'],
  ['動いていますが遅い', '動いていますが | 遅い'],
  ['失敗したが再送できた', '失敗したが | 再送できた'],
  ['遅いですが', '遅いですが'],
])('%j is these statements: %j', (text, parts) => {
  expect(heard(text)).toBe(parts)
})

test.each([
  'the api remains fine',
  'they appear to be ok',
  'it appears to be okay',
  'both remain normal',
  'mails seem healthy',
  'it seems all fine',
  'all keep running',
  'it keeps running',
  'both stay online',
  'it stays up',
  'reports still available',
  'search is unaffected',
  'everything else',
  'the apis work fine',
  'it works normally',
  'jobs run well',
  'it runs well',
  'the site operates normally',
  'the line is operating normally',
  'pages load ok',
  'it loads okay',
  'exports function properly',
  'the pager functions perfectly',
  'they build as expected',
  'it builds as usual',
  'they continue to work',
  'it continues to operate',
  'they still serve',
  'it also serves',
  'it still functions',
  'they still function',
  'jobs kept working',
  'it keeps operating',
  'the line is still functioning',
  'jobs continue normally',
  'it continues normally',
  'jobs continued successfully',
  'imap works',
  'imap work',
  '正常に動作',
  '検索は影響を受けません',
  '検索は影響受けない',
])('who says "%s" says that something is spared', text => {
  const [part] = sentences(text)
  expect({ ...part, live: heard(text) }).toEqual({ raw: text, said: text, live: '_', spared: text })
})

test.each([
  ['It is up 40 %', 'it is up 40 %'],
  ['It is up to 40 s', 'it is up to 40 s'],
  ['The build is slow, builds work fine', 'the build is slow, _'],
  ['the shop is down and the blog is fine', 'the shop is down _'],
  ['status: all is fine', 'status: _'],
  ['決済が影響を受けています', '決済が影響を受けています'],
  ['検索は問題なし、決済は停止', '_、 決済は停止'],
])('in %j this is left: %j', (text, left) => {
  expect(heard(text)).toBe(left)
})

test.each([
  ['the staging api is down', '_'],
  ['staging and production are down', 'staging and production are down'],
  ['the staging area is full', 'the staging area is full'],
  ['the preprod api', '_'],
  ['the pre-prod api', '_'],
  ...[
    'server',
    'env',
    'environment',
    'site',
    'system',
    'cluster',
    'instance',
    'deployment',
    'database',
    'machine',
    'slot',
  ].flatMap(each => [
    [`the test ${each} broke`, '_'],
    [`two demo ${each}s broke`, '_'],
  ]),
  ['the test suite broke', 'the test suite broke'],
  ['検証環境が停止', '_'],
])('what is elsewhere is no trouble: %j', (text, left) => {
  expect(heard(text)).toBe(left)
  expect(sentences(text)[0]?.spared).toBeUndefined()
})

test.each([
  ['no data loss', '_'],
  ['no data was lost or leaked in the night', '_'],
  ['nobody can log in, no data loss', 'nobody can log in, _'],
  ['without any loss, cards fail, with no leaks', '_, cards fail, with _'],
  ['no-longer available', 'no-longer available'],
  ['no mail or phone access', 'no mail or phone access'],
  ['データの損失はありません', '_'],
  ['損失なし', '_'],
  ['決済が停止、流出は確認されていません', '決済が停止、 _'],
  ['遅延中。異常は認められません', '遅延中 | _'],
  ['顧客への影響は特にありません', '_'],
])('what is denied is taken back: %j', (text, left) => {
  expect(heard(text)).toBe(left)
})

test.each([
  ['search is not affected', 'search is not affected'],
  ['検索への影響はありません', '検索への影響はありません'],
  ['no data loss', undefined],
  ['search is not affected and the mail that we send out is affected', undefined],
  ['two regions are affected', undefined],
])('what is denied in %j spares %j', (text, spared) => {
  expect(sentences(text)[0]?.spared).toBe(spared)
})

test.each([
  ...[
    'drop-down',
    'dropdown',
    'drop down',
    'scroll down',
    'scrolls down',
    'scrolling down',
    'count down',
    'countdown',
  ],
  ...[
    'break down by',
    'breaks down by',
    'breaking down by',
    'write-down',
    'writedown',
    'pull down menu',
    'pulls down menu',
    'pulled down menu',
  ],
  ...[
    'go down the drain',
    'goes down the drain',
    'going down the drain',
    'spin up',
    'spins up',
    'spinning up',
  ],
  ...[
    'failed-login',
    'failedlogin',
    'failed-logins',
    'failed login',
    'failed logins',
    'crash report',
    'crash reports',
  ],
  ...['bug fix', 'bugfix', 'bug fixes', 'bugfixes', 'fail-over', 'failover', 'status page', 'the error'],
])('"%s" is not what it sounds like', idiom => {
  expect(heard(`see ${idiom} here`)).toBe('see _ here')
})

test.each([
  ['like last week outages here', 'like _ here'],
  ["like last week's outages here", 'like _ here'],
  ['the outage of last night’s release here now', '_ here now'],
  ['the p0 here', '_ here'],
  ['another p0s here', '_ here'],
  ['the p1 here', '_ here'],
  ['past p1s here', '_ here'],
  ['past sev1 here', '_ here'],
  ['past sev 4s here', '_ here'],
  ['the sev 5 here', 'the sev 5 here'],
  ['previous network outage here', '_ here'],
  ['earlier card-reader failure here', '_ here'],
  ['future failures here', '_ here'],
  ['an earlier incident here, earlier incidents here', 'an _ here, _ here'],
  ["past disaster in bob's own shop today", '_ today'],
  ['the breach in March. It broke', 'it broke'],
  ['we had an outage and it was bad, very. It broke', 'we _ | it broke'],
  ['we had a sev 1 then', 'we _'],
  ['we had a sev1 then', 'we _'],
  ['hold mail during outages please', 'hold mail _ please'],
])('what happened another time is not now: %j', (text, left) => {
  expect(heard(text)).toBe(left)
})

test.each([
  ...[
    'it may',
    'it might',
    'they seem to',
    'it seems to',
    'they appear to',
    'it appears to',
    'we suspect it',
    'it is suspected',
    'a suspect',
  ],
  ...[
    'a potential one',
    'potentially',
    'we estimate it',
    'it is estimated',
    'probably',
    'reportedly',
    '可能性',
    '疑い',
  ],
])('"%s" is a doubt', words => {
  expect(signalsOf(`Files were encrypted. ${words}`, DEFAULT_RULES.words).hedged).toBe(true)
  expect(signalsOf('Files were encrypted.', DEFAULT_RULES.words).hedged).toBe(false)
})
