/** A small team for tests, as YAML through the real parser. */
import { parseConfig } from '../../bot/config/parse.ts'
import { formatProblem } from '../../bot/config/problems.ts'
import type { Config } from '../../bot/config/types.ts'

export const TEAM = `
team: { name: Test team, timezone: Etc/UTC, channel: "#incidents" }
people:
  aiko: { name: Aiko Tanaka, slack: U0AIKO, discord: "100000000000000001" }
  ben: { name: Ben Okafor, slack: U0BEN, discord: "100000000000000002" }
  chika: { name: Chika Sato, slack: U0CHIKA, discord: "100000000000000003" }
  diego: { name: Diego Ruiz, slack: U0DIEGO, discord: "100000000000000004" }
schedules:
  primary: { rotation: { every: 1w, handoff: "mon 09:00", starts: 2026-11-02, people: [aiko] } }
  secondary: { rotation: { every: 1w, handoff: "mon 09:00", starts: 2026-11-02, people: [ben] } }
roles:
  oncall_primary: { schedule: primary }
  oncall_secondary: { schedule: secondary }
  manager: { people: [chika] }
  director: { people: [diego] }
  team_queue: { channel: "#queue" }
services:
  checkout: { tier: 1, links: { Runbook: "https://wiki.example.com/checkout" }, escalation: { SEV1: [ { page: oncall_primary }, { after: 3m, page: manager } ], repeat: 2 } }
`

export function config(text: string = TEAM): Config {
  const parsed = parseConfig({ text, file: 'test.yaml' })
  if (!parsed.config) throw new Error(parsed.problems.map(formatProblem).join('\n'))
  return parsed.config
}
