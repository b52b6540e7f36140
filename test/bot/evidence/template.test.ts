/** What a log line says without what varies: each kind of word, each sign beside it, and where the message of a line is. */
import { expect, test } from 'vitest'
import { templateOf } from '../../../bot/evidence/template.ts'

/** A word that is one of a kind, and one beside it that only looks like it. */
test.each([
  ['550e8400-e29b-41d4-a716-446655440000', '<uuid>'],
  ['550E8400-E29B-41D4-A716-446655440000', '<uuid>'],
  ['x550e8400-e29b-41d4-a716-446655440000', '<id>-<id>-<id>-<id>-<n>'],
  ['550e8400-e29b-41d4-a716-4466554400001', '<id>-<id>-<id>-<id>-<n>'],
  ['https://shop.example.com/cart', '<url>'],
  ['S3+x.y-z://bucket', '<url>'],
  ['h://a', 'h://a'],
  ['ben@example.com', '<email>'],
  ['BEN@EXAMPLE.COM', '<email>'],
  ['ben@host', 'ben@host'],
  ['ben@host.4', 'ben@host.<n>'],
  ['a/ben@example.com', 'a/ben@example.com'],
  ['10.2.3.4', '<ip>'],
  ['/10.2.3.4', '<ip>'],
  ['10.2.3.4:54321', '<ip>'],
  ['10.2.3.0/24', '<ip>'],
  ['10.2.3.4:543210', '<n>.<n>.<n>.<n>:<n>'],
  ['10.2.3.0/245', '<n>.<n>.<n>.<n>/<n>'],
  ['1.2.3.4x', '<n>.<n>.<n>.<id>'],
  ['fe80:0:0:1', '<ip>'],
  ['FE80::1', '<ip>'],
  ['fe80:zz::1', '<id>:zz::<n>'],
  ['a:1', 'a:<n>'],
  ['2026-11-24', '<time>'],
  ['2026-11-24T09:00:00.123Z', '<time>'],
  ['2026-11-24T09:00:00+09:00', '<time>'],
  ['2026-11-24T', '<n>-<n>-<id>'],
  ['9:00', '<time>'],
  ['09:00:00.123', '<time>'],
  ['09:00:00+09:00', '<time>'],
  ['09:00Z', '<time>'],
  ['109:00', '<n>:<n>'],
  ['3000ms', '<duration>'],
  ['3NS', '<duration>'],
  ['4us', '<duration>'],
  ['4.25µs', '<duration>'],
  ['5s', '<duration>'],
  ['6m', '<duration>'],
  ['7h', '<duration>'],
  ['8d', '<duration>'],
  ['9sec', '<duration>'],
  ['9secs', '<duration>'],
  ['9min', '<duration>'],
  ['9mins', '<duration>'],
  ['1h30m', '<duration>'],
  ['1m2.5s', '<duration>'],
  ['1s20ms', '<duration>'],
  ['1h30', '<id>'],
  ['17', '<n>'],
  ['-17.5', '<n>'],
  ['+1_000', '<n>'],
  ['1e-9', '<n>'],
  ['1E9', '<n>'],
  ['93%', '<n>'],
  ['93%%', '<id>'],
  ['17x', '<id>'],
  ['512kb', '<size>'],
  ['1.5GiB', '<size>'],
  ['3B/s', '<size>'],
  ['3MB', '<size>'],
  ['3tb', '<size>'],
  ['3xb', '<id>'],
  ['0xFF', '<hex>'],
  ['0xfg', '<id>'],
  ['deadbeef01', '<hex>'],
  ['DEADBEEF01', '<hex>'],
  ['deadbee1', '<hex>'],
  ['dead1ee', '<id>'],
  ['deadbeefcafe', 'deadbeefcafe'],
  ['/var/lib', '<path>'],
  ['./lib', '<path>'],
  ['../lib', '<path>'],
  ['c:\\temp', '<path>'],
  ['a/b/c', '<path>'],
  ['.../lib', '.../lib'],
  ['and/or', 'and/or'],
  ['//', '//'],
  ['pod-7d9f_x2.4:5@6#7$8/9', 'pod-<id>_<id>.<n>:<n>@<n>#<n>$<n>/<n>'],
  ['user@@x', 'user@@x'],
  ['#12', '#<n>'],
  ['*12*', '*<n>*'],
  ['~12?!', '~<n>?!'],
  ['$5.', '$<n>.'],
  ['&7:', '&<n>:'],
  ['!8', '!<n>'],
  ['?8', '?<n>'],
  ['#', '#'],
  [':', ':'],
])('%s is %s, wherever it stands', (word, mask) => {
  expect([templateOf(word), templateOf(`got ${word} back`)]).toEqual([mask, `got ${mask} back`])
})

test.each([
  ['brackets and signs stay where they were', '(a)[b]{c}<d>,e;f=g|h', '(a)[b]{c}<d>,e;f=g|h'],
  ['space around a sign stays', 'a = b , c', 'a = b , c'],
  ['however much space is one', 'a  \t b', 'a b'],
  ['a tab parts words', 'a\tb 1', 'a b <n>'],
  ['what varies between signs', 'at=(3ms) <7>', 'at=(<duration>) <<n>>'],
  ['quoted text', `a "b c" 'd e' \`f\` g`, 'a <text> g'],
  ['quoted text that a sign touches', 'a="b c", d', 'a=<text>, d'],
  ['a quotation in a quotation', `say "it's 'so'" now`, 'say <text> now'],
  ['an apostrophe', "can't say what isn't", "can't say what isn't"],
  ['an apostrophe before a quotation', "can't say 'x y' 1", "can't say <text> <n>"],
  ['a quotation that goes on', 'a "b c', 'a "b c'],
  ['a quotation that nothing ends', `"a' b`, `"a' b`],
  ['a quotation within a word', 'a"b c"d', 'a"b c"d'],
  ['a sign that ends a quotation only before no word', `'it's fine' now`, '<text> now'],
  ['quotations after each other', '"a" "b" c', '<text> c'],
  ['a list of things alike', 'ids 1, 2, 3 are gone', 'ids <n>, are gone'],
  ['a list of things that differ', 'ids 1, 2ms, 3 are gone', 'ids <n>, <duration>, <n> are gone'],
  ['a list without commas', 'ids 1 2 3', 'ids <n>'],
  ['words that are the same are none', 'no no no', 'no no no'],
  ['what a sign touches is none', 'a=1 b=1', 'a=<n> b=<n>'],
  ['nothing but space', ' \t ', '<empty line>'],
])('%s: %j', (_, line, template) => {
  expect(templateOf(line)).toBe(template)
})

test.each([
  ['the field msg', 'level=error msg="no 3" code=4', 'no <n>'],
  ['the field message', 'level=error message="no 3" code=4', 'no <n>'],
  ['the field error', 'level=error error="no 3" code=4', 'no <n>'],
  ['the field err', 'level=error err="no 3" code=4', 'no <n>'],
  ['at the beginning', 'msg="no 3" code=4', 'no <n>'],
  [
    'msg before message, message before error, error before err',
    'err="a" error="b" message="c" msg="d"',
    'd',
  ],
  ['message before error', 'err="a" error="b" message="c"', 'c'],
  ['error before err', 'err="a" error="b"', 'b'],
  ['within another word it is none', 'errmsg="no 3" x', 'errmsg=<text> x'],
  ['with a quotation in it', 'msg="say \\"x y\\" 3" code=4', 'say <text> <n>'],
  ['with a backslash at its end', 'msg="in c \\\\" code=4', 'in c \\\\'],
  ['without an end', 'msg="no 3', 'no <n>'],
  ['that is empty', 'msg="" x', '<empty line>'],
  ['the first of several lines', 'boom 1\nat x', 'boom <n>'],
  ['a line after empty ones', '\n\n  boom 1', 'boom <n>'],
  [
    'the last of a Python trace',
    'Traceback (most recent call last):\n  File "x"\nKeyError: 3\n\n',
    'KeyError: <n>',
  ],
  ['a trace alone', 'Traceback (most', 'Traceback (most'],
  ['a word that begins like a trace', 'Tracebacks are\nno', 'Tracebacks are'],
])('the message of a line: %s', (_, line, template) => {
  expect(templateOf(line)).toBe(template)
})

const FIELDS = ['message', 'msg', '@message', 'error', 'err', 'exception', 'event', 'log']
test.each(FIELDS)('of JSON the message is in "%s", before all that come later', name => {
  const later = FIELDS.slice(FIELDS.indexOf(name)).toReversed()
  const line = JSON.stringify(
    Object.fromEntries([['level', 'x'], ...later.map(each => [each, `in ${each} 3`])]),
  )
  expect(templateOf(line)).toBe(`in ${name} <n>`)
})

test.each([
  ['an error in it', { error: { message: 'no 3' } }, 'no <n>'],
  ['a field that is empty', { message: ' ', msg: 'no 3' }, 'no <n>'],
  ['a field that is no text', { message: 3, msg: null, error: { code: 1 }, err: 'no 3' }, 'no <n>'],
  ['JSON in it', { log: '{"msg":"no 3"}' }, 'no <n>'],
  ['a key in it', { log: 'level=x msg="no 3"' }, 'no <n>'],
  ['nothing that is a message', { a: 'x' }, '{<text>:<text>}'],
])('JSON with %s', (_, line, template) => {
  expect(templateOf(JSON.stringify(line))).toBe(template)
})

test('JSON is read with space around it, over several lines, and up to 20,000 characters', () => {
  expect(templateOf(` ${JSON.stringify({ msg: 'no 3' }, null, 2)}\n`)).toBe('no <n>')
  const long = (length: number) => {
    const empty = JSON.stringify({ a: '', msg: 'no 3' })
    return JSON.stringify({ a: 'x'.repeat(length - empty.length), msg: 'no 3' })
  }
  expect([long(20_000).length, templateOf(long(20_000))]).toEqual([20_000, 'no <n>'])
  expect(templateOf(long(20_001))).toBe('{<text><text>')
  expect(templateOf('{not JSON 5\nmore')).toBe('{not JSON <n>')
  expect(templateOf('[{"msg":"no"}]')).toBe('[{<text>:<text>}]')
})

test('of a long line 2,000 characters are read, 40 words and 400 characters are told, and a word of more than 100 is data', () => {
  expect(templateOf(`${' '.repeat(1990)}abcdefghijklm`)).toBe('abcdefghij')
  const words = (count: number) =>
    Array.from({ length: count }, (_, index) => 'abcdefgh'[index % 8]).join(' ')
  expect(templateOf(words(40))).toBe(words(40))
  expect(templateOf(`${words(40)} (z`)).toBe(words(40))
  const wide = Array.from({ length: 5 }, () => 'x'.repeat(99)).join(' ')
  expect(templateOf(wide)).toBe(wide.slice(0, 400))
  expect([templateOf('x'.repeat(100)), templateOf('x'.repeat(101))]).toEqual(['x'.repeat(100), '<text>'])
})
