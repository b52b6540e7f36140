/** `/digest`: the weekly message, for oneself or for the channel; and what incidents have in common over any range. */
import { refused, say, type Told } from '../bot/answers.ts'
import type { DigestEvent, DigestState } from '../bot/digest/digest.ts'
import { patternsView } from '../bot/digest/patterns-view.ts'
import { lastPeriod, periodAt } from '../bot/digest/period.ts'
import { readRange } from '../bot/digest/range.ts'
import { digestView } from '../bot/digest/view.ts'
import { DIGEST } from '../bot/engine/kinds.ts'
import { type Message, text } from '../bot/message.ts'
import { Refusal } from '../bot/refusal.ts'
import { flag, option, service } from './args.ts'
import { command } from './command.ts'

const QUIET = 'There is nothing to say about that week: no incident, no page, nothing overdue.'
const SO_FAR = ' The week that goes on is in /digest preview --now.'
function quiet(further = '') {
  const words = `${QUIET}${further}`
  return say({ summary: words, tone: 'calm', blocks: [text(words)] })
}

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
    return message ? say(withoutDrawings(message)) : quiet(now ? '' : SO_FAR)
  },
})

/** An answer leaves at once: there is no time to draw, and where drawings are shown as they are nothing is lost. */
const withoutDrawings = (message: Message): Message => ({
  ...message,
  blocks: message.blocks.map(block =>
    block.kind === 'image'
      ? { ...block, picture: { ...block.picture, lost: 'it comes with the message in the channel' } }
      : block,
  ),
})

export const patterns = command({
  group: 'digest',
  name: 'patterns',
  summary: 'what incidents have in common over any range, and what to improve',
  args: {
    from: option('the first day, such as 2026-09-01; left out, twelve weeks before the last'),
    to: option('the last day; left out, now'),
    service: { ...service, summary: 'of one service alone' },
  },
  example: '/digest patterns --from 2026-09-01 --to 2026-11-30',
  async run(context, { from, to, service: of }) {
    const range = readRange({ from, to }, context.world.config.team.timezone, context.now)
    if (range instanceof Refusal) return range
    return say(
      patternsView(await context.patterns({ ...range, ...(of === undefined ? {} : { service: of }) })),
    )
  },
})

export const send = command({
  group: 'digest',
  name: 'send',
  summary: "send last week's message to the channel now",
  args: {},
  example: '/digest send',
  async run(context) {
    const { digest, team } = context.world.config
    const last = await context.digest(lastPeriod(digest.every, team.timezone, context.now))
    if (!digestView(last)) return quiet(SO_FAR)
    return { stream: DIGEST, command: { do: 'send_digest' }, reply }
  },
})

function reply({ refusal, happened, world }: Told<DigestState, DigestEvent>) {
  if (refusal) return refused(refusal)
  const id = happened.flatMap(({ event }) => (event.type === 'digest_due' ? [event.period.id] : []))[0]
  const words = `The digest of ${id ?? 'last week'} goes to ${world.config.digest.channel.name}.`
  return say({ summary: words, tone: 'calm', blocks: [text(words)] })
}
