/**
 * `npm run sim -- --seed 7` tells one life, with `--shrink` what is left of it that still goes wrong; `npm run sim -- --seeds 5000
 * [--from 1]` lives many and prints those that went wrong; `npm run sim -- --planted` says of each planted bug which life finds it.
 */
import { parseArgs } from 'node:util'
import { live } from './life.ts'
import { MUTATIONS } from './mutations.ts'
import { plant } from './plant.ts'
import { shrink } from './shrink.ts'

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    seeds: { type: 'string', default: '200' },
    from: { type: 'string', default: '1' },
    /** Stop at the first that goes wrong. */
    first: { type: 'boolean' },
    planted: { type: 'boolean' },
    shrink: { type: 'boolean' },
  },
})

async function one(seed: number): Promise<boolean> {
  const { story, violations } = await (values.shrink ? shrink : live)(seed)
  console.log([...story, '', ...(violations.length > 0 ? violations : ['Nothing went wrong.'])].join('\n'))
  return violations.length === 0
}

async function many(from: number, count: number): Promise<boolean> {
  let [wrong, steps, lived] = [0, 0, 0]
  const startedAt = performance.now()
  for (let seed = from; seed < from + count && !(values.first && wrong > 0); seed++) {
    const outcome = await live(seed)
    steps += outcome.steps
    lived += 1
    if (outcome.violations.length === 0) continue
    wrong += 1
    console.log(`seed ${seed}: ${outcome.violations.slice(0, 3).join('; ')}`)
  }
  const seconds = (performance.now() - startedAt) / 1000
  console.log(`${lived} lives of two days, ${steps} steps, ${wrong} went wrong, in ${seconds.toFixed(0)} s.`)
  return wrong === 0
}

async function planted(): Promise<boolean> {
  let missed = 0
  for (const { name, foundBy } of MUTATIONS) {
    const { out } = await plant(name, ['--seeds', values.seeds, '--first'])
    const [, seed, words = ''] = /^seed (\d+): (.*)$/m.exec(out) ?? []
    if (seed === undefined) missed += 1
    console.log(
      `${seed ?? 'not found'}${seed === String(foundBy) ? '' : ` (was ${foundBy})`}: ${name}: ${words.slice(0, 120)}`,
    )
  }
  return missed === 0
}

const wentWell = values.planted
  ? await planted()
  : values.seed === undefined
    ? await many(Number(values.from), Number(values.seeds))
    : await one(Number(values.seed))
process.exitCode = wentWell ? 0 : 1
