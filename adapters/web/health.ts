/** /healthz: the process answers. /readyz: it can do its work, with the details. /metrics: what Prometheus scrapes. */
import type { Route } from './server.ts'

export type Check = { readonly ok: boolean; readonly detail: string }
export type Readiness = { readonly ready: boolean; readonly checks: Readonly<Record<string, Check>> }

export const healthRoutes =
  (health: {
    readyz(): Promise<Readiness>
    metrics(): Promise<string>
    readonly metricsType: string
  }): Route =>
  app => {
    app.get('/healthz', context => context.json({ ok: true }))
    app.get('/readyz', async context => {
      const readiness = await health.readyz()
      return context.json(readiness, readiness.ready ? 200 : 503)
    })
    app.get('/metrics', async context =>
      context.body(await health.metrics(), 200, { 'content-type': health.metricsType }),
    )
  }
