/** What the answers tell of an incident, to whoever was listening. */
import type { Said } from './evidence.ts'

export const isDeclared = ({ line, words }: Said): boolean =>
  line.startsWith('/incident declare') && / declared: /.test(words)
export const isAck = ({ words }: Said): boolean => /acknowledged after|^You have INC-\d+/.test(words)
export const isOver = ({ words }: Said): boolean => /set the status to (?:resolved|closed)/.test(words)
export const isReopened = ({ line, words }: Said): boolean =>
  line.includes(' reopen ') && /set the status to/.test(words)
export const isNotMe = ({ line, words }: Said): boolean =>
  line.includes(' notme ') && /said "Not me"/.test(words)
/** It may have happened, or not. */
export const isUnclear = ({ words }: Said): boolean => words === '' || words.includes('went wrong')
/** What starts calls anew: it was asked for, whatever became of it. */
export const isCall = ({ line }: Said): boolean =>
  /\/incident (?:unack|reopen|severity|escalate|notme|declare|page)|press escalate|sms: ESC/.test(line)

/** The incidents that are not closed, as far as anybody was told. */
export function open(said: readonly Said[]): readonly string[] {
  const known = new Set<string>()
  for (const each of said) {
    if (!each.incident) continue
    if (isDeclared(each) || isReopened(each)) known.add(each.incident)
    if (/set the status to closed/.test(each.words)) known.delete(each.incident)
  }
  return [...known]
}
