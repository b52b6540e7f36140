/** Bugs of several processes on one database: leases, generations, what others wrote, and what comes twice. */
import type { Mutation } from './mutations.ts'

export const PROCESSES: readonly Mutation[] = [
  {
    name: 'leases are ignored',
    file: 'adapters/sql/statements.ts',
    from: "        or(isNull(timers.claimedUntil), lte(timers.claimedUntil, number('now'))),\n",
    to: '',
    foundBy: 4,
  },
  {
    name: 'a lease ends before the send that it is for',
    file: 'bot/engine/clockwork.ts',
    from: 'LEASE_MS = 15_000',
    to: 'LEASE_MS = 2_000',
    foundBy: 64,
  },
  {
    name: 'a process that stood still goes on as if it held the lease',
    file: 'bot/engine/lease.ts',
    from: 'if (clock.now() >= until)',
    to: 'if (false)',
    foundBy: 24,
  },
  {
    name: 'the generation of a lease is ignored',
    file: 'adapters/sql/timers.ts',
    from: 'if (!row || row.generation !== generation) return',
    to: 'if (!row) return',
    foundBy: 68,
  },
  {
    name: 'what another process wrote is not read',
    file: 'bot/engine/handle.ts',
    from: '!known || store.shared',
    to: '!known',
    foundBy: 4,
  },
  {
    name: 'the settings that another process changed are not read',
    file: 'bot/engine/handle.ts',
    from: 'if (version === parts.worlds.current().version) return',
    to: 'if (true) return',
    foundBy: 48,
  },
  {
    name: 'a decision on what is no longer so is written',
    file: 'adapters/sql/commit.ts',
    from: '  if ((yield* lastSeq(st, stream)) !== seenSeq) throw new Stale()',
    to: '  seenSeq = yield* lastSeq(st, stream)',
    foundBy: 4,
  },
  {
    name: 'what is delivered again acts again',
    file: 'adapters/sql/commit.ts',
    from: '  if (change.cause !== null) {\n    yield* run(st.addInbox',
    to: '  if (false) {\n    yield* run(st.addInbox',
    foundBy: 1,
  },
  {
    name: 'the order of a lane is ignored',
    file: 'adapters/sql/timers.ts',
    from: '(yield* get(st.laneHead, { lane })) ? HEAD.behind : HEAD.first',
    to: 'HEAD.first',
    foundBy: 29,
  },
  {
    name: 'the end of a chain is not said',
    file: 'bot/timeline/reactions.ts',
    from: 'happened.flatMap(each =>\n    homesOf(world)',
    to: "happened.filter(each => each.event.type !== 'chain_exhausted').flatMap(each =>\n    homesOf(world)",
    foundBy: 3,
  },
]
