/** `npm run sim -- --seed 7` tells one life; `npm run sim -- --seeds 5000 [--from 1]` lives many and prints those that went wrong. */
import { parseArgs } from 'node:util'
import { live } from './life.ts'

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    seeds: { type: 'string' },
    from: { type: 'string', default: '1' },
    /** Stop at the first that goes wrong. */
    first: { type: 'boolean' },
  },
})
if (values.seed !== undefined) {
  const { story, violations } = await live(Number(values.seed))
  console.log([...story, '', ...(violations.length > 0 ? violations : ['Nothing went wrong.'])].join('\n'))
  process.exitCode = violations.length > 0 ? 1 : 0
} else await many()

async function many(): Promise<void> {
  const [from, count] = [Number(values.from), Number(values.seeds ?? 200)]
  let [wrong, steps] = [0, 0]
  const startedAt = performance.now()
  for (let seed = from; seed < from + count; seed++) {
    const outcome = await live(seed)
    steps += outcome.steps
    if (outcome.violations.length === 0) continue
    wrong += 1
    console.log(`seed ${seed}: ${outcome.violations.slice(0, 3).join('; ')}`)
    if (values.first) break
    if (process.env.FIRST) break
  }
  const seconds = (performance.now() - startedAt) / 1000
  console.log(`${count} lives of two days, ${steps} steps, ${wrong} went wrong, in ${seconds.toFixed(0)} s.`)
  process.exitCode = wrong > 0 ? 1 : 0
}
