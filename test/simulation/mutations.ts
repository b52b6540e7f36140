/** Bugs that somebody could make: a file of the product, what it says, and what it would say with the bug in it. */
export type Mutation = {
  readonly name: string
  readonly file: string
  readonly from: string
  readonly to: string
}

export const MUTATIONS: readonly Mutation[] = [
  {
    name: 'the timer of the next rung is not armed',
    file: 'bot/escalation/reactions.ts',
    from: "return [{ arm: { kind: 'rung' }, at: is.dueAt }]",
    to: 'return []',
  },
  {
    name: 'an ack does not stop the chain',
    file: 'bot/incidents/fold.ts',
    from: "        chain: stopped(state.chain),\n        pages: endPages(state.pages, 'acknowledged'),",
    to: "        pages: endPages(state.pages, 'acknowledged'),",
  },
  {
    name: 'an ack does not end the pages',
    file: 'bot/incidents/fold.ts',
    from: "        pages: endPages(state.pages, 'acknowledged'),",
    to: '',
  },
  {
    name: 'copies are not edited when a page ends',
    file: 'bot/pages/reactions.ts',
    from: '[...silence(is), ...editCopies(moment, is), ...leftovers(moment, was, is)]',
    to: '[...silence(is), ...leftovers(moment, was, is)]',
  },
  {
    name: 'a copy that left unheard is not looked for',
    file: 'bot/pages/reactions.ts',
    from: '[...silence(is), ...editCopies(moment, is), ...leftovers(moment, was, is)]',
    to: '[...silence(is), ...editCopies(moment, is)]',
  },
  {
    name: 'a doubtful send is sent again without a look',
    file: 'bot/engine/posting.ts',
    from: 'if (!timer.doubt) return',
    to: 'if (true) return',
  },
  {
    name: 'a page that fails for now is given up',
    file: 'bot/engine/deliver.ts',
    from: "if (failure.kind === 'never') return",
    to: 'if (true) return',
  },
  {
    name: 'Not me is forgotten when the next pass begins',
    file: 'bot/escalation/advance.ts',
    from: 'if (incident.stoodAside.includes(person)) return',
    to: 'if (run.lastPagedPass < 1 && incident.stoodAside.includes(person)) return',
  },
  {
    name: 'the end of a chain is not said',
    file: 'bot/timeline/reactions.ts',
    from: "    case 'declared':\n    case 'chain_exhausted':",
    to: "    case 'declared':",
  },
  {
    name: 'reopening pages nobody',
    file: 'bot/incidents/lifecycle.ts',
    from: '    ...startChain(world, incident, now, { why, without: [] }),',
    to: '',
  },
  {
    name: 'resolving does not stop the chain',
    file: 'bot/incidents/fold.ts',
    from: "    resolvedAt: state.resolvedAt ?? at,\n    chain: stopped(state.chain),\n    pages: endPages(state.pages, 'stopped'),",
    to: '    resolvedAt: state.resolvedAt ?? at,',
  },
]
