/** What of a configuration must reach no log (S18). What stands in a file of its own is hidden when it is read. */
import type { Config } from '../../bot/config/types.ts'

export const secretsOf = ({ integrations }: Config): readonly string[] =>
  Object.values(integrations).flatMap(({ secret }) => secret ?? [])
