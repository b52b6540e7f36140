/** Messages: each is there once, in its order, and says in the end what is true (I8, I9). */
import { IN_FLIGHT_MS, isAcked, isDone, pagesOf } from './check-calls.ts'
import type { Called, Life } from './evidence.ts'
import { MINUTE } from './team.ts'

/** One message is seen once, but for repeats that are marked as such; Discord refuses a double for some minutes only (I9). */
export function twice(life: Life): readonly string[] {
  const keyed = life.seen.filter(each => each.key !== '')
  return [...Map.groupBy(keyed, each => `${each.by} ${each.where} ${each.key}`)].flatMap(([key, copies]) => {
    const plain = copies.filter(each => !each.first.includes('(repeat)'))
    const [first, second] = plain
    if (
      !first ||
      !second ||
      copies.some(each => each.arrived === 'late') ||
      (first.by === 'discord' && second.at - first.at >= 5 * MINUTE)
    )
      return []
    return [`${key} came ${copies.length} times, unmarked`]
  })
}

/** What was heard of is not sent again, marked or not, unless whoever heard of it forgot: by a crash, a stand-still, a write that failed. */
export function again({ seen, troubles }: Life): readonly string[] {
  return seen.flatMap(copy => {
    // In a chat a copy may have been found later only.
    if (copy.key === '' || copy.reply === undefined || !copy.first.includes('(repeat)')) return []
    const heard = seen.find(
      each => each.key === copy.key && each.by === copy.by && each.at < copy.at && each.arrived === 'heard',
    )
    const forgotten = troubles.some(
      each => each.what !== 'weather' && each.from <= copy.at && each.to >= (heard?.at ?? 0) - IN_FLIGHT_MS,
    )
    return heard && !forgotten
      ? [`${copy.by} ${copy.where} ${copy.key} came again, and had been heard of`]
      : []
  })
}

const isLoss = (what: string): boolean => what === 'dead' || what === 'fallen' || what === 'hung'

/** Nothing was heard of it or could be written, and it could not be looked for: by then, on that chat, or because the look failed. */
function isUnknown({ seen, troubles }: Life, { arrived, at, by, key }: Called): boolean {
  const died = troubles.some(each => isLoss(each.what) && each.from >= at && each.from <= at + IN_FLIGHT_MS)
  const unwritten = troubles.some(each => each.what === 'database' && each.from <= at && each.to >= at)
  const repeated = seen.some(each => each.key === key && each.first.includes('(repeat)'))
  return (
    arrived === 'late' || ((arrived === 'unheard' || died || unwritten) && (by === 'discord' || repeated))
  )
}

/** In the end no copy of a page asks for an answer that nobody waits for (I8). */
export function stale(life: Life): readonly string[] {
  return [...life.cards].flatMap(([id, card]) => {
    if (!isAcked(card) && !isDone(card)) return []
    return pagesOf(life, id)
      .filter(page => page.text.includes('[Ack]') && !isUnknown(life, page))
      .filter(
        page =>
          !life.refused.some(each => each.by === page.by && each.where === page.where && each.at >= page.at),
      )
      .map(page => `${page.where} on ${page.by} still reads [Ack] for ${id}, which is over`)
  })
}

/** What is said of an incident is said in its order: on the chat on which all that was said is known. */
export function disordered(life: Life): readonly string[] {
  const posts = life.seen.flatMap(each => {
    const [, id, seq] = /^post:(INC-\d+):(\d+):slack:team(?:@|$)/.exec(each.key) ?? []
    return id && each.arrived === 'heard' ? [{ id, seq: Number(seq), key: each.key }] : []
  })
  return [...Map.groupBy(posts, each => each.id).values()].flatMap(all =>
    all.flatMap(({ seq, key }, index) =>
      all.slice(0, index).some(each => each.seq > seq) ? [`${key} was said after what followed it`] : [],
    ),
  )
}
