/** The share that fails: "40% of requests", "2 out of 3", "a third of", "3割", "5xx ratio 0.62". */
import { type Found, largest } from './found.ts'

const SHARE =
  /(?:(?<less>fewer than|less than|under|below|<)\s*)?(?<number>\d{1,6}(?:\.\d{1,4})?)\s*(?:(?:-|to|~|〜)\s*(?<upper>\d{1,6}(?:\.\d{1,4})?))?\s*(?:%|percent\b|per cent\b|パーセント)|(?<wari>[\d一二三四五六七八九])割|(?<fraction>\d{1,9}) (?:out )?of (?:the |our )?(?<whole>\d{1,9})\b|\b(?<word>one in two|half|a third|one third|a quarter|one quarter|two thirds|two-thirds|three quarters|most|majority|nine out of ten|every second|every third|one in three|one in four|one in five|one in ten)\b(?: of)?|(?:ratio|rate)[^\d.]{0,12}(?<ratio>0?\.\d{1,4})\b|(?<ja>過半数|半数|半分|大半)/g
const WORDS: Readonly<Record<string, number>> = {
  half: 0.5,
  'one in two': 0.5,
  'every second': 0.5,
  'a third': 0.33,
  'one third': 0.33,
  'every third': 0.33,
  'one in three': 0.33,
  'a quarter': 0.25,
  'one quarter': 0.25,
  'one in four': 0.25,
  'one in five': 0.2,
  'one in ten': 0.1,
  'nine out of ten': 0.9,
  'two thirds': 0.67,
  'two-thirds': 0.67,
  'three quarters': 0.75,
  most: 0.6,
  majority: 0.6,
  過半数: 0.6,
  半数: 0.5,
  半分: 0.5,
  大半: 0.7,
}
const WARI = '一二三四五六七八九'

const FAILS =
  /\b(?:fail\w*|error\w*|[45]\d\ds?|5xx|time ?outs?|timing out|timed out|unable|cannot|can't|could not|drop(?:ped|s|ping)|reject\w*|unavailable|lost|broken|crash\w*|not (?:load|work|receiv|deliver|complet|process)\w*|unreachable|down|stuck|denied|refused)\b|失敗|エラー|タイムアウト|できない|できません|つながらない|届かない/
const THINGS =
  /\b(?:requests?|calls?|traffic|sign-?ups?|logins?|orders?|runs?|jobs?|sessions?|transactions?|payments?|connections?|queries|checkouts?|uploads?|messages?|e?mails?|deliveries|builds?|exports?|syncs?|attempts|users?|customers?|visitors?|accounts?|people|responses|checks|tests|workflows?|events|pushes|searches|tasks|webhooks?|shoppers|tenants)\b|リクエスト|ユーザー?|トラフィック|接続|会員|顧客|ジョブ|エラー率|決済|注文/
/** Places and machines: so many of them out is a part of the whole out, whatever the share. */
const PLACES =
  /^(?:[\s\w-]{0,24})\b(?:pods?|nodes?|servers?|regions?|zones?|shards?|sites?|stores?|shops?|mirrors?|clusters?|hosts?|replicas?|instances?|routers?|disks?|data ?cent(?:er|re)s?|runners?|brokers?|workers?|rack)\b/
const SUCCESS = /%\s*(?:success|availab|uptime)|discount|\bdisk\b|\bcpus?\b|memory|capacity|battery|% off\b/
/** What goes before a change, not a share. */
const CHANGE_BEFORE =
  /\b(?:up|down|increase\w*|rose|slower|faster|higher|grew|dropped|fell) (?:by )?(?:about |over )?$/
const CHANGE_AFTER = /^\s*(?:slower|faster|higher|longer|lower|more|increase|up\b|down\b)/

export function shareOf(text: string): Found | undefined {
  const found: Found[] = []
  for (const match of text.matchAll(SHARE)) {
    const end = match.index + match[0].length
    const before = text.slice(Math.max(0, match.index - 60), match.index)
    const after = text.slice(end, end + 60)
    const value = fractionOf(match)
    if (value === undefined || CHANGE_BEFORE.test(before) || CHANGE_AFTER.test(after)) continue
    const around = before + match[0] + after
    if (SUCCESS.test(around) || PLACES.test(after)) continue
    const isRate = match.groups?.ratio !== undefined || /(?:rate|ratio|率)[^.]{0,20}$/.test(before)
    if (FAILS.test(around) && (isRate || THINGS.test(around) || match.groups?.number !== undefined))
      found.push({
        value,
        quote: around.slice(Math.max(0, before.length - 24), before.length + match[0].length + 30).trim(),
      })
  }
  return largest(found)
}

function fractionOf({ groups, 0: whole }: RegExpMatchArray): number | undefined {
  const { number, upper, wari, fraction, whole: total, word, less, ratio, ja } = groups ?? {}
  if (ratio !== undefined) return Number(ratio)
  if (number !== undefined) {
    const share = Number(upper ?? number) / 100
    return share > 1 ? undefined : less === undefined ? share : share * 0.99
  }
  if (wari !== undefined) return (WARI.includes(wari) ? WARI.indexOf(wari) + 1 : Number(wari)) / 10
  if (fraction !== undefined && total !== undefined)
    return Number(total) > 1 && Number(fraction) <= Number(total)
      ? Number(fraction) / Number(total)
      : undefined
  return WORDS[word ?? ja ?? whole]
}
