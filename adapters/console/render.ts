/**
 * The message tree as HTML. Every string goes through the template's escaping and stays text (S9); buttons carry their
 * command line in a data attribute; times are `<time>` elements that the page keeps counting.
 */
import { html, raw } from 'hono/html'
import type { Block, Form, Inline, Line, Message } from '../../bot/message.ts'
import type { Directory } from '../../bot/ports.ts'
import { safeUrl } from '../web/layout.ts'

type Html = ReturnType<typeof html>

/** `pictures`: where the picture at a place of the message's blocks is served. */
export function renderMessage(
  message: Message,
  directory: Directory,
  pictures: (index: number) => string,
): Html {
  const blocks = message.blocks.map((block, index) => renderBlock(block, directory, pictures(index)))
  return html`<div class="card tone-${message.tone}">${blocks}</div>`
}

function renderBlock(block: Block, directory: Directory, picture: string): Html {
  const line = (parts: Line) => parts.map(part => renderInline(part, directory))
  switch (block.kind) {
    case 'heading':
      return html`<h3>${block.text}</h3>`
    case 'text':
      return html`${block.lines.map(each => html`<p>${line(each)}</p>`)}`
    case 'fields':
      return html`<dl>${block.fields.map(field => html`<div><dt>${field.label}</dt><dd>${line(field.value)}</dd></div>`)}</dl>`
    case 'list':
      return html`<ul>${block.items.map(item => html`<li>${line(item)}</li>`)}</ul>`
    case 'quote':
      return html`<blockquote>${block.text}</blockquote>`
    case 'code':
      return html`<pre><code>${block.text}</code></pre>`
    case 'image':
      return html`<img class="picture" src="${picture}" alt="${block.picture.alt}" width="${block.picture.width}" height="${block.picture.height}">`
    case 'divider':
      return html`<hr>`
    case 'note':
      return html`<p class="note">${line(block.line)}</p>`
    case 'buttons':
      return html`<div class="buttons">${block.buttons.map(
        button =>
          html`<button type="button" class="${button.style ?? 'plain'}" data-command="${button.command}" data-confirm="${button.confirm ?? ''}">${button.label}</button>`,
      )}</div>`
    case 'select':
      return html`<select class="menu" aria-label="${block.placeholder}"><option value="">${block.placeholder}</option>${block.choices.map(
        choice => html`<option value="${choice.command}">${choice.label}</option>`,
      )}</select>`
  }
}

function renderInline(part: Inline, directory: Directory): Html {
  if (typeof part === 'string') return html`${part}`
  if ('bold' in part) return html`<b>${part.bold}</b>`
  if ('code' in part) return html`<code>${part.code}</code>`
  if ('person' in part) return html`<span class="person">${directory.person(part.person).name}</span>`
  if ('mention' in part) return html`<mark class="person">@${directory.person(part.mention).name}</mark>`
  if ('time' in part) return renderTime(part.time, part.as)
  if ('link' in part) return html`<a href="${safeUrl(part.link)}" rel="noreferrer noopener">${part.text}</a>`
  const room = directory.room(part.room)
  return room
    ? html`<a class="channel" data-channel="${room}" href="?channel=${encodeURIComponent(room)}">${room}</a>`
    : html`<b>${part.room}</b>`
}

const renderTime = (at: number, as: 'at' | 'relative'): Html => {
  const iso = new Date(at).toISOString()
  return html`<time datetime="${iso}" data-as="${as}">${iso.slice(0, 16).replace('T', ' ')} UTC</time>`
}

export function renderForm(form: Form): Html {
  const inputs = form.inputs.map((input, index) => {
    const id = `input-${index}`
    const described = input.hint ? html` aria-describedby="${id}-hint"` : ''
    const required = input.optional ? '' : raw(' required')
    const control =
      input.kind === 'choice'
        ? html`<select id="${id}" name="${input.name}"${required}><option value="">${input.optional ? 'Not set' : 'Choose'}</option>${input.options.map(
            option =>
              html`<option value="${option.value}"${option.value === input.value ? raw(' selected') : ''}>${option.label}</option>`,
          )}</select>`
        : input.kind === 'lines'
          ? html`<textarea id="${id}" name="${input.name}" rows="4" maxlength="${input.maxLength}"${described}${required}>${input.value ?? ''}</textarea>`
          : html`<input id="${id}" name="${input.name}" maxlength="${input.maxLength}" value="${input.value ?? ''}"${described}${required} autocomplete="off">`
    return html`<label for="${id}">${input.label}${input.optional ? html` <small>optional</small>` : ''}</label>${control}${input.hint ? html`<small id="${id}-hint">${input.hint}</small>` : ''}<p class="error" data-error-for="${input.name}" role="alert"></p>`
  })
  return html`<form method="dialog" data-command="${form.command}"><h2>${form.title}</h2>${inputs}<div class="buttons"><button type="submit" class="primary">${form.submit}</button><button type="button" data-close>Cancel</button></div></form>`
}
