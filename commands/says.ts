/** The replies that most commands share. */
import { type Reply, refused, say, type Told } from '../bot/answers.ts'
import { type Block, type Line, list, text } from '../bot/message.ts'
import type { ChatAnswer } from '../bot/ports.ts'
import { describe } from '../bot/timeline/describe.ts'
import { plain } from '../bot/timeline/plain.ts'

/** Says what happened, in the timeline's words; `nothing` is for a command that found nothing to do. */
export const sayWhatHappened =
  (nothing: (told: Told) => Line): Reply =>
  told => {
    if (told.refusal) return refused(told.refusal)
    const id = told.after?.id ?? ''
    const lines = told.happened.map(each => describe(told.world, each))
    if (lines.length === 0) return sayLine(told.world, nothing(told))
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

export const sayLine = (world: Told['world'], line: Line): ChatAnswer =>
  say({ summary: plain(world, line), tone: 'calm', blocks: [text(line)] })
