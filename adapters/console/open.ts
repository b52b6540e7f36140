/** The console, ready to be plugged in: its log beside the database, its chat, its routes. */
import type { Chat, Clock, Ids } from '../../bot/ports.ts'
import type { Route } from '../web/server.ts'
import { createConsole } from './chat.ts'
import { openConsoleLog } from './log.ts'
import type { Hint } from './page.ts'
import { consoleRoutes } from './routes.ts'

export function openConsole(options: {
  readonly path: string
  readonly clock: Clock
  readonly ids: Ids
  readonly hosts: readonly string[]
  readonly hints: readonly Hint[]
}): { readonly chat: Chat; readonly route: Route } {
  const log = openConsoleLog(options.path === ':memory:' ? ':memory:' : `${options.path}-console`)
  const chat = createConsole({ log, clock: options.clock })
  return { chat, route: consoleRoutes({ ...options, console: chat }) }
}
