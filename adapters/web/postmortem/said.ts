/** What a form of the page asks, as the command that chat would take, and what chat would answer, as a sentence. */
import type { ChatAnswer } from '../../../bot/ports.ts'

export type Said = { readonly text: string; readonly refused: boolean }

export function heard(answer: ChatAnswer): Said {
  switch (answer.kind) {
    case 'say':
      return { text: answer.message.summary, refused: answer.message.tone === 'refused' }
    case 'errors':
      return { text: Object.values(answer.errors).join(' '), refused: true }
    case 'form':
      return { text: 'A few words are missing.', refused: true }
  }
}

type Asked = { readonly line: string; readonly values: Readonly<Record<string, string>> }

/** Undefined when the form does not say what to do. */
export function lineOf(id: string, form: URLSearchParams): Asked | undefined {
  const line = `/incident postmortem ${id}`
  const given = (...names: readonly string[]) =>
    Object.fromEntries(names.map(name => [name, form.get(name) ?? '']))
  switch (form.get('do')) {
    case 'begin':
      return { line: `${line} --begin`, values: {} }
    case 'review':
      return { line: `${line} --review --seen ${Number(form.get('seen'))}`, values: {} }
    case 'publish':
      return { line: `${line} --publish`, values: {} }
    case 'give':
      return { line, values: given('owner') }
    case 'waive':
      return { line: `${line} --waive`, values: given('text') }
    case 'item':
      return {
        line: `/action add --incident ${id}`,
        values: given('title', 'owner', 'due', 'priority'),
      }
    default:
      return undefined
  }
}
