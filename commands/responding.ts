/** Taking an incident, giving it back, calling others: ack, unack, escalate, notme, page, join. */

import { peopleOf } from '../bot/escalation/resolve.ts'
import { nameOf } from '../bot/incidents/asked.ts'
import { refuse } from '../bot/refusal.ts'
import { formatDuration } from '../bot/schedules/duration.ts'
import { incident, pageNumber, target } from './args.ts'
import { command } from './command.ts'
import { sayWhatHappened } from './says.ts'

export const ack = command({
  group: 'incident',
  name: 'ack',
  summary: 'say "I have it": the chain stops and everybody is told',
  args: { incident, page: pageNumber },
  example: '/incident ack INC-42',
  run: (_, { incident: stream, page }) => ({
    stream,
    command: { do: 'ack', page: page ?? null },
    reply: sayWhatHappened(({ world, after, before }) => {
      const acked = before?.acked ?? after?.acked
      if (!acked) return ['Nothing to acknowledge.']
      return [
        { bold: stream },
        ' is acknowledged already: ',
        nameOf(world, acked.by),
        ` has it since `,
        { time: acked.at, as: 'at' },
        ` (after ${formatDuration(acked.afterMs)}).`,
      ]
    }),
  }),
})

export const unack = command({
  group: 'incident',
  name: 'unack',
  summary: 'take the acknowledgement back: the chain starts anew',
  args: { incident },
  example: '/incident unack INC-42',
  run: (_, { incident: stream }) => ({
    stream,
    command: { do: 'unack' },
    reply: sayWhatHappened(() => ['Nothing to take back.']),
  }),
})

export const escalate = command({
  group: 'incident',
  name: 'escalate',
  summary: 'page the next rung of the chain now',
  args: { incident },
  example: '/incident escalate INC-42',
  run: (_, { incident: stream }) => ({
    stream,
    command: { do: 'escalate' },
    reply: sayWhatHappened(() => ['The chain has no next rung.']),
  }),
})

export const notme = command({
  group: 'incident',
  name: 'notme',
  summary: "take yourself out of this incident's chain; the next rung is paged now",
  hidden: true,
  args: { incident },
  example: '/incident notme INC-42',
  run: (_, { incident: stream }) => ({
    stream,
    command: { do: 'stand_aside' },
    reply: sayWhatHappened(({ world, after }) =>
      after?.acked
        ? [`${stream} is acknowledged by ${nameOf(world, after.acked.by)}; nobody is paged.`]
        : ['You are out of its chain already.'],
    ),
  }),
})

export const page = command({
  group: 'incident',
  name: 'page',
  summary: 'page somebody by hand, or everybody behind a role',
  args: { incident, target },
  example: '/incident page INC-42 @ben',
  run(context, { incident: stream, target: named }) {
    const role = context.world.config.roles[named]
    const people = role ? peopleOf(context.world, role, context.now) : [named]
    if (people.length === 0)
      return refuse('nobody', `Nobody is behind ${named} now.`, 'Page a person: /incident page @person.')
    return { stream, command: { do: 'page', people }, reply: sayWhatHappened(() => ['Nobody was paged.']) }
  },
})

export const join = command({
  group: 'incident',
  name: 'join',
  summary: 'join an incident that is open: you are invited to its channel',
  args: { incident },
  example: '/incident join INC-42',
  run: (_, { incident: stream }) => ({
    stream,
    command: { do: 'join', title: '' },
    reply: sayWhatHappened(() => ['You are in it already.']),
  }),
})

export const retry = command({
  group: 'incident',
  name: 'retry',
  summary: "try again what failed while the incident's channel was set up",
  args: { incident },
  example: '/incident retry INC-42',
  run: (_, { incident: stream }) => ({
    stream,
    command: { do: 'retry_setup' },
    reply: sayWhatHappened(() => ['Nothing to retry.']),
  }),
})
