/** A page as HTML that a phone's mail program shows well: no images, no scripts, one big button. */
import { html, raw } from 'hono/html'
import type { Block } from '../../bot/message.ts'
import type { PageText } from '../../bot/ports.ts'
import { lineText } from '../plain.ts'

const BUTTON =
  'display:inline-block;padding:14px 28px;background:#b91c1c;color:#ffffff;border-radius:8px;font-size:18px;font-weight:600;text-decoration:none'

export function htmlOf({ message, ackUrl, code }: PageText): string {
  const blocks = message.blocks.map(blockHtml)
  const button =
    ackUrl === null
      ? ''
      : html`<p style="margin:24px 0"><a href="${ackUrl}" style="${BUTTON}">Open and Ack</a></p>`
  return String(
    html`<!doctype html><html lang="en"><body style="font-family:sans-serif;font-size:16px;line-height:1.5;color:#111827;max-width:600px">${blocks}${button}<p style="color:#6b7280">Code: ${code}</p></body></html>`,
  )
}

function blockHtml(block: Block) {
  switch (block.kind) {
    case 'heading':
      return html`<h1 style="font-size:20px">${block.text}</h1>`
    case 'text':
      return html`<p>${block.lines.map((line, index) => html`${index > 0 ? raw('<br>') : ''}${lineText(line)}`)}</p>`
    case 'fields':
      return html`<p>${block.fields.map(({ label, value }) => html`<b>${label}</b>: ${lineText(value)}<br>`)}</p>`
    case 'list':
      return html`<ul>${block.items.map(item => html`<li>${lineText(item)}</li>`)}</ul>`
    case 'quote':
    case 'code':
      return html`<blockquote style="border-left:3px solid #d1d5db;margin:0;padding-left:12px">${block.text}</blockquote>`
    case 'note':
      return html`<p style="color:#6b7280">${lineText(block.line)}</p>`
    default:
      return ''
  }
}
