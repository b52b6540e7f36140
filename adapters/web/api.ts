/** The JSON API: incidents, their timelines, who is on call. Reading only, behind a bearer token. */
import type { Context } from 'hono'
import { isOverdue, report } from '../../bot/actions/report.ts'
import type { App } from '../../bot/app.ts'
import { readRange } from '../../bot/digest/range.ts'
import { patternReport } from '../../bot/digest/report.ts'
import { patternFacts } from '../../bot/engine/digest-facts.ts'
import type { Clock, Store } from '../../bot/ports.ts'
import { remember } from '../../bot/postmortem/load.ts'
import { markdown } from '../../bot/postmortem/render.ts'
import { Refusal } from '../../bot/refusal.ts'
import { nextChange, onCall } from '../../bot/schedules/on-call.ts'
import { timelineMarkdown } from '../../bot/timeline/markdown.ts'
import { investigationJson } from './investigation-json.ts'
import { openapi } from './openapi.ts'
import { problem, type Route } from './server.ts'
import { timelineJson } from './timeline-json.ts'

type Parts = {
  readonly store: Store
  readonly app: App
  readonly clock: Clock
  readonly version: string /** Whether a bearer token opens it. */
  readonly allows: (token: string) => Promise<boolean>
}

const PAGE = 100

const MARKDOWN = { 'content-type': 'text/markdown; charset=utf-8' }

export const apiRoutes =
  ({ store, app: { engine }, clock, allows, version }: Parts): Route =>
  app => {
    app.use('/api/v1/*', async (context, next) => {
      const [, token] = /^Bearer (\S{1,200})$/.exec(context.req.header('authorization') ?? '') ?? []
      if (token === undefined || !(await allows(token)))
        return problem(401, 'A bearer token is needed: npx tocsin token create NAME.')
      await next()
      return undefined
    })
    app.get('/api/openapi.json', context => context.json(openapi(version)))
    app.get('/api/v1/incidents', async context => {
      const open = context.req.query('open')
      const before = Number(context.req.query('before') ?? Number.NaN)
      const incidents = await store.incidents({
        limit: PAGE,
        ...(open === undefined ? {} : { open: open === 'true' }),
        ...(Number.isInteger(before) ? { before } : {}),
      })
      return context.json({
        incidents: incidents.map(withTimes),
        next: incidents.length === PAGE ? incidents.at(-1)?.number : null,
      })
    })
    app.get('/api/v1/incidents/:id', async context => {
      const found = await store.incident(idOf(context))
      return found ? context.json(withTimes(found)) : missing(context)
    })
    app.get('/api/v1/incidents/:id/timeline', async context => {
      const world = await engine.world()
      const found = await remember(engine, world, idOf(context))
      if (!found) return missing(context)
      return context.req.query('format') === 'md'
        ? context.body(timelineMarkdown(world, found.incident, found.entries), 200, MARKDOWN)
        : context.json(timelineJson(found.entries))
    })
    app.get('/api/v1/incidents/:id/investigation', async context => {
      const found = await remember(engine, await engine.world(), idOf(context))
      return found ? context.json(investigationJson(found)) : missing(context)
    })
    app.get('/api/v1/incidents/:id/postmortem', async context => {
      const found = await remember(engine, await engine.world(), idOf(context))
      if (!found) return missing(context)
      return context.req.query('format') === 'md'
        ? context.body(markdown(found.postmortem), 200, MARKDOWN)
        : context.json(found.postmortem)
    })
    app.get('/api/v1/patterns', async context => {
      const { config } = await engine.world()
      const { from, to, service } = context.req.query()
      const range = readRange({ from, to }, config.team.timezone, clock.now())
      if (range instanceof Refusal) return problem(400, range.message)
      if (service !== undefined && !config.services[service])
        return problem(400, `"${service.slice(0, 60)}" is not a service of this team.`)
      const asked = { ...range, ...(service === undefined ? {} : { service }) }
      return context.json(patternReport(await patternFacts({ engine, store, clock }, asked)))
    })
    app.get('/api/v1/actions', async context => {
      const { items } = await engine.actions()
      const now = clock.now()
      const actions = items.map(item => ({
        ...item,
        overdue: isOverdue(item, now),
        dueAt: iso(item.dueAt),
        addedAt: iso(item.addedAt),
        doneAt: item.doneAt === null ? null : iso(item.doneAt),
        lastRemindedAt: item.lastRemindedAt === null ? null : iso(item.lastRemindedAt),
      }))
      return context.json({ report: report(items, now), actions })
    })
    app.get('/api/v1/oncall', async context => {
      const { config, overrides } = await engine.world()
      const now = clock.now()
      const schedules = Object.values(config.schedules).map(schedule => {
        const until = nextChange(schedule, overrides, now)
        return {
          schedule: schedule.name,
          ...onCall(schedule, overrides, now),
          until: until === undefined ? null : iso(until),
        }
      })
      return context.json({ at: iso(now), schedules })
    })
  }

const iso = (at: number): string => new Date(at).toISOString()
/** A row that an older version wrote may lack one. */
const isoOrNull = (at: number | null | undefined): string | null => (at == null ? null : iso(at))
const idOf = (context: Context): string => (context.req.param('id') ?? '').toUpperCase()
const missing = (context: Context): Response => problem(404, `There is no ${idOf(context).slice(0, 20)}.`)

/** Instants as ISO texts, for whoever is not us. */
const withTimes = (row: {
  readonly declaredAt: number
  readonly ackedAt: number | null
  readonly resolvedAt: number | null
  readonly updatedAt: number
  readonly closedAt: number | null
}) => ({
  ...row,
  declaredAt: iso(row.declaredAt),
  ackedAt: isoOrNull(row.ackedAt),
  resolvedAt: isoOrNull(row.resolvedAt),
  updatedAt: iso(row.updatedAt),
  closedAt: isoOrNull(row.closedAt),
})
