/**
 * Reading the configuration again, on SIGHUP: whole or not at all (I28). A file that is refused changes nothing, and the
 * team's channel is told, since whoever edited it may not be looking at the log.
 */

import type { App } from '../../bot/app.ts'
import { list, type Message, text } from '../../bot/message.ts'
import type { Chat, Clock, Telemetry } from '../../bot/ports.ts'
import type { Env } from './env.ts'
import { configOf, findConfig } from './load-config.ts'
import { secretsOf } from './secrets.ts'

type Parts = {
  readonly env: Env
  readonly app: App
  readonly chats: readonly Chat[]
  readonly telemetry: Telemetry
  readonly clock: Clock
  /** Secrets of the configuration are kept out of the logs. */
  readonly hide: (...secrets: readonly string[]) => void
}

const SHOWN_PROBLEMS = 8

export function createReload({ env, app, chats, telemetry, clock, hide }: Parts): () => Promise<void> {
  async function tell(message: Message): Promise<void> {
    const { channel } = app.worlds.current().config.team
    for (const chat of chats) {
      await chat
        .post({ channel: channel.name }, message, `reload:${clock.now()}`)
        .catch(error => telemetry.log('warn', 'config.not_told', { chat: chat.name, error }))
    }
  }

  return async () => {
    try {
      const source = findConfig(env)
      const config = configOf(source)
      hide(...secretsOf(config))
      await app.configure(config)
      telemetry.set('config_last_reload_successful', 1)
      telemetry.log('info', 'config.reloaded', { file: source.file })
    } catch (error) {
      const hint = 'the configuration that was loaded before stays in force'
      telemetry.set('config_last_reload_successful', 0)
      telemetry.log('error', 'config.reload_refused', { error, hint })
      await tell(refusedReload(error instanceof Error ? error.message : String(error)))
    }
  }
}

function refusedReload(problems: string): Message {
  const said = 'The configuration was not reloaded; the one before stays in force.'
  const lines = problems.split('\n').filter(line => line.trim() !== '')
  const more = lines.length - SHOWN_PROBLEMS
  return {
    summary: said,
    tone: 'refused',
    blocks: [
      text([{ bold: said }]),
      list(lines.slice(0, SHOWN_PROBLEMS).map(line => [line.trim()])),
      text(more > 0 ? `and ${more} more; ` : '', [{ code: 'npx tocsin check' }, ' lists them all.']),
    ],
  }
}
