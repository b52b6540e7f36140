/** `/oncall`: who is on call now and next, and what a page would do. */

import { say } from '../bot/answers.ts'
import { simulate } from '../bot/escalation/simulate.ts'
import {
  type Block,
  buttons,
  fields,
  heading,
  type Line,
  list,
  type Message,
  note,
  text,
} from '../bot/message.ts'
import { Refusal } from '../bot/refusal.ts'
import { nextChange, onCall } from '../bot/schedules/on-call.ts'
import type { Override } from '../bot/schedules/types.ts'
import { onCallNow } from '../bot/schedules/view.ts'
import { parseWhen } from '../bot/schedules/when.ts'
import { pageLink, simulationPath } from '../bot/sessions/link.ts'
import { people } from '../bot/timeline/describe.ts'
import type { Severity } from '../bot/words.ts'
import { sentence, service, severityOption } from './args.ts'
import { type Context, command } from './command.ts'
import { sayLine } from './says.ts'

export const who = command({
  group: 'oncall',
  name: 'who',
  summary: 'who is on call now',
  args: {},
  example: '/oncall who',
  run: ({ world, now }) => say(onCallNow(world, now)),
})

export const next = command({
  group: 'oncall',
  name: 'next',
  summary: 'who is on call next, and from when',
  args: {},
  example: '/oncall next',
  run({ world, now }) {
    const lines = Object.values(world.config.schedules).map((schedule): Line => {
      const at = nextChange(schedule, world.overrides, now)
      if (at === undefined) return [{ bold: schedule.name }, ': no change is planned']
      const shift = onCall(schedule, world.overrides, at)
      return [
        { bold: schedule.name },
        ': ',
        ...(shift.people.length > 0 ? people(shift.people) : [{ bold: 'nobody' }]),
        ' from ',
        { time: at, as: 'at' },
      ]
    })
    if (lines.length === 0) return sayLine(world, ['The configuration has no schedules.'])
    const ahead = world.overrides.filter(each => each.to > now && each.cancelledAt === undefined)
    const blocks: Block[] = [heading('On call next'), list(lines), ...ahead.flatMap(overrideBlocks)]
    return say({ summary: 'On call next', tone: 'calm', blocks })
  },
})

const overrideBlocks = (override: Override): readonly Block[] => [
  text([
    { person: override.person },
    ` stands in for ${override.schedule} from `,
    { time: override.from, as: 'at' },
    ' to ',
    { time: override.to, as: 'at' },
    ', by ',
    { person: override.by },
  ]),
  buttons({ label: 'Take it back', command: `/oncall override --cancel ${override.id}` }),
]

export const simulatePage = command({
  group: 'oncall',
  name: 'simulate',
  summary: 'who would be paged now, when and why; sends nothing',
  args: {
    severity: severityOption,
    service,
    at: sentence('when it is declared, such as fri 18:00; left out, now'),
  },
  example: '/oncall simulate --severity SEV1 --at sat 03:00',
  run(context, { severity = 'SEV1', service: affected, at: said }) {
    const { world, person, now } = context
    const zone = world.config.people[person]?.timezone ?? world.config.team.timezone
    const at = said === undefined ? now : parseWhen(said, zone, now)
    return at instanceof Refusal ? at : say(simulated(context, { severity, service: affected ?? null, at }))
  },
})

type Asked = { readonly severity: Severity; readonly service: string | null; readonly at: number }

function simulated(context: Context, { severity, service, at }: Asked): Message {
  const { world, now } = context
  const outcome = simulate(world, { severity, service, at, ackAfterMs: null })
  const link = pageLink(context, simulationPath(severity, service, at === now ? null : at))
  const pages = outcome.pages.map(
    (page): Line => [
      { time: page.at, as: 'at' },
      ' ',
      page.person ? { person: page.person } : (page.channel ?? ''),
      ` by ${page.by} (pass ${page.pass}, rung ${page.rung}): ${page.reason}`,
    ],
  )
  const skipped = outcome.skipped.map(
    (skip): Line => [
      `pass ${skip.pass}, rung ${skip.rung}: `,
      ...(skip.person ? [{ person: skip.person }, ' '] : []),
      skip.reason,
    ],
  )
  return {
    summary: `A ${severity} declared ${at === now ? 'now' : 'then'} would send ${pages.length} pages`,
    tone: 'calm',
    blocks: [
      heading(`If a ${severity} were declared ${at === now ? 'now' : 'then'}`),
      ...(at === now ? [] : [text([{ time: at, as: 'at' }])]),
      ...(service === null ? [] : [fields({ Service: service })]),
      pages.length > 0 ? list(pages) : text('Nobody would be paged.'),
      ...(skipped.length > 0 ? [text('Skipped:'), list(skipped)] : []),
      note(
        ...(outcome.exhaustedAt === null
          ? ['The chain ends there, and nothing more is said.']
          : ['Exhausted ', { time: outcome.exhaustedAt, as: 'at' as const }, '.']),
        ...(link === null ? [] : [' ', { link, text: 'As a picture' }]),
      ),
    ],
  }
}
