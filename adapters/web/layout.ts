/** The shell of every page: its head, where one can go, who is looking. Everything in it is escaped by the template (S9). */
import { html, raw } from 'hono/html'
import type { Viewer } from './door.ts'

export type Html = ReturnType<typeof html>

export type Shell = {
  readonly title: string
  /** The heading, where it is more than the title. */
  readonly heading?: Html
  /** Undefined where nobody is known, such as before the sign-in. */
  readonly viewer: Viewer | undefined
  /** The part of the site that it belongs to. */
  readonly part?: 'incidents' | 'simulate' | 'patterns'
  /** Scripts of ours, by their name in static/. */
  readonly scripts?: readonly string[]
}

const PARTS = [
  ['incidents', '/incidents', 'Incidents'],
  ['simulate', '/simulate', 'Simulation'],
  ['patterns', '/patterns', 'Patterns'],
] as const

export const layout = (
  { title, heading, viewer, part, scripts = [] }: Shell,
  inner: unknown,
): Html => html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><title>${title} · Tocsin</title>
<link rel="stylesheet" href="/static/page.css"><link rel="icon" href="/static/icon.svg">
${['page.js', ...scripts].map(name => html`<script src="/static/${name}" defer></script>`)}</head>
<body><a class="skip" href="#main">Skip to the content</a>
<header><strong class="brand">Tocsin</strong>${
  viewer
    ? html`<nav aria-label="Pages">${viewer.choices ? html`<a href="/">Console</a>` : ''}${PARTS.map(
        ([name, path, label]) =>
          html`<a href="${path}"${name === part ? raw(' aria-current="page"') : ''}>${label}</a>`,
      )}</nav>${who(viewer)}`
    : ''
}</header>
<main id="main"><h1>${heading ?? title}</h1>${inner}</main></body></html>`

const who = ({ person, name, choices }: Viewer): Html =>
  choices
    ? html`<form class="who" method="get"><label for="as">Acting as</label><select id="as" name="as">${choices.map(
        each =>
          html`<option value="${each.id}"${each.id === person ? raw(' selected') : ''}>${each.name}</option>`,
      )}</select><button>Switch</button></form>`
    : html`<form class="who" method="post" action="/sign-out"><span>${name}</span><button>Sign out</button></form>`

/** An incident's severity in its colour, with its name: never the colour alone. */
export const badge = (severity: string): Html => html`<span class="badge ${severity}">${severity}</span>`

/** Nothing but the web: no script, no data, no file. */
export const safeUrl = (url: string): string => (/^(?:https?:\/\/|\/(?!\/))/.test(url) ? url : '#')
