/** What everybody hears when a post-mortem is published: that it is, the gist of it, and where it is. */
import { fields, type Message, note, text } from '../message.ts'
import { formatDuration } from '../schedules/duration.ts'
import { durationOf } from './figures.ts'
import type { Remembered } from './load.ts'
import type { Seen } from './view.ts'

const GIST = 200

export function publicationView(
  { incident, edition, postmortem: { figures }, url }: Seen & Remembered,
  where: 'room' | 'team',
): Message {
  const { id, title, postmortem } = incident
  const by = postmortem?.publishedBy ?? ''
  const again = (postmortem?.edition ?? 1) > 1
  const lasted = durationOf(figures)
  const cause = gistOf(edition?.sections.find(each => each.id === 'root_cause')?.text ?? '')
  const items = edition?.sections.find(each => each.id === 'action_items')?.text ?? ''
  const count = items.match(/^- /gm)?.length ?? 0
  return {
    summary: `The post-mortem of ${id} is published${again ? ' anew' : ''}: ${title}`,
    tone: 'calm',
    blocks: [
      text([
        { bold: `Post-mortem of ${id}: ${title}` },
        ' · ',
        { person: by },
        again ? ' published it anew, with changes' : ' published it',
      ]),
      fields({
        Lasted: lasted === null ? undefined : formatDuration(lasted),
        'Root cause': cause === '' ? undefined : cause,
        'Action items': count === 0 ? undefined : String(count),
      }),
      url === null
        ? note('To read it: ', { code: `/incident postmortem ${id}` })
        : text([{ link: url, text: 'Read it' }]),
      ...(where === 'team' ? [note({ room: id })] : []),
    ],
  }
}

/** The first paragraph of a Markdown text, as words. */
function gistOf(markdown: string): string {
  const words = (markdown.trim().split(/\n\s*\n/)[0] ?? '')
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll(/^(?:#+|[-*>]|\d+\.)\s+/gm, '')
    .replaceAll(/(?<!\\)(?:\*\*|\*|`)/g, '')
    .replaceAll(/\\(?=[\\`*[\]<>#_~])/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
  return words.length > GIST ? `${words.slice(0, GIST - 1)}…` : words
}
