/** What can be done about the incident now: the buttons of its card, as forms. Only what the card offers is taken. */
import { html } from 'hono/html'
import { cardButtons } from '../../bot/incidents/card.ts'
import type { Incident } from '../../bot/incidents/state.ts'
import type { Button } from '../../bot/message.ts'
import type { Html } from './layout.ts'

/** An update is written in the form below the timeline's picture. */
const offered = (incident: Incident): readonly Button[] =>
  cardButtons(incident).filter(({ command }) => !command.startsWith('/incident update'))

export const isOffered = (incident: Incident, command: string): boolean =>
  offered(incident).some(button => button.command === command)

export const incidentActs = (incident: Incident, hidden: () => Html): Html =>
  html`<div class="buttons acts">${offered(incident).map(button =>
    button.confirm === undefined
      ? pressed(incident, button, hidden(), button.label)
      : html`<details><summary>${button.label}</summary><p>${button.confirm}</p>${pressed(incident, button, hidden(), `${button.label} it`)}</details>`,
  )}</div>`

const pressed = ({ id }: Incident, { command, style }: Button, hidden: Html, label: string): Html =>
  html`<form method="post" action="/incidents/${id}/acts">${hidden}<input type="hidden" name="line" value="${command}"><button class="${style ?? 'plain'}">${label}</button></form>`
