/** What a log line says without what varies: `timeout after <n> ms`. */

const LENGTH = 500

export const templateOf = (text: string): string =>
  text
    .slice(0, LENGTH)
    .split(/\s+/)
    .filter(word => word !== '')
    .map(word => (/\d/.test(word) ? '<n>' : word))
    .join(' ')
