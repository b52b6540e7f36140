/** Bugs of pages: the steps of a person, the copies of a message, the limits of a phone. */
import type { Mutation } from './mutations.ts'

const ENDED = '[...silence(is), ...editCopies(moment, is), ...leftovers(moment, was, is)]'

export const PAGES: readonly Mutation[] = [
  {
    name: 'an ack does not end the pages',
    file: 'bot/incidents/fold.ts',
    from: "        pages: endPages(state.pages, 'acknowledged'),",
    to: '',
    foundBy: 1,
  },
  {
    name: 'copies are not edited when a page ends',
    file: 'bot/pages/reactions.ts',
    from: ENDED,
    to: '[...silence(is), ...leftovers(moment, was, is)]',
    foundBy: 1,
  },
  {
    name: 'a copy that was heard of after the ack is not edited',
    file: 'bot/pages/reactions.ts',
    from: ': editNewCopies(moment, was, is)',
    to: ': []',
    foundBy: 22,
  },
  {
    name: 'a later step is skipped',
    file: 'bot/pages/reactions.ts',
    from: "if (state === 'waiting') return [{ arm: decision, at: is.startedAt + afterMs }]",
    to: "if (state === 'waiting') return []",
    foundBy: 1,
  },
  {
    name: 'a step that fails for good does not pass on to the next',
    file: 'bot/pages/decide.ts',
    from: 'if (nextStep >= 0) return',
    to: 'if (nextStep >= 9) return',
    foundBy: 1,
  },
  {
    name: 'a rung that cannot be reached waits for its window',
    file: 'bot/pages/decide.ts',
    from: 'return [failed, ...giveUpRung(asked, missed, page)]',
    to: 'return [failed]',
    foundBy: 3,
  },
  {
    name: 'STOP is ignored',
    file: 'bot/escalation/resolve.ts',
    from: "const stopped = by !== 'chat' && isStopped(world, person, by)",
    to: 'const stopped = false',
    foundBy: 5,
  },
  {
    name: 'quiet hours are ignored',
    file: 'bot/escalation/resolve.ts',
    from: "severity !== 'SEV1' && LOUD.includes(by)",
    to: "severity !== 'SEV1' && by === 'webhook'",
    foundBy: 86,
  },
  {
    name: 'a page that is held is not spoken of',
    file: 'bot/timeline/reactions.ts',
    from: "    case 'page_held':\n",
    to: '',
    foundBy: 7,
  },
  {
    name: 'a page that may come twice does not say so',
    file: 'bot/engine/deliveries.ts',
    from: '{ repeat: timer.doubt, beside }',
    to: '{ repeat: false, beside }',
    foundBy: 29,
  },
  {
    name: 'somebody who cannot be written to is not mentioned',
    file: 'bot/engine/deliveries.ts',
    from: 'if (!(error instanceof ChatFailure) || error.reason !== CANNOT_DM) throw error',
    to: 'if (true) throw error',
    foundBy: 1,
  },
  {
    name: 'the limit holds the first page of an incident',
    file: 'bot/pages/limits.ts',
    from: ' || !sent.some(each => each.incident === incident)',
    to: '',
    foundBy: 55,
  },
  {
    name: 'a copy that left unheard is not looked for',
    file: 'bot/pages/reactions.ts',
    from: ENDED,
    to: '[...silence(is), ...editCopies(moment, is)]',
    foundBy: 93,
  },
]
