/** What comes once a period comes once a period, and it comes (I24). */

import type { Life, Seen } from './evidence.ts'
import { isDeclared } from './known.ts'
import { local } from './on-call.ts'
import { HOUR } from './team.ts'

/** What it is, and once in what. */
type Kind = { readonly what: string; readonly in: (seen: Seen) => string | undefined }

const dayOf = (seen: Seen) => `day ${local(seen.at).day}`
const KINDS: readonly Kind[] = [
  { what: 'the digest', in: ({ first }) => /^(Week \d{4}-W\d\d)/.exec(first)?.[1] },
  {
    what: 'the week ahead',
    in: seen => (seen.first.startsWith('On call this week') ? dayOf(seen) : undefined),
  },
  {
    what: 'a reminder',
    in: seen => (/^(?:Your action items|Overdue with those)/.test(seen.first) ? dayOf(seen) : undefined),
  },
  {
    what: 'what is overdue',
    in: seen => (seen.first.startsWith('Overdue action items of') ? dayOf(seen) : undefined),
  },
]

export function toldTwice(life: Life): readonly string[] {
  return KINDS.flatMap(({ what, in: period }) => {
    const all = life.seen.filter(each => period(each) !== undefined)
    return [...Map.groupBy(all, each => `${each.by} ${each.where} ${period(each)}`)].flatMap(
      ([where, copies]) => {
        const keys = new Set(copies.map(each => each.key))
        return keys.size > 1 ? [`${what} came ${keys.size} times: ${where}`] : []
      },
    )
  })
}

const DIGEST_DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']

/** When the week of the digest is over within the life, if it is. */
function weekEnds(life: Life): number | undefined {
  const [day = '', time = ''] = life.teams[0]?.team.digest.split(' ') ?? []
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  for (let at = life.start; at < life.end - HOUR; at += 5 * 60_000) {
    const now = local(at)
    // 1 January 1970 was a Thursday.
    if (DIGEST_DAYS[(now.day + 4) % 7] === day && now.minute >= hours * 60 + minutes) return at
  }
  return undefined
}

export function noDigest(life: Life): readonly string[] {
  const end = weekEnds(life)
  const some =
    end !== undefined &&
    life.said.some(each => isDeclared(each) && each.at < end - HOUR && !each.line.includes('--drill'))
  if (!some || end - life.start < HOUR) return []
  return (['slack', 'discord'] as const)
    .filter(chat => !life.refused.some(each => each.by === chat && each.where === '#incidents'))
    .filter(chat => !life.seen.some(each => each.by === chat && /^Week \d/.test(each.first)))
    .map(chat => `the digest never came on ${chat}`)
}
