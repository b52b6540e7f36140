/** How many people feel it, in the words of whoever said so: "500 users", "40 % of customers", "1,200 of 3,000 tenants". */
import type { Found } from './found.ts'

const PEOPLE =
  '(?:users?|customers?|clients?|visitors?|tenants?|shoppers?|subscribers?|accounts?|members?|people|players?|students?|merchants?|patients?|drivers?|guests?|employees)'
/** Up to two words between the number and whom it counts: "500 paying EU customers". */
const KIND = '(?:[a-z][a-z-]{1,20} ){0,2}?'
const COUNT = '(?<count>\\d[\\d,.]{0,12}) ?(?<scale>k|m|thousand|million)?'
const AFFECTED = new RegExp(
  [
    `(?<share>\\d{1,3}(?:\\.\\d{1,2})?) ?(?:%|percent|per cent) (?:of )?(?:the |our |all )?${KIND}${PEOPLE}\\b`,
    `${COUNT} (?:out )?of (?:the |our )?(?<whole>\\d[\\d,.]{0,12}) ?(?:k|m)? ${KIND}${PEOPLE}\\b`,
    `(?<![\\w.,$€£¥])${COUNT.replaceAll('count', 'number').replaceAll('scale', 'unit')} (?:of (?:the |our )?)?${KIND}${PEOPLE}\\b`,
    `(?<ja>\\d[\\d,]{0,12} ?(?:人|名|社)(?:の)?(?:ユーザー?|お客様|顧客|会員|利用者)|(?:ユーザー?|顧客|会員|利用者)(?:の)?約? ?\\d{1,9} ?(?:人|名|%|割))`,
  ].join('|'),
  'g',
)

const SCALES: Readonly<Record<string, number>> = { k: 1e3, thousand: 1e3, m: 1e6, million: 1e6 }

/** The last figure of the text: who counts again knows better. Reads text that was normalised and rid of what is denied. */
export function affectedIn(text: string): Found | undefined {
  const last = [...text.matchAll(AFFECTED)].at(-1)
  if (!last) return undefined
  const { count, number, scale, unit, share } = last.groups ?? {}
  const written = count ?? number
  const value =
    written === undefined
      ? Number(share ?? 0) / 100
      : Number(written.replaceAll(',', '')) * (SCALES[scale ?? unit ?? ''] ?? 1)
  return { value, quote: last[0].trim() }
}
