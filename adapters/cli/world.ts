/** The world as a command that only reads sees it: the configuration, and every way that it names taken as set up. */
import type { Config } from '../../bot/config/types.ts'
import { CONTACT_WAYS } from '../../bot/words.ts'
import type { World } from '../../bot/world.ts'
import { TRAITS } from '../console/traits.ts'
import { type Env, usesDiscord, usesSlack } from './env.ts'
import { waysSetUp } from './ways.ts'

export function offlineWorld(
  config: Config,
  env: Env,
  { overrides = [], contacts = {} }: Partial<Pick<World, 'overrides' | 'contacts'>> = {},
): World {
  const set = [...(usesSlack(env) ? ['slack'] : []), ...(usesDiscord(env) ? ['discord'] : [])]
  const configured = waysSetUp(env)
  const chats = set.length > 0 ? set : ['console']
  return {
    config,
    version: 0,
    overrides,
    contacts,
    open: [],
    chats: chats.map(name => ({ name, traits: TRAITS })),
    ways: set.length > 0 || configured.length > 0 ? configured : CONTACT_WAYS,
  }
}
