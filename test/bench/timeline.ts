/** A timeline of 100,000 entries of every kind, in no order, merged and rendered. */
import { raw } from 'hono/html'
import { offlineWorld } from '../../adapters/cli/world.ts'
import type { Html } from '../../adapters/web/layout.ts'
import { timelineSection } from '../../adapters/web/timeline-section.ts'
import { declare } from '../../bot/incidents/declare.ts'
import type { Happened, IncidentEvent } from '../../bot/incidents/events.ts'
import { fold, happen } from '../../bot/incidents/fold.ts'
import type { IngestedState } from '../../bot/ingested/ingested.ts'
import { Refusal } from '../../bot/refusal.ts'
import { entriesOf } from '../../bot/timeline/entries.ts'
import { timelineMarkdown } from '../../bot/timeline/markdown.ts'
import { config } from '../support/team.ts'
import { rounds } from './rounds.ts'

const MANY = 100_000
/** As many as are looked at. */
const [CHANGES, NOTED] = [5_000, 2_000]
const START = Date.parse('2026-03-01T00:00:00Z')
const NO_HTML = raw('') as Html

const world = offlineWorld(config(), { get: () => undefined, secrets: [] })
const actor = { kind: 'person' as const, person: 'aiko', via: 'console' }
const instant = (index: number) => START + ((index * 7919) % MANY) * 1000

const alert = (index: number) => ({
  fingerprint: `f${index}`,
  status: 'firing' as const,
  title: `Errors of checkout over ${index % 50} %`,
  details: '',
  severity: 'critical',
  service: 'checkout',
  group: 'checkout',
  labels: {},
  startsAt: instant(index) - 30_000,
  endsAt: null,
  link: 'https://alerts.example.com/7',
})

function eventOf(index: number): IncidentEvent {
  switch (index % 10) {
    case 0:
    case 1:
      return { type: 'alert_fired', integration: 'alertmanager', alert: alert(index) }
    case 2:
      return {
        type: 'page_sent',
        page: 1,
        step: 0,
        target: 'slack',
        ref: null,
        acceptedAt: instant(index),
        linked: true,
      }
    case 3:
      return { type: 'update_posted', text: `Still looking, try ${index}` }
    default:
      return { type: 'note_added', text: `note ${index}`, from: null }
  }
}

const INGESTED: IngestedState = {
  seq: CHANGES + NOTED,
  changes: Array.from({ length: CHANGES }, (_, index) => ({
    id: `${index}`,
    kind: 'deployment',
    state: 'succeeded',
    title: `checkout ${index}`,
    version: null,
    environment: 'production',
    service: 'checkout',
    by: 'chika',
    at: START + index * 20_000,
    link: null,
    integration: 'github',
    learntAt: START + index * 20_000 + 1000,
    seq: index + 1,
  })),
  alerts: Object.fromEntries(
    Array.from({ length: NOTED }, (_, index) => [
      `n${index}`,
      { ...alert(index), integration: 'grafana', learntAt: instant(index), seq: CHANGES + index + 1 },
    ]),
  ),
  firings: [],
}

function longIncident() {
  const judged = { severity: 'SEV1' as const, criterion: 'default', confidence: 1, reasons: [] }
  const asked = {
    number: 1,
    title: 'Long',
    details: '',
    service: 'checkout',
    judged,
    severity: null,
    test: false,
    drill: false,
  }
  const begun = declare({ world, actor, now: START }, asked)
  if (begun instanceof Refusal) throw begun
  const first = happen(0, begun, START, actor)
  const rest = Array.from(
    { length: MANY - first.length - CHANGES - NOTED },
    (_, index): Happened => ({
      seq: first.length + 1 + index,
      at: instant(index),
      actor,
      event: eventOf(index),
    }),
  )
  return { history: [...first, ...rest], incident: fold('INC-1', first)! }
}

export async function benchTimeline(): Promise<readonly string[]> {
  const { history, incident } = longIncident()
  const entries = () => entriesOf(world, incident, history, INGESTED)
  const merged = entries()
  const page = (shown: typeof merged) => {
    const found = { incident, entries: shown } as unknown as Parameters<typeof timelineSection>[0]['found']
    const asked = { page: undefined, withHidden: false, edit: undefined }
    return String(timelineSection({ world, found, asked, now: START + MANY * 1000, hidden: NO_HTML }))
  }
  const size = Math.round(page(merged).length / 1024)
  return [
    `timeline of ${merged.length} entries of all kinds, merged: ${rounds(entries)}`,
    `the same, merged and rendered as a page of ${size} kB: ${rounds(() => page(entries()))} (wanted: under 300 ms)`,
    `the same, merged and written as Markdown, all of it: ${rounds(() => timelineMarkdown(world, incident, entries()))}`,
    `timeline of 2,000 entries, rendered as a page: ${rounds(() => page(merged.slice(0, 2_000)))}`,
  ]
}
