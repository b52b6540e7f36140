/**
 * What a log line says without what varies from one to the next: `timeout after <duration> on <ip>`. Every word is looked at by
 * itself, so that the same line gives the same template whatever was logged before it; time grows with its length, which is bounded.
 */

/** Of a line that is longer the beginning is looked at. */
const LONGEST = 2_000
/** Of a template. */
const WORDS = 40
const LENGTH = 400
/** A word that is longer is data. */
const WORD = 100
const QUOTES = '"\'`'
const BREAKS = ' \t()[]{}<>,;=|'
const EMPTY = '<empty line>'

export function templateOf(text: string): string {
  const words: string[] = []
  let glued = false
  for (const { word, quoted } of wordsOf(messageOf(text))) {
    if (word.length === 1 && BREAKS.includes(word)) {
      if (word.trim() === '') glued = false
      else {
        append(words, word, glued)
        glued = true
      }
      continue
    }
    append(words, quoted ? '<text>' : maskOf(word), glued)
    glued = true
    if (words.length > WORDS) break
  }
  return listed(words.slice(0, WORDS)).join(' ').slice(0, LENGTH) || EMPTY
}

/** A template is words, each with the signs that it touches. */
function append(words: string[], part: string, glued: boolean): void {
  const last = words.at(-1)
  if (glued && last !== undefined) words[words.length - 1] = last + part
  else words.push(part)
}

/** A list of things alike is told once, however long it was. */
const listed = (words: readonly string[]): readonly string[] =>
  words.filter((word, index) => !/^<[a-z]+>,?$/.test(word) || bare(word) !== bare(words[index - 1] ?? ''))

const bare = (word: string): string => word.replace(/,$/, '')

/** The part of a line that is the message: of JSON and of key=value its field, of a stack trace the line that names the error. */
function messageOf(text: string): string {
  const whole = text.slice(0, LONGEST).trim()
  const lines = whole.split('\n').map(line => line.trim())
  const [first = ''] = lines
  if (first.startsWith('{')) return fieldOf(text.trim()) ?? first
  if (first.startsWith('Traceback ')) return lines.findLast(line => line !== '') ?? first
  for (const key of [' msg="', ' message="', ' error="', ' err="']) {
    const from = ` ${first}`.indexOf(key)
    if (from >= 0) return unquoted(` ${first}`, from + key.length)
  }
  return first
}

/** Fields that say what happened, as the common loggers name them. */
const FIELDS = ['message', 'msg', '@message', 'error', 'err', 'exception', 'event', 'log'] as const
/** A longer line is not read as JSON. */
const JSON_LONGEST = 20_000

function fieldOf(text: string): string | undefined {
  if (text.length > JSON_LONGEST) return undefined
  try {
    const read = JSON.parse(text) as Readonly<Record<string, unknown>>
    for (const name of FIELDS) {
      const value = read[name]
      const said = typeof value === 'object' && value !== null && 'message' in value ? value.message : value
      if (typeof said === 'string' && said.trim() !== '') return messageOf(said)
    }
  } catch {
    // It only looked like JSON.
  }
  return undefined
}

function unquoted(line: string, from: number): string {
  let end = from
  while (end < line.length && line[end] !== '"') end += line[end] === '\\' ? 2 : 1
  return line.slice(from, end).replaceAll('\\"', '"')
}

type Word = { readonly word: string; readonly quoted: boolean }

/** Words, quoted text and the signs between them, from left to right, each character once. */
function wordsOf(line: string): readonly Word[] {
  const closes = closingQuotes(line)
  const found: Word[] = []
  let start = 0
  const upTo = (end: number) => {
    if (end > start) found.push({ word: line.slice(start, end), quoted: false })
  }
  for (let place = 0; place < line.length; place++) {
    const close = closes.get(place)
    if (close !== undefined) {
      upTo(place)
      found.push({ word: line.slice(place, close + 1), quoted: true })
      place = close
      start = place + 1
    } else if (BREAKS.includes(line[place] ?? '')) {
      upTo(place)
      found.push({ word: line[place] === '\t' ? ' ' : (line[place] ?? ''), quoted: false })
      start = place + 1
    }
  }
  upTo(line.length)
  return found
}

/** Where each quotation begins and ends. The apostrophe of `can't` begins none: it stands within a word. */
function closingQuotes(line: string): ReadonlyMap<number, number> {
  const found = new Map<number, number>()
  let opened: { readonly at: number; readonly quote: string } | null = null
  for (let place = 0; place < line.length; place++) {
    const sign = line[place] ?? ''
    if (!QUOTES.includes(sign)) continue
    if (opened) {
      if (sign !== opened.quote || isWord(line[place + 1])) continue
      found.set(opened.at, place)
      opened = null
    } else if (!isWord(line[place - 1]) && line.indexOf(sign, place + 1) > 0)
      opened = { at: place, quote: sign }
  }
  return found
}

const isWord = (sign: string | undefined): boolean => sign !== undefined && /[\p{L}\p{N}]/u.test(sign)

/** What kinds of words vary, the strictest first. None repeats within a repetition: their time grows with the word's length. */
const KINDS: readonly (readonly [mask: string, is: RegExp])[] = [
  ['<uuid>', /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i],
  ['<url>', /^[a-z][a-z0-9+.-]{1,20}:\/\//i],
  ['<email>', /^[^@/:]+@[^@/:]+\.[a-z]+$/i],
  ['<ip>', /^\/?\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}(?::\d{1,5}|\/\d{1,2})?$/],
  ['<time>', /^\d{4}-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-][\d:]+)?)?$/],
  ['<time>', /^\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-][\d:]+)?$/],
  ['<ip>', /^(?=[^:]*:[^:]*:)[0-9a-f:]{3,39}$/i],
  ['<duration>', /^\d+(?:\.\d+)?(?:ns|us|µs|ms|s|m|h|d|sec|secs|min|mins)(?:\d+(?:\.\d+)?(?:ms|s|m))?$/i],
  ['<n>', /^[+-]?\d[\d._]*(?:e[+-]?\d+)?%?$/i],
  ['<size>', /^\d+(?:\.\d+)?[kmgt]?i?b(?:\/s)?$/i],
  ['<hex>', /^(?:0x[0-9a-f]+|(?=[a-f]*\d)[0-9a-f]{8,})$/i],
  ['<path>', /^(?:[a-z]:\\|\.{0,2}\/[^/]|[^/]+\/[^/]+\/)/i],
]

/** Without any of these a word is one of the sentence. */
const VARIES = /[\d/\\@:]/

/** The word without what varies; the signs around it stay. */
function maskOf(word: string): string {
  if (word.length > WORD) return '<text>'
  if (!VARIES.test(word)) return word
  let [from, to] = [0, word.length]
  while (to > from && CLOSES.includes(word[to - 1] ?? '')) to--
  while (from < to && OPENS.includes(word[from] ?? '')) from++
  const core = word.slice(from, to)
  const kind = KINDS.find(([, is]) => is.test(core))
  if (!kind && !/\d/.test(core)) return word
  return word.slice(0, from) + (kind?.[0] ?? parts(core)) + word.slice(to)
}

/** Signs that belong to the sentence, at either end of a word. */
const OPENS = `${QUOTES}:*#$!?&~`
const CLOSES = `${QUOTES}:*.!?`

/** `checkout-7d9f8b-x2x4z` is `checkout-<id>-<id>`: what has a digit in it counts something or names one of many. */
const parts = (core: string): string =>
  core
    .split(/([-_./:@#$])/)
    .map(part => (/^\d+$/.test(part) ? '<n>' : /\d/.test(part) ? '<id>' : part))
    .join('')
