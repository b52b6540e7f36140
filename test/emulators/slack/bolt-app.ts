/** A small app on Slack's own SDK, over either transport: the independent judge of the emulator. */

import { App, HTTPReceiver, LogLevel, SocketModeReceiver } from '@slack/bolt'
import { type Slack, type SlackOptions, startSlack } from './index.ts'

export type Transport = 'socket' | 'http'

/** `url` is where the app takes deliveries; empty over sockets. */
export type Rig = { readonly slack: Slack; readonly app: App; readonly url: string; stop(): Promise<void> }

const quiet = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  getLevel: () => LogLevel.ERROR,
  setName() {},
}

/** A workspace with Aiko and Ben in #general with the bot, and an app that `set` gave its listeners. */
export async function startRig(
  transport: Transport,
  set: (app: App) => void = () => {},
  options: SlackOptions = {},
): Promise<Rig> {
  const slack = await startSlack(options)
  slack.users.add({ id: 'UAIKO', name: 'aiko', real_name: 'Aiko Tanaka', email: 'aiko@example.com' })
  slack.users.add({ id: 'UBEN', name: 'ben', real_name: 'Ben Okafor' })
  slack.channels.add({ id: 'CGENERAL', name: 'general', members: [slack.botUser, 'UAIKO', 'UBEN'] })
  const clientOptions = () => ({
    slackApiUrl: slack.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
  })
  const receiver =
    transport === 'socket'
      ? new SocketModeReceiver({
          appToken: slack.appToken,
          clientPingTimeout: 500,
          logger: quiet,
          installerOptions: { clientOptions: clientOptions() },
        })
      : new HTTPReceiver({ signingSecret: slack.signingSecret, logger: quiet })
  const app = new App({ token: slack.botToken, receiver, logger: quiet, clientOptions: clientOptions() })
  set(app)
  const url = await start(slack, app, transport)
  return {
    slack,
    app,
    url,
    async stop() {
      await app.stop()
      await slack.stop()
    },
  }
}

async function start(slack: Slack, app: App, transport: Transport): Promise<string> {
  if (transport === 'socket') {
    await app.start()
    slack.useSocket()
    await slack.connected()
    return ''
  }
  const server = (await app.start(0)) as { address(): { port: number } }
  const url = `http://127.0.0.1:${server.address().port}/slack/events`
  slack.useHttp(url)
  return url
}
