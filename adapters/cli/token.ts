/** `tocsin token`: bearer tokens of the API. 256 bits of chance, shown once, kept as a hash. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { refuse } from '../../bot/refusal.ts'
import { openStore } from '../sql/open.ts'
import type { Tokens } from '../sql/store.ts'
import { databaseOf, readEnv } from './env.ts'
import { readOptions, UsageError } from './usage.ts'

export async function token(args: readonly string[]): Promise<number> {
  const { rest, flags } = readOptions(args, { flags: ['json'] })
  const [what, name] = rest
  if (what !== 'create' && (what !== 'revoke' || !name))
    throw new UsageError('Create or revoke, and a name, such as: token create grafana')
  const store = await openStore(databaseOf(readEnv()))
  try {
    const done =
      what === 'create'
        ? await create(store.tokens, name ?? `token-${randomBytes(3).toString('hex')}`)
        : await revoke(store.tokens, name ?? '')
    process.stdout.write(
      flags.includes('json')
        ? `${JSON.stringify(done)}\n`
        : `${done.token ?? `${done.name} opens nothing any more.`}\n`,
    )
  } finally {
    await store.close()
  }
  return 0
}

type Done = { readonly name: string; readonly token?: string }

async function create(tokens: Tokens, name: string): Promise<Done> {
  const secret = `tocsin_${randomBytes(32).toString('base64url')}`
  await tokens.add({ hash: hashOf(secret), name, createdAt: Date.now() })
  return { name, token: secret }
}

async function revoke(tokens: Tokens, name: string): Promise<Done> {
  if ((await tokens.revoke(name)) === 0) throw refuse('unknown_token', `There is no token named ${name}.`)
  return { name }
}

const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex')

/** Whether a bearer token opens the API: one that was created, or the one of the environment. */
export function tokenCheck(tokens: Tokens, fixed: string | undefined): (given: string) => Promise<boolean> {
  const known = fixed === undefined ? undefined : Buffer.from(hashOf(fixed))
  return async given => {
    const hash = hashOf(given)
    return (known !== undefined && timingSafeEqual(known, Buffer.from(hash))) || (await tokens.has(hash))
  }
}
