/**
 * How the pictures look, shape by shape: each as the file of its name in `looks` has it, which any browser shows. Whoever changes
 * a picture looks at the new one, and puts it there.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { NAMES, picture } from './drawings.ts'

/** A shape a line. */
const inLines = (svg: string): string => `${svg.replaceAll('><', '>\n<')}\n`

test.each(NAMES)('%s', name => {
  const { svg, ...others } = picture(name)
  const looked = readFileSync(join(import.meta.dirname, 'looks', `${name.replaceAll(' ', '-')}.svg`), 'utf8')
  expect(inLines(svg)).toBe(looked)
  const [, width, height, alt] =
    / width="(\d+)" height="(\d+)" role="img" aria-label="([^"]*)"/.exec(svg) ?? []
  const kind = name.split(' ')[0]
  expect(others).toEqual({ name: kind, alt, width: Number(width), height: Number(height) })
})
