/** The chats that the environment sets up, each loaded only when it is used, with what they want of the one HTTP server. */
import type { Config } from '../../bot/config/types.ts'
import type { Chat, Clock, Ids, Telemetry } from '../../bot/ports.ts'
import { refuse } from '../../bot/refusal.ts'
import { COMMANDS } from '../../commands/index.ts'
import type { RawRoute, Route } from '../web/server.ts'
import { type Env, hostOf, usesConsole, usesDiscord, usesSlack } from './env.ts'

export type Chats = {
  readonly chats: readonly Chat[]
  readonly routes: readonly Route[]
  readonly rawRoutes: readonly RawRoute[]
}

type Parts = {
  readonly env: Env
  readonly clock: Clock
  readonly ids: Ids
  readonly telemetry: Telemetry
  /** Where the database is: the console keeps its log beside it. */
  readonly path: string
  /** The configuration in force. */
  readonly config: () => Config
}

export async function openChats(parts: Parts): Promise<Chats> {
  const { env } = parts
  const chats: Chat[] = []
  const routes: Route[] = []
  const rawRoutes: RawRoute[] = []
  if (usesSlack(env)) {
    const slack = (await import('../slack/slack.ts')).createSlack({ ...parts, ...slackSettings(env) })
    chats.push(slack)
    if (slack.requestListener) rawRoutes.push({ path: '/slack/events', handle: slack.requestListener })
  }
  if (usesDiscord(env)) {
    const discord = (await import('../discord/discord.ts')).createDiscord({
      ...parts,
      ...discordSettings(env),
      commands: COMMANDS,
      settings: () => parts.config().discord,
    })
    chats.push(discord)
    if (discord.requestListener)
      rawRoutes.push({ path: '/discord/interactions', handle: discord.requestListener })
  }
  if (usesConsole(env)) {
    const { openConsole } = await import('../console/open.ts')
    const hints = COMMANDS.filter(each => !each.hidden).map(({ example, summary }) => ({
      line: example,
      summary,
    }))
    const console = openConsole({ ...parts, hosts: consoleHosts(env), hints })
    chats.push(console.chat)
    routes.push(console.route)
  }
  return { chats, routes, rawRoutes }
}

function slackSettings(env: Env) {
  const appToken = env.get('SLACK_APP_TOKEN')
  const signingSecret = env.get('SLACK_SIGNING_SECRET')
  const apiUrl = env.get('SLACK_API_URL')
  return {
    botToken: env.get('SLACK_BOT_TOKEN') ?? '',
    ...(appToken ? { appToken } : {}),
    ...(signingSecret ? { signingSecret } : {}),
    ...(apiUrl ? { apiUrl } : {}),
  }
}

function discordSettings(env: Env) {
  const applicationId = env.get('DISCORD_APPLICATION_ID')
  const guildId = env.get('DISCORD_GUILD_ID')
  if (!applicationId || !guildId)
    throw refuse(
      'discord_settings',
      `DISCORD_TOKEN is set, and ${applicationId ? 'DISCORD_GUILD_ID' : 'DISCORD_APPLICATION_ID'} is not.`,
      'The application id is under "General Information"; the server id by "Copy Server ID" on the server.',
    )
  const publicKey = env.get('DISCORD_PUBLIC_KEY')
  const apiUrl = env.get('DISCORD_API_URL')
  return {
    token: env.get('DISCORD_TOKEN') ?? '',
    applicationId,
    guildId,
    ...(publicKey ? { publicKey } : {}),
    ...(apiUrl ? { apiUrl } : {}),
  }
}

/** The names that the console answers to. Beside another chat the public one is not among them: there people sign in. */
export const consoleHosts = (env: Env): readonly string[] => {
  const publicUrl = usesSlack(env) || usesDiscord(env) ? undefined : env.get('PUBLIC_URL')
  return ['127.0.0.1', 'localhost', '[::1]', hostOf(env), ...(publicUrl ? [new URL(publicUrl).hostname] : [])]
}
