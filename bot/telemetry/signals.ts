/**
 * Every signal that Tocsin gives, on one page: the metric's name is `tocsin_` and the key. No ids in labels. Lateness and
 * page latency are the product's own vital signs.
 */
export type Signal = {
  readonly kind: 'counter' | 'histogram' | 'gauge'
  readonly help: string
  readonly labels: readonly string[]
  /** Upper bounds of a histogram's buckets, in the unit of the name. */
  readonly buckets?: readonly number[]
}

const SECONDS = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 300] as const

export const SIGNALS = {
  commands: {
    kind: 'counter',
    help: 'Commands that people gave, by chat and outcome (done, answered, refused, failed).',
    labels: ['chat', 'outcome'],
  },
  command_seconds: {
    kind: 'histogram',
    help: 'From an input in a chat to its answer.',
    labels: ['chat'],
    buckets: SECONDS,
  },
  events: { kind: 'counter', help: 'Events committed, by type.', labels: ['type'] },
  conflicts: {
    kind: 'counter',
    help: 'Decisions taken again because something moved meanwhile.',
    labels: [],
  },
  commit_seconds: {
    kind: 'histogram',
    help: 'One commit of one or more decisions.',
    labels: [],
    buckets: SECONDS,
  },
  timer_lateness_seconds: {
    kind: 'histogram',
    help: 'How long after its due time a timer was taken up.',
    labels: ['kind'],
    buckets: SECONDS,
  },
  page_latency_seconds: {
    kind: 'histogram',
    help: "From a page's due time to its acceptance by the provider.",
    labels: ['way'],
    buckets: SECONDS,
  },
  deliveries: {
    kind: 'counter',
    help: 'Attempts to deliver, by kind of work and outcome (accepted, later, never, doubt).',
    labels: ['kind', 'outcome'],
  },
  delivery_seconds: {
    kind: 'histogram',
    help: 'One attempt to deliver.',
    labels: ['kind'],
    buckets: SECONDS,
  },
  exhausted: { kind: 'counter', help: 'Chains that ended without an acknowledgement.', labels: [] },
  nobody_on_call: { kind: 'counter', help: 'Rungs that meant nobody.', labels: [] },
  queue_depth: { kind: 'gauge', help: 'Timers that wait, by kind.', labels: ['kind'] },
  oldest_due_seconds: {
    kind: 'gauge',
    help: 'How long the oldest due timer has been waiting; 0 when none is due.',
    labels: [],
  },
  open_unacked: { kind: 'gauge', help: 'Open incidents that nobody has acknowledged.', labels: [] },
  engine_last_cycle_timestamp_seconds: {
    kind: 'gauge',
    help: 'When the clockwork last ended a cycle (Unix time).',
    labels: [],
  },
  audit_ok: {
    kind: 'gauge',
    help: '1 while every open unacknowledged incident has a timer or a stated reason.',
    labels: [],
  },
  chat_connected: { kind: 'gauge', help: '1 while the chat can receive and send.', labels: ['chat'] },
  config_last_reload_successful: { kind: 'gauge', help: '0 after a reload that was refused.', labels: [] },
  paging_held: { kind: 'gauge', help: '1 while paging is held after a restore.', labels: [] },
  http_requests: {
    kind: 'counter',
    help: 'HTTP requests, by route and status class.',
    labels: ['route', 'code'],
  },
  disk_free_bytes: { kind: 'gauge', help: 'Free space where the database is.', labels: [] },
  database_bytes: { kind: 'gauge', help: 'Size of the database file.', labels: [] },
  network_bytes: {
    kind: 'gauge',
    help: 'Bytes through the network interfaces since boot, loopback left out.',
    labels: ['direction'],
  },
} as const satisfies Readonly<Record<string, Signal>>

export type SignalName = keyof typeof SIGNALS
