/** Untrusted words inside Markdown: they stay words. No link, picture, heading or tag comes of them, and they notify nobody. */

/** What begins something in Markdown wherever it stands. An underscore inside a word begins nothing. */
const SPECIAL = /[\\`*[<]|~(?=~)|&(?=#?\w+;)|(?<!\w)_|_(?!\w)/g
/** What begins something at the start of a line. */
const OPENING = /^(\s*)([#>+-]|\d+[.)])/gm
/** Sites that render Markdown notify whoever an @ names. */
const MENTION = /@(?=\w)/g
const ZERO_WIDTH_SPACE = '\u200b'

export const literal = (text: string): string =>
  oneLine(text)
    .replaceAll(SPECIAL, String.raw`\$&`)
    .replaceAll(
      OPENING,
      (_, space: string, mark: string) => `${space}${mark.slice(0, -1)}\\${mark.slice(-1)}`,
    )
    .replaceAll(MENTION, `@${ZERO_WIDTH_SPACE}`)

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim()
