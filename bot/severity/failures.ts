/** What fails in each sentence: the state, and what it is that is in that state. */
import { DOWN, SERVER_ERROR } from './lexicon/down.ts'
import { BROKEN, FAILS } from './lexicon/failing.ts'
import { concept, find, type Hit } from './lexicon/phrase.ts'
import { type Kind, subjectOf } from './subject.ts'

export type Failure = {
  /** Gone altogether; cannot be reached; answers with errors; fails; works wrongly. */
  readonly state: 'down' | 'access' | 'errors' | 'fails' | 'broken'
  readonly kind: Kind
  readonly hit: Hit
  readonly subject?: Hit | undefined
}

/** People cannot get at it. */
const ACCESS = [
  concept('people cannot get at it', {
    en: [
      "cannot|can't|couldn't|can|could|unable|nobody|not|noone|no-one|no|anyone|impossible not|can|could|to|one|able|is~ can|to|able~ to~ access|reach|open|load|use|connect|view|visit|get|see|enter|work|play",
      'fail*|unable|impossible to access|reach|open|load|connect|use|view',
      'played|used|opened|reached|accessed by anyone',
    ],
    ja: [],
  }),
] as const

/** The whole or a key feature is out of reach. */
export const isGrave = ({ state, kind }: Failure): boolean =>
  (state === 'down' || state === 'access') && kind !== 'feature'

export const failuresOf = (live: readonly string[]): readonly Failure[] => live.flatMap(read)

function read(sentence: string): readonly Failure[] {
  const states = [
    ['access', find(ACCESS, sentence)],
    ['down', find(DOWN, sentence)],
    ['errors', find(SERVER_ERROR, sentence)],
    ['fails', find(FAILS, sentence)],
    ['broken', find(BROKEN, sentence)],
  ] as const
  return states.flatMap(([state, hit]) => {
    if (!hit) return []
    const { kind, hit: subject } = subjectOf(sentence, hit)
    return [{ state, kind, hit, subject }]
  })
}
