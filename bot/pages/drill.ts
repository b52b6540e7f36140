/** How a drill went, from what happened in it: who was called when and by what, who took it, and what to mend. */
import { nameOf } from '../incidents/asked.ts'
import type { Incident, Page, Step } from '../incidents/state.ts'
import type { Line } from '../message.ts'
import { formatDuration } from '../schedules/duration.ts'
import type { World } from '../world.ts'

/** Why a page by a way that is broken for the drill does not leave. */
export const BROKEN = 'in this drill it does not work'

export function drillReport(world: World, incident: Incident): readonly Line[] {
  const { acked, pages, silent = [], chain } = incident
  const after = (page: Page) => formatDuration(page.startedAt - incident.declaredAt)
  const called = pages.map(
    (page): Line => [
      `+${after(page)}: `,
      { person: page.person },
      ` by ${page.steps.map(stepText).join(', ')}${silent.includes(page.person) ? ', who did not answer in this drill' : ''}`,
    ],
  )
  const verdict: Line = acked
    ? [
        { bold: 'It worked: ' },
        { person: acked.by },
        ` took it after ${formatDuration(acked.afterMs)}, ${within(incident)}.`,
      ]
    : [
        {
          bold:
            chain?.exhaustedAt != null ? 'It failed: the chain ended and nobody took it.' : 'Nobody took it.',
        },
      ]
  const failed = pages.flatMap(page =>
    page.steps
      .filter(({ state, why }) => (state === 'failed' || state === 'late') && why !== BROKEN)
      .map(
        (step): Line => [
          { bold: 'To mend: ' },
          `${nameOf(world, page.person)} was not reached by ${step.by}: ${step.why ?? 'no answer'}`,
        ],
      ),
  )
  return [verdict, ...called, ...failed]
}

/** Against the time in which somebody was to respond. */
function within({ acked, chains, severity }: Incident): string {
  const { respondWithin } = chains[severity]
  if (!acked || typeof respondWithin !== 'number') return 'in time'
  const late = acked.afterMs - respondWithin
  return late <= 0
    ? `within the ${formatDuration(respondWithin)} of ${severity}`
    : `${formatDuration(late)} later than the ${formatDuration(respondWithin)} of ${severity}`
}

function stepText({ by, state, why }: Step): string {
  if (why === BROKEN) return `${by} (broken in this drill)`
  switch (state) {
    case 'sent':
      return by
    case 'waiting':
      return `${by} (not needed)`
    case 'due':
      return `${by} (under way)`
    default:
      return `${by} (${state})`
  }
}
