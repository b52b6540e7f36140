/** A stretch in slices, so that a flood of lines after the first sign leaves room for how it was before. */
import type { Question } from '../../bot/evidence/types.ts'
import type { Instant } from '../../bot/words.ts'

export type Slice = { readonly name: string; readonly from: Instant; readonly to: Instant }

/** An alert fires some minutes after what it is about: the last of them before it are looked at by themselves. */
const LEAD_MS = 10 * 60_000

export function slicesOf({ from, onset, to }: Question): readonly Slice[] {
  const lead = Math.max(from, onset - LEAD_MS)
  return [
    { name: 'the time before', from, to: lead },
    { name: 'the last ten minutes before it', from: lead, to: onset },
    { name: 'the time since', from: onset, to },
  ].filter(slice => slice.to > slice.from)
}
