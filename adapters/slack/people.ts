/** What kind of user somebody is, asked of Slack once and kept for a while: guests, strangers and bots may not act (S14). */
import type { ChatUser, Clock } from '../../bot/ports.ts'
import type { Api } from './api.ts'

const KEPT_MS = 10 * 60_000

type SlackUser = {
  readonly id?: string
  readonly is_bot?: boolean
  readonly is_restricted?: boolean
  readonly is_ultra_restricted?: boolean
  readonly is_stranger?: boolean
  readonly team_id?: string
}

export type People = { kindOf(userId: string, teamId: string | undefined): Promise<ChatUser['kind']> }

export function createPeople(api: Api, clock: Clock): People {
  const kept = new Map<string, { readonly kind: ChatUser['kind']; readonly until: number }>()
  return {
    async kindOf(userId, teamId) {
      const own = api.team()
      if (teamId && own && teamId !== own) return 'stranger'
      const known = kept.get(userId)
      if (known && known.until > clock.now()) return known.kind
      const kind = await ask(api, userId, own)
      // A person is let in or kept out by the configuration; when Slack cannot be asked, that alone decides.
      if (kind === undefined) return 'member'
      kept.set(userId, { kind, until: clock.now() + KEPT_MS })
      return kind
    },
  }
}

async function ask(api: Api, user: string, team: string | undefined): Promise<ChatUser['kind'] | undefined> {
  const answer = await api.tryCall('users.info', { user })
  const found = answer?.user as SlackUser | undefined
  if (!found) return undefined
  if (found.is_bot) return 'bot'
  if (found.is_stranger || (found.team_id && team && found.team_id !== team)) return 'stranger'
  return found.is_restricted || found.is_ultra_restricted ? 'guest' : 'member'
}
