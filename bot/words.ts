/**
 * The words of the product, one meaning each, and the types that they name.
 *
 * - **incident**: something is broken and people work on it; has a number, shown as `INC-42`.
 * - **severity**: how bad it is, SEV1 (worst) to SEV4; decides who is paged and how fast.
 * - **criterion**: the rule of a severity that the description met, such as `complete_outage`.
 * - **status**: how far the work on an incident has come, `detected` to `closed`, then `postmortem`.
 * - **chain**: the ordered rungs of people to page for a severity.
 * - **rung**: one step of a chain, numbered from 1; a **pass** is one run through the whole chain, from 1.
 * - **role**: what a rung of a chain means: a schedule, people, or a channel.
 * - **page**: one person being called for one incident, by one or more ways, until acknowledged.
 * - **way**: how a person is reached: chat, sms, voice, email, push or webhook.
 * - **copy**: one message by which a page reached its person; a page may have several.
 * - **ack**: somebody says "I have it"; stops the chain and every page of the incident.
 * - **exhausted**: every rung of every pass was paged and nobody acknowledged.
 * - **duty**: what a responder does in an incident: commander, communications or scribe.
 * - **card**: the one message of an incident that is edited in place and stays true.
 * - **timer**: a row that says what will happen, or leave, and when.
 * - **lane**: an ordered queue of deliveries: one channel's posts, or one person's pages by one way.
 * - **chat**: a connected chat system (Slack, Discord, the console); **place**: where a message goes in it.
 * - **refusal**: a "no" to bad input, with the rule and the way out.
 */

export const SEVERITIES = ['SEV1', 'SEV2', 'SEV3', 'SEV4'] as const
export type Severity = (typeof SEVERITIES)[number]

export const STATUSES = [
  'detected',
  'triaged',
  'responding',
  'investigating',
  'mitigated',
  'resolved',
  'verifying',
  'closed',
  'postmortem',
] as const
export type Status = (typeof STATUSES)[number]

export const DUTIES = ['commander', 'communications', 'scribe'] as const
export type Duty = (typeof DUTIES)[number]

export const WAYS = ['chat', 'sms', 'voice', 'email', 'push', 'webhook'] as const
export type Way = (typeof WAYS)[number]
/** The ways other than chat. */
export const CONTACT_WAYS = ['sms', 'voice', 'email', 'push', 'webhook'] as const satisfies readonly Way[]
export type ContactWay = (typeof CONTACT_WAYS)[number]

/** What the configuration can reserve for some, by the names of the commands. */
export const GUARDED = [
  'declare',
  'ack',
  'unack',
  'escalate',
  'page',
  'status',
  'severity',
  'update',
  'note',
  'role',
  'resolve',
  'close',
  'reopen',
] as const
export type Guarded = (typeof GUARDED)[number]

/** The reactions that can stand for "keep this message", by the names that people know them by. */
export const REACTIONS = {
  pushpin: '📌',
  round_pushpin: '📍',
  memo: '📝',
  bookmark: '🔖',
  star: '⭐',
  floppy_disk: '💾',
} as const
export type Reaction = keyof typeof REACTIONS

/** The systems that can send alerts and changes in. */
export const SOURCES = [
  'alertmanager',
  'grafana',
  'datadog',
  'cloudwatch',
  'sentry',
  'newrelic',
  'uptimekuma',
  'zabbix',
  'gcp',
  'azure',
  'opsgenie',
  'pagerduty',
  'generic',
  'github',
  'gitlab',
  'argocd',
] as const
export type Source = (typeof SOURCES)[number]

/** What the `mapping` of a generic integration can name: the fields of an alert or a change, and where a list of them is. */
export const MAPPED = [
  'title',
  'details',
  'status',
  'severity',
  'service',
  'fingerprint',
  'group',
  'starts_at',
  'link',
  'alerts',
  'change',
  'version',
  'environment',
  'by',
] as const

/** A person's key in the configuration, such as `aiko`. */
export type PersonId = string
/** An incident's stream name and public name, `INC-42`. */
export type IncidentId = string
/** A connected chat's name: `slack`, `discord` or `console`. */
export type ChatName = string
/** Epoch milliseconds. */
export type Instant = number

/** `SEV1` is worse than `SEV2`: negative when `a` is worse than `b`. */
export const bySeverity = (a: Severity, b: Severity): number => SEVERITIES.indexOf(a) - SEVERITIES.indexOf(b)
