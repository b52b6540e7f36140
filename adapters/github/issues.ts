/**
 * Action items as issues of one GitHub repository (REST, version 2022-11-28). One attempt each; GitHub's limits are waited for as it
 * says; an answer that was lost is looked for by the mark in the body.
 */
import { readFileSync } from 'node:fs'
import type { GithubIssues } from '../../bot/config/types.ts'
import { ChatFailure, type Issue, type IssueDraft, type Tracker } from '../../bot/ports.ts'
import { type Call, call, type Reply, statusFailure } from '../outbound/call.ts'

const WHOSE = 'GitHub'
const API = 'https://api.github.com'
const PAGE = 100
/** Issues that a look reads: so many pages of a hundred. */
const MAX_PAGES = 10
const MAX_TITLE = 256
const MAX_BODY = 60_000

type Json = Readonly<Record<string, unknown>>

export function createGithubIssues(options: {
  readonly settings: () => GithubIssues | null
  readonly apiUrl: string | undefined
  readonly hide: (...secrets: readonly string[]) => void
}): Tracker {
  const base = (options.apiUrl ?? API).replace(/\/+$/, '')

  async function ask(method: Call['method'], path: string, body?: Json): Promise<unknown> {
    const { repo, token } = known(options)
    const reply = await call(
      {
        method,
        url: `${base}/repos/${repo}/issues${path}`,
        headers: {
          accept: 'application/vnd.github+json',
          'x-github-api-version': '2022-11-28',
          'user-agent': 'tocsin',
          authorization: `Bearer ${token}`,
          ...(body ? { 'content-type': 'application/json' } : {}),
        },
        ...(body ? { body: JSON.stringify(body) } : {}),
      },
      { whose: WHOSE, maxBytes: 16 * 1024 * 1024 },
    )
    if (reply.status >= 300) throw failureOf(reply)
    try {
      return JSON.parse(reply.body)
    } catch {
      throw new ChatFailure('doubt', 'malformed', 'GitHub answered something that is not understood')
    }
  }

  async function* ours(query: string): AsyncGenerator<Json> {
    const { labels } = known(options)
    const labelled = `labels=${encodeURIComponent(labels[0] ?? '')}&state=all&per_page=${PAGE}`
    for (let page = 1; page <= MAX_PAGES; page++) {
      const found = await ask('GET', `?${labelled}&${query}&page=${page}`)
      const all = Array.isArray(found) ? (found as Json[]) : []
      // A pull request is an issue to this address.
      for (const each of all) if (each.pull_request === undefined) yield each
      if (all.length < PAGE) return
    }
  }

  return {
    async open(draft) {
      const { labels } = known(options)
      const { state: _, ...words } = bodyOf(draft)
      const opened = issueOf(await ask('POST', '', { ...words, labels }))
      return draft.closed ? this.change(opened.number, draft) : opened
    },
    async find(mark) {
      for await (const each of ours('sort=created&direction=desc'))
        if (typeof each.body === 'string' && each.body.includes(mark)) return issueOf(each)
      return undefined
    },
    change: async (number, draft) => issueOf(await ask('PATCH', `/${number}`, bodyOf(draft))),
    async changed(since) {
      const found: Issue[] = []
      for await (const each of ours(`sort=updated&direction=desc&since=${new Date(since).toISOString()}`))
        found.push(issueOf(each))
      return found
    },
  }
}

/** The token is read anew each time: whoever renews it restarts nothing. */
function known({ settings, hide }: Parameters<typeof createGithubIssues>[0]) {
  const github = settings()
  if (!github) throw new ChatFailure('never', 'not_set_up', 'no repository is configured')
  try {
    const token = readFileSync(github.tokenFile, 'utf8').trim()
    hide(token)
    return { ...github, token }
  } catch {
    throw new ChatFailure('later', 'token_file', `the file ${github.tokenFile} cannot be read`, 60_000)
  }
}

const bodyOf = ({ title, body, closed, assignee }: IssueDraft) => ({
  title: title.slice(0, MAX_TITLE),
  body: body.slice(0, MAX_BODY),
  state: closed ? 'closed' : 'open',
  ...(assignee === undefined ? {} : { assignees: [assignee] }),
})

/** An issue as REST and webhooks show it. */
export function issueOf(value: unknown): Issue {
  const { number, html_url, title, state, updated_at } = (value ?? {}) as Json
  const updatedAt = Date.parse(String(updated_at))
  if (typeof number !== 'number' || typeof title !== 'string' || Number.isNaN(updatedAt))
    throw new ChatFailure('doubt', 'malformed', 'GitHub answered something that is not understood')
  const url = typeof html_url === 'string' && /^https?:\/\/\S+$/.test(html_url) ? html_url : ''
  return { number, url, title: title.slice(0, 200), closed: state === 'closed', updatedAt }
}

/** A limit of GitHub's is a 403 or 429 that says how long; a 403 without that is a permission that is missing. */
function failureOf(reply: Reply): ChatFailure {
  const left = reply.header('x-ratelimit-remaining')
  const after = Number(reply.header('retry-after') ?? (left === '0' ? 60 : 0))
  if ((reply.status === 403 || reply.status === 429) && after > 0)
    return new ChatFailure('later', 'rate_limited', 'GitHub asks to wait', after * 1000)
  if (reply.status === 401)
    return new ChatFailure('later', 'bad_token', 'GitHub refuses the token', 10 * 60_000)
  if (reply.status === 403)
    return new ChatFailure('never', 'forbidden', 'the token may not write issues of the repository')
  if (reply.status === 404 || reply.status === 410)
    return new ChatFailure('never', 'not_found', 'the repository or the issue is not there for the token')
  return statusFailure(reply, WHOSE)
}
