/** What lies upstream: everything that a service depends on, however far, and by way of what. */

export type Graph = Readonly<Record<string, { readonly dependsOn: readonly string[] }>>

/** Each service that it depends on -> those in between, in order; the shortest way, the first as it is written among equals. */
export function upstreamOf(services: Graph, service: string): ReadonlyMap<string, readonly string[]> {
  const ways = new Map<string, readonly string[]>([[service, []]])
  for (const [each, way] of ways)
    for (const on of services[each]?.dependsOn ?? [])
      if (!ways.has(on)) ways.set(on, each === service ? [] : [...way, each])
  ways.delete(service)
  return ways
}

export type Closeness = {
  /** 0 to 1. */
  readonly weight: number
  readonly reason: string
}

/** How near something on `other` is to what is wrong with `service`. A cause is near its effect; the further the less likely. */
export function closenessOf(services: Graph, service: string | null, other: string | null): Closeness {
  if (service === null || other === null)
    return { weight: 0.4, reason: 'it is not said which service it is about' }
  if (other === service) return { weight: 1, reason: `it changed ${service} itself` }
  const way = upstreamOf(services, service).get(other)
  if (!way) return { weight: 0.05, reason: `${service} does not depend on ${other}` }
  return way.length === 0
    ? { weight: 0.9, reason: `${service} depends on ${other}` }
    : { weight: 0.7, reason: `${service} depends on ${other} by way of ${way.join(' and ')}` }
}
