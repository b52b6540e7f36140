/** Money an hour in US dollars: "losing $20k per hour", "¥2,000,000/h", "1時間で200万円", "$1M per day". */
import { type Found, largest } from './found.ts'
import { CURRENCIES, SCALES } from './lexicon/currencies.ts'

const AMOUNT =
  /(?<before>us\$|ca?\$|au?\$|r\$|[$€£¥₹₩]|\b(?:usd|eur|gbp|jpy|inr|krw|chf|cad|aud|cny|brl))? ?(?<![\d.,])(?<number>\d[\d,]{0,14}(?:\.\d{1,4})?) ?(?<scale>(?:k|thousand|grand|mn|mm|mio|m|million|bn|billion|lakh|crore)\b|百万|千万|万|億|千)? ?(?<after>[$€£¥₹₩円元]|ユーロ|ポンド|ドル|(?:usd|eur|gbp|jpy|inr|krw|chf|cad|aud|cny|brl|dollars?|bucks|euros?|pounds?|quid|yen|rupees?|won|yuan|rmb|reais)\b)?/g
const PERIOD_AFTER =
  /^[^.\d。]{0,28}?(?:\/ ?(?<slash>hours?|hrs?|h|minutes?|mins?|min|seconds?|sec|s|days?|d|weeks?|months?)\b|\b(?:an?|per|each|every) (?<per>hour|hr|h|minute|min|second|day|week|month)\b|(?<ly>hourly|daily|毎時|毎分|毎日)|p\.?(?<ph>h)\b)/
const PERIOD_BEFORE =
  /(?:(?<hours>\d{1,3}|一)?\s?時間(?:で|に|あたり|当たり|当り)(?:約|およそ)?|毎時|(?<minute>毎分|1分(?:で|あたり|間に))|(?<day>1日(?:で|あたり|に)|毎日)|\b(?:per hour|an hour|hourly|each hour|every hour)\b)[^。.\d]{0,24}$/
const HOURS: readonly (readonly [RegExp, number])[] = [
  [/^(?:s|sec|seconds?)$/, 1 / 3600],
  [/^(?:mins?|minutes?|毎分)$/, 1 / 60],
  [/^(?:d|days?|daily|毎日)$/, 24],
  [/^weeks?$/, 168],
  [/^months?$/, 720],
]

export function moneyAnHour(text: string): Found | undefined {
  const found: Found[] = []
  for (const match of text.matchAll(AMOUNT)) {
    const { before, number = '', scale, after } = match.groups ?? {}
    const currency = before ?? after
    const rate = CURRENCIES.find(([name]) => name.test(currency ?? ''))?.[1]
    const hours = hoursOf(text.slice(0, match.index), text.slice(match.index + match[0].length))
    if (rate === undefined || hours === undefined) continue
    const amount = Number(number.replaceAll(',', '')) * (SCALES[scale ?? ''] ?? 1)
    found.push({ value: (amount * rate) / hours, quote: match[0].trim() })
  }
  return largest(found)
}

/** The hours that the amount is for, if it is said. */
function hoursOf(before: string, after: string): number | undefined {
  const next = PERIOD_AFTER.exec(after.slice(0, 48))
  const unit = next?.groups?.slash ?? next?.groups?.per ?? next?.groups?.ly
  if (next) return HOURS.find(([name]) => name.test(unit ?? ''))?.[1] ?? 1
  const last = PERIOD_BEFORE.exec(before.slice(-48))
  if (!last) return undefined
  if (last.groups?.minute !== undefined) return 1 / 60
  if (last.groups?.day !== undefined) return 24
  return Number(last.groups?.hours?.replace('一', '1') ?? 1) || 1
}
