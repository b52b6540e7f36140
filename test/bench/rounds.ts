/** How long a piece of work takes, over some rounds in a process that is warm. */
export const ROUNDS = 9

export const rangeOf = (values: readonly number[]): string => {
  const sorted = [...values].sort((a, b) => a - b)
  return `${sorted[0]?.toFixed(0)} to ${sorted.at(-1)?.toFixed(0)} ms`
}

/** By the clock, and in processor time, which does not grow when other programs have the machine. */
export function rounds(work: () => unknown): string {
  const times = Array.from({ length: ROUNDS }, () => {
    const [startedAt, used] = [performance.now(), process.cpuUsage()]
    work()
    const { user, system } = process.cpuUsage(used)
    return { took: performance.now() - startedAt, cpu: (user + system) / 1000 }
  })
  return `${rangeOf(times.map(({ took }) => took))} (processor: ${rangeOf(times.map(({ cpu }) => cpu))})`
}
