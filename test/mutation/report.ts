/** What a run of mutation testing found: the score by folder, how sure the whole is, and what survived. */
import { readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { chance } from '../simulation/chance.ts'

type Mutant = {
  readonly status: string
  readonly mutatorName: string
  readonly replacement?: string
  readonly static?: boolean
  readonly location: { readonly start: { readonly line: number; readonly column: number } }
}
type Report = { readonly files: Readonly<Record<string, { readonly mutants: readonly Mutant[] }>> }
type Tally = { readonly caught: number; readonly all: number }

const CAUGHT = ['Killed', 'Timeout']
const MISSED = ['Survived', 'NoCoverage']

const { files } = JSON.parse(readFileSync('.stryker/report.json', 'utf8')) as Report
const tallies = Object.entries(files).map(([file, { mutants }]) => ({ file, ...tally(mutants) }))
const counted = tallies.filter(({ all }) => all > 0)

function tally(mutants: readonly Mutant[]): Tally {
  const caught = mutants.filter(({ status }) => CAUGHT.includes(status)).length
  return { caught, all: caught + mutants.filter(({ status }) => MISSED.includes(status)).length }
}

const sum = (all: readonly Tally[]): Tally => ({
  caught: all.reduce((total, each) => total + each.caught, 0),
  all: all.reduce((total, each) => total + each.all, 0),
})
const percent = ({ caught, all }: Tally): string => `${((100 * caught) / Math.max(1, all)).toFixed(1)} %`

/** Mutants of one file stand or fall together: whole files are drawn again, a thousand times. */
function interval(all: readonly Tally[]): readonly [number, number] {
  const luck = chance(1)
  const scores = Array.from({ length: 1000 }, () => {
    const { caught, all: count } = sum(all.map(() => luck.pick(all)))
    return (100 * caught) / Math.max(1, count)
  }).sort((a, b) => a - b)
  return [scores[25] ?? 0, scores[974] ?? 0]
}

const folders = Map.groupBy(counted, ({ file }) => dirname(file))
for (const [folder, own] of [...folders].sort(([a], [b]) => (a < b ? -1 : 1))) {
  const total = sum(own)
  console.log(`${folder.padEnd(24)} ${percent(total).padStart(8)}  of ${total.all}`)
}
const [low, high] = interval(counted)
console.log(
  `${'all'.padEnd(24)} ${percent(sum(counted)).padStart(8)}  of ${sum(counted).all} (95 %: ${low.toFixed(1)} to ${high.toFixed(1)})`,
)

/** The same of some mutants only: what survives in words is another matter than what survives in conditions. */
const some = (name: string, fits: (mutant: Mutant) => boolean): void => {
  const total = sum(Object.values(files).map(({ mutants }) => tally(mutants.filter(fits))))
  console.log(`${name.padEnd(24)} ${percent(total).padStart(8)}  of ${total.all}`)
}
some('  but for strings', ({ mutatorName }) => mutatorName !== 'StringLiteral')
some('  strings', ({ mutatorName }) => mutatorName === 'StringLiteral')
some('  evaluated when loaded', each => each.static === true)
const every = Object.values(files).flatMap(({ mutants }) => mutants)
for (const status of ['Timeout', 'NoCoverage', 'RuntimeError'])
  console.log(
    `  ${status.padEnd(22)} ${String(every.filter(each => each.status === status).length).padStart(8)}`,
  )

if (process.argv.includes('--survivors'))
  for (const [file, { mutants }] of Object.entries(files))
    for (const { status, mutatorName, replacement, location } of mutants.filter(each =>
      MISSED.includes(each.status),
    ))
      console.log(
        `${file}:${location.start.line}:${location.start.column} ${status} ${mutatorName} ${replacement ?? ''}`.slice(
          0,
          200,
        ),
      )
