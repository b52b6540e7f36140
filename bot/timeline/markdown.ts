/** A timeline as Markdown, to be pasted into a document or a ticket. What people and systems wrote stays text. */
import type { World } from '../world.ts'
import { daysOf, timeOfDay } from './days.ts'
import type { Entry } from './entries.ts'

type Titled = {
  readonly id: string
  readonly title: string
  readonly severity: string
  readonly status: string
}

export function timelineMarkdown(
  world: World,
  { id, title, severity, status }: Titled,
  entries: readonly Entry[],
): string {
  const shown = entries.filter(entry => !entry.hidden)
  const hidden = entries.length - shown.length
  return [
    `# Timeline of ${id}: ${literal(title)}`,
    '',
    `${severity}, ${status}. Times in ${world.config.team.timezone}.${hidden > 0 ? ` Hidden entries that are not here: ${hidden}.` : ''}`,
    ...daysOf(world, shown).flatMap(day => [
      '',
      `## ${day.title}`,
      '',
      ...day.entries.map(entry => item(world, entry)),
    ]),
    '',
  ].join('\n')
}

function item(world: World, { id, at, source, text, impact, link }: Entry): string {
  const meant = impact === null ? '' : ` **${impact}**`
  const where = link === null ? '' : ` <${link.replaceAll(/[<>\s]/g, encodeURIComponent)}>`
  return `- \`${timeOfDay(world, at)}\` ${source} \`${id}\`${meant} ${literal(text)}${where}`
}

/** No mark of Markdown or HTML in it means anything (S8); lines are joined, since an item is one line. */
const literal = (text: string): string =>
  text.replaceAll(/\s+/g, ' ').replaceAll(/[\\`*_{}[\]<>()#+!|~&]/g, mark => `\\${mark}`)
