/**
 * Alerts and changes, from whoever sent them to what becomes of them. An alert joins the open incident of its group, declares
 * one when its route says so, or is noted; a change is kept. Answered only after the commit, and the same delivery twice is the
 * same once.
 */

import { judgeAlert } from '../alerts/severity.ts'
import type { Alert, Ingested } from '../alerts/types.ts'
import type { Told } from '../answers.ts'
import type { Integration } from '../config/types.ts'
import type { Actor, Judgement } from '../incidents/events.ts'
import { isOver } from '../ingested/ingested.ts'
import type { Ids, Store } from '../ports.ts'
import type { IncidentId } from '../words.ts'
import type { World } from '../world.ts'
import type { Ask, Engine } from './handle.ts'
import { ACTIONS, INGESTED } from './kinds.ts'

export type Taken = {
  /** The incidents that alerts of this delivery belong to. */
  readonly incidents: readonly IncidentId[]
  readonly noted: number
  readonly changes: number
}

export type Intake = (integration: Integration, ingested: Ingested) => Promise<Taken>

/** A storm: so many open incidents of one integration, and its alerts join the last one declared (S21). */
const MAX_OPEN = 200

export function createIntake({
  engine,
  store,
  ids,
}: {
  readonly engine: Engine
  readonly store: Store
  readonly ids: Ids
}): Intake {
  return async (integration, { alerts, changes, issues }) => {
    const world = await engine.world()
    const full = world.open.length >= MAX_OPEN
    const asks: Ask[] = []
    for (const alert of alerts) asks.push(await askOf(world, integration, alert, full))
    const kept = changes.map(
      change =>
        ({
          cause: null,
          stream: INGESTED,
          actor: { kind: 'alert', integration: integration.id },
          command: { do: 'see_change', integration: integration.id, change },
        }) as Ask,
    )
    const mirrored = issues ? issuesSeen(world, integration, issues) : []
    const handled = await engine.handle([...asks, ...kept, ...mirrored])
    const incidents = handled
      .slice(0, asks.length)
      .flatMap(each => (typeof each.answer === 'string' ? [each.answer] : []))
    return {
      incidents: [...new Set(incidents)],
      noted: asks.length - incidents.length,
      changes: changes.length,
    }
  }

  async function askOf(world: World, integration: Integration, alert: Alert, full: boolean): Promise<Ask> {
    const { id } = integration
    const actor: Actor = { kind: 'alert', integration: id }
    const cause =
      alert.startsAt === null
        ? ids.fresh()
        : `alert:${id}:${alert.fingerprint}:${alert.status}:${alert.startsAt}`
    const judged = judgeAlert(world, alert, integration.severities)
    const group = `${id}/${alert.group}`
    const join = { do: 'alert' as const, integration: id, alert, judged }
    const holder = await store.groupHolder(group)
    if (holder !== undefined) return { cause, stream: holder, actor, command: join, reply } as Ask
    const last = (await engine.ingested()).alerts[`${id}/${alert.fingerprint}`]
    const why = full ? 'too many incidents are open' : notDeclared(integration, alert, judged, last)
    if (why !== undefined) {
      const command = { do: 'note_alert' as const, integration: id, alert, why }
      return { cause, stream: INGESTED, actor, command } as Ask
    }
    const service = serviceOf(world, integration, alert)
    const command = {
      do: 'declare' as const,
      number: 0,
      title: alert.title,
      details: alert.details,
      service,
      judged,
      severity: null,
      test: false,
      drill: false,
      alert: { integration: id, alert },
    }
    return { cause, stream: 'new', actor, command, group: { key: group, join }, reply } as Ask
  }
}

/** Only of the repository that is configured, and only where the sender signs: whoever has the address alone closes no item. */
function issuesSeen(
  { config }: World,
  integration: Integration,
  { repo, seen }: NonNullable<Ingested['issues']>,
): readonly Ask[] {
  const signed = integration.secret !== undefined || integration.secretFile !== undefined
  if (!signed || repo.toLowerCase() !== config.actions.github?.repo.toLowerCase() || seen.length === 0)
    return []
  const actor: Actor = { kind: 'alert', integration: 'GitHub' }
  return [{ cause: null, stream: ACTIONS, actor, command: { do: 'issues_seen', issues: seen } } as Ask]
}

/** The incident is kept with the cause, so that a redelivery names it too. */
const reply = ({ after }: Told): IncidentId | null => after?.id ?? null

/** Why an alert declares nothing; undefined when it does. */
function notDeclared(
  { declare }: Integration,
  { status, startsAt }: Alert,
  { severity }: Judgement,
  last: Alert | undefined,
): string | undefined {
  if (status === 'resolved') return 'it is over, and belongs to no open incident'
  if (isOver(last, startsAt)) return 'it was over before it was heard of'
  return declare.includes(severity) ? undefined : `the route declares nothing at ${severity}`
}

/** The integration's own service, else the one that the alert names, where the configuration knows it. */
function serviceOf({ config }: World, { service }: Integration, alert: Alert): string | null {
  const named = service ?? alert.service
  return named !== null && named !== undefined && config.services[named] ? named : null
}
