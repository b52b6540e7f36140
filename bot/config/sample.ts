/**
 * The team that is on call when nothing is configured, so that a newcomer sees the whole story in the first minute. The
 * times are short on purpose: a page that nobody takes moves on after a minute.
 */
export const SAMPLE = `team: { name: Sample team, timezone: Etc/UTC, channel: "#incidents" }
people:
  aiko: { name: Aiko Tanaka }
  ben: { name: Ben Okafor }
  chika: { name: Chika Sato }
  diego: { name: Diego Ruiz }
  emma: { name: Emma Lindqvist }
schedules:
  primary: { rotation: { every: 1w, handoff: "mon 09:00", starts: 2026-01-05, people: [aiko, ben] } }
  secondary: { rotation: { every: 1w, handoff: "mon 09:00", starts: 2026-01-05, people: [ben, aiko] } }
severities:
  SEV1: { respond_within: 1m, repeat: 1 }
  SEV2: { respond_within: 2m }
  SEV3: { respond_within: 10m }
roles:
  oncall_primary: { schedule: primary }
  oncall_secondary: { schedule: secondary }
  manager: { people: [chika] }
  director: { people: [diego] }
  team_queue: { channel: "#team-queue" }
services:
  checkout: { tier: 1, owners: [aiko], depends_on: [payments-db] }
  payments-db: { tier: 1, owners: [ben] }
  search: { tier: 2, owners: [emma] }
`
