/** Verdicts as JUnit XML, which every CI shows. */
import type { Verdict } from '../../bot/expectations/run.ts'

export function junit(suite: string, verdicts: readonly Verdict[]): string {
  const failed = verdicts.filter(({ failures }) => failures.length > 0).length
  const cases = verdicts.map(({ name, failures: [first, ...more] }) => {
    const open = `  <testcase classname="${escaped(suite)}" name="${escaped(name)}"`
    if (!first) return `${open}/>`
    const text = `${new Date(first.at).toISOString()}: ${first.why}${more.length > 0 ? ` (and ${more.length} more)` : ''}`
    return `${open}>\n    <failure message="${escaped(text)}"/>\n  </testcase>`
  })
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuite name="${escaped(suite)}" tests="${verdicts.length}" failures="${failed}">`,
    ...cases,
    '</testsuite>',
    '',
  ].join('\n')
}

const escaped = (text: string): string =>
  text
    .replaceAll(/\p{Cc}/gu, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
