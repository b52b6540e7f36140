/**
 * Lines of the message tree as Discord's markdown. Every sign that Discord would format is escaped in literal text, so no
 * word of anybody's can bold, link, mention or break out (S7). What notifies is decided beside it, by `allowed_mentions`.
 */
import type { Inline, Line } from '../../bot/message.ts'
import type { Directory } from '../../bot/ports.ts'
import { clean } from '../fit.ts'

/** A zero-width space keeps `@everyone` from being drawn as a mention; it could notify nobody anyway. */
const GAP = '\u200B'

export const literal = (text: string): string =>
  clean(text)
    .replace(/[\\*_~`|<>[\]()]/g, sign => `\\${sign}`)
    .replace(/^(\s*)([#+-]|\d+(?=\.))/gm, '$1\\$2')
    .replace(/@(everyone|here)\b/g, `@${GAP}$1`)

/** Inside backticks nothing is escaped: a backtick becomes its look-alike. */
export const verbatim = (text: string): string => clean(text).replaceAll('`', 'ˋ') || ' '

export const markdown = (line: Line, directory: Directory): string =>
  line.map(part => leaf(part, directory)).join('')

function leaf(part: Inline, directory: Directory): string {
  if (typeof part === 'string') return literal(part)
  if ('bold' in part) return part.bold.trim() === '' ? ' ' : `**${literal(part.bold)}**`
  if ('code' in part) return `\`${verbatim(part.code)}\``
  if ('person' in part) return `**${literal(directory.person(part.person).name)}**`
  if ('mention' in part) {
    const { name, user } = directory.person(part.mention)
    return user ? `<@${user}>` : `**${literal(name)}**`
  }
  if ('time' in part) return `<t:${Math.floor(part.time / 1000)}:${part.as === 'relative' ? 'R' : 'f'}>`
  if ('link' in part) return `[${literal(part.text || part.link)}](${linkOf(part.link)})`
  const room = directory.room(part.room)
  return room ? `<#${room}>` : `**${literal(part.room)}**`
}

const linkOf = (url: string): string =>
  encodeURI(url).replace(/[()<>]/g, sign => `%${sign.charCodeAt(0).toString(16)}`)
