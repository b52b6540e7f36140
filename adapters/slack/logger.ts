/** The SDK's log lines as ours: scrubbed, and with debug and info left out. */
import { type Logger, LogLevel } from '@slack/bolt'
import type { Telemetry } from '../../bot/ports.ts'

export function quietLogger(telemetry: Telemetry): Logger {
  const say =
    (level: 'warn' | 'error') =>
    (...parts: readonly unknown[]) =>
      telemetry.log(level, 'slack.sdk', { said: parts.map(String).join(' ').slice(0, 500) })
  return {
    debug: () => undefined,
    info: () => undefined,
    warn: say('warn'),
    error: say('error'),
    setLevel: () => undefined,
    getLevel: () => LogLevel.WARN,
    setName: () => undefined,
  }
}
