/** The world as a command that only reads sees it: the configuration, and every way that it names taken as set up. */
import type { Config } from '../../bot/config/types.ts'
import type { Override } from '../../bot/schedules/types.ts'
import { WAYS } from '../../bot/words.ts'
import type { World } from '../../bot/world.ts'
import { TRAITS } from '../console/traits.ts'
import { type Env, usesDiscord, usesSlack } from './env.ts'

export function offlineWorld(config: Config, env: Env, overrides: readonly Override[] = []): World {
  const set = [...(usesSlack(env) ? ['slack'] : []), ...(usesDiscord(env) ? ['discord'] : [])]
  const chats = set.length > 0 ? set : ['console']
  return {
    config,
    version: 0,
    overrides,
    open: [],
    chats: chats.map(name => ({ name, traits: TRAITS })),
    ways: WAYS.filter(way => way !== 'chat'),
  }
}
