/** The replies that most commands share. */
import type { Reply, Told } from '../bot/answers.ts'
import { refusalMessage } from '../bot/engine/front.ts'
import { type Block, type Line, list, type Message, text } from '../bot/message.ts'
import type { ChatAnswer } from '../bot/ports.ts'
import type { Refusal } from '../bot/refusal.ts'
import { describe } from '../bot/timeline/describe.ts'
import { plain } from '../bot/timeline/plain.ts'

export const say = (message: Message): ChatAnswer => ({ kind: 'say', message })

export const refused = (refusal: Refusal): ChatAnswer => say(refusalMessage(refusal))

/** Says what happened, in the timeline's words; `nothing` is for a command that found nothing to do. */
export const sayWhatHappened =
  (nothing: (told: Told) => Line): Reply =>
  told => {
    if (told.refusal) return refused(told.refusal)
    const id = told.after?.id ?? ''
    const lines = told.happened.map(each => describe(told.world, each))
    if (lines.length === 0) return say(short(told, nothing(told)))
    const blocks: Block[] =
      lines.length === 1
        ? [text([{ bold: id }, ' ', ...(lines[0] ?? [])])]
        : [text([{ bold: id }]), list(lines)]
    return say({
      summary: `${id}: ${lines.map(line => plain(told.world, line)).join('; ')}`,
      tone: 'calm',
      blocks,
    })
  }

const short = (told: Told, line: Line): Message => ({
  summary: plain(told.world, line),
  tone: 'calm',
  blocks: [text(line)],
})

export const sayLine = (world: Told['world'], line: Line): ChatAnswer =>
  say({ summary: plain(world, line), tone: 'calm', blocks: [text(line)] })
