/** The reading half of Alertmanager's API v2: what amtool and dashboards ask. Silences are none of ours. */
import type { Context } from 'hono'
import type { Alert } from '../../bot/alerts/types.ts'
import type { App } from '../../bot/app.ts'
import type { Clock, Store } from '../../bot/ports.ts'
import type { IngestTokens } from '../ingest/tokens.ts'
import { bearer } from './ingest.ts'
import { problem, type Route } from './server.ts'

type Parts = {
  readonly app: App
  readonly store: Store
  readonly clock: Clock
  readonly tokens: IngestTokens
  readonly allows: (token: string) => Promise<boolean>
}

export const alertmanagerRoutes =
  ({ app: { engine }, store, clock, tokens, allows }: Parts): Route =>
  app => {
    const startedAt = new Date(clock.now()).toISOString()
    const guarded =
      (answer: (context: Context) => Promise<Response>) =>
      async (context: Context): Promise<Response> => {
        const token = bearer(context)
        const may = tokens.find(token) !== undefined || (await allows(token))
        return may
          ? answer(context)
          : problem(401, 'A bearer token is needed, of an integration or of the API.')
      }

    app.get(
      '/api/v2/alerts',
      guarded(async context => {
        const open = await store.incidents({ open: true, limit: 1000 })
        const incidents = await Promise.all(open.map(({ id }) => engine.incident(id)))
        const own = incidents.flatMap(incident =>
          Object.values(incident?.alerts ?? {}).map(alert => ({ alert, incident: incident?.id })),
        )
        const noted = Object.values((await engine.ingested()).alerts).map(alert => ({
          alert,
          incident: undefined,
        }))
        const firing = [...own, ...noted].filter(({ alert }) => alert.status === 'firing')
        const matchers = (context.req.queries('filter') ?? []).map(matcherOf)
        return context.json(
          firing
            .filter(({ alert }) => matchers.every(fits => fits(labels(alert))))
            .map(each => toApi(each, clock.now())),
        )
      }),
    )
    app.get(
      '/api/v2/silences',
      guarded(async context => context.json([])),
    )
    app.get(
      '/api/v2/receivers',
      guarded(async context => context.json([{ name: 'tocsin' }])),
    )
    app.get(
      '/api/v2/status',
      guarded(async context =>
        context.json({
          cluster: { status: 'disabled', peers: [] },
          versionInfo: { version: '', revision: '', branch: '', buildUser: '', buildDate: '', goVersion: '' },
          config: { original: '' },
          uptime: startedAt,
        }),
      ),
    )
  }

const labels = (alert: Alert): Readonly<Record<string, string>> => ({
  alertname: alert.title,
  ...alert.labels,
})

function toApi(
  { alert, incident }: { readonly alert: Alert; readonly incident: string | undefined },
  now: number,
) {
  const at = new Date(alert.startsAt ?? now).toISOString()
  return {
    labels: labels(alert),
    annotations: { summary: alert.title, description: alert.details, ...(incident ? { incident } : {}) },
    startsAt: at,
    endsAt: new Date(alert.endsAt ?? now + 5 * 60_000).toISOString(),
    updatedAt: at,
    fingerprint: alert.fingerprint,
    generatorURL: alert.link ?? '',
    receivers: [{ name: 'tocsin' }],
    status: { state: 'active', silencedBy: [], inhibitedBy: [], mutedBy: [] },
  }
}

/** `severity="critical"`, `!=`; regular expressions of strangers are not run (S20), they match as plain text. */
function matcherOf(text: string): (labels: Readonly<Record<string, string>>) => boolean {
  const [, name = '', operator = '=', value = ''] =
    /^\s*([\w.]+)\s*(=~|!~|!=|=)\s*"?(.*?)"?\s*$/.exec(text) ?? []
  const isNot = operator.startsWith('!')
  return all => ((all[name] ?? '') === value) !== isNot
}
