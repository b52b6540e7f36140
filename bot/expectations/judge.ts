/** One expectation at one instant: undefined when it holds, else in words what happened instead. */
import { peopleOf } from '../escalation/resolve.ts'
import type { SimulatedPage, Simulation } from '../escalation/simulate.ts'
import { formatDuration } from '../schedules/duration.ts'
import type { World } from '../world.ts'
import type { Expectation, Paged } from './schema.ts'

export function judge(
  world: World,
  expected: Expectation['expect'],
  outcome: Simulation,
): string | undefined {
  const { pages, at, exhaustedAt } = outcome
  const people = pages.filter(page => page.person !== null)
  const told = story(world, outcome)
  const { first, reached, not_paged: barred, nobody, lasts } = expected
  if (nobody && people.length > 0) return `somebody is paged: ${told}`
  if (first !== undefined && people[0]?.person !== first) return `${first} is not the first: ${told}`
  if (reached && !people.some(page => fits(world, page, reached, at)))
    return `nobody is reached ${wanted(reached)}: ${told}`
  const wrong = barred && pages.find(page => fits(world, page, barred, at))
  if (wrong) return `${who(wrong)} is paged ${wanted(barred)}: ${told}`
  if (lasts !== undefined && exhaustedAt !== null && exhaustedAt - at < lasts)
    return `the chain is exhausted after ${formatDuration(exhaustedAt - at)}: ${told}`
  return undefined
}

function fits(world: World, page: SimulatedPage, paged: Paged, at: number): boolean {
  const { person, role, by, rung, within } = paged
  const target = role === undefined ? undefined : world.config.roles[role]
  return (
    (person === undefined || page.person === person) &&
    (target === undefined || peopleOf(world, target, page.at).some(each => each === page.person)) &&
    (by === undefined || page.by === by) &&
    (rung === undefined || page.rung === rung) &&
    (within === undefined || page.at - at <= within)
  )
}

const wanted = ({ person, role, by, rung, within }: Paged): string =>
  [
    person === undefined ? '' : `(${person})`,
    role === undefined ? '' : `(${role})`,
    by === undefined ? '' : `by ${by}`,
    rung === undefined ? '' : `at rung ${rung}`,
    within === undefined ? '' : `within ${formatDuration(within)}`,
  ]
    .filter(part => part !== '')
    .join(' ')

const who = (page: SimulatedPage): string => page.person ?? page.channel ?? 'nobody'

/** Who was paged when by what, and who was not and why: enough to see what is wrong. */
function story(world: World, { pages, skipped, at, exhaustedAt }: Simulation): string {
  const name = (id: string) => world.config.people[id]?.name ?? id
  const paged = pages.map(
    page => `+${formatDuration(page.at - at)} ${page.person ? name(page.person) : who(page)} by ${page.by}`,
  )
  const left = skipped.map(
    each => `rung ${each.rung}${each.person ? ` ${name(each.person)}` : ''} skipped: ${each.reason}`,
  )
  const end = exhaustedAt === null ? [] : [`exhausted at +${formatDuration(exhaustedAt - at)}`]
  const all = [...(paged.length === 0 ? ['nobody is paged'] : paged), ...left, ...end]
  return [...all.slice(0, 12), ...(all.length > 12 ? [`and ${all.length - 12} more`] : [])].join('; ')
}
