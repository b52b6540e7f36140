/**
 * `tocsin start`: everything composed, and taken down in order. Takes the lock first; runs what is overdue at once; on SIGTERM
 * takes no more input, ends what is in flight, and lets the lock go. On SIGHUP reads the configuration again.
 */
import { createApp } from '../../bot/app.ts'
import { dispatch } from '../../commands/dispatch.ts'
import { systemIds } from '../clock/system.ts'
import { createGithubIssues } from '../github/issues.ts'
import { createTokens } from '../ingest/tokens.ts'
import { createSigner, secretOf } from '../keys/signer.ts'
import { createPictures } from '../picture/pictures.ts'
import { openSources } from '../sources/open.ts'
import { createTelemetry } from '../telemetry/telemetry.ts'
import { alertmanagerRoutes } from '../web/alertmanager.ts'
import { apiRoutes } from '../web/api.ts'
import { calendarRoutes } from '../web/calendar.ts'
import { healthRoutes } from '../web/health.ts'
import { incidentPages } from '../web/incident-page.ts'
import { ingestRoutes } from '../web/ingest.ts'
import { createPages } from '../web/pages.ts'
import { patternsPage } from '../web/patterns-page.ts'
import { postmortemPages } from '../web/postmortem/routes.ts'
import { type Route, startServer } from '../web/server.ts'
import { simulatePage } from '../web/simulate-page.ts'
import { createAudit } from './audit.ts'
import { consoleHosts, openChats } from './chats.ts'
import { databaseOf, type Env, hostOf, localPath, portOf, readEnv, usesConsole } from './env.ts'
import { openExporters } from './exporters.ts'
import { openGround } from './ground.ts'
import { configOf, findConfig } from './load-config.ts'
import { createReload } from './reload.ts'
import { secretsOf } from './secrets.ts'
import { tokenCheck } from './token.ts'
import { packageVersion } from './version.ts'
import { openWays, wayRoutes } from './ways.ts'

export async function start(): Promise<void> {
  const env = readEnv()
  const source = findConfig(env)
  const config = configOf(source)
  const tracing = env.get('OTEL_EXPORTER_OTLP_ENDPOINT')
    ? await (await import('../telemetry/tracing.ts')).createTracing()
    : undefined
  const telemetry = createTelemetry({
    level: env.get('LOG_LEVEL') ?? 'info',
    secrets: env.secrets,
    ...(tracing ? { tracing } : {}),
  })
  telemetry.hide(...secretsOf(config))
  const ground = await openGround(databaseOf(env), telemetry)
  const { store, clock } = ground
  await store.configure(config, clock.now())
  telemetry.set('config_last_reload_successful', 1)
  const signer = createSigner(await secretOf(store, clock.now()), env.get('PUBLIC_URL'))
  let inForce = () => config
  const path = localPath(env)
  const parts = { clock, ids: systemIds, telemetry }
  const { chats, routes, rawRoutes } = await openChats({ ...parts, env, path, config: () => inForce() })
  const app = await createApp({
    ...parts,
    config,
    store,
    chats,
    pictures: createPictures(telemetry),
    pagers: await openWays({ env, clock, signer, config: () => inForce() }),
    tracker: createGithubIssues({
      settings: () => inForce().actions.github,
      hide: telemetry.hide,
      apiUrl: env.get('GITHUB_API_URL'),
    }),
    exporter: openExporters({
      config: () => inForce(),
      path,
      apiUrl: env.get('GITHUB_API_URL'),
      hide: telemetry.hide,
    }),
    source: openSources({ config: () => inForce(), hide: telemetry.hide }),
    signer,
    dispatch,
  })
  inForce = () => app.worlds.current().config
  const audit = createAudit({ app, chats, telemetry, env, path, ground })
  const allows = tokenCheck(store.tokens, env.get('TOCSIN_API_TOKEN'))
  const tokens = createTokens(() => app.worlds.current().config, telemetry)
  const pages = createPages({
    ...parts,
    app,
    signer,
    publicUrl: env.get('PUBLIC_URL'),
    consoleHosts: usesConsole(env) ? consoleHosts(env) : [],
  })
  const own: readonly Route[] = [
    healthRoutes({
      readyz: audit.readyz,
      metrics: telemetry.metrics.text,
      metricsType: telemetry.metrics.contentType,
    }),
    apiRoutes({ store, app, clock, allows, version: packageVersion() }),
    ingestRoutes({ intake: app.intake, tokens, clock }),
    alertmanagerRoutes({ app, store, clock, tokens, allows }),
    pages.route,
    incidentPages({ app, store, clock, pages }),
    simulatePage({ app, clock, pages }),
    postmortemPages({ app, pages }),
    patternsPage({ app, store, clock, pages }),
    calendarRoutes({ store, app, clock, signer, allows }),
    ...(await wayRoutes(env, { replies: app.replies, telemetry })),
  ]
  const server = await startServer({
    host: hostOf(env),
    port: portOf(env),
    routes: [...routes, ...own],
    rawRoutes,
    telemetry,
  })
  await app.start()
  app.clockwork.start()
  audit.start()

  const reload = createReload({ env, app, chats, telemetry, clock, hide: telemetry.hide })
  process.on('SIGHUP', () => void reload())

  let stopping = false
  const stop = async () => {
    if (stopping) return
    stopping = true
    audit.stop()
    await app.stop()
    await server.close()
    await tracing?.stop()
    await ground.close()
    process.exit(0)
  }
  process.on('SIGTERM', () => void stop())
  process.on('SIGINT', () => void stop())
  process.on('unhandledRejection', error => telemetry.log('error', 'unhandled_rejection', { error }))
  greet(env, server.url, source.sample, config.team.name, await store.held())
}

/** The first lines say where to look and what to type. */
function greet(env: Env, url: string, sample: boolean, team: string, held: boolean): void {
  const lines = [
    `Tocsin is ready at ${url} for ${team}${sample ? ' (the built-in sample; your own team goes into tocsin.yaml)' : ''}.`,
    usesConsole(env)
      ? `Open ${url} and type: /incident declare Checkout is down for everyone`
      : 'In your chat, type: /incident declare Checkout is down for everyone',
    ...(held ? ['Paging is HELD after a restore. Look at what waits, then: npx tocsin resume'] : []),
  ]
  process.stdout.write(`${lines.join('\n')}\n`)
}
