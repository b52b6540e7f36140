/** Who somebody is, asked of Slack once and kept for a while: their name, and their kind: guests, strangers and bots may not act (S14). */
import type { ChatUser, Clock } from '../../bot/ports.ts'
import type { Api } from './api.ts'

const KEPT_MS = 10 * 60_000

type SlackUser = {
  readonly id?: string
  readonly name?: string
  readonly real_name?: string
  readonly profile?: { readonly display_name?: string; readonly real_name?: string }
  readonly is_bot?: boolean
  readonly is_restricted?: boolean
  readonly is_ultra_restricted?: boolean
  readonly is_stranger?: boolean
  readonly team_id?: string
}

export type People = {
  kindOf(userId: string, teamId: string | undefined): Promise<ChatUser['kind']>
  /** As Slack shows it; undefined when Slack does not say. */
  nameOf(userId: string): Promise<string | undefined>
}

type Known = { readonly kind: ChatUser['kind']; readonly name: string }

export function createPeople(api: Api, clock: Clock): People {
  const kept = new Map<string, Known & { readonly until: number }>()

  async function who(userId: string): Promise<Known | undefined> {
    const known = kept.get(userId)
    if (known && known.until > clock.now()) return known
    const found = await ask(api, userId)
    if (found) kept.set(userId, { ...found, until: clock.now() + KEPT_MS })
    return found
  }

  return {
    async kindOf(userId, teamId) {
      const own = api.team()
      if (teamId && own && teamId !== own) return 'stranger'
      // A person is let in or kept out by the configuration; when Slack cannot be asked, that alone decides.
      return (await who(userId))?.kind ?? 'member'
    },
    nameOf: async userId => (await who(userId))?.name,
  }
}

async function ask(api: Api, user: string): Promise<Known | undefined> {
  const answer = await api.tryCall('users.info', { user })
  const found = answer?.user as SlackUser | undefined
  if (!found) return undefined
  const { profile = {} } = found
  const name = profile.display_name || profile.real_name || found.real_name || found.name || user
  return { kind: kindOf(found, api.team()), name }
}

function kindOf(found: SlackUser, team: string | undefined): ChatUser['kind'] {
  if (found.is_bot) return 'bot'
  if (found.is_stranger || (found.team_id && team && found.team_id !== team)) return 'stranger'
  return found.is_restricted || found.is_ultra_restricted ? 'guest' : 'member'
}
