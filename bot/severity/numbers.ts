/**
 * Figures in a description: shares of what fails, changes of latency, money an hour. Read with their neighbours, since a
 * percentage alone says nothing.
 */

export type Figures = {
  /** The largest share that fails, 0 to 1, with its words. */
  readonly failing?: Found
  /** The largest relative change of latency: 0.5 is half as much again. */
  readonly slower?: Found
  /** US dollars an hour. */
  readonly revenue?: Found
  /** A share of users or requests that is said to be concerned, without saying how badly. */
  readonly concerned?: Found
}
export type Found = { readonly value: number; readonly quote: string }

/** Rough and rarely changed: the thresholds they are held against are rough too. US dollars for one. */
const CURRENCIES: readonly (readonly [RegExp, number])[] = [
  [/\$|usd|dollars?/, 1],
  [/€|eur|euros?/, 1.1],
  [/£|gbp|pounds?/, 1.3],
  [/¥|jpy|yen|円/, 0.0067],
  [/₹|inr|rupees?/, 0.012],
]
const SCALES: Readonly<Record<string, number>> = {
  k: 1e3,
  thousand: 1e3,
  m: 1e6,
  mn: 1e6,
  million: 1e6,
  万: 1e4,
  億: 1e8,
  千: 1e3,
}

const SHARE =
  /(?:(?<less>fewer than|less than|under|below|up to|<)\s*)?(?<number>\d+(?:\.\d+)?)\s*(?:-|to|~|〜)?\s*(?<upper>\d+(?:\.\d+)?)?\s*(?:%|percent|パーセント|per cent)|(?<wari>\d|[一二三四五六七八九])割|(?<fraction>\d+) (?:out )?of (?:the |our )?(?<whole>\d+)\b|\b(?<word>half|a third|a quarter|two thirds|three quarters|most|majority)\b(?: of)?|半数|半分/g
const WORDS: Readonly<Record<string, number>> = {
  half: 0.5,
  'a third': 0.33,
  'a quarter': 0.25,
  'two thirds': 0.67,
  'three quarters': 0.75,
  most: 0.6,
  majority: 0.6,
  半数: 0.5,
  半分: 0.5,
}
const WARI = '一二三四五六七八九'

const FAILS =
  /\b(?:fail\w*|error\w*|5\d\d s?|50[0-4]s?|time ?outs?|timing out|timed out|unable|cannot|can't|drop(?:ped|s|ping)|reject\w*|unavailable|lost|broken|crash\w*|not (?:load|work|receiv|deliver)\w*|unreachable|down)\b|失敗|エラー|タイムアウト|できない|つながらない/
const THINGS =
  /\b(?:requests?|calls?|users?|customers?|traffic|sign-?ups?|logins?|orders?|runs?|jobs?|sessions?|visitors?|transactions?|payments?|connections?|queries|checkouts?|uploads?|messages?|emails?|deliveries|builds?|pods?|nodes?|servers?|accounts?|tenants?|shoppers|students|devices)\b|リクエスト|ユーザー?|トラフィック|接続|会員|顧客/

const LATENCY =
  /\b(?:latenc\w*|response times?|p\d\d\d?|median|load(?:ing)? times?|slow\w*|durations?|page loads?|takes?|took|time to)\b|遅延|レイテンシ|応答時間|応答|表示に|レスポンス|quer(?:y|ies)|clicks?/

export function figures(text: string): Figures {
  const failing: Found[] = []
  const concerned: Found[] = []
  for (const match of text.matchAll(SHARE)) {
    const value = shareOf(match)
    const around = text.slice(Math.max(0, match.index - 60), match.index + match[0].length + 60)
    if (
      value === undefined ||
      isSuccess(around) ||
      /\b(?:up|down|increase\w*|rose|slower|faster|higher) (?:by )?$/.test(
        text.slice(Math.max(0, match.index - 14), match.index),
      )
    )
      continue
    if (FAILS.test(around)) failing.push({ value, quote: around.trim() })
    else if (THINGS.test(around)) concerned.push({ value, quote: around.trim() })
  }
  const slower = slowerBy(text)
  const revenue = revenueOf(text)
  return {
    ...largest('failing', failing),
    ...largest('concerned', concerned),
    ...(slower ? { slower } : {}),
    ...(revenue ? { revenue } : {}),
  }
}

const isSuccess = (around: string): boolean =>
  /\d\s*% (?:success|availab|uptime)|discount|\bdisk\b|\bcpu\b|memory/.test(around)

const largest = (name: 'failing' | 'concerned', all: readonly Found[]): Figures => {
  const best = [...all].sort((a, b) => b.value - a.value)[0]
  return best ? { [name]: best } : {}
}

function shareOf({ groups, 0: whole }: RegExpMatchArray): number | undefined {
  const { number, upper, wari, fraction, whole: total, word, less } = groups ?? {}
  if (number !== undefined) {
    const share = Number(upper ?? number) / 100
    return share > 1 ? undefined : less !== undefined && share > 0 ? share * 0.99 : share
  }
  if (wari !== undefined) return (WARI.includes(wari) ? WARI.indexOf(wari) + 1 : Number(wari)) / 10
  if (fraction !== undefined && total !== undefined)
    return Number(total) > 1 && Number(fraction) <= Number(total)
      ? Number(fraction) / Number(total)
      : undefined
  return WORDS[word ?? whole]
}

const UNIT_MS: Readonly<Record<string, number>> = {
  ms: 1,
  msec: 1,
  millisecond: 1,
  milliseconds: 1,
  ミリ秒: 1,
  s: 1e3,
  sec: 1e3,
  secs: 1e3,
  second: 1e3,
  seconds: 1e3,
  秒: 1e3,
  m: 6e4,
  min: 6e4,
  mins: 6e4,
  minute: 6e4,
  minutes: 6e4,
  分: 6e4,
  h: 36e5,
  hour: 36e5,
  hours: 36e5,
  時間: 36e5,
}
const TIME = String.raw`(\d+(?:\.\d+)?)(?:\s*-\s*\d+(?:\.\d+)?)?\s*(ms|msec|milliseconds?|s|secs?|seconds?|m|mins?|minutes?|h|hours?|ミリ秒|秒|分|時間)?`
const CHANGE = new RegExp(
  `${TIME}\\s*(?:->|→|=>|to|から|instead of|vs\\.?|versus)\\s*(?:about |over |around |nearly )?${TIME}(?![\\w%])`,
  'g',
)
const TIMES =
  /(\d+(?:\.\d+)?)\s*(?:x|×|times|倍)(?: (?:the |as )?(?:slow\w*|higher|longer|normal|usual|latency|increase))?/
const PERCENT_SLOWER =
  /(?:latenc\w*|slow\w*|response times?|p\d\d\d?|load times?|durations?)[^.%]{0,60}?(?:up|increase\w*|rose|risen|higher|by|\+|grew|grown)\s*(?:by |about |over |nearly )*\+?(\d+(?:\.\d+)?)\s*%|(\d+(?:\.\d+)?)\s*% (?:slower|higher latency|increase in (?:latency|response)|longer)/

function slowerBy(text: string): Found | undefined {
  if (!LATENCY.test(text)) return undefined
  const found: Found[] = []
  for (const match of text.matchAll(CHANGE)) {
    const [quote, before, unitBefore, after, unitAfter] = match
    const scale = (unit: string | undefined) => UNIT_MS[unit ?? ''] ?? 1
    const from = Number(before) * scale(unitBefore ?? unitAfter)
    const to = Number(after) * scale(unitAfter ?? unitBefore)
    const [low, high] = /instead of|vs/.test(quote) ? [to, from] : [from, to]
    if ((unitBefore ?? unitAfter) !== undefined && low > 0 && high > low)
      found.push({ value: high / low - 1, quote })
  }
  const times = TIMES.exec(text)
  if (times && /slow|latenc|longer|response|時間|遅|レスポンス|応答|かか/.test(text))
    found.push({ value: Number(times[1]) - 1, quote: times[0] })
  const percent = PERCENT_SLOWER.exec(text)
  if (percent) found.push({ value: Number(percent[1] ?? percent[2]) / 100, quote: percent[0] })
  if (/\bdoubl(?:ed|ing)\b/.test(text)) found.push({ value: 1, quote: 'doubled' })
  if (/\btripled?\b|\btenfold\b/.test(text)) found.push({ value: 2, quote: 'tripled' })
  return found.sort((a, b) => b.value - a.value)[0]
}

const AMOUNT =
  /(?<before>[$€£¥₹]|usd|eur|gbp|jpy|inr)?\s*(?<number>\d[\d,]*(?:\.\d+)?)\s*(?<scale>k\b|thousand|mn?\b|million|万|億|千)?\s*(?<after>[$€£¥₹円]|usd|eur|gbp|jpy|inr|dollars?|euros?|pounds?|yen|rupees?)?(?:[^.\d]{0,24}?(?<period>\/ ?(?:h|hr|hour|min|minute|s|sec|day|month)\b|(?:an|per|each|every|a) (?:hour|minute|second|day|month)\b|hourly|毎時|毎分|毎日))?/g
const PERIOD_HOURS: readonly (readonly [RegExp, number])[] = [
  [/\bs\b|sec/, 1 / 3600],
  [/min|分/, 1 / 60],
  [/day|日/, 24],
  [/month|月/, 720],
  [/h|時/, 1],
]
const PERIOD_BEFORE =
  /(?:(?<hours>\d+)?\s*時間(?:で|に|あたり|当たり)|毎時|一時間(?:で|あたり)|per hour|an hour|hourly)[^。.\d]{0,16}$/

function revenueOf(text: string): Found | undefined {
  const found: Found[] = []
  for (const match of text.matchAll(AMOUNT)) {
    const { before, number = '', scale, after, period } = match.groups ?? {}
    const rate = CURRENCIES.find(([sign]) => sign.test(before ?? after ?? ''))?.[1]
    if (rate === undefined || (before ?? after) === undefined) continue
    const leading = PERIOD_BEFORE.exec(text.slice(0, match.index))
    if (period === undefined && !leading) continue
    const hours =
      period === undefined
        ? Number(leading?.groups?.hours ?? 1)
        : (PERIOD_HOURS.find(([unit]) => unit.test(period))?.[1] ?? 1)
    const value = (Number(number.replaceAll(',', '')) * (SCALES[scale ?? ''] ?? 1) * rate) / hours
    found.push({ value, quote: match[0].trim() })
  }
  return found.sort((a, b) => b.value - a.value)[0]
}
