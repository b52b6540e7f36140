/** Figures of a list of milliseconds, as one line. */
export function line(name: string, values: readonly number[], unit = 'ms'): string {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (q: number) =>
    (sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN).toFixed(1)
  return `${name.padEnd(44)} p50 ${at(0.5)}  p99 ${at(0.99)}  max ${at(1)} ${unit}  (n=${values.length})`
}
