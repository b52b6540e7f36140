/**
 * What services usually call their requests, errors and durations, so that a team need not write a query: the conventions of the
 * client libraries, OpenTelemetry, Micrometer, gRPC, Istio and span metrics. Which of them a service keeps is asked first, and then
 * exactly that: the query that a person opens is one that they would have written.
 */

type Convention = {
  readonly requests: string
  /** What makes a request an error: a pattern, and the labels that it may be in. */
  readonly errors: { readonly in: readonly StatusLabel[]; readonly like: string }
  readonly durations: string
}

const STATUS_LABELS = [
  'code',
  'status',
  'status_code',
  'http_response_status_code',
  'response_code',
  'grpc_code',
] as const
type StatusLabel = (typeof STATUS_LABELS)[number]

const HTTP = '5..'
const CONVENTIONS: readonly Convention[] = [
  {
    requests: 'http_requests_total',
    errors: { in: ['code', 'status', 'status_code'], like: HTTP },
    durations: 'http_request_duration_seconds_bucket',
  },
  {
    requests: 'http_server_request_duration_seconds_count',
    errors: { in: ['http_response_status_code'], like: HTTP },
    durations: 'http_server_request_duration_seconds_bucket',
  },
  {
    requests: 'http_server_requests_seconds_count',
    errors: { in: ['status'], like: HTTP },
    durations: 'http_server_requests_seconds_bucket',
  },
  {
    requests: 'http_request_duration_seconds_count',
    errors: { in: ['code', 'status', 'status_code'], like: HTTP },
    durations: 'http_request_duration_seconds_bucket',
  },
  {
    requests: 'grpc_server_handled_total',
    errors: { in: ['grpc_code'], like: 'Unknown|Internal|Unavailable|DataLoss|DeadlineExceeded' },
    durations: 'grpc_server_handling_seconds_bucket',
  },
  {
    requests: 'istio_requests_total',
    errors: { in: ['response_code'], like: HTTP },
    durations: 'istio_request_duration_milliseconds_bucket',
  },
  {
    requests: 'traces_spanmetrics_calls_total',
    errors: { in: ['status_code'], like: 'STATUS_CODE_ERROR' },
    durations: 'traces_spanmetrics_latency_bucket',
  },
]

/** Labels that name a service, the surest first. */
const LABELS = [
  'service',
  'service_name',
  'app',
  'application',
  'job',
  'destination_service_name',
  'container',
] as const

const UP = 'up'
/** The label that the answer to `discovery` names the label in. */
const OF = 'tocsin_label'

/** A metric that there is of a service: by which label, and in which its status is. */
export type Known = { readonly metric: string; readonly label: string; readonly status: string | undefined }

/** Which of the metrics there are of a service, and how they are labelled: one small answer. `$service` is to be filled in. */
export function discovery(): string {
  const names = [UP, ...CONVENTIONS.flatMap(({ requests, durations }) => [requests, durations])]
  const all = [...new Set(names)].join('|')
  const by = ['__name__', ...STATUS_LABELS].join(', ')
  return LABELS.map(
    label =>
      `label_replace(count by (${by}) ({__name__=~"${all}",${label}="$service"}), "${OF}", "${label}", "", "")`,
  ).join(' or ')
}

export const knownOf = (labels: Readonly<Record<string, string>>): Known => ({
  metric: labels.__name__ ?? '',
  label: labels[OF] ?? '',
  status: STATUS_LABELS.find(label => labels[label] !== undefined),
})

/** What is measured -> its query, over what a service is known to have. `$service` is to be filled in. */
export function usualQueries(known: readonly Known[]): Readonly<Record<string, string>> {
  const find = (metric: string) =>
    LABELS.flatMap(label => known.filter(each => each.metric === metric && each.label === label))[0]
  const served = CONVENTIONS.find(({ requests }) => find(requests))
  const timed = CONVENTIONS.find(({ durations }) => find(durations))
  const up = find(UP)
  return {
    ...(served ? servedQueries(served, known, find(served.requests)?.label ?? '') : {}),
    ...(timed ? { 'latency p95': latency(timed, find(timed.durations)?.label ?? '') } : {}),
    ...(up ? { 'instances up': `sum(up{${up.label}="$service"})` } : {}),
  }
}

/** Two minutes: four scrapes at the usual intervals, and no longer, since a longer mean hides when it began. */
const OVER = '2m'
const rate = (metric: string, label: string, more = '') =>
  `rate(${metric}{${label}="$service"${more && `,${more}`}}[${OVER}])`

/** A service without errors has no series of them: then it is nought, as long as it is asked anything at all. */
function servedQueries({ requests, errors }: Convention, known: readonly Known[], label: string) {
  const all = `sum(${rate(requests, label)})`
  const status = errors.in.find(each => known.some(one => one.metric === requests && one.status === each))
  const failing = status && `sum(${rate(requests, label, `${status}=~"${errors.like}"`)})`
  return { 'request rate': all, ...(failing ? { 'error rate': `${failing} or 0 * ${all}` } : {}) }
}

const latency = ({ durations }: Convention, label: string): string =>
  `histogram_quantile(0.95, sum by (le) (${rate(durations, label)}))`
