/**
 * How the sources are asked, and how what they said leaves. A source that is slow or down is said once and asked again for a while;
 * it holds up its own next question and nothing else: each has a lane of its own, and all of them together a few of the slots.
 */
import { investigate } from '../evidence/candidates.ts'
import { examine, type Seen } from '../evidence/investigation.ts'
import type { Finding } from '../evidence/types.ts'
import type { ChatFailure } from '../ports.ts'
import { knownOf, type Standing } from '../sources/known.ts'
import { askedServices, stretchOf } from '../sources/question.ts'
import { isWorthTelling } from '../sources/reactions.ts'
import { settled } from '../sources/settled.ts'
import { investigationView } from '../sources/view.ts'
import type { Delivery, DeliveryKind } from './deliver.ts'
import { postFailed } from './post-deliveries.ts'
import { as, POST_BOUND_MS, paced, postOnce } from './posting.ts'

/** After this long it is asked again when the status changes, or when somebody investigates. */
const GIVE_UP_MS = 5 * 60_000
/** A question that found no free slot tries for one again after this. */
const HELD_MS = 2_000
const MAX_FINDINGS = 40
const MAX_SERIES = 24
/** So many points show a curve on any screen. */
const MAX_POINTS = 80
const MAX_MISSING = 10

const ask: DeliveryKind = {
  async send(delivery) {
    const { source: name } = as(delivery, 'ask')
    const { incident, world, now } = delivery
    const leave = delivery.asking()
    if (!leave) return { heldUntil: now + HELD_MS }
    try {
      const source = await delivery.source(name)
      if (!source) return {}
      const stretch = stretchOf(incident, now)
      const services = askedServices(world, incident)
      const { done, missing } = await settled(
        services,
        service => service,
        service => source.ask({ service, ...stretch }),
      )
      const seen = bounded(
        examine(
          stretch,
          done.map(({ answer }) => answer),
        ),
      )
      const unsaid = [...missing, ...done.flatMap(each => each.missing)].slice(0, MAX_MISSING)
      return { record: { do: 'evidence_found', source: name, ...stretch, ...seen, missing: unsaid } }
    } finally {
      leave()
    }
  },
  lost: failed,
  // The first failure is said, however soon the next try comes.
  boundMs: 0,
  overdue: (delivery, failure) => ({
    record: failed(delivery, failure),
    giveUp: delivery.now - (delivery.timer.firstAttemptAt ?? delivery.now) >= GIVE_UP_MS,
  }),
}

function failed(delivery: Delivery, { say }: ChatFailure) {
  return { do: 'source_failed' as const, source: as(delivery, 'ask').source, why: say }
}

/** What is kept with the incident for good: the findings that say most, and curves thin enough to draw. */
function bounded({ findings, series, ...others }: Seen): Seen {
  const kept = new Set(findings.toSorted((a, b) => weightOf(b) - weightOf(a)).slice(0, MAX_FINDINGS))
  return {
    ...others,
    findings: findings.filter(finding => kept.has(finding)),
    series: series.slice(0, MAX_SERIES).map(each => {
      const every = Math.ceil(each.points.length / MAX_POINTS)
      return { ...each, points: each.points.filter((_, index) => index % every === 0) }
    }),
  }
}

const weightOf = (finding: Finding): number => (finding.kind === 'anomaly' ? finding.score : finding.count)

/** One message for each time that somebody asked; it is edited while more comes in. */
const investigation: DeliveryKind = {
  async send(delivery) {
    const { chat: name, asked } = as(delivery, 'investigation')
    const { incident, world } = delivery
    const channel = incident.rooms[name]?.channel
    if (!channel || asked !== incident.inquiry.asked || !isWorthTelling(incident.sources)) return {}
    const known = knownOf(await delivery.history())
    const found = investigate(world, incident, await delivery.ingested(), known.seen)
    const message = investigationView(incident, found, known.standings.map(briefly))
    const chat = delivery.chat(name)
    const posted = incident.inquiry.posted[name]
    if (posted) {
      await chat.edit(posted, message)
      return {}
    }
    const ref = await postOnce(delivery, chat, { channel }, () => message)
    return { record: { do: 'investigation_posted', chat: name, ref, asked }, ...paced(delivery, chat) }
  },
  lost: (delivery, failure) => postFailed(as(delivery, 'investigation').chat, 'the investigation', failure),
  boundMs: POST_BOUND_MS,
  overdue: (delivery, failure) => ({
    record: postFailed(as(delivery, 'investigation').chat, 'the investigation', failure),
    giveUp: true,
  }),
}

/** What an answer does not say is for whoever asks, and not for the whole channel. */
const briefly = (standing: Standing): Standing => ({ ...standing, missing: [] })

export const SOURCE_DELIVERIES = { ask, investigation }
