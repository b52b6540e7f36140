/** What changed between two texts, line by line, with a few lines around it. */
import { html } from 'hono/html'
import { type LineChange, lineChanges } from '../../../bot/postmortem/history.ts'
import type { Html } from '../layout.ts'

const AROUND = 2
/** Longer ones are for a file. */
const SHOWN = 400

const WORDS = { same: '', added: 'added', removed: 'removed' } as const

export function changesView(before: string, after: string): Html {
  const all = lineChanges(before, after)
  const near = all.map((_, index) =>
    all.slice(Math.max(0, index - AROUND), index + AROUND + 1).some(({ kind }) => kind !== 'same'),
  )
  const shown = all.flatMap((change, index): readonly Html[] => {
    if (near[index]) return [line(change)]
    return near[index - 1] || (index === 0 && near.includes(true)) ? [html`<li class="gap">…</li>`] : []
  })
  if (shown.length === 0) return html`<p class="soft">Nothing changed.</p>`
  const left = shown.length - SHOWN
  return html`<ol class="changes">${shown.slice(0, SHOWN)}${left > 0 ? html`<li class="gap">and ${left} more lines</li>` : ''}</ol>`
}

/** The sign and the word say what the colour says. */
const line = ({ kind, line: words }: LineChange): Html =>
  html`<li class="${kind}">${kind === 'same' ? '' : html`<span class="sign" aria-label="${WORDS[kind]}">${kind === 'added' ? '+' : '−'}</span>`}${words === '' ? ' ' : words}</li>`
