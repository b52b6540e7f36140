/** `tocsin export INC-42`: everything that happened, as JSON. */
import { refuse } from '../../bot/refusal.ts'
import { openStore } from '../sql/open.ts'
import { databaseOf, readEnv } from './env.ts'
import { readOptions, UsageError } from './usage.ts'

export async function exportIncident(args: readonly string[]): Promise<number> {
  const [id] = readOptions(args, { flags: ['json'] }).rest
  if (!id) throw new UsageError('Which incident?')
  const store = await openStore(databaseOf(readEnv()), { readonly: true })
  const events = await store.load(id.toUpperCase())
  await store.close()
  if (events.length === 0) throw refuse('no_such_incident', `There is no ${id}.`)
  const told = events.map(({ seq, at, type, actor, cause, data }) => ({
    seq,
    at: new Date(at).toISOString(),
    type,
    actor,
    cause,
    data,
  }))
  process.stdout.write(`${JSON.stringify({ id: id.toUpperCase(), events: told }, null, 2)}\n`)
  return 0
}
