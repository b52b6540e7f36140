/** A post-mortem as one HTML file that needs nothing beside it. */
import { html, raw } from 'hono/html'
import type { Postmortem } from '../../bot/postmortem/document.ts'
import { rows, statusText } from '../../bot/postmortem/render.ts'
import { markdownRenderer } from './markdown.ts'

export async function htmlFile({
  incident,
  title,
  status,
  changed,
  figures,
  sections,
}: Postmortem): Promise<string> {
  const render = await markdownRenderer()
  const name = `Post-mortem of ${incident}: ${title}`
  return String(
    await html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="content-security-policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${name}</title><style>${raw(STYLE)}</style></head>
<body><main><h1>${name}</h1><p>Status: ${statusText(status, changed)}</p>
<table>${rows(figures).map(([head, value]) => html`<tr><th scope="row">${head}</th><td>${value}</td></tr>`)}</table>
${sections.map(each => html`<section id="${each.id}"><h2>${each.title}</h2>${raw(render(each.text))}</section>`)}
</main></body></html>
`,
  )
}

const STYLE = `:root{color-scheme:light dark}
body{font:17px/1.6 system-ui,sans-serif;margin:0;padding:24px;overflow-wrap:anywhere}
main{max-width:46rem;margin:0 auto}h1{font-size:1.6rem;line-height:1.25}h2{margin-top:2em;font-size:1.25rem}
table{border-collapse:collapse}th{text-align:left;font-weight:600;padding:2px 24px 2px 0}td{padding:2px 0}
pre{overflow:auto;padding:12px;border:1px solid #9ca3af;border-radius:6px}blockquote{margin:0;padding-left:12px;border-left:3px solid #9ca3af}
.blank{background:#fde68a;color:#111827;padding:0 4px;border-radius:3px}section section{margin:0}`
