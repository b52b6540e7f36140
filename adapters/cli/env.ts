/** The environment, read once. Every secret can also be given as NAME_FILE, a path; `.env.example` is checked against this list. */
import { readFileSync } from 'node:fs'
import { refuse } from '../../bot/refusal.ts'
import type { Where } from '../sql/open.ts'

export const ENVIRONMENT = {
  TOCSIN_CONFIG: {
    about: 'path of the configuration file; without it tocsin.yaml, else the built-in sample',
    secret: false,
  },
  DATABASE_URL: {
    about: 'a file path or file: URL (SQLite), or postgres://... (several processes may share it)',
    secret: true,
  },
  HOST: { about: 'where the one HTTP server listens', secret: false },
  PORT: { about: 'its port', secret: false },
  PUBLIC_URL: {
    about:
      'how the world reaches it: in links, for Twilio; where the console is the only chat, a name that it answers to',
    secret: false,
  },
  SLACK_BOT_TOKEN: { about: 'Slack: the bot token (xoxb-...)', secret: true },
  SLACK_SIGNING_SECRET: { about: 'Slack over HTTP: POST /slack/events', secret: true },
  SLACK_APP_TOKEN: { about: 'Slack over Socket Mode (xapp-...); preferred when set', secret: true },
  SLACK_API_URL: { about: "base of Slack's Web API", secret: false },
  DISCORD_TOKEN: { about: 'Discord over the gateway: the bot token', secret: true },
  DISCORD_APPLICATION_ID: { about: 'Discord: the application', secret: false },
  DISCORD_GUILD_ID: { about: 'Discord: the one server', secret: false },
  DISCORD_PUBLIC_KEY: {
    about: 'set instead of the gateway: POST /discord/interactions takes signed interactions',
    secret: false,
  },
  DISCORD_API_URL: { about: "base of Discord's REST API", secret: false },
  TOCSIN_CONSOLE: {
    about: '1 keeps the console chat on beside another chat, or on an address that is not loopback',
    secret: false,
  },
  TOCSIN_API_TOKEN: { about: 'bearer token of the API', secret: true },
  TWILIO_ACCOUNT_SID: { about: 'Twilio: SMS and voice', secret: false },
  TWILIO_AUTH_TOKEN: { about: "Twilio: the account's token; its requests are signed with it", secret: true },
  TWILIO_FROM: { about: 'Twilio: the number that pages come from', secret: false },
  TWILIO_API_URL: { about: "base of Twilio's REST API", secret: false },
  SMTP_URL: { about: 'e-mail: smtps://user:password@mail.example.com', secret: true },
  SMTP_FROM: { about: 'e-mail: who it is from, such as Tocsin <tocsin@example.com>', secret: false },
  NTFY_URL: { about: 'push: an ntfy server; a user and password, or :token@, in it', secret: true },
  WEBHOOK_SECRET: { about: 'pages by webhook are signed with it (Standard Webhooks)', secret: true },
  HEARTBEAT_URL: { about: 'an outside watcher, called only while the audit is clean', secret: true },
  HEARTBEAT_EVERY: { about: 'how often', secret: false },
  OTEL_EXPORTER_OTLP_ENDPOINT: { about: 'traces out', secret: false },
  GITHUB_API_URL: { about: "base of GitHub's REST API", secret: false },
  LOG_LEVEL: { about: 'fatal error warn info debug trace', secret: false },
} as const satisfies Readonly<Record<string, { readonly about: string; readonly secret: boolean }>>

export type EnvName = keyof typeof ENVIRONMENT
export type Env = {
  get(name: EnvName): string | undefined /** For the scrubber. */
  readonly secrets: readonly string[]
}

export function readEnv(source: Readonly<Record<string, string | undefined>> = process.env): Env {
  const names = Object.keys(ENVIRONMENT) as EnvName[]
  const values = new Map(names.map(name => [name, settingOf(source, name)]))
  return {
    get: name => values.get(name),
    secrets: names
      .filter(name => ENVIRONMENT[name].secret && name !== 'DATABASE_URL')
      .flatMap(name => values.get(name) ?? []),
  }
}

function settingOf(source: Readonly<Record<string, string | undefined>>, name: EnvName): string | undefined {
  const direct = source[name]?.trim()
  if (direct) return direct
  const file = ENVIRONMENT[name].secret ? source[`${name}_FILE`]?.trim() : undefined
  if (!file) return undefined
  try {
    return readFileSync(file, 'utf8').trim() || undefined
  } catch {
    throw refuse(
      'secret_file',
      `${name}_FILE names ${file}, which cannot be read.`,
      'Check the path and who may read it.',
    )
  }
}

const DEFAULT_DATABASE = './data/tocsin.db'

export function databaseOf(env: Env): Where {
  const url = env.get('DATABASE_URL') ?? DEFAULT_DATABASE
  return /^postgres(ql)?:/.test(url)
    ? { kind: 'postgres', url }
    : { kind: 'sqlite', path: url.replace(/^file:(\/\/)?/, '') }
}

/** For what is about a file. */
export function databasePath(env: Env): string {
  const where = databaseOf(env)
  if (where.kind === 'sqlite') return where.path
  throw refuse(
    'postgres',
    'DATABASE_URL names a PostgreSQL database, which is no file.',
    'Back it up and restore it with pg_dump and pg_restore.',
  )
}

/** Beside which file the console keeps its log. */
export function localPath(env: Env): string {
  const where = databaseOf(env)
  return where.kind === 'sqlite' ? where.path : DEFAULT_DATABASE
}

export const usesSlack = (env: Env): boolean => env.get('SLACK_BOT_TOKEN') !== undefined
export const usesDiscord = (env: Env): boolean => env.get('DISCORD_TOKEN') !== undefined
const isLoopback = (host: string): boolean => ['127.0.0.1', '::1', 'localhost'].includes(host)

/** On when no other chat is set up and only this machine can reach it, or when it is asked for. */
export const usesConsole = (env: Env): boolean =>
  env.get('TOCSIN_CONSOLE') === '1' || (!usesSlack(env) && !usesDiscord(env) && isLoopback(hostOf(env)))

export const hostOf = (env: Env): string => env.get('HOST') ?? '127.0.0.1'

export function portOf(env: Env): number {
  const text = env.get('PORT') ?? '3000'
  const port = Number(text)
  if (!/^\d+$/.test(text) || port > 65_535)
    throw refuse('bad_port', `PORT is "${text}"; a port is a number from 0 to 65535.`)
  return port
}
