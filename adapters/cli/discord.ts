/** `tocsin discord invite`: the link that adds Tocsin to a server, and why each permission is needed. */
import { refuse } from '../../bot/refusal.ts'
import { inviteLink, PERMISSIONS } from '../discord/invite.ts'
import { readEnv } from './env.ts'
import { readOptions, UsageError } from './usage.ts'

export async function discord(args: readonly string[]): Promise<number> {
  const { rest, values, flags } = readOptions(args, { values: ['application'], flags: ['json'] })
  if (rest[0] !== 'invite') throw new UsageError('What of Discord? There is: discord invite.')
  const env = readEnv()
  const application = values.application ?? env.get('DISCORD_APPLICATION_ID')
  if (!application || !/^\d{15,21}$/.test(application))
    throw refuse(
      'no_application',
      'The link needs the id of your Discord application.',
      'Set DISCORD_APPLICATION_ID, or give --application ID; it is under "General Information".',
    )
  const link = inviteLink(application, env.get('DISCORD_GUILD_ID'))
  const reasons = Object.entries(PERMISSIONS).map(([name, { why }]) => ({ name, why }))
  const text = flags.includes('json')
    ? `${JSON.stringify({ link, permissions: reasons })}\n`
    : [
        link,
        '',
        'Why each permission:',
        ...reasons.map(({ name, why }) => `  ${name.padEnd(25)} ${why}`),
        '',
        'Its role must stand above the on-call roles that it keeps.',
        '',
      ].join('\n')
  process.stdout.write(text)
  return 0
}
