/**
 * What systems send in: `POST /ingest/{source}/{token}`, Alertmanager's API v2 and PagerDuty's Events API v2. A 2xx comes after
 * the commit and not before; what is wrong with a payload is said in a sentence; nothing of it is written to a log.
 */
import type { Context } from 'hono'
import type { Intake, Taken } from '../../bot/engine/intake.ts'
import type { Clock } from '../../bot/ports.ts'
import { dedupKey, readEvent } from '../ingest/pagerduty.ts'
import type { Reader } from '../ingest/read.ts'
import { isAuthentic } from '../ingest/signatures.ts'
import { confirmationOf, isFromSns } from '../ingest/sns.ts'
import { READERS } from '../ingest/sources.ts'
import type { IngestTokens, Known } from '../ingest/tokens.ts'
import { call } from '../outbound/call.ts'
import { problem, type Route } from './server.ts'

export type IngestParts = {
  readonly intake: Intake
  readonly tokens: IngestTokens
  readonly clock: Clock
}

const UNKNOWN = () => problem(401, 'No integration has this token.')

export const ingestRoutes =
  ({ intake, tokens, clock }: IngestParts): Route =>
  app => {
    app.post('/ingest/:source/:token', async context => {
      const { source, token } = context.req.param()
      const known = tokens.find(token)
      if (!known || known.source !== source) return UNKNOWN()
      const body = await context.req.text()
      if (!isAuthentic(known.source, known.signingSecret, body, name => context.req.header(name)))
        return problem(401, `The ${source} signature does not fit the secret of ${known.id}.`)
      const payload = parse(body)
      if (payload === undefined) return problem(400, 'The body is not JSON.')
      if (known.source === 'cloudwatch') {
        const answer = await snsFirst(payload)
        if (answer) return answer
      }
      const { read } = await READERS[known.source]()
      const taken = await take(context, known, read, payload)
      return taken
        ? context.json(taken)
        : problem(422, `This is not a payload of ${source}. See docs/ingest.md.`)
    })

    app.post('/api/v2/alerts', async context => {
      const known = tokens.find(bearer(context))
      if (known?.source !== 'alertmanager') return UNKNOWN()
      const payload = parse(await context.req.text())
      const { read } = await import('../ingest/alertmanager-api.ts')
      const taken = payload === undefined ? undefined : await take(context, known, read, payload)
      return taken ? context.json({}) : problem(400, 'Send a list of alerts, each with labels.')
    })

    app.post('/v2/enqueue', async context => {
      const payload = parse(await context.req.text())
      const key: unknown = (payload as { routing_key?: unknown } | undefined)?.routing_key
      const known = typeof key === 'string' ? tokens.find(key) : undefined
      const invalid = (message: string) =>
        context.json({ status: 'invalid event', message: 'Event object is invalid', errors: [message] }, 400)
      if (known?.source !== 'pagerduty') return invalid('No integration has this routing_key.')
      const taken = await take(context, known, readEvent, payload)
      if (!taken)
        return invalid('event_action is trigger, acknowledge or resolve; a trigger needs payload.summary.')
      return context.json(
        { status: 'success', message: 'Event processed', dedup_key: dedupKey(payload) },
        202,
      )
    })

    async function take(
      context: Context,
      known: Known,
      read: Reader,
      payload: unknown,
    ): Promise<Taken | undefined> {
      const ingested = read(payload, {
        now: clock.now(),
        header: name => context.req.header(name),
        mapping: known.mapping,
      })
      return ingested && intake(known, { alerts: [], changes: [], ...ingested })
    }
  }

/** An SNS envelope must be Amazon's; a confirmation is answered by asking Amazon. A bare alarm passes by its token. */
async function snsFirst(payload: unknown): Promise<Response | undefined> {
  const type = (payload as { Type?: unknown }).Type
  if (type === undefined) return undefined
  if (!(await isFromSns(payload, call))) return problem(401, 'Amazon did not sign this.')
  const url = type === 'SubscriptionConfirmation' ? confirmationOf(payload) : undefined
  if (url === undefined) return undefined
  const { status } = await call(
    { method: 'GET', url },
    { whose: 'Amazon SNS', guarded: { allowPrivate: false } },
  )
  return status === 200 ? new Response('{}', { status: 200 }) : problem(502, 'Amazon did not confirm it.')
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    // Whoever sent it hears so.
    return undefined
  }
}

export const bearer = (context: Context): string =>
  /^Bearer (\S{1,200})$/.exec(context.req.header('authorization') ?? '')?.[1] ?? ''
