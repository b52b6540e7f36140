/** Several questions asked at once: what did not come is said beside what did, and only when nothing came it is a failure. */
import { ChatFailure } from '../ports.ts'

/** Rejects with the first failure when there is no answer. `missing`: what failed, named, and why. */
export async function settled<Q, A>(
  questions: readonly Q[],
  named: (question: Q) => string,
  ask: (question: Q) => Promise<A>,
): Promise<{ readonly done: readonly A[]; readonly missing: readonly string[] }> {
  const outcomes = await Promise.allSettled(questions.map(ask))
  const done = outcomes.flatMap(each => (each.status === 'fulfilled' ? [each.value] : []))
  const failed = outcomes.flatMap((each, index) =>
    each.status === 'rejected' ? [{ question: questions[index], why: each.reason as unknown }] : [],
  )
  const bug = failed.find(({ why }) => !(why instanceof ChatFailure))
  if (bug) throw bug.why
  if (done.length === 0 && failed[0]) throw failed[0].why
  const missing = failed.map(({ question, why }) => `${named(question as Q)}: ${(why as ChatFailure).say}`)
  return { done, missing }
}
