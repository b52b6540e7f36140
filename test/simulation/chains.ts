/** How each incident began, as people were told, and what was due from then on. */
import { eventsOf } from './events.ts'
import { incidentIn, type Life } from './evidence.ts'
import { isDeclared } from './known.ts'
import { teamAt } from './on-call.ts'
import { type Reckoned, reckon } from './reckon.ts'
import { SEVERITY_OF, type Severity } from './team.ts'

type Begun = {
  readonly id: string
  readonly at: number
  readonly severity: Severity
  readonly service: string | undefined
  readonly sure: boolean
}

const SERVICES: Readonly<Record<string, string>> = { DiskFull: 'search', ErrorRate: 'checkout' }

function begun({ said, delivered }: Life): readonly Begun[] {
  const known = new Map<string, Begun>()
  const add = (each: Begun) => void (known.has(each.id) || known.set(each.id, each))
  for (const each of said.filter(isDeclared)) {
    const id = incidentIn(each.words) ?? ''
    const severity = (/SEV\d/.exec(each.words)?.[0] ?? 'SEV4') as Severity
    const service = /--service (\w+)/.exec(each.line)?.[1]
    add({ id, at: each.from, severity, service, sure: each.from === each.at })
  }
  for (const each of delivered) {
    const tried = delivered.some(
      one => one.group === each.group && !one.incidents && each.at - one.at < 120_000,
    )
    const severity = SEVERITY_OF[each.label as keyof typeof SEVERITY_OF]
    for (const id of each.incidents ?? [])
      add({ id, at: each.at, severity, service: SERVICES[each.group], sure: !tried })
  }
  return [...known.values()]
}

const reckonings = new WeakMap<
  Life,
  readonly { readonly id: string; readonly begun: Begun; readonly reckoned: Reckoned }[]
>()

export function chainEvents(life: Life) {
  const known = reckonings.get(life)
  if (known) return known
  const made = begun(life).flatMap(each => {
    const team = teamAt(life, each.at)
    if (!team || !each.sure) return []
    const reckoned = reckon(life, { ...each, team }, eventsOf(life, each.id))
    return [{ id: each.id, begun: each, reckoned }]
  })
  reckonings.set(life, made)
  return made
}
