/** Properties look at the same cases in every run, so that a change is judged and not chance: `SEED=7 npm test` looks at others. */
import fc from 'fast-check'

fc.configureGlobal({ seed: Number(process.env.SEED ?? 1) })
