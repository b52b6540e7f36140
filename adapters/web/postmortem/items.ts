/** The action items of an incident as they are now, and the form that adds one. */
import { html, raw } from 'hono/html'
import { PRIORITIES } from '../../../bot/actions/events.ts'
import { nameOf } from '../../../bot/incidents/asked.ts'
import { clockTime } from '../../../bot/timeline/plain.ts'
import type { Html } from '../layout.ts'
import type { Reading } from './read.ts'

export function actionItems({ actions, world, hidden }: Reading): Html {
  const lines = actions.map(
    item =>
      html`<tr><td>${item.id}</td><td>${item.title}</td><td>${item.priority}</td><td>${nameOf(world, item.owner)}</td><td>${clockTime(world, item.dueAt).slice(0, 10)}</td><td>${item.status}</td></tr>`,
  )
  const people = Object.values(world.config.people)
  return html`<section id="items" class="items"><h2>Action items now</h2>
${actions.length > 0 ? html`<table><thead><tr><th>Item</th><th>What</th><th>Priority</th><th>Owner</th><th>Due</th><th>Status</th></tr></thead><tbody>${lines}</tbody></table>` : html`<p class="soft">None yet.</p>`}
<form method="post" class="add">${hidden}
<label for="title">What is to be done</label><input id="title" name="title" maxlength="200" required>
<label for="owner">Owner</label><select id="owner" name="owner">${people.map(({ id, name }) => html`<option value="${id}">${name}</option>`)}</select>
<label for="due">Due</label><input id="due" name="due" placeholder="fri, 14d or 2027-01-15" maxlength="40">
<label for="priority">Priority</label><select id="priority" name="priority">${PRIORITIES.map(each => html`<option${each === 'P3' ? raw(' selected') : ''}>${each}</option>`)}</select>
<button name="do" value="item">Add action item</button></form></section>`
}
