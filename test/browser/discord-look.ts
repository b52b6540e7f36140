/** A message as Discord would draw it, near enough to judge it by: for pictures, and for eyes. */
import type { Rendered } from '../../adapters/discord/render.ts'

type Json = Readonly<Record<string, unknown>>

export const discordPage = (
  { content, embeds, components, files = [] }: Rendered,
  names: Readonly<Record<string, string>>,
  now: number,
): string => `<!doctype html><meta charset="utf-8"><style>${STYLE}</style>
<div class="message"><div class="avatar">🔔</div><div class="body"><div class="by"><b>Tocsin</b> <span class="app">APP</span> <time>Today at 3:00 AM</time></div>
<div>${draw(content, { ...names, now: String(now) })}</div>${embeds.map(embed => drawEmbed(embed, { ...names, now: String(now) }, files)).join('')}${components.map(drawRow).join('')}</div></div>`

const STYLE = `
body { margin: 0; padding: 20px; max-width: 680px; overflow-wrap: anywhere; font: 16px/1.375 "gg sans", "Noto Sans", system-ui, sans-serif; color: #dbdee1; background: #313338 }
.message { display: flex; gap: 16px } .body { min-width: 0; flex: 1 } .avatar { width: 40px; height: 40px; border-radius: 50%; background: #7a1f1f; text-align: center; line-height: 40px; flex: none }
.by b { color: #f2f3f5 } .app { background: #5865f2; color: #fff; border-radius: 3px; font-size: 10px; padding: 1px 4px; font-weight: 600 } time { color: #949ba4; font-size: 12px }
.embed { border-left: 4px solid; background: #2b2d31; border-radius: 4px; padding: 8px 16px 16px 12px; margin-top: 6px; max-width: 516px; font-size: 14px }
img { display: block; max-width: 100%; height: auto; border-radius: 4px; margin-top: 8px }
h3 { font-size: 16px; color: #f2f3f5; margin: 4px 0 } small { color: #949ba4; font-size: 12px } blockquote { border-left: 4px solid #4e5058; margin: 2px 0; padding-left: 10px } ul { margin: 2px 0; padding-left: 20px }
.row { display: flex; gap: 8px; flex-wrap: wrap; margin-top: 8px } button { font: 500 14px "gg sans", "Noto Sans", system-ui; color: #fff; border: 0; border-radius: 3px; background: #4e5058; padding: 8px 16px }
button.s1 { background: #5865f2 } button.s4 { background: #da373c } .mention { background: #3c4270; color: #c9cdfb; border-radius: 3px; padding: 0 2px } .time { background: #3f4147; border-radius: 3px; padding: 0 2px } code { background: #1e1f22; border-radius: 3px; padding: 1px 4px } a { color: #00a8fc }`

const esc = (value: string): string =>
  value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

const drawEmbed = (
  { color, description, image }: Json,
  names: Readonly<Record<string, string>>,
  files: NonNullable<Rendered['files']>,
): string =>
  `<div class="embed" style="border-color:#${Number(color).toString(16).padStart(6, '0')}">${description ? draw(String(description), names) : ''}${image ? drawImage(String((image as Json).url), files) : ''}</div>`

function drawImage(url: string, files: NonNullable<Rendered['files']>): string {
  const data = files.find(({ name }) => url === `attachment://${name}`)?.data ?? []
  return `<img src="data:image/png;base64,${Buffer.from(data).toString('base64')}" alt="">`
}

const drawRow = ({ components }: Json): string =>
  `<div class="row">${(components as readonly Json[])
    .map(
      ({ style, label, placeholder }) =>
        `<button class="s${String(style ?? '')}">${esc(String(label ?? placeholder))}</button>`,
    )
    .join('')}</div>`

const draw = (text: string, names: Readonly<Record<string, string>>): string =>
  text
    .split('\n')
    .map(line => {
      const [, sign = '', rest = line] = /^(### |-# |> |- )?([\s\S]*)$/.exec(line) ?? []
      const inside = inline(rest, names)
      if (sign === '### ') return `<h3>${inside}</h3>`
      if (sign === '-# ') return `<div><small>${inside}</small></div>`
      if (sign === '> ') return `<blockquote>${inside}</blockquote>`
      return sign === '- ' ? `<ul><li>${inside}</li></ul>` : `<div>${inside || '&nbsp;'}</div>`
    })
    .join('')

function inline(text: string, names: Readonly<Record<string, string>>): string {
  let bold = false
  const relative = (at: number) => {
    const minutes = Math.round((at - Number(names.now)) / 60_000)
    return minutes === 0
      ? 'a few seconds ago'
      : minutes > 0
        ? `in ${minutes} minutes`
        : `${-minutes} minutes ago`
  }
  return text.replace(
    /\\([\s\S])|\*\*|`([^`]*)`|<([@#])!?(\d+)>|<t:(\d+):(\w)>|\[((?:\\.|[^\]])*)\]\(([^)]*)\)|[&<>]/g,
    (
      all,
      escaped?: string,
      code?: string,
      kind?: string,
      id?: string,
      time?: string,
      style?: string,
      label?: string,
    ) => {
      if (escaped !== undefined) return esc(escaped)
      if (code !== undefined) return `<code>${esc(code)}</code>`
      if (kind) return `<span class="mention">${kind}${esc(names[id ?? ''] ?? id ?? '')}</span>`
      if (time)
        return `<span class="time">${style === 'R' ? relative(Number(time) * 1000) : new Date(Number(time) * 1000).toISOString().slice(0, 16).replace('T', ' ')}</span>`
      if (label !== undefined) return `<a>${inline(label, names)}</a>`
      if (all !== '**') return esc(all)
      bold = !bold
      return bold ? '<b>' : '</b>'
    },
  )
}
