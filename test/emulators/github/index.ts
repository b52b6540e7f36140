/**
 * The issues of one GitHub repository, as docs.github.com/rest/issues describes them: strict about headers, names and lengths,
 * with its limits, and webhooks that are signed and never sent twice. Time is the test's clock.
 */
import { createHmac } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

type Json = Readonly<Record<string, unknown>>
export type EmulatedIssue = {
  readonly number: number
  title: string
  body: string
  state: 'open' | 'closed'
  labels: readonly string[]
  assignees: readonly string[]
  readonly createdAt: number
  updatedAt: number
}

const WRITABLE = new Set(['title', 'body', 'state', 'labels', 'assignees'])

export type Github = Awaited<ReturnType<typeof startGithub>>
type Fault = 'accept-then-reset' | '500' | 'limited' | 'forbidden' | '401'

export async function startGithub({
  clock,
  repo = 'acme/checkout',
  collaborators = ['ben-gh', 'aiko-gh'],
}: {
  readonly clock: { now(): number }
  readonly repo?: string
  readonly collaborators?: readonly string[]
}) {
  const token = ['github', 'pat', 'tests'].join('_')
  const secret = 'hook-secret-0123456789'
  const issues: EmulatedIssue[] = []
  const faults: Fault[] = []
  const calls: { readonly method: string; readonly path: string; readonly body: Json }[] = []
  const violations: string[] = []
  let hook: string | undefined

  const json = (issue: EmulatedIssue): Json => ({
    number: issue.number,
    html_url: `https://github.com/${repo}/issues/${issue.number}`,
    title: issue.title,
    body: issue.body,
    state: issue.state,
    labels: issue.labels.map(name => ({ name })),
    assignees: issue.assignees.map(login => ({ login })),
    created_at: iso(issue.createdAt),
    updated_at: iso(issue.updatedAt),
  })

  /** GitHub counts whole seconds. */
  const iso = (at: number) => `${new Date(at).toISOString().slice(0, 19)}Z`

  async function tell(action: string, issue: EmulatedIssue, by: string): Promise<number | undefined> {
    if (hook === undefined) return undefined
    const body = JSON.stringify({
      action,
      issue: json(issue),
      repository: { full_name: repo, name: repo.split('/')[1] },
      sender: { login: by },
    })
    const signature = `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`
    const headers = {
      'content-type': 'application/json',
      'x-github-event': 'issues',
      'x-hub-signature-256': signature,
    }
    return (await fetch(hook, { method: 'POST', headers, body })).status
  }

  function write(issue: EmulatedIssue, body: Json): string | undefined {
    for (const name of Object.keys(body))
      if (!WRITABLE.has(name)) violations.push(`${name} is no field of an issue`)
    if (typeof body.title === 'string' && (body.title.length < 1 || body.title.length > 256)) return 'title'
    if (typeof body.body === 'string' && body.body.length > 65_536) return 'body'
    if (body.state !== undefined && !['open', 'closed'].includes(String(body.state))) return 'state'
    Object.assign(issue, {
      ...(body.title === undefined ? {} : { title: body.title }),
      ...(body.body === undefined ? {} : { body: body.body }),
      ...(body.state === undefined ? {} : { state: body.state }),
      ...(body.labels === undefined ? {} : { labels: body.labels }),
      // Whoever cannot be assigned is dropped in silence.
      ...(body.assignees === undefined
        ? {}
        : { assignees: (body.assignees as string[]).filter(each => collaborators.includes(each)) }),
    })
    issue.updatedAt = clock.now()
    return undefined
  }

  function answer(method: string, url: URL, body: Json): readonly [number, unknown] {
    const [, number] = new RegExp(`^/repos/${repo}/issues(?:/(\\d+))?$`).exec(url.pathname) ?? ['', 'none']
    if (number === 'none') return [404, { message: 'Not Found' }]
    if (method === 'POST' && number === undefined) {
      const fresh: EmulatedIssue = {
        number: issues.length + 1,
        title: '',
        body: '',
        state: 'open',
        labels: [],
        assignees: [],
        createdAt: clock.now(),
        updatedAt: clock.now(),
      }
      if (body.title === undefined || body.state !== undefined) return [422, { message: 'Validation Failed' }]
      const wrong = write(fresh, body)
      if (wrong) return [422, { message: 'Validation Failed', errors: [{ field: wrong }] }]
      issues.push(fresh)
      return [201, json(fresh)]
    }
    const issue = issues.find(each => each.number === Number(number))
    if (method === 'PATCH') {
      if (!issue) return [404, { message: 'Not Found' }]
      const wrong = write(issue, body)
      return wrong ? [422, { message: 'Validation Failed', errors: [{ field: wrong }] }] : [200, json(issue)]
    }
    if (method !== 'GET') return [404, { message: 'Not Found' }]
    const query = url.searchParams
    const size = Number(query.get('per_page') ?? 30)
    const since = query.has('since') ? Date.parse(query.get('since') ?? '') : 0
    const from = (Number(query.get('page') ?? 1) - 1) * size
    const found = issues
      .filter(each => query.get('state') === 'all' || each.state === 'open')
      .filter(each => !query.has('labels') || each.labels.includes(query.get('labels') ?? ''))
      .filter(each => each.updatedAt >= since)
      .sort((a, b) =>
        query.get('sort') === 'updated' ? b.updatedAt - a.updatedAt : b.createdAt - a.createdAt,
      )
    return [200, found.slice(from, from + size).map(json)]
  }

  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const text = Buffer.concat(chunks).toString()
    const body = (text === '' ? {} : JSON.parse(text)) as Json
    const url = new URL(request.url ?? '/', 'http://x')
    calls.push({ method: request.method ?? '', path: url.pathname, body })
    const say = (status: number, value: unknown, headers: Record<string, string> = {}) =>
      response
        .writeHead(status, { 'content-type': 'application/json', ...headers })
        .end(JSON.stringify(value))
    if (!request.headers['user-agent']) return void say(403, { message: 'a User-Agent is required' })
    if (request.headers['x-github-api-version'] !== '2022-11-28') violations.push('no API version')
    const fault = faults.shift()
    if (fault === '401' || request.headers.authorization !== `Bearer ${token}`)
      return void say(401, { message: 'Bad credentials' })
    if (fault === '500') return void say(500, { message: 'Server Error' })
    if (fault === 'limited')
      return void say(403, { message: 'secondary rate limit' }, { 'retry-after': '60' })
    if (fault === 'forbidden')
      return void say(403, { message: 'Resource not accessible by personal access token' })
    const [status, value] = answer(request.method ?? 'GET', url, body)
    if (fault === 'accept-then-reset') return void response.destroy()
    say(status, value)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    token,
    secret,
    repo,
    issues: issues as readonly EmulatedIssue[],
    calls: calls as readonly { readonly method: string; readonly path: string; readonly body: Json }[],
    violations: violations as readonly string[],
    fail: (...kinds: readonly Fault[]) => void faults.push(...kinds),
    /** Somebody edits it on GitHub; told by webhook if one is set. Resolves to the status of the delivery. */
    async edit(number: number, change: Json, by = 'octocat'): Promise<number | undefined> {
      const issue = issues.find(each => each.number === number)
      if (!issue) throw new Error(`there is no issue ${number}`)
      write(issue, change)
      return tell(
        change.state === 'closed' ? 'closed' : change.state === 'open' ? 'reopened' : 'edited',
        issue,
        by,
      )
    },
    useHook: (url: string | undefined) => {
      hook = url
    },
    stop: () =>
      new Promise<void>(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
