/** Drawings as PNG: with their letters, in their order, and a drawing that is none hurts no other. */
import { expect, test } from 'vitest'
import { createPictures } from '../../../adapters/picture/pictures.ts'
import { createTelemetry } from '../../../adapters/telemetry/telemetry.ts'

const said: string[] = []
const telemetry = createTelemetry({ level: 'warn', secrets: [], write: line => void said.push(line) })
const svg = (inside: string, width = 100) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="40" font-family="DejaVu Sans">${inside}</svg>`
const widthOf = (png: Uint8Array | undefined) => Buffer.from(png ?? []).readUInt32BE(16)

test('letters are there, bold ones too, and the same again is the same', async () => {
  const { png } = createPictures(telemetry)
  const drawings = [
    svg(''),
    svg('<text x="2" y="30">MTTA</text>'),
    svg('<text x="2" y="30" font-weight="bold">MTTA</text>', 120),
  ]
  const found = await png(drawings)
  const [empty, letters, bold] = found
  expect(
    Buffer.from(letters ?? [])
      .subarray(1, 4)
      .toString(),
  ).toBe('PNG')
  expect([empty, letters, bold].map(widthOf)).toEqual([200, 200, 240])
  expect(letters!.length).toBeGreaterThan(empty!.length + 300)
  expect(Buffer.from(bold!).equals(Buffer.from(letters!))).toBe(false)
  expect(await png(drawings)).toBe(found)
})

test('what is no drawing is refused, is said, and the next one is drawn', async () => {
  const { png } = createPictures(telemetry)
  await expect(png(['<svg'])).rejects.toThrow('the renderer ended with 1')
  expect(said.join()).toContain('picture.failed')
  expect(await png([svg('')])).toHaveLength(1)
})
