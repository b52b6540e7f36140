/** What all charts have in common: their size, their title, their letters. Made for a phone: at 360 pixels the smallest letters have 9. */
import type { Picture } from '../../message.ts'
import { element, rect, words } from './svg.ts'
import type { Theme } from './theme.ts'

export const WIDTH = 560
export const SMALL = 14
const TITLE = 18
export const TOP = 58

type Frame = {
  readonly name: string
  readonly title: string
  /** Under the title: what is drawn, in which unit. */
  readonly about: string
  /** What it shows, in a sentence or two with the figures, for whoever does not see it. */
  readonly alt: string
  readonly height: number
}

/** The whole picture; whoever hears it instead of seeing it hears `alt`. */
export function framed(theme: Theme, frame: Frame, ...inside: readonly string[]): Picture {
  const { name, title, about, alt, height } = frame
  const svg = element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${WIDTH} ${height}`,
      width: WIDTH,
      height,
      role: 'img',
      'aria-label': alt,
      'font-family': theme.font,
      'font-size': SMALL,
      fill: theme.ink,
    },
    rect(0, 0, WIDTH, height, { fill: theme.paper }),
    words(12, 26, title, { 'font-size': TITLE, 'font-weight': 'bold' }),
    words(12, 46, about, { fill: theme.soft }),
    ...inside,
  )
  return { name, alt, svg, width: WIDTH, height }
}
