/** SVG as text. Every attribute and every text is escaped here, so that no name in a chart can become markup. */

export type Attributes = Readonly<Record<string, string | number | undefined>>

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** What XML does not allow at all, not even escaped. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out.
const FORBIDDEN = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g

export const escaped = (text: string): string =>
  text
    .toWellFormed()
    .replace(FORBIDDEN, '')
    .replace(/[&<>"']/g, sign => ESCAPES[sign] ?? sign)

/** Coordinates to a tenth: nobody sees more, and a picture of them is half as long. */
const value = (given: string | number): string =>
  typeof given === 'number' ? String(Math.round(given * 10) / 10) : escaped(given)

const attributes = (all: Attributes): string =>
  Object.entries(all)
    .map(([name, given]) => (given === undefined ? '' : ` ${name}="${value(given)}"`))
    .join('')

/** An element with others inside, which are SVG already. */
export const element = (name: string, all: Attributes, ...inside: readonly string[]): string =>
  inside.length === 0
    ? `<${name}${attributes(all)}/>`
    : `<${name}${attributes(all)}>${inside.join('')}</${name}>`

export const rect = (x: number, y: number, width: number, height: number, more: Attributes = {}): string =>
  element('rect', { x, y, width, height, ...more })

export const line = (x1: number, y1: number, x2: number, y2: number, more: Attributes = {}): string =>
  element('line', { x1, y1, x2, y2, ...more })

export const circle = (cx: number, cy: number, r: number, more: Attributes = {}): string =>
  element('circle', { cx, cy, r, ...more })

/** Through the points, in their order. */
export const path = (points: readonly (readonly [number, number])[], more: Attributes = {}): string =>
  element('path', {
    d: points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${value(x)} ${value(y)}`).join(''),
    fill: 'none',
    ...more,
  })

/** Words at a point; `y` is their base line. */
export const words = (x: number, y: number, text: string, more: Attributes = {}): string =>
  element('text', { x, y, ...more }, escaped(text))
