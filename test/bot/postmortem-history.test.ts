/** What changed between two texts: read forwards it gives the new one, without what was added the old one. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { lineChanges } from '../../bot/postmortem/history.ts'

test('a line that changed is taken out and put in, where it stood', () => {
  expect(lineChanges('One\nTwo\nThree', 'One\n2\nThree')).toEqual([
    { kind: 'same', line: 'One' },
    { kind: 'removed', line: 'Two' },
    { kind: 'added', line: '2' },
    { kind: 'same', line: 'Three' },
  ])
})

test('both texts can be read from the changes, however much they differ', () => {
  const text = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 300 }).map(lines => lines.join('\n'))
  fc.assert(
    fc.property(text, text, (before, after) => {
      const changes = lineChanges(before, after)
      const without = (kind: string) =>
        changes
          .filter(each => each.kind !== kind)
          .map(each => each.line)
          .join('\n')
      expect([without('added'), without('removed')]).toEqual([before, after])
    }),
    { numRuns: 200 },
  )
})
