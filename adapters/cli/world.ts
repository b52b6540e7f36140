/** The world as a command that only reads sees it: the configuration, and every way that it names taken as set up. */
import type { Config } from '../../bot/config/types.ts'
import { WAYS } from '../../bot/words.ts'
import type { World } from '../../bot/world.ts'
import { TRAITS } from '../console/traits.ts'
import { type Env, usesSlack } from './env.ts'

export function offlineWorld(config: Config, env: Env): World {
  const chats = usesSlack(env) ? ['slack'] : ['console']
  return {
    config,
    version: 0,
    overrides: [],
    open: [],
    chats: chats.map(name => ({ name, traits: TRAITS })),
    ways: WAYS.filter(way => way !== 'chat'),
  }
}
