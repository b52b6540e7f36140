/** Bugs of the engine: what is claimed, sent, tried again and recorded. */
import type { Mutation } from './mutations.ts'

export const ENGINE: readonly Mutation[] = [
  {
    name: 'an attempt that a crash cut off is no doubt',
    file: 'adapters/sql/statements.ts',
    from: '      doubt: true,',
    to: '      doubt: false,',
    foundBy: 2,
  },
  {
    name: 'a doubtful send is sent again without a look',
    file: 'bot/engine/posting.ts',
    from: '  return chat.find(to, messageKey(delivery), since)',
    to: '  if (true) return undefined\n  return chat.find(to, messageKey(delivery), since)',
    foundBy: 2,
  },
  {
    name: 'a doubt is forgotten after the next failure',
    file: 'bot/engine/deliver.ts',
    from: "doubt: timer.doubt || failure.kind === 'doubt'",
    to: "doubt: failure.kind === 'doubt'",
    foundBy: 17,
  },
  {
    name: 'Retry-After is ignored',
    file: 'bot/engine/deliver.ts',
    from: 'now + Math.max(failure.retryAfterMs ?? 0, pauseMs)',
    to: 'now + pauseMs',
    foundBy: 5,
  },
  {
    name: 'a page that fails for now is given up',
    file: 'bot/engine/deliver.ts',
    from: "if (failure.kind === 'never') return",
    to: 'if (true) return',
    foundBy: 2,
  },
  {
    name: 'a timer is deleted before its send is recorded',
    file: 'bot/engine/deliver.ts',
    from: '      const done = await telemetry.span(',
    to: '      await record(timer, { done: true }, undefined)\n      const done = await telemetry.span(',
    foundBy: 1,
  },
]
