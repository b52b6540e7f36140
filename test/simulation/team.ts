/** The team of the simulated lives: everybody on two chats, four rungs, windows of minutes. */
import { config } from '../support/team.ts'

export const simulated = config(`
team: { name: Lives, timezone: Europe/Berlin, channel: "#incidents" }
people:
  aiko: { name: Aiko Tanaka, slack: U0AIKO, discord: "100000000000000001" }
  ben: { name: Ben Okafor, slack: U0BEN, discord: "100000000000000002" }
  chika: { name: Chika Sato, slack: U0CHIKA }
  diego: { name: Diego Ruiz, discord: "100000000000000004", notify: [ { after: 0s, by: chat } ] }
roles:
  oncall_primary: { people: [aiko] }
  oncall_secondary: { people: [ben] }
  manager: { people: [chika] }
  director: { people: [diego] }
  team_queue: { channel: "#queue" }
severities: { SEV1: { repeat: 1 } }
`)
