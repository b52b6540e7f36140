/**
 * How well the classifier does on labelled descriptions: `npm run bench:severity [-- FILE.jsonl ...]`. Each line has a text, a
 * severity and a criterion. Nothing is learnt from the files, so there is nothing to cross-validate: what counts is how a
 * corpus did before its mistakes were looked at, which docs/severity.md records.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { classify } from '../../../bot/severity/classify.ts'
import { DEFAULT_RULES } from '../../../bot/severity/rules.ts'
import { SEVERITIES, type Severity } from '../../../bot/words.ts'

type Labelled = {
  readonly text: string
  readonly severity: Severity
  readonly criterion: string
  readonly lang: string
}

const given = process.argv.slice(2)
const files =
  given.length > 0
    ? given
    : ['dev.jsonl', 'held-out.jsonl', 'held-out-3.jsonl'].map(name => join(import.meta.dirname, name))
for (const file of files) report(file)

function report(file: string): void {
  const rows = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as Labelled)
  const times: number[] = []
  const judged = rows.map(row => {
    const startedAt = performance.now()
    const verdict = classify({ text: row.text }, DEFAULT_RULES)
    times.push(performance.now() - startedAt)
    return {
      row,
      verdict,
      off: Math.abs(SEVERITIES.indexOf(verdict.severity) - SEVERITIES.indexOf(row.severity)),
    }
  })
  const share = (part: number, of = rows.length) =>
    `${part}/${of} (${((100 * part) / Math.max(1, of)).toFixed(1)} %)`
  const count = (test: (each: (typeof judged)[number]) => boolean) => judged.filter(test).length
  const quantile = (q: number) =>
    (times.toSorted((a, b) => a - b)[Math.floor(q * (times.length - 1))] ?? 0).toFixed(3)
  const lines = [
    file,
    `  exact severity        ${share(count(each => each.off === 0))}`,
    `  within one level      ${share(count(each => each.off <= 1))}`,
    `  exact criterion       ${share(count(each => each.verdict.criterion === each.row.criterion))}`,
    `  SEV1 taken for 3 or 4 ${share(
      count(each => each.row.severity === 'SEV1' && each.off >= 2),
      count(each => each.row.severity === 'SEV1'),
    )}`,
    `  SEV4 that would wake  ${share(
      count(each => each.row.severity === 'SEV4' && each.off >= 2),
      count(each => each.row.severity === 'SEV4'),
    )}`,
    ...['en', 'ja'].map(
      lang =>
        `  exact in ${lang}           ${share(
          count(each => each.row.lang === lang && each.off === 0),
          count(each => each.row.lang === lang),
        )}`,
    ),
    ...[0.5, 0.7, 0.85].map(
      (from, index, all) =>
        `  confidence ${from} to ${all[index + 1] ?? 1}  ${calibration(from, all[index + 1] ?? 1.01)}`,
    ),
    `  milliseconds each     p50 ${quantile(0.5)}, p99 ${quantile(0.99)}`,
    ...judged
      .filter(each => each.off > 0)
      .map(
        each =>
          `    ${each.row.severity} judged ${each.verdict.severity} (${each.verdict.criterion}): ${each.row.text}`,
      ),
  ]
  process.stdout.write(`${lines.join('\n')}\n`)

  function calibration(from: number, to: number): string {
    const inside = judged.filter(each => each.verdict.confidence >= from && each.verdict.confidence < to)
    return share(inside.filter(each => each.off === 0).length, inside.length)
  }
}
