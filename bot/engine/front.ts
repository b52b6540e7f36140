/**
 * The front door: what a person did in a chat comes in, an answer goes out. Nobody's identity is guessed (S14, S16): who is
 * not in the configuration learns how to be linked. A redelivered input hears the same answer and acts no second time.
 */
import { refused } from '../answers.ts'
import type { Dispatch } from '../app.ts'
import type { Period } from '../digest/period.ts'
import type { ChatAnswer, ChatInput, Clock, Ids, Signer, Store, Telemetry } from '../ports.ts'
import { assert, Refusal, refuse } from '../refusal.ts'
import type { PersonId } from '../words.ts'
import type { World } from '../world.ts'
import { digestFacts, type PatternRange, patternFacts } from './digest-facts.ts'
import type { Ask, Engine } from './handle.ts'

type Parts = {
  readonly engine: Engine
  readonly store: Store
  readonly clock: Clock
  readonly ids: Ids
  readonly signer: Signer
  readonly telemetry: Telemetry
  readonly dispatch: Dispatch
}

/** What is kept in the inbox: the answer, and what its buttons may ask for. */
type Kept = { readonly answer: ChatAnswer; readonly keep?: unknown }

export function createFront(parts: Parts): (input: ChatInput) => Promise<ChatAnswer> {
  const { telemetry, clock } = parts

  async function answer(input: ChatInput): Promise<ChatAnswer> {
    const earlier = await parts.store.answered(input.cause)
    if (earlier) return (earlier.answer as Kept).answer
    const world = await parts.engine.world()
    const person = identify(world, input)
    if (person instanceof Refusal) return refuseTo(input, person)
    const outcome = await parts.dispatch(await contextOf(parts, input, person, world))
    if (outcome instanceof Refusal) return refuseTo(input, outcome)
    if ('about' in outcome) return keep(input, outcome)
    if (!('stream' in outcome)) {
      telemetry.count('commands', { chat: input.chat, outcome: 'answered' })
      return outcome
    }
    const { stream, command, reply } = outcome
    const actor = { kind: 'person' as const, person, via: input.chat }
    const asked = {
      cause: input.cause,
      stream,
      actor,
      command,
      ...(input.trace ? { trace: input.trace } : {}),
      reply: (told: never) => ({ answer: reply(told) }),
    } as Ask
    const [handled] = await parts.engine.handle([asked])
    assert(handled, 'an ask without an answer')
    const result = handled.refusal ? 'refused' : 'done'
    telemetry.count('commands', { chat: input.chat, outcome: result })
    telemetry.log('info', 'command', {
      do: command.do,
      stream: handled.stream,
      person,
      chat: input.chat,
      outcome: result,
    })
    return (handled.answer as Kept).answer
  }

  function refuseTo(input: ChatInput, refusal: Refusal): ChatAnswer {
    telemetry.count('commands', { chat: input.chat, outcome: 'refused' })
    return refusal.field !== undefined && input.values
      ? { kind: 'errors', errors: { [refusal.field]: refusal.message } }
      : refused(refusal)
  }

  async function keep(
    input: ChatInput,
    { about, answer, keep }: { about: string; answer: ChatAnswer; keep: unknown },
  ): Promise<ChatAnswer> {
    await parts.engine.remember(input.cause, about, { answer, keep })
    telemetry.count('commands', { chat: input.chat, outcome: 'answered' })
    return answer
  }

  return async input => {
    const startedAt = clock.now()
    try {
      return await telemetry.span('command', input.trace, trace => answer({ ...input, trace }))
    } catch (error) {
      const reference = parts.ids.fresh().slice(0, 8)
      telemetry.count('commands', { chat: input.chat, outcome: 'failed' })
      telemetry.log('error', 'command.failed', {
        reference,
        chat: input.chat,
        line: input.line.slice(0, 200),
        error,
      })
      return refused(
        refuse(
          'failed',
          `Something went wrong on Tocsin's side (reference ${reference}).`,
          'It may not have been recorded: press or type it again.',
        ),
      )
    } finally {
      telemetry.observe('command_seconds', (clock.now() - startedAt) / 1000, { chat: input.chat })
    }
  }
}

const contextOf = async (
  { engine, store, clock, signer }: Parts,
  input: ChatInput,
  person: PersonId,
  world: World,
) => ({
  input,
  person,
  world,
  now: clock.now(),
  here: await incidentAt(store, input),
  incident: engine.incident,
  history: engine.history,
  contacts: engine.contacts,
  actions: engine.actions,
  ingested: engine.ingested,
  digest: (period: Period) => digestFacts({ engine, store, clock }, period),
  patterns: (range: PatternRange) => patternFacts({ engine, store, clock }, range),
  signer,
  openIncidents: () => store.incidents({ open: true, limit: 50 }),
  kept: async (cause: string) => ((await store.answered(cause))?.answer as Kept | undefined)?.keep,
})

/** The incident in whose channel, or in a thread of whose channel, it was done. */
async function incidentAt(store: Store, { chat, channel, parent }: ChatInput) {
  for (const place of [channel, parent]) {
    const found = place === undefined ? undefined : await store.incidentInRoom(`${chat}:${place}`)
    if (found !== undefined) return found
  }
  return undefined
}

function identify(world: World, { user, chat }: ChatInput): PersonId | Refusal {
  if (user.kind === 'bot')
    return refuse('bot', 'Bots cannot use Tocsin.', 'Send alerts to its ingest address instead.')
  if (user.kind === 'stranger')
    return refuse('stranger', 'You belong to another workspace; only this team may use Tocsin.')
  if (user.kind === 'guest')
    return refuse('guest', 'Guests of this workspace may not use Tocsin.', 'Ask a member of the team.')
  const found = Object.values(world.config.people).find(person => person.identities[chat] === user.id)
  if (found) return found.id
  return refuse(
    'not_linked',
    `Tocsin does not know who you are: no person of the configuration has the ${chat} id ${user.id}.`,
    `To be linked, have this added under your name in \`people\`: ${chat}: ${/^\d+$/.test(user.id) ? `"${user.id}"` : user.id}. Then reload (SIGHUP).`,
  )
}
