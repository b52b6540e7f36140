/** Whether a count could be chance. One test for all: the exact binomial test, one-sided, made stricter by how many places were looked at. */

/** Below it something is called unlikely to be chance. */
export const UNLIKELY = 0.05

/** Of `n` that could have, `k` did, where each does with `share` if nothing is behind it; `looks`: how many such counts were looked at. */
export type Count = { readonly n: number; readonly k: number; readonly share: number; readonly looks: number }

/** The chance of so many or more anywhere that was looked at, if nothing is behind it (Bonferroni's bound). */
export const chanceOf = ({ n, k, share, looks }: Count): number => Math.min(1, tail(n, k, share) * looks)

/** P(X >= k) for X binomial(n, p), summed from the logarithms of its terms. */
export function tail(n: number, k: number, p: number): number {
  if (p <= 0 || p >= 1) return k <= (p <= 0 ? 0 : n) ? 1 : 0
  let term = 0
  for (let i = 0; i < k; i++) term += Math.log((n - i) / (i + 1))
  term += k * Math.log(p) + (n - k) * Math.log1p(-p)
  let total = 0
  for (let i = k; i <= n; i++) {
    total += Math.exp(term)
    term += Math.log((n - i) / (i + 1)) + Math.log(p) - Math.log1p(-p)
  }
  return Math.min(1, total)
}
