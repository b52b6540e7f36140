/**
 * The chains of all severities as they hold for one incident, stamped when it is declared (D12): a service's own chain
 * where it has one, else the severity's. A service's `repeat` holds at every severity.
 */
import type { Config, Rung } from '../config/types.ts'
import type { Chain } from '../incidents/events.ts'
import { SEVERITIES, type Severity } from '../words.ts'

export function stampChains(config: Config, serviceId: string | null): Readonly<Record<Severity, Chain>> {
  const chains = SEVERITIES.map(severity => [severity, stampChain(config, serviceId, severity)] as const)
  return Object.fromEntries(chains) as Record<Severity, Chain>
}

function stampChain(config: Config, serviceId: string | null, severity: Severity): Chain {
  const level = config.severities[severity]
  const service = serviceId === null ? undefined : config.services[serviceId]
  const rungs = service?.escalation[severity] ?? level.escalation
  return {
    respondWithin: level.respondWithin,
    repeat: service?.repeat ?? level.repeat,
    updateWithin: level.updateWithin,
    targets: level.targets,
    rungs: rungs.map((rung: Rung) => ({ ...rung, target: config.roles[rung.role] ?? null })),
  }
}
