/** Every event of an incident as a person reads it, in one line: in the timeline, in its channel and in the export. */
import { expect, test } from 'vitest'
import type { Actor, IncidentEvent } from '../../../bot/incidents/events.ts'
import { describe } from '../../../bot/timeline/describe.ts'
import { plain } from '../../../bot/timeline/plain.ts'
import { config } from '../../support/team.ts'
import { START, worldOf } from '../incidents/any.ts'

const BEN: Actor = { kind: 'person', person: 'ben', via: 'slack' }
const TIMER: Actor = { kind: 'timer' }
const PROM: Actor = { kind: 'alert', integration: 'prom' }
const world = worldOf(config())
const MINUTE = 60_000
const AT = START + 5 * MINUTE
const NEXT = { pass: 1, rung: 2, dueAt: AT }
const judged = { severity: 'SEV2', criterion: 'partial_outage', confidence: 1, reasons: [] }
const pages = (...people: readonly string[]) =>
  people.map((person, index) => ({ page: index + 1, person, why: '', steps: [] }))
const alert = { title: 'Disk is full', link: null }
const rung = {
  pass: 1,
  rung: 2,
  role: 'manager',
  why: 'nobody answered',
  lateMs: 0,
  channel: null,
  next: null,
}

type Row = readonly [said: string, event: object, actor?: Actor]

const ROWS: readonly Row[] = [
  [
    'Ben Okafor declared It is down as SEV2 (partial_outage)',
    { type: 'declared', title: 'It is down', severity: 'SEV2', chosen: false, judged },
    BEN,
  ],
  [
    'prom declared It is down as SEV1 (chosen; judged SEV2)',
    { type: 'declared', title: 'It is down', severity: 'SEV1', chosen: true, judged },
    PROM,
  ],
  [
    'The SEV1 chain started: raised to SEV1',
    { type: 'chain_started', severity: 'SEV1', why: 'raised to SEV1' },
  ],
  [
    'Paged Chika Sato (rung 2, manager): nobody answered',
    { ...rung, type: 'rung_paged', pages: pages('chika') },
  ],
  [
    'Paged Chika Sato and Ben Okafor (rung 2, pass 2, manager): nobody answered. Next: 2026-11-24 03:05 UTC',
    { ...rung, type: 'rung_paged', pass: 2, next: NEXT, pages: pages('chika', 'ben') },
  ],
  [
    'Paged Chika Sato, Ben Okafor and Aiko Tanaka (rung 2, manager): nobody answered, 2 min late after an outage',
    { ...rung, type: 'rung_paged', lateMs: 2 * MINUTE, pages: pages('chika', 'ben', 'aiko') },
  ],
  [
    'Paged #queue (rung 2, manager): nobody answered',
    { ...rung, type: 'rung_paged', pages: [], channel: { name: '#queue' } },
  ],
  [
    'Rung 2 (manager), Chika Sato was skipped: said "Not me"',
    { type: 'rung_skipped', rung: 2, role: 'manager', person: 'chika', why: 'said "Not me"' },
  ],
  [
    'Rung 2 (manager) was skipped: nobody is on call',
    { type: 'rung_skipped', rung: 2, role: 'manager', person: null, why: 'nobody is on call' },
  ],
  ['Next in the chain: 2026-11-24 03:05 UTC', { type: 'chain_waits', next: NEXT }],
  [
    'Nobody acknowledged: everybody in the chain was paged. Somebody take it: press Ack, or page by hand with /incident page @person.',
    { type: 'chain_exhausted', pass: 1, nobody: false },
  ],
  [
    'Nobody acknowledged: everybody in the chain was paged 2 times. Somebody take it: press Ack, or page by hand with /incident page @person.',
    { type: 'chain_exhausted', pass: 2, nobody: false },
  ],
  [
    'Nobody could be paged. Somebody take it: press Ack, or page by hand with /incident page @person.',
    { type: 'chain_exhausted', pass: 1, nobody: true },
  ],
  ['Ben Okafor paged Aiko Tanaka', { type: 'paged_by_hand', pages: pages('aiko') }, BEN],
  ['Page 3 was accepted by slack', { type: 'page_sent', page: 3, target: 'slack' }],
  [
    'Page 3 was accepted by slack as a mention in a channel: no direct messages',
    { type: 'page_sent', page: 3, target: 'slack', instead: 'no direct messages' },
  ],
  [
    'Page 3 cannot be delivered by sms: no such number',
    { type: 'page_failed', page: 3, target: 'sms', why: 'no such number', final: true },
  ],
  [
    'Page 3 is not getting through by sms: it is down; it is tried on',
    { type: 'page_failed', page: 3, target: 'sms', why: 'it is down', final: false },
  ],
  [
    'Page 3 waits until 2026-11-24 03:05 UTC: too many',
    { type: 'page_held', page: 3, until: AT, why: 'too many' },
  ],
  ['Page 3 was read by push', { type: 'page_delivered', page: 3, state: 'read', target: 'push' }],
  ['Page 3 goes on to its step 2', { type: 'step_due', page: 3, step: 1 }],
  [
    'Page 3 had not got through when its time was over: its answer is waited for still',
    { type: 'page_waits', page: 3 },
  ],
  ['Nobody answered page 3', { type: 'page_unanswered', page: 3 }],
  ['Ben Okafor answered the page', { type: 'page_answered', by: 'ben' }, BEN],
  ['Ben Okafor acknowledged after 5 min', { type: 'acknowledged', by: 'ben', afterMs: 5 * MINUTE }, BEN],
  [
    'Ben Okafor acknowledged after 5 min, by sms',
    { type: 'acknowledged', by: 'ben', afterMs: 5 * MINUTE },
    { ...BEN, via: 'sms' },
  ],
  [
    'Ben Okafor acknowledged after 5 min',
    { type: 'acknowledged', by: 'ben', afterMs: 5 * MINUTE },
    { kind: 'chat', chat: 'sms' },
  ],
  ['Ben Okafor took the acknowledgement back', { type: 'unacknowledged', by: 'ben' }],
  [
    'Ben Okafor has said nothing for 30 min: still on it?',
    { type: 'ack_questioned', by: 'ben', quietMs: 30 * MINUTE },
  ],
  ['Ben Okafor is still on it', { type: 'ack_renewed', by: 'ben' }],
  ['No answer from Ben Okafor: the acknowledgement holds no more', { type: 'ack_expired', by: 'ben' }],
  ['Ben Okafor said "Not me"', { type: 'stood_aside', person: 'ben' }],
  [
    'Ben Okafor set the status to mitigated (was responding)',
    { type: 'status_changed', from: 'responding', to: 'mitigated' },
    BEN,
  ],
  [
    'Tocsin set the severity to SEV1 (was SEV2; judged SEV3)',
    { type: 'severity_changed', from: 'SEV2', to: 'SEV1', judged: 'SEV3' },
    TIMER,
  ],
  ['Chika Sato is commander', { type: 'duty_taken', person: 'chika', duty: 'commander' }],
  ['Ben Okafor: Rolled back', { type: 'update_posted', text: 'Rolled back' }, BEN],
  ['Ben Okafor noted: Rolled back', { type: 'note_added', text: 'Rolled back' }, BEN],
  ['Zoe wrote: It is the pool', { type: 'note_added', text: 'It is the pool', from: { author: 'Zoe' } }, BEN],
  [
    'Zoe wrote something: it was deleted',
    { type: 'note_added', text: '', from: { author: 'Zoe', withheld: 'it was deleted' } },
    BEN,
  ],
  [
    'This looks like INC-7 (Disk full), whose ACT-2 "Alert before" was completed 2026-11-24 03:05 UTC: the same service',
    {
      type: 'recurrence_seen',
      incident: 'INC-7',
      incidentTitle: 'Disk full',
      item: 'ACT-2',
      title: 'Alert before',
      doneAt: AT,
      why: 'the same service',
    },
  ],
  ['A message goes into the timeline for Ben Okafor', { type: 'message_marked', by: 'ben' }],
  [
    'The message that Ben Okafor wanted in the timeline is not in it: it is gone',
    { type: 'message_lost', by: 'ben', why: 'it is gone' },
  ],
  [
    'Ben Okafor wants what was said in the channel on slack in the timeline',
    { type: 'history_asked', by: 'ben', chat: 'slack' },
  ],
  ['1 message from slack for Ben Okafor', { type: 'history_read', by: 'ben', chat: 'slack', messages: [{}] }],
  [
    '2 messages from slack for Ben Okafor',
    { type: 'history_read', by: 'ben', chat: 'slack', messages: [{}, {}] },
  ],
  [
    'All that was said here is in the timeline: nothing was missing',
    { type: 'history_ended', kept: 0, why: null },
  ],
  [
    'All that was said here is in the timeline: 2 messages more',
    { type: 'history_ended', kept: 2, why: null },
  ],
  ['What was said here could not be read: it is down', { type: 'history_ended', kept: 0, why: 'it is down' }],
  [
    'Reading what was said here ended early, with 1 message kept: it is down',
    { type: 'history_ended', kept: 1, why: 'it is down' },
  ],
  ['prom: Disk is full', { type: 'alert_fired', integration: 'prom', alert }],
  [
    'prom: Disk is full (look (https://a.example.com))',
    { type: 'alert_fired', integration: 'prom', alert: { ...alert, link: 'https://a.example.com' } },
  ],
  [
    'prom: resolved: Disk is full. No alert of this incident is left',
    { type: 'alert_resolved', integration: 'prom', alert, left: 0 },
  ],
  [
    'prom: resolved: Disk is full. 1 more goes on',
    { type: 'alert_resolved', integration: 'prom', alert, left: 1 },
  ],
  [
    'prom: resolved: Disk is full. 2 more go on',
    { type: 'alert_resolved', integration: 'prom', alert, left: 2 },
  ],
  ['Ben Okafor hid e3 of the timeline', { type: 'entry_hidden', entry: 'e3' }, BEN],
  ['Ben Okafor shows e3 of the timeline again', { type: 'entry_shown', entry: 'e3' }, BEN],
  [
    'Ben Okafor corrected e3 of the timeline: At nine',
    { type: 'entry_corrected', entry: 'e3', text: 'At nine' },
    BEN,
  ],
  ['The post-mortem is drafted', { type: 'postmortem_drafted' }],
  [
    'Ben Okafor wrote "Root cause" of the post-mortem',
    { type: 'section_written', section: 'root_cause', by: 'ben' },
  ],
  ['Ben Okafor reviewed the post-mortem', { type: 'postmortem_reviewed', by: 'ben' }],
  ['Ben Okafor published the post-mortem', { type: 'postmortem_published', by: 'ben' }],
  ['The post-mortem waits to be finished', { type: 'postmortem_nagged', person: null }],
  ['The post-mortem waits to be finished by Ben Okafor', { type: 'postmortem_nagged', person: 'ben' }],
  ['Ben Okafor is to finish the post-mortem', { type: 'postmortem_given', to: 'ben' }],
  [
    'Ben Okafor says that there will be no post-mortem: a false alarm',
    { type: 'postmortem_waived', by: 'ben', why: 'a false alarm' },
  ],
  ['Ben Okafor says that there will be a post-mortem after all', { type: 'postmortem_resumed' }, BEN],
  ['Ben Okafor had the post-mortem exported again', { type: 'export_asked' }, BEN],
  [
    'The post-mortem is in the git repository (commit 0123456789ab)',
    { type: 'export_done', to: 'git', ref: '0123456789abcdef' },
  ],
  [
    'The post-mortem is in the git repository (look (https://git.example.com/1))',
    { type: 'export_done', to: 'git', ref: 'https://git.example.com/1' },
  ],
  [
    'The post-mortem is in the git repository (look (http://git.example.com/1))',
    { type: 'export_done', to: 'git', ref: 'http://git.example.com/1' },
  ],
  [
    'The post-mortem is in the git repository (commit see https://)',
    { type: 'export_done', to: 'git', ref: 'see https://git.example.com/1' },
  ],
  [
    'The post-mortem did not get into the git repository: no access',
    { type: 'export_failed', to: 'git', why: 'no access', final: true },
  ],
  [
    'The post-mortem did not get into the git repository: it is down. It is tried on',
    { type: 'export_failed', to: 'git', why: 'it is down', final: false },
  ],
  ['Ben Okafor joined', { type: 'joined', person: 'ben', title: '' }],
  ['Ben Okafor reported the same thing: It hangs', { type: 'joined', person: 'ben', title: 'It hangs' }],
  ['Channel #inc-1 opened on slack', { type: 'room_opened', chat: 'slack', name: '#inc-1' }],
  ['No channel on slack: no permission', { type: 'room_failed', chat: 'slack', why: 'no permission' }],
  ['Card posted on slack', { type: 'card_posted', chat: 'slack' }],
  [
    'Set-up on slack is incomplete: invite Ben Okafor failed: not a member',
    { type: 'setup_failed', chat: 'slack', step: 'invite:ben', why: 'not a member' },
  ],
  [
    'Set-up on slack is incomplete: topic failed: too long',
    { type: 'setup_failed', chat: 'slack', step: 'topic', why: 'too long' },
  ],
  ['Ben Okafor had the set-up on slack tried again', { type: 'setup_retried', chat: 'slack' }, BEN],
  ['The channel on slack was told what it had missed', { type: 'caught_up', chat: 'slack' }],
  [
    'A message did not reach slack (an update): it is down',
    { type: 'post_failed', chat: 'slack', what: 'an update', why: 'it is down' },
  ],
  ['Tocsin investigates: prom, loki', { type: 'sources_asked', sources: ['prom', 'loki'] }, TIMER],
  ['prom answered: nothing unusual', { type: 'evidence_found', source: 'prom', findings: [] }],
  ['prom answered: 1 finding', { type: 'evidence_found', source: 'prom', findings: [{}] }],
  ['prom answered: 2 findings', { type: 'evidence_found', source: 'prom', findings: [{}, {}] }],
  ['prom did not answer', { type: 'source_failed', why: 'prom did not answer' }],
  ['What the sources said was posted on slack', { type: 'investigation_posted', chat: 'slack' }],
  [
    'A copy of page 3 on slack could not be edited: it is gone',
    { type: 'copy_failed', page: 3, chat: 'slack', why: 'it is gone' },
  ],
]

test.each(ROWS.map(([said, event, actor]) => [said, event, actor ?? TIMER] as const))(
  '%s',
  (said, event, actor) => {
    const happened = { seq: 1, at: START, actor, event: event as IncidentEvent }
    expect(plain(world, describe(world, happened))).toBe(said)
  },
)
