/** `/digest`: the weekly message, for oneself or for the channel. */
import { refused, say, type Told } from '../bot/answers.ts'
import type { DigestEvent, DigestState } from '../bot/digest/digest.ts'
import { lastPeriod, periodAt } from '../bot/digest/period.ts'
import { digestView } from '../bot/digest/view.ts'
import { DIGEST } from '../bot/engine/kinds.ts'
import { text } from '../bot/message.ts'
import { flag } from './args.ts'
import { command } from './command.ts'

const QUIET = 'There is nothing to say about that week: no incident, no page, nothing overdue.'

export const preview = command({
  group: 'digest',
  name: 'preview',
  summary: 'the weekly message, only for you',
  args: { now: flag('of the week that goes on') },
  example: '/digest preview',
  async run(context, { now }) {
    const { digest, team } = context.world.config
    const of = now ? periodAt : lastPeriod
    const message = digestView(await context.digest(of(digest.every, team.timezone, context.now)))
    return say(message ?? { summary: QUIET, tone: 'calm', blocks: [text(QUIET)] })
  },
})

export const send = command({
  group: 'digest',
  name: 'send',
  summary: "send last week's message to the channel now",
  args: {},
  example: '/digest send',
  run: () => ({
    stream: DIGEST,
    command: { do: 'send_digest' },
    reply: ({ refusal, happened, world }: Told<DigestState, DigestEvent>) => {
      if (refusal) return refused(refusal)
      const id = happened.flatMap(({ event }) => (event.type === 'digest_due' ? [event.period.id] : []))[0]
      const words = `The digest of ${id ?? 'last week'} goes to ${world.config.digest.channel.name}, if there is something to say.`
      return say({ summary: words, tone: 'calm', blocks: [text(words)] })
    },
  }),
})
