/** Block Kit as Slack would draw it, near enough to judge a message by: for pictures, and for eyes. */
type Json = Readonly<Record<string, unknown>>

/** `files`: id -> PNG, for images that were uploaded. */
export const slackPage = (
  blocks: readonly Json[],
  files: ReadonlyMap<string, Uint8Array> = new Map(),
): string => `<!doctype html><meta charset="utf-8"><style>${STYLE}</style>
<div class="message"><div class="avatar">🔔</div><div><div class="by"><b>Tocsin</b> <span class="app">APP</span> <time>3:00 AM</time></div>${blocks.map(block => drawBlock(block, files)).join('')}</div></div>`

const STYLE = `
body { margin: 0; padding: 20px; max-width: 680px; overflow-wrap: anywhere; font: 15px/1.46 Lato, "Noto Sans", system-ui, sans-serif; color: #1d1c1d; background: #fff }
.message { display: flex; gap: 10px } .avatar { width: 36px; height: 36px; border-radius: 6px; background: #7a1f1f; text-align: center; line-height: 36px; flex: none }
.by { margin-bottom: 2px } .app { background: #e8e8e8; color: #616061; border-radius: 3px; font-size: 10px; padding: 1px 4px; font-weight: 700 } time { color: #616061; font-size: 12px }
h2 { font-size: 18px; margin: 6px 0 } .rich { margin: 6px 0; white-space: pre-wrap } .context { color: #616061; font-size: 13px; margin: 6px 0 } ul { margin: 4px 0; padding-left: 24px }
.actions { display: flex; gap: 8px; flex-wrap: wrap; margin: 8px 0 } button { font: 700 15px Lato, "Noto Sans", system-ui; border: 1px solid #bbb; border-radius: 4px; background: #fff; padding: 6px 12px }
button.primary { background: #007a5a; color: #fff; border-color: #007a5a } button.danger { background: #e01e5a; color: #fff; border-color: #e01e5a }
img { display: block; max-width: min(100%, 480px); height: auto; border-radius: 8px; border: 1px solid #ddd; margin: 8px 0 }
blockquote { border-left: 4px solid #ddd; margin: 4px 0; padding-left: 12px } .mention { background: #e8f5fa; color: #1264a3; border-radius: 3px; padding: 0 2px } code { color: #e01e5a; background: #f6f6f6; border: 1px solid #ddd; border-radius: 3px; padding: 1px 3px }`

const esc = (value: unknown): string =>
  String(value).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
const list = (value: unknown): readonly Json[] => (Array.isArray(value) ? (value as readonly Json[]) : [])

function drawBlock(block: Json, files: ReadonlyMap<string, Uint8Array>): string {
  switch (block.type) {
    case 'header':
      return `<h2>${esc((block.text as Json).text)}</h2>`
    case 'rich_text':
      return list(block.elements).map(drawRich).join('')
    case 'context':
      return `<div class="context">${list(block.elements)
        .map(element => drawMarkup(String(element.text)))
        .join(' ')}</div>`
    case 'actions':
      return `<div class="actions">${list(block.elements)
        .map(
          element =>
            `<button class="${esc(element.style ?? '')}">${esc(((element.text ?? element.placeholder) as Json)?.text ?? '')}</button>`,
        )
        .join('')}</div>`
    case 'image':
      return `<img src="data:image/png;base64,${Buffer.from(files.get(String((block.slack_file as Json).id)) ?? []).toString('base64')}" alt="${esc(block.alt_text)}">`
    default:
      return `<div>[${esc(block.type)}]</div>`
  }
}

function drawRich(element: Json): string {
  const inside = list(element.elements)
  if (element.type === 'rich_text_list')
    return `<ul>${inside.map(item => `<li>${list(item.elements).map(drawLeaf).join('')}</li>`).join('')}</ul>`
  if (element.type === 'rich_text_quote') return `<blockquote>${inside.map(drawLeaf).join('')}</blockquote>`
  return `<div class="rich">${inside.map(drawLeaf).join('')}</div>`
}

function drawLeaf(leaf: Json): string {
  const style = (leaf.style ?? {}) as { bold?: boolean; code?: boolean }
  const text =
    leaf.type === 'text'
      ? esc(leaf.text)
      : leaf.type === 'date'
        ? esc(leaf.fallback)
        : leaf.type === 'user'
          ? `<span class="mention">@${esc(leaf.user_id)}</span>`
          : leaf.type === 'channel'
            ? `<span class="mention">#${esc(leaf.channel_id)}</span>`
            : esc(leaf.text ?? leaf.url)
  return style.bold ? `<b>${text}</b>` : style.code ? `<code>${text}</code>` : text
}

const drawMarkup = (text: string): string =>
  text
    .replace(/<#([^>]+)>/g, '<span class="mention">#$1</span>')
    .replace(/<@([^>]+)>/g, '<span class="mention">@$1</span>')
    .replace(/<!date[^|]*\|([^>]*)>/g, '$1')
