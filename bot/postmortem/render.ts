/** A post-mortem as Markdown, and as HTML that can hold nothing but text: what people wrote is escaped, whatever it is. */
import { formatDuration } from '../schedules/duration.ts'
import type { Figures, Postmortem } from './document.ts'

export const markdown = ({ incident, title, status, figures, sections }: Postmortem): string =>
  [
    `# Post-mortem of ${incident}: ${title}`,
    '',
    `Status: ${status}`,
    '',
    '| | |',
    '| --- | --- |',
    ...rows(figures).map(([name, value]) => `| ${name} | ${value} |`),
    ...sections.flatMap(section => ['', `## ${section.title}`, '', section.text]),
    '',
  ].join('\n')

export function rows(figures: Figures): readonly (readonly [string, string])[] {
  const { severity, detectMs, acknowledgeMs, mitigateMs, resolveMs, targetMs, pages, unanswered } = figures
  const after = (ms: number | null) => (ms === null ? 'not known' : formatDuration(ms))
  return [
    ['Severity', severity],
    ['Time to detect', after(detectMs)],
    [
      'Time to acknowledge',
      `${after(acknowledgeMs)}${targetMs === null ? '' : ` (aim ${formatDuration(targetMs)})`}`,
    ],
    ['Time to mitigate', after(mitigateMs)],
    ['Time to resolve', after(resolveMs)],
    ['Pages', `${pages}, ${unanswered} not answered`],
  ]
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, letter => ENTITIES[letter] ?? '')

/** Paragraphs and lists of our Markdown; nothing else of it is read. */
export function prose(text: string): string {
  const blocks = text.split(/\n{2,}/).map(block => {
    const lines = block.split('\n')
    const items = lines.filter(line => line.startsWith('- '))
    const words = lines.filter(line => !line.startsWith('- '))
    const paragraph = words.join('').trim() === '' ? '' : `<p>${words.map(inline).join('<br>')}</p>`
    return items.length === 0
      ? paragraph
      : `${paragraph}<ul>${items.map(item => `<li>${inline(item.slice(2))}</li>`).join('')}</ul>`
  })
  return blocks.join('\n')
}

/** `_emphasis_`, which marks what is to be filled in. */
const inline = (line: string): string => escaped(line).replaceAll(/(^|\s)_([^_]+)_/g, '$1<em>$2</em>')

export const html = (postmortem: Postmortem): string => {
  const { incident, title, status, figures, sections } = postmortem
  const name = escaped(`Post-mortem of ${incident}: ${title}`)
  const table = rows(figures).map(
    ([head, value]) => `<tr><th scope="row">${escaped(head)}</th><td>${escaped(value)}</td></tr>`,
  )
  const body = sections.map(
    section => `<section id="${section.id}"><h2>${section.title}</h2>${prose(section.text)}</section>`,
  )
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${name}</title></head>
<body><main><h1>${name}</h1><p>Status: ${status}</p><table>${table.join('')}</table>${body.join('\n')}</main></body></html>
`
}
