/**
 * A service's name put into a query for `$service`, so that it is a literal there whatever it contains (S19, S25): inside quotes it
 * is escaped as those quotes demand, where the text is a pattern also as a pattern, and without quotes it gets them.
 */

/** How a language of queries reads text. */
export type Language = {
  readonly quotes: string
  /** Quotes whose text is taken as it is: it cannot be escaped, and is written anew in double quotes. */
  readonly raw: string
  /** What stands before a text that is a pattern. */
  readonly pattern: RegExp | null
}

/** PromQL, LogQL and TraceQL: Go's strings, and patterns after `=~`, `!~` and `|~`. */
export const QL: Language = { quotes: `"'`, raw: '`', pattern: /(?:[=!|]~)\s*$/ }
/** The query strings of Elasticsearch and OpenSearch: phrases in double quotes, in which nothing is a wildcard. */
export const LUCENE: Language = { quotes: '"', raw: '', pattern: null }

const SERVICE = '$service'

export function fill(template: string, service: string, language: Language): string {
  let filled = ''
  for (let at = 0; at < template.length; ) {
    const char = template[at] ?? ''
    if (template.startsWith(SERVICE, at)) {
      filled += `"${escaped(service, '"')}"`
      at += SERVICE.length
    } else if (char !== '' && (language.quotes + language.raw).includes(char)) {
      const end = endOfText(template, at, language)
      filled += fillText(template.slice(at, end), service, language, language.pattern?.test(filled) ?? false)
      at = end
    } else {
      filled += char
      at += 1
    }
  }
  return filled
}

/** One past the quote that closes the text which begins at `start`. */
function endOfText(template: string, start: number, { raw }: Language): number {
  const quote = template[start] ?? ''
  for (let at = start + 1; at < template.length; at++) {
    if (template[at] === '\\' && !raw.includes(quote)) at += 1
    else if (template[at] === quote) return at + 1
  }
  return template.length
}

function fillText(text: string, service: string, { raw }: Language, pattern: boolean): string {
  if (!text.includes(SERVICE)) return text
  const literal = pattern ? service.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`) : service
  const quote = text[0] ?? '"'
  if (!raw.includes(quote)) return text.replaceAll(SERVICE, () => escaped(literal, quote))
  const inner = text.slice(1, text.endsWith(quote) && text.length > 1 ? -1 : undefined)
  return `"${inner
    .split(SERVICE)
    .map(piece => escaped(piece, '"'))
    .join(escaped(literal, '"'))}"`
}

/** As the inside of a text in these quotes. */
const escaped = (text: string, quote: string): string =>
  text
    .replaceAll('\\', '\\\\')
    .replaceAll(quote, `\\${quote}`)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is replaced.
    .replaceAll(/[\u0000-\u001F\u007F]/g, ' ')
