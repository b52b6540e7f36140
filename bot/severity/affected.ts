/** How many people feel it, in the words of whoever said so: "500 users", "40 % of customers", "1,200 of 3,000 tenants". */

const PEOPLE =
  '(?:users?|customers?|clients?|visitors?|tenants?|shoppers?|subscribers?|accounts?|members?|people|players?|students?|merchants?|patients?|drivers?|guests?|employees)'
/** Up to two words between the number and whom it counts: "500 paying EU customers". */
const KIND = '(?:[a-z][a-z-]{1,20} ){0,2}?'
const COUNT = '\\d[\\d,.]{0,12} ?(?:k|m|thousand|million)?'
const AFFECTED = new RegExp(
  [
    `\\d{1,3}(?:\\.\\d{1,2})? ?(?:%|percent|per cent) (?:of )?(?:the |our |all )?${KIND}${PEOPLE}\\b`,
    `${COUNT} (?:out )?of (?:the |our )?\\d[\\d,.]{0,12} ?(?:k|m)? ${KIND}${PEOPLE}\\b`,
    `(?<![\\w.,$€£¥])${COUNT} (?:of (?:the |our )?)?${KIND}${PEOPLE}\\b`,
    `\\d[\\d,]{0,12} ?(?:人|名|社)(?:の)?(?:ユーザー?|お客様|顧客|会員|利用者)|(?:ユーザー?|顧客|会員|利用者)(?:の)?約? ?\\d{1,9} ?(?:人|名|%|割)`,
  ].join('|'),
  'g',
)

/** The last figure of the text: who counts again knows better. Reads text that was normalised and rid of what is denied. */
export const affectedIn = (text: string): string | undefined =>
  [...text.matchAll(AFFECTED)].at(-1)?.[0].trim()
