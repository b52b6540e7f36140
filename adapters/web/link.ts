/**
 * The link of a page: a GET shows it and changes nothing, since link previews follow every link that they see; a POST, from the
 * button or from a push notification, acknowledges. Whoever has the link is the one whom the page was for.
 */
import { html, raw } from 'hono/html'
import type { Linked, Replies } from '../../bot/engine/replies.ts'
import type { ContactWay } from '../../bot/words.ts'
import type { Route } from './server.ts'

const GONE = 'This link leads to no page, or to none any more.'

export const linkRoutes =
  (replies: Replies): Route =>
  app => {
    app.get('/a/:token', async context => {
      const linked = await replies.linked(context.req.param('token'))
      return linked
        ? context.html(page(titleOf(linked), body(linked)))
        : context.html(page('Nothing here', html`<p>${GONE}</p>`), 404)
    })
    app.post('/a/:token', async context => {
      const token = context.req.param('token')
      if (!(await replies.linked(token))) return context.html(page('Nothing here', html`<p>${GONE}</p>`), 404)
      const form = new URLSearchParams(await context.req.text())
      const act = form.get('act') === 'escalate' ? 'escalate' : 'ack'
      const said = await replies.press(token, act, wayOf(form.get('via')))
      return context.html(page('Tocsin', html`<p class="said">${said}</p>`))
    })
    app.get('/a/style/link.css', context =>
      context.body(STYLE, 200, {
        'content-type': 'text/css; charset=utf-8',
        'cache-control': 'max-age=86400',
      }),
    )
  }

/** The form of a mail says so; a push posts without one. */
const wayOf = (via: string | null): ContactWay => (via === 'email' ? 'email' : 'push')

const titleOf = (linked: Linked): string =>
  linked.kind === 'trial'
    ? 'A test from Tocsin'
    : `${linked.incident.severity} ${linked.incident.id}: ${linked.incident.title}`

function body(linked: Linked) {
  if (linked.kind === 'trial')
    return html`<p>Press to confirm that ${linked.way} reaches you.</p>${button('ack', 'Confirm')}`
  const { incident, page: called } = linked
  const acked = incident.acked
  return html`<p>You were paged: ${called.why}.</p>
${incident.service ? html`<p>Service: ${incident.service}</p>` : ''}
<p>Status: ${incident.status}${acked ? html`, acknowledged by ${acked.by}` : ''}</p>
${incident.details ? html`<blockquote>${incident.details}</blockquote>` : ''}
${called.ended === null ? html`${button('ack', 'Ack: I have it')}${button('escalate', 'Next person')}` : html`<p>This page is over: ${called.ended}.</p>`}`
}

const button = (act: 'ack' | 'escalate', label: string) =>
  html`<form method="post"><input type="hidden" name="act" value="${act}"><input type="hidden" name="via" value="email"><button class="${act}">${label}</button></form>`

const page = (title: string, inner: unknown) => html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><title>${title}</title><link rel="stylesheet" href="/a/style/link.css"></head>
<body><main><h1>${title}</h1>${inner}</main></body></html>`

const STYLE = String(
  raw(`:root{color-scheme:light dark}
body{font:18px/1.5 system-ui,sans-serif;margin:0;padding:24px;overflow-wrap:anywhere}
main{max-width:36rem;margin:0 auto}h1{font-size:1.4rem}
blockquote{margin:0;padding-left:12px;border-left:3px solid #9ca3af}
button{font:inherit;font-weight:600;width:100%;padding:18px;margin-top:12px;border:0;border-radius:10px;cursor:pointer}
.ack{background:#b91c1c;color:#fff}.escalate{background:#e5e7eb;color:#111827}.said{font-size:1.3rem}`),
)
