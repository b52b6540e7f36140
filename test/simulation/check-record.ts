/** What was answered is so, and everybody is told: nothing is lost, an answer stays the same, each alert has its one incident (I1, I14, I15). */

import { LAPSE_MS } from './check-calls.ts'
import { isCalm } from './check-times.ts'
import type { Life } from './evidence.ts'
import { isAck, isCall, isDeclared, isOver, isUnclear } from './known.ts'

/** What was declared with a green answer is there (I1). */
export function lost(life: Life): readonly string[] {
  const declared = [
    ...life.said.filter(isDeclared).flatMap(each => each.incident ?? []),
    ...life.delivered.flatMap(each => each.incidents ?? []),
  ]
  return [...new Set(declared)].filter(id => !life.cards.has(id)).map(id => `${id} was declared and is gone`)
}

/** Whatever is delivered again is answered as it was. */
export function echoes({ said }: Life): readonly string[] {
  const clear = said.filter(each => !isUnclear(each))
  return [...Map.groupBy(clear, each => each.cause).values()].flatMap(same => {
    const other = same.find(each => each.words !== same[0]?.words)
    return other ? [`${other.line} was answered "${same[0]?.words}", and again "${other.words}"`] : []
  })
}

/** Whoever asks reads the same, whichever process answers. */
export function otherwise({ cards, others }: Life): readonly string[] {
  return others.flatMap(other =>
    [...cards].flatMap(([id, card]) =>
      other.get(id) === card ? [] : [`${id} reads "${card.slice(0, 80)}", and elsewhere otherwise`],
    ),
  )
}

/** Of any number of acks one counts, until somebody is called anew (I7). */
export function wonTwice(life: Life): readonly string[] {
  return [...life.cards.keys()].flatMap(id => {
    const own = life.said.filter(each => each.incident === id)
    const acks = own.filter(({ words }) => words.includes('acknowledged after'))
    const wins = acks.filter((each, index) => acks.findIndex(({ cause }) => cause === each.cause) === index)
    return wins.flatMap((win, index) => {
      const before = wins[index - 1]
      if (!before || win.at - before.from >= LAPSE_MS) return []
      // By a clock that is set it lapses early.
      const anew =
        life.troubles.some(each => each.what === 'clock' && each.from <= win.at && each.to >= before.from) ||
        own.some(each => isCall(each) && each.from <= win.at && each.at >= before.from) ||
        life.delivered.some(
          each => each.incidents?.includes(id) && each.at >= before.from && each.at <= win.at,
        )
      return anew ? [] : [`${win.who} was told of having ${id} first, and ${before.who} as well`]
    })
  })
}

/** In the end the team has read on every chat that it was declared, and that somebody took it. */
export function untold(life: Life): readonly string[] {
  const acked = new Set(life.said.flatMap(each => (isAck(each) && each.incident ? [each.incident] : [])))
  return (['slack', 'discord'] as const).flatMap(chat => {
    if (life.refused.some(each => each.by === chat && each.where === '#incidents')) return []
    const texts = life.seen
      .filter(each => each.by === chat && each.where === '#incidents')
      .map(each => each.first)
    return [...life.cards.keys()].flatMap(id => {
      const of = texts.filter(text => text.includes(`${id} `))
      return [
        ...(of.some(text => / declared /.test(text))
          ? []
          : [`#incidents on ${chat} never read that ${id} was declared`]),
        ...(!acked.has(id) || of.some(text => /acknowledged after/.test(text))
          ? []
          : [`#incidents on ${chat} never read who took ${id}`]),
      ]
    })
  })
}

/** While the incident of a group is open, its alerts join it. */
export function declaredTwice(life: Life): readonly string[] {
  // What is delivered again is answered as it was.
  const fresh = life.delivered.filter(
    (each, index) =>
      each.incidents?.length &&
      !life.delivered
        .slice(0, index)
        .some(
          one => one.startsAt === each.startsAt && one.status === each.status && one.group === each.group,
        ),
  )
  return [...Map.groupBy(fresh, each => each.group)].flatMap(([group, all]) =>
    all.flatMap(({ at, incidents = [] }, index) => {
      const [before] = all[index - 1]?.incidents ?? []
      const [now] = incidents
      if (!before || !now || before === now) return []
      const over = life.said.some(
        each => each.incident === before && each.from <= at && (isOver(each) || isUnclear(each)),
      )
      return over ? [] : [`${group} has ${now}, although ${before} is open`]
    }),
  )
}

/** That no alert is left is said only when the last one that fired is over (I15). */
export function endedEarly(life: Life): readonly string[] {
  return life.seen.flatMap(({ first, at }) => {
    const [, group] =
      /resolved: (\w+) is not as it should be\. No alert of this incident is left/.exec(first) ?? []
    if (!group || !isCalm(life, at, at)) return []
    const heard = life.delivered.filter(each => each.group === group && each.incidents && each.at <= at)
    const newest = Math.max(...heard.map(each => each.startsAt))
    const over = heard.some(each => each.startsAt === newest && each.status === 'resolved')
    return over ? [] : [`it was said that ${group} is over, while it fires`]
  })
}

/** An alert does not join what is over: nobody would hear of it. */
export function joinedTheDead(life: Life): readonly string[] {
  return life.delivered.flatMap(({ at, incidents = [], group, status, startsAt }) => {
    const again = life.delivered.some(
      each => each.at < at && each.group === group && each.status === status && each.startsAt === startsAt,
    )
    if (status !== 'firing' || again) return []
    return incidents
      .filter(id => {
        const own = life.said.filter(each => each.incident === id && each.at < at)
        const closed = own.findLast(each => /set the status to closed/.test(each.words))
        return closed && !own.some(each => each.line.includes(' reopen ') && each.at >= closed.from)
      })
      .map(id => `${group} fired and joined ${id}, which is closed`)
  })
}
