/** The ways other than chat that the environment sets up, each loaded only when it is used. */
import type { Config } from '../../bot/config/types.ts'
import type { Replies } from '../../bot/engine/replies.ts'
import type { Clock, Pager, Signer, Telemetry } from '../../bot/ports.ts'
import { refuse } from '../../bot/refusal.ts'
import type { ContactWay } from '../../bot/words.ts'
import type { Route } from '../web/server.ts'
import type { Env, EnvName } from './env.ts'

type Parts = {
  readonly env: Env
  readonly clock: Clock
  readonly signer: Signer
  readonly config: () => Config
}

/** Which ways are set up, without loading them. */
export const waysSetUp = (env: Env): readonly ContactWay[] => [
  ...(env.get('TWILIO_ACCOUNT_SID') ? (['sms', 'voice'] as const) : []),
  ...(env.get('SMTP_URL') ? (['email'] as const) : []),
  ...(env.get('NTFY_URL') ? (['push'] as const) : []),
  ...(env.get('WEBHOOK_SECRET') ? (['webhook'] as const) : []),
]

export async function openWays({ env, clock, signer, config }: Parts): Promise<readonly Pager[]> {
  const pagers: Pager[] = []
  if (env.get('TWILIO_ACCOUNT_SID')) {
    const { createSms, createVoice } = await import('../twilio/pagers.ts')
    const apiUrl = env.get('TWILIO_API_URL')
    const settings = {
      accountSid: need(env, 'TWILIO_ACCOUNT_SID'),
      authToken: need(env, 'TWILIO_AUTH_TOKEN'),
      from: need(env, 'TWILIO_FROM'),
      callback: signer.url,
      ...(apiUrl ? { apiUrl } : {}),
    }
    pagers.push(createSms(settings), createVoice(settings))
  }
  if (env.get('SMTP_URL')) {
    const { createEmail } = await import('../email/email.ts')
    pagers.push(createEmail({ url: need(env, 'SMTP_URL'), from: need(env, 'SMTP_FROM') }))
  }
  const ntfy = env.get('NTFY_URL')
  if (ntfy) pagers.push((await import('../ntfy/ntfy.ts')).createNtfy(ntfy))
  const secret = env.get('WEBHOOK_SECRET')
  if (secret) {
    const { createWebhook } = await import('../webhook/webhook.ts')
    pagers.push(createWebhook({ secret, clock, allowPrivate: () => config().privateAddresses }))
  }
  return pagers
}

/** What answers come in by. */
export async function wayRoutes(
  env: Env,
  parts: { readonly replies: Replies; readonly telemetry: Telemetry },
): Promise<readonly Route[]> {
  const { linkRoutes } = await import('../web/link.ts')
  const routes = [linkRoutes(parts.replies)]
  const publicUrl = env.get('PUBLIC_URL')
  if (!env.get('TWILIO_ACCOUNT_SID') || publicUrl === undefined) return routes
  const { twilioRoutes } = await import('../twilio/routes.ts')
  return [...routes, twilioRoutes({ ...parts, authToken: need(env, 'TWILIO_AUTH_TOKEN'), publicUrl })]
}

/** A way that is half set up would be found out at the first page. */
function need(env: Env, name: EnvName): string {
  const value = env.get(name)
  if (value === undefined)
    throw refuse('half_set_up', `${name} is not set, and the settings beside it are.`, 'See .env.example.')
  return value
}
