/** What an older Tocsin wrote of a post-mortem still folds: without a template, without the text that was published. */
import { expect, test } from 'vitest'
import type { PostmortemState } from '../../bot/postmortem/document.ts'
import { foldPostmortem } from '../../bot/postmortem/fold.ts'
import { BUILT_IN_TEMPLATE } from '../../bot/postmortem/template.ts'

test('a stream from before templates has the built-in sections, its words, its reader and its publication', () => {
  const events = [
    { type: 'postmortem_drafted' },
    { type: 'section_written', section: 'root_cause', text: 'The pool', by: 'ben' },
    { type: 'postmortem_nagged', nags: 1 },
    { type: 'postmortem_reviewed', by: 'aiko' },
    { type: 'postmortem_published', by: 'ben' },
  ] as const
  const state = events.reduce<PostmortemState | null>(
    (before, event, at) => foldPostmortem(before, event, at + 1),
    null,
  )
  expect(state).toMatchObject({
    template: BUILT_IN_TEMPLATE,
    written: { root_cause: { text: 'The pool', by: 'ben', at: 2, revision: 1 } },
    nags: 1,
    reviewers: ['aiko'],
    publishedAt: 5,
    edition: 1,
    changed: false,
    exports: {},
  })
})
