/** One incident as it stands after what happened to it: its declaration, then an event a minute. */
import { stampChains } from '../../../bot/escalation/policy.ts'
import type { Actor, Happened, IncidentEvent } from '../../../bot/incidents/events.ts'
import { apply } from '../../../bot/incidents/fold.ts'
import type { Incident } from '../../../bot/incidents/state.ts'
import { config } from '../../support/team.ts'
import { MINUTE, START } from './any.ts'

export const BEN: Actor = { kind: 'person', person: 'ben', via: 'slack' }
export const TIMER: Actor = { kind: 'timer' }
export const PROM: Actor = { kind: 'alert', integration: 'prom' }

type Declared = Extract<IncidentEvent, { type: 'declared' }>

/** Declared by Ben; it pages nobody yet. */
export function declared(more: Partial<Declared> = {}, actor: Actor = BEN): Incident {
  const event: Declared = {
    type: 'declared',
    number: 42,
    title: 'Checkout is down',
    details: '',
    service: null,
    severity: 'SEV1',
    judged: { severity: 'SEV1', criterion: 'complete_outage', confidence: 1, reasons: ['it says so'] },
    chosen: false,
    test: false,
    drill: false,
    chains: stampChains(config(), more.service ?? null),
    ...more,
  }
  return apply('INC-42', undefined, { seq: 1, at: START, actor, event })
}

/** The same after more events, only as full as the rule under test reads them. */
export const since = (incident: Incident, events: readonly object[], actor: Actor = TIMER): Incident =>
  events.reduce<Incident>(
    (state, event) =>
      apply(state.id, state, {
        seq: state.seq + 1,
        at: state.updatedAt + MINUTE,
        actor,
        event: event as IncidentEvent,
      }),
    incident,
  )

export const happened = (event: object, actor: Actor = TIMER, seq = 2, at: number = START): Happened => ({
  seq,
  at,
  actor,
  event: event as IncidentEvent,
})

/** Ben's page by one rung, by chat and a minute later by SMS. */
export const RUNG = {
  type: 'rung_paged',
  pass: 1,
  rung: 1,
  role: 'oncall_primary',
  why: 'declared',
  lateMs: 0,
  pages: [
    {
      page: 1,
      person: 'aiko',
      why: 'on call in primary',
      steps: [
        { afterMs: 0, by: 'chat', targets: ['slack', 'discord'] },
        { afterMs: MINUTE, by: 'sms', targets: ['sms'] },
      ],
    },
  ],
  channel: null,
  next: { pass: 1, rung: 2, dueAt: START + 5 * MINUTE },
  passStartAt: START,
  shiftMs: 0,
} as const

export const CHAIN = { type: 'chain_started', severity: 'SEV1', why: 'declared', without: [] } as const
export const ACKED = { type: 'acknowledged', by: 'aiko', page: 1, afterMs: 3 * MINUTE } as const
export const status = (from: string, to: string) => ({ type: 'status_changed', from, to })
