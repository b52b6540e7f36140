/**
 * How a published post-mortem leaves for a repository or a tracker. It delays nothing: a long transfer goes on by itself and is asked
 * for again. A failure is said once, with what to do, and tried on; what was refused for good waits for `--export`.
 */
import { nameOf } from '../incidents/asked.ts'
import { ChatFailure, type Exported } from '../ports.ts'
import { markdown } from '../postmortem/render.ts'
import type { Delivery, DeliveryKind } from './deliver.ts'
import { as } from './posting.ts'

const LOOK_AGAIN_MS = 3_000
/** After so many tries it is not a hiccup: it is tried every ten minutes from then on. */
const SOON = 6
const LATER_MS = 10 * 60_000
const SAID_AFTER_MS = 5 * 60_000

export const exporting: DeliveryKind = {
  async send(delivery) {
    const { to } = as(delivery, 'export')
    const { world, incident, timer } = delivery
    const exported = await editionFor(delivery)
    if (!exported || world.config.postmortem.export[to] === undefined) return {}
    const exporter = await delivery.exporter(to)
    if (!exporter) throw new ChatFailure('never', 'not_set_up', 'this process cannot export')
    const known = incident.postmortem?.exports[to]?.ref ?? null
    const put = await exporter
      .put({ ...exported, known, doubt: timer.doubt })
      .catch(patiently(timer.attempts))
    if (put === 'going on') return { heldUntil: delivery.now + LOOK_AGAIN_MS }
    return { record: { do: 'export_done', to, edition: exported.edition, ref: put.ref } }
  },
  lost: (delivery, { say }) => ({
    do: 'export_failed',
    to: as(delivery, 'export').to,
    why: say,
    final: true,
  }),
  boundMs: SAID_AFTER_MS,
  overdue(delivery, { say }) {
    const { to } = as(delivery, 'export')
    const told = delivery.incident.postmortem?.exports[to]?.why != null
    return told
      ? { giveUp: false }
      : { giveUp: false, record: { do: 'export_failed', to, why: say, final: false } }
  },
}

const patiently =
  (attempts: number) =>
  (error: unknown): never => {
    if (!(error instanceof ChatFailure) || error.kind === 'never' || attempts < SOON) throw error
    throw new ChatFailure(error.kind, error.reason, error.say, Math.max(LATER_MS, error.retryAfterMs ?? 0))
  }

type Edition = Omit<Exported, 'known' | 'doubt'>

async function editionFor({ incident, world, postmortem, signer }: Delivery): Promise<Edition | undefined> {
  const [name] = world.chats.map(chat => chat.name)
  const found = await postmortem(incident.id, name ?? '')
  const state = incident.postmortem
  if (!found?.edition || state?.publishedAt == null) return undefined
  return {
    incident: incident.id,
    title: incident.title,
    edition: state.edition,
    publishedAt: state.publishedAt,
    by: nameOf(world, state.publishedBy ?? ''),
    markdown: markdown(found.edition),
    url: signer.url(`/incidents/${incident.id}/postmortem`),
  }
}
