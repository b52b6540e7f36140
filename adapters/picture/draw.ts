/**
 * The program that turns drawings into PNG: SVG texts as a JSON list on standard input, PNGs in base64 as one on standard output. It is run
 * by pictures.ts, and ends with its work.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { initWasm, Resvg } from '@resvg/resvg-wasm'

const { resolve } = createRequire(import.meta.url)
/** Sharp on screens with two pixels for one. */
const ZOOM = 2
/** Without a file for its letters the renderer leaves all text out. */
const FONTS = ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf'] as const

const input: Buffer[] = []
for await (const chunk of process.stdin) input.push(chunk as Buffer)
const drawings = JSON.parse(Buffer.concat(input).toString('utf8')) as readonly string[]

await initWasm(readFileSync(resolve('@resvg/resvg-wasm/index_bg.wasm')))
const fontBuffers = FONTS.map(name => readFileSync(resolve(`dejavu-fonts-ttf/ttf/${name}`)))

const pngs = drawings.map(svg => {
  const font = { fontBuffers, defaultFontFamily: 'DejaVu Sans' }
  const drawing = new Resvg(svg, { font, fitTo: { mode: 'zoom', value: ZOOM } })
  const png = Buffer.from(drawing.render().asPng()).toString('base64')
  drawing.free()
  return png
})
process.stdout.write(JSON.stringify(pngs))
