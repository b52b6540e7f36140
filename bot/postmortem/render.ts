/** A post-mortem as Markdown: what people wrote as they wrote it, what came from elsewhere as words. */
import { formatDuration } from '../schedules/duration.ts'
import type { Figures, Postmortem } from './document.ts'
import { literal } from './literal.ts'

export const markdown = ({ incident, title, status, changed, figures, sections }: Postmortem): string =>
  [
    `# Post-mortem of ${incident}: ${literal(title)}`,
    '',
    `Status: ${statusText(status, changed)}`,
    '',
    '| | |',
    '| --- | --- |',
    ...rows(figures).map(([name, value]) => `| ${name} | ${value} |`),
    ...sections.flatMap(section => ['', `## ${literal(section.title)}`, '', section.text]),
    '',
  ].join('\n')

export const statusText = (status: Postmortem['status'], changed: boolean): string =>
  changed ? 'published, and written to since then' : status === 'waived' ? 'there will be none' : status

export function rows(figures: Figures): readonly (readonly [string, string])[] {
  const { severity, targets, pages, unanswered, undelivered, handOvers } = figures
  const time = (name: keyof Figures['targets']): string => {
    const [took, target] = [figures[name], targets[name]]
    const aim = target === null ? '' : ` (target ${formatDuration(target)})`
    return `${took === null ? 'not known' : formatDuration(took)}${aim}`
  }
  return [
    ['Severity', severity],
    ['Time to detect', time('detectMs')],
    ['Time to acknowledge', time('acknowledgeMs')],
    ['Time to mitigate', time('mitigateMs')],
    ['Time to resolve', time('resolveMs')],
    [
      'Pages',
      [
        String(pages),
        ...(unanswered > 0 ? [`${unanswered} missed`] : []),
        ...(undelivered > 0 ? [`${undelivered} not delivered`] : []),
      ].join(', '),
    ],
    ...(handOvers > 0 ? ([['Hand-overs', String(handOvers)]] as const) : []),
  ]
}
