/**
 * Templates that differ in one word are one, when that word took many values: `user alice not found`, `user bob not found`. Looked
 * at all at once and never one after the other, so that the order of the lines makes no difference.
 */
import { compare } from './answers.ts'

/** So many different words at one place are a value. With three, three services in one message would become one. */
const VALUES = 5
/** Each round finds one more varying word. */
const ROUNDS = 3
/** More templates than these are left as they are. */
const MOST = 5_000
const ANY = '<*>'

/** Each template -> what it is called together with those that are alike. */
export function mergedOf(templates: ReadonlySet<string>): ReadonlyMap<string, string> {
  let names = new Map([...templates].map(template => [template, template]))
  if (templates.size > MOST) return names
  for (let round = 0; round < ROUNDS; round++) {
    const better = leftOpen(new Set(names.values()))
    if (better.size === 0) break
    names = new Map([...names].map(([template, name]) => [template, better.get(name) ?? name]))
  }
  return names
}

/** Those templates for which one word gives way. */
function leftOpen(templates: ReadonlySet<string>): ReadonlyMap<string, string> {
  const counts = new Map<string, number>()
  for (const template of templates)
    for (const name of patternsOf(template)) counts.set(name, (counts.get(name) ?? 0) + 1)
  const found = new Map<string, string>()
  for (const template of templates) {
    const [best] = patternsOf(template)
      .filter(name => (counts.get(name) ?? 0) >= VALUES)
      .toSorted((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0) || compare(a, b))
    if (best !== undefined) found.set(template, best)
  }
  return found
}

/** The template with each of its words left open, one at a time. The first says what it is about, and stays. */
function patternsOf(template: string): readonly string[] {
  const words = template.split(' ')
  return words.flatMap((word, place) =>
    place === 0 || word.startsWith('<') ? [] : [words.with(place, ANY).join(' ')],
  )
}
