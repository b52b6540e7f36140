/** `tocsin token`: bearer tokens of the API. 256 bits of chance, shown once, kept as a hash. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { refuse } from '../../bot/refusal.ts'
import { openSqlite, type Tokens } from '../sql/sqlite.ts'
import { databasePath, readEnv } from './env.ts'
import { readOptions, UsageError } from './usage.ts'

export async function token(args: readonly string[]): Promise<number> {
  const [what, name] = readOptions(args, {}).rest
  if ((what !== 'create' && what !== 'revoke') || !name)
    throw new UsageError('Create or revoke, and a name, such as: token create grafana')
  const store = await openSqlite(databasePath(readEnv()))
  try {
    process.stdout.write(what === 'create' ? create(store.tokens, name) : revoke(store.tokens, name))
  } finally {
    await store.close()
  }
  return 0
}

function create(tokens: Tokens, name: string): string {
  const secret = `tocsin_${randomBytes(32).toString('base64url')}`
  tokens.add({ hash: hashOf(secret), name, createdAt: Date.now() })
  return `${secret}\n`
}

function revoke(tokens: Tokens, name: string): string {
  if (tokens.revoke(name) === 0) throw refuse('unknown_token', `There is no token named ${name}.`)
  return `${name} opens nothing any more.\n`
}

const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex')

/** Whether a bearer token opens the API: one that was created, or the one of the environment. */
export function tokenCheck(tokens: Tokens, fixed: string | undefined): (given: string) => boolean {
  const known = fixed === undefined ? undefined : Buffer.from(hashOf(fixed))
  return given => {
    const hash = hashOf(given)
    return (known !== undefined && timingSafeEqual(known, Buffer.from(hash))) || tokens.has(hash)
  }
}
