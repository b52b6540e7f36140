/** Money an hour in US dollars: "losing $20k per hour", "¥2,000,000/h", "1時間で200万円", "$1M per day". */
import { type Found, largest } from './found.ts'
import { DOLLARS, SCALES } from './lexicon/currencies.ts'

const AMOUNT =
  /(?<before>us\$|ca?\$|au?\$|r\$|[$€£¥₹₩]|\b(?:usd|eur|gbp|jpy|inr|krw|chf|cad|aud|cny|brl))? ?(?<![\d.,])(?<number>\d[\d,]{0,14}(?:\.\d{1,4})?) ?(?<scale>(?:k|thousand|grand|mn|mm|mio|m|million|bn|billion|lakh|crore)\b|百万|千万|万|億|千)? ?(?<after>[$€£¥₹₩円元]|ユーロ|ポンド|ドル|(?:usd|eur|gbp|jpy|inr|krw|chf|cad|aud|cny|brl|dollars?|bucks|euros?|pounds?|quid|yen|rupees?|won|yuan|rmb|reais)\b)?/g
const PERIOD_AFTER =
  /^[^.\d。]{0,28}?(?:\/ ?(?<unit>hour|hr|h|minute|min|second|sec|s|day|d|week|month)s?\b|\b(?:an?|per|each|every) (?<per>hour|hr|h|minute|min|second|day|week|month)\b|(?<each>hourly|daily|毎時|毎分|毎日)|p\.?h\b)/
const PERIOD_BEFORE =
  /(?:(?<hours>\d{1,3}|一)?\s?時間(?:で|に|あたり|当たり|当り)(?:約|およそ)?|毎時|(?<minute>毎分|1分(?:で|あたり|間に))|(?<day>1日(?:で|あたり|に)|毎日)|\b(?:per hour|an hour|hourly|each hour|every hour)\b)[^。.\d]{0,24}$/
/** Hours of a period that is not an hour itself. */
const HOURS: Readonly<Record<string, number>> = {
  s: 1 / 3600,
  sec: 1 / 3600,
  second: 1 / 3600,
  min: 1 / 60,
  minute: 1 / 60,
  毎分: 1 / 60,
  d: 24,
  day: 24,
  daily: 24,
  毎日: 24,
  week: 168,
  month: 720,
}

export function moneyAnHour(text: string): Found | undefined {
  const found: Found[] = []
  for (const match of text.matchAll(AMOUNT)) {
    const { before, number = '', scale, after } = match.groups ?? {}
    const rate = DOLLARS[before ?? after ?? '']
    const hours = hoursOf(text.slice(0, match.index), text.slice(match.index + match[0].length))
    if (rate === undefined || hours === undefined) continue
    const amount = Number(number.replaceAll(',', '')) * (SCALES[scale ?? ''] ?? 1)
    found.push({ value: (amount * rate) / hours, quote: match[0].trim() })
  }
  return largest(found)
}

/** The hours that the amount is for, if it is said. */
function hoursOf(before: string, after: string): number | undefined {
  const next = PERIOD_AFTER.exec(after)
  if (next) return HOURS[next.groups?.unit ?? next.groups?.per ?? next.groups?.each ?? ''] ?? 1
  const last = PERIOD_BEFORE.exec(before.slice(-48))
  if (!last) return undefined
  const { minute, day, hours } = last.groups ?? {}
  if (minute !== undefined) return 1 / 60
  return day === undefined ? Number(hours) || 1 : 24
}
