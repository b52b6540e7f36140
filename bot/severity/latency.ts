/** How much slower: "p99 300ms -> 2s", "from 80 ms to 130 ms", "10x slower", "up 70%", "5倍". */
import { type Found, largest } from './found.ts'

const LATENCY =
  /\b(?:latenc\w*|response|responses|respond\w*|p\d{2,3}|median|average|mean|load(?:ing|s)?|slow\w*|durations?|takes?|took|taking|time|times|quer(?:y|ies)|clicks?|requests?|wait\w*|builds?)\b|遅延|レイテンシ|応答|表示|レスポンス|時間|処理/

const UNITS: readonly (readonly [RegExp, number])[] = [
  [/^(?:ms|msec|milliseconds?|ミリ秒)$/, 1],
  [/^(?:s|secs?|seconds?|秒)$/, 1e3],
  [/^(?:m|mins?|minutes?|分)$/, 6e4],
  [/^(?:h|hours?|時間)$/, 36e5],
]
const TIME = String.raw`(\d{1,7}(?:\.\d{1,3})?)(?:\s?-\s?\d{1,7}(?:\.\d{1,3})?)?\s?(ms|msec|milliseconds?|secs?|seconds?|s|mins?|minutes?|m|hours?|h|ミリ秒|秒|分|時間)?`
const CHANGE = new RegExp(
  String.raw`(?<![\d.])${TIME}(?![\w%])\s?(?:->|-->|→|=>|to|から|instead of|rather than|vs\.?|versus|,? (?:and )?now (?:takes?|need|at)?|(?:up|rising|climbing|grown) to)\s?(?:about |over |around |nearly |roughly |more than )?${TIME}(?![\w%])`,
  'g',
)
const TIMES =
  /(\d{1,4}(?:\.\d{1,2})?) ?(?:x|×|times|倍)(?: (?:the |as |more )?(?:slow\w*|higher|longer|normal|usual|latency|increase|long))?/g
const PERCENT =
  /(?:latenc\w*|slow\w*|response times?|p\d{2,3}|load times?|durations?|times?)[^.%]{0,40}?(?:up|increase\w*|rose|risen|higher|by|\+|grew|grown|worse)\s?(?:by |about |over |nearly )*\+?(\d{1,5}(?:\.\d{1,2})?)\s?%|(\d{1,5}(?:\.\d{1,2})?)\s?% (?:slower|higher latency|increase in (?:latency|response)|longer|latency increase|more latency)/g
const WORDS: readonly (readonly [RegExp, number])[] = [
  [/\b(?:doubl(?:ed|ing|e)|twice as (?:long|slow))\b|2倍|倍増/, 1],
  [/\b(?:tripl(?:ed|ing|e)|three times|threefold)\b/, 2],
  [/\b(?:quadrupled?|fourfold|tenfold)\b/, 3],
]

export function slowerBy(text: string): Found | undefined {
  if (!LATENCY.test(text)) return undefined
  const found: Found[] = [...text.matchAll(CHANGE)].flatMap(change)
  for (const [quote, times] of text.matchAll(TIMES))
    if (/slow|latenc|longer|respon|時間|遅|レスポンス|応答|かか|load|takes?/.test(text))
      found.push({ value: Number(times) - 1, quote })
  for (const match of text.matchAll(PERCENT))
    found.push({ value: Number(match[1] ?? match[2]) / 100, quote: match[0] })
  for (const [words, value] of WORDS) {
    const match = words.exec(text)
    if (match && /slow|latenc|time|respon|load|時間|遅|応答/.test(text))
      found.push({ value, quote: match[0] })
  }
  return largest(found.filter(each => each.value > 0))
}

function change([quote, before, unitBefore, after, unitAfter]: RegExpMatchArray): readonly Found[] {
  const unit = unitBefore ?? unitAfter
  if (unit === undefined) return []
  const from = Number(before) * scale(unitBefore ?? unitAfter)
  const to = Number(after) * scale(unitAfter ?? unitBefore)
  const [low, high] = /instead of|rather than|vs|versus/.test(quote ?? '') ? [to, from] : [from, to]
  return low > 0 && high > low ? [{ value: high / low - 1, quote: quote ?? '' }] : []
}

const scale = (unit = ''): number => UNITS.find(([name]) => name.test(unit))?.[1] ?? 1
