/** `tocsin slack manifest`: the app's manifest, the link that creates it, and why each scope is needed. */
import { SCOPES, slackManifest } from '../slack/manifest.ts'
import { readOptions, UsageError } from './usage.ts'

export async function slack(args: readonly string[]): Promise<number> {
  const { rest, values, flags } = readOptions(args, { values: ['mode', 'url'], flags: ['json'] })
  if (rest[0] !== 'manifest') throw new UsageError('What of Slack? There is: slack manifest.')
  const mode = values.mode ?? (values.url ? 'http' : 'socket')
  if (mode !== 'socket' && mode !== 'http') throw new UsageError(`--mode is "${mode}"; it is socket or http.`)
  const manifest = slackManifest({ mode, ...(values.url ? { url: values.url } : {}) })
  if (flags.includes('json')) {
    process.stdout.write(`${manifest.json}\n`)
    return 0
  }
  const reasons = Object.entries(SCOPES).map(([scope, reason]) => `#   ${scope.padEnd(20)} ${reason}`)
  process.stdout.write(
    [
      manifest.yaml,
      '# Why each scope:',
      ...reasons,
      '',
      '# Create the app with one click:',
      `# ${manifest.link}`,
      '',
    ].join('\n'),
  )
  return 0
}
