/** The web pages of a night, over HTTP: as they are behind PUBLIC_URL, or beside the console. */
import { createSigner } from '../../adapters/keys/signer.ts'
import { createTelemetry } from '../../adapters/telemetry/telemetry.ts'
import { incidentPages } from '../../adapters/web/incident-page.ts'
import { createPages } from '../../adapters/web/pages.ts'
import { patternsPage } from '../../adapters/web/patterns-page.ts'
import { postmortemPages } from '../../adapters/web/postmortem/routes.ts'
import { startServer, type WebServer } from '../../adapters/web/server.ts'
import { simulatePage } from '../../adapters/web/simulate-page.ts'
import type { Config } from '../../bot/config/types.ts'
import type { Signer } from '../../bot/ports.ts'
import { countedIds } from './clock.ts'
import { type Night, night } from './story.ts'

export type Site = {
  readonly url: string
  readonly night: Night
  readonly signer: Signer
  /** A line in a chat whose readers have to sign in; the answer as JSON. */
  typed(person: string, line: string): Promise<string>
  /** The link that a line brings its person. */
  linkFor(person: string, line: string): Promise<string>
  /** The process dies, and another serves the same address. */
  restart(): Promise<void>
  stop(): Promise<void>
}

type Options = {
  readonly publicUrl?: string | undefined
  /** Served as beside the console: whoever reaches it acts as somebody. */
  readonly console?: boolean
  readonly config?: Config
  readonly port?: number
}

export async function startSite(options: Options = {}): Promise<Site> {
  const publicUrl = 'publicUrl' in options ? options.publicUrl : 'https://tocsin.example'
  const signer = createSigner('a secret that only tests know', publicUrl)
  let n = await night({ signer, ...(options.config ? { config: options.config } : {}) })
  const ids = countedIds('page')
  const serve = (port: number): Promise<WebServer> => {
    const pages = createPages({
      app: n.app,
      clock: n.clock,
      ids,
      signer,
      publicUrl,
      consoleHosts: options.console ? ['127.0.0.1'] : [],
    })
    return startServer({
      host: '127.0.0.1',
      port,
      routes: [
        pages.route,
        incidentPages({ app: n.app, store: n.store, clock: n.clock, pages }),
        simulatePage({ app: n.app, clock: n.clock, pages }),
        postmortemPages({ app: n.app, pages }),
        patternsPage({ app: n.app, store: n.store, clock: n.clock, pages }),
      ],
      rawRoutes: [],
      telemetry: createTelemetry({ level: 'error', secrets: [] }),
    })
  }
  const typed: Site['typed'] = async (person, line) => {
    const { name, identities } = n.app.worlds.current().config.people[person]!
    const user = { id: identities.slack ?? '', name, kind: 'member' as const }
    return JSON.stringify(
      await n.app.receive({ chat: 'slack', cause: ids.fresh(), user, channel: undefined, line }),
    )
  }
  let server = await serve(options.port ?? 0)
  return {
    url: server.url,
    get night() {
      return n
    },
    signer,
    typed,
    async linkFor(person, line) {
      const answer = await typed(person, line)
      const link = /"link":"([^"]+)"/.exec(answer)?.[1]
      if (link === undefined) throw new Error(`no link in ${answer}`)
      return link
    },
    async restart() {
      await server.close()
      n = await n.crash()
      server = await serve(Number(new URL(server.url).port))
    },
    async stop() {
      await server.close()
      await n.stop()
    },
  }
}
