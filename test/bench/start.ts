/** Start to ready and resident memory of the bundle, with the console alone, with Slack, with Discord and with both. Build first. */
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { systemClock } from '../../adapters/clock/system.ts'
import { startDiscord } from '../emulators/discord/index.ts'
import { startSlack } from '../emulators/slack/index.ts'
import { TEAM } from '../support/team.ts'
import { line } from './quantiles.ts'
import { START } from './shipped.ts'

const ROUNDS = 7

export async function benchStart(): Promise<readonly string[]> {
  const slack = await startSlack()
  for (const name of ['incidents', 'queue']) slack.channels.add({ name })
  const file = join(mkdtempSync(join(tmpdir(), 'tocsin-bench-')), 'tocsin.yaml')
  writeFileSync(file, TEAM)
  const withSlack = {
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_API_URL: slack.apiUrl,
    TOCSIN_CONFIG: file,
  }
  slack.useSocket()
  const discord = await startDiscord({ clock: systemClock })
  for (const name of ['incidents', 'queue']) discord.channels.add({ name })
  const withDiscord = {
    DISCORD_TOKEN: discord.token,
    DISCORD_APPLICATION_ID: discord.applicationId,
    DISCORD_GUILD_ID: discord.guildId,
    DISCORD_API_URL: discord.apiUrl,
    TOCSIN_CONFIG: file,
  }
  const lines = [
    ...(await rounds('console alone', {})),
    ...(await rounds('with Slack', withSlack)),
    ...(await rounds('with Discord', withDiscord)),
    ...(await rounds('with both', { ...withSlack, ...withDiscord })),
  ]
  await slack.stop()
  await discord.stop()
  return lines
}

async function rounds(name: string, env: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const times: number[] = []
  const memory: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const { readyMs, rssMb } = await once(env)
    times.push(readyMs)
    memory.push(rssMb)
  }
  return [line(`start to ready, ${name}`, times), line(`resident memory, ${name}`, memory, 'MB')]
}

async function once(env: Readonly<Record<string, string>>): Promise<{ readyMs: number; rssMb: number }> {
  const data = mkdtempSync(join(tmpdir(), 'tocsin-bench-'))
  const startedAt = performance.now()
  const child = spawn(process.execPath, START, {
    env: { ...process.env, DATABASE_URL: join(data, 't.db'), PORT: '0', LOG_LEVEL: 'fatal', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await new Promise<void>(resolve => createInterface({ input: child.stdout }).once('line', () => resolve()))
  const readyMs = performance.now() - startedAt
  const ended = new Promise<void>(resolve => child.once('exit', () => resolve()))
  await new Promise(resolve => setTimeout(resolve, 1000))
  const rss =
    Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0) / 1024
  child.kill('SIGTERM')
  await ended
  return { readyMs, rssMb: rss }
}
