/** The console's page, rendered on the server: channels at the side, messages in the middle, who one acts as on top. */
import { html, raw } from 'hono/html'
import type { Directory } from '../../bot/ports.ts'
import type { Console } from './chat.ts'
import type { Channel, Entry } from './log.ts'
import { renderMessage } from './render.ts'

export type Viewer = { readonly as: string; readonly channel: string }
export type Hint = { readonly line: string; readonly summary: string }

/** The channel that everybody begins in, and the sentence that a newcomer is shown. */
export const HOME = '#incidents'
const FIRST_WORDS = '/incident declare Checkout is down for everyone'
const SHOWN = 200

export function renderPage(console: Console, viewer: Viewer, hints: readonly Hint[]) {
  const { directory } = console.hooks()
  const channels = console.log.channels().filter(each => isVisible(each.name, viewer.as) && !each.archived)
  const channel = console.log.channel(viewer.channel)
  // The pinned card is at the top already.
  const entries = console.log
    .recent(viewer.channel, viewer.as, SHOWN)
    .filter(entry => entry.id !== channel?.pinned)
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${viewer.channel} · Tocsin</title>
<link rel="stylesheet" href="/console/console.css"><link rel="icon" href="/console/icon.svg">
<script src="/console/console.js" defer></script>
</head>
<body data-as="${viewer.as}" data-channel="${viewer.channel}" data-change="${console.log.lastChange()}">
<a class="skip" href="#line">Skip to the composer</a>
<header>
  <button type="button" id="menu" aria-controls="side" aria-expanded="false" aria-label="Channels">☰</button>
  <strong class="brand">Tocsin</strong>
  <label for="as">Acting as</label>
  <select id="as">${directory.people().map(id => html`<option value="${id}"${id === viewer.as ? raw(' selected') : ''}>${directory.person(id).name}</option>`)}</select>
  <a href="/incidents">Incidents</a>
  <a href="/simulate">Simulation</a>
  <a href="/patterns">Patterns</a>
  <button type="button" id="theme" aria-label="Dark or light">◐</button>
</header>
<p id="state" role="status" hidden></p>
<main>
  <nav id="side" aria-label="Channels">
    ${group(
      'Channels',
      channels.filter(each => each.name.startsWith('#')),
      viewer,
    )}
    ${group(
      'Your messages',
      channels.filter(each => each.name.startsWith('@')),
      viewer,
    )}
  </nav>
  <section aria-label="${viewer.channel}">
    <div class="head"><h1>${label(viewer.channel, viewer.as)}</h1><p class="topic" id="topic">${channel?.topic ?? ''}</p></div>
    ${pinned(console, channel, viewer)}
    <div id="log" role="log" aria-live="polite" tabindex="0">
      ${entries.map(entry => renderEntry(entry, directory))}
      ${entries.length === 0 && viewer.channel === HOME ? welcome() : ''}
    </div>
    <form id="composer" autocomplete="off">
      <label class="hidden" for="line">Message or command</label>
      <input id="line" name="line" list="hints" placeholder="${viewer.channel.startsWith('#inc-') ? '/incident update …, or just write' : FIRST_WORDS}" maxlength="4000" enterkeyhint="send">
      <datalist id="hints">${hints.map(hint => html`<option value="${hint.line}">${hint.summary}</option>`)}</datalist>
      <button type="submit" class="primary">Send</button>
    </form>
  </section>
</main>
<dialog id="form"></dialog>
</body>
</html>`
}

/** Channels are everybody's; direct messages are one person's. */
export const isVisible = (channel: string, as: string): boolean =>
  channel.startsWith('#') || channel === `@${as}`

const label = (channel: string, as: string): string => (channel === `@${as}` ? 'Your pages' : channel)

function group(title: string, channels: readonly Channel[], viewer: Viewer) {
  if (channels.length === 0) return ''
  const links = channels.map(
    each =>
      html`<li><a href="?channel=${encodeURIComponent(each.name)}&as=${viewer.as}" data-channel="${each.name}"${each.name === viewer.channel ? raw(' aria-current="page"') : ''}>${label(each.name, viewer.as)} <span class="unread" hidden></span></a></li>`,
  )
  return html`<h2>${title}</h2><ul>${links}</ul>`
}

function pinned(console: Console, channel: Channel | undefined, viewer: Viewer) {
  const entry = channel?.pinned ? console.log.byId(channel.pinned) : undefined
  if (!entry || entry.channel !== viewer.channel) return html`<div id="pinned" hidden></div>`
  return html`<details id="pinned" data-id="${entry.id}" open><summary>Pinned</summary><div class="body">${renderBody(entry, console.hooks().directory)}</div></details>`
}

const welcome = () => html`<div id="welcome" class="card">
  <h3>Something broke? Type this:</h3>
  <p><code>${FIRST_WORDS}</code></p>
  <p>Its severity is judged from your words, and whoever is on call is paged. If nobody presses Ack, the next person is paged a minute later. Switch "Acting as" to see their pages.</p>
  <div class="buttons"><button type="button" class="primary" data-fill="${FIRST_WORDS}">Put it in the composer</button><button type="button" data-command="/incident help" data-confirm="">All commands</button></div>
</div>`

/** Where the picture at a place of a message's blocks is. */
const pictureUrl = (entry: number, index: number): string => `/console/picture/${entry}/${index}`

export function renderEntry(entry: Entry, directory: Directory) {
  const author = entry.author === 'tocsin' ? 'Tocsin' : directory.person(entry.author).name
  const at = new Date(entry.at).toISOString()
  return html`<article id="m${entry.id}" data-id="${entry.id}" data-channel="${entry.channel}" class="${entry.onlyFor === null ? '' : 'private'}">
<div class="by"><b>${author}</b> <time datetime="${at}" data-as="clock">${at.slice(11, 16)}</time>${entry.edited ? html` <small>edited</small>` : ''}${entry.onlyFor === null ? '' : html` <small>only you can see this</small>`}${keepButton(entry)}</div>
<div class="body">${renderBody(entry, directory)}</div></article>`
}

/** On what people wrote in an incident's channel. */
const keepButton = (entry: Entry) =>
  'words' in entry.body && entry.author !== 'tocsin' && entry.channel.startsWith('#inc-')
    ? html`<button type="button" class="keep" data-command="/incident note" data-message="${entry.id}" aria-label="Keep in the timeline">Keep</button>`
    : ''

const renderBody = (entry: Entry, directory: Directory) =>
  'message' in entry.body
    ? renderMessage(entry.body.message, directory, index => pictureUrl(entry.id, index))
    : html`<p>${entry.body.words}</p>`
