/** The pictures of the weekly message on each chat: one message, with words for whoever does not see; and the words alone where it cannot be. */
import { afterEach, describe, expect, test } from 'vitest'
import { createPictures } from '../../adapters/picture/pictures.ts'
import { createTelemetry } from '../../adapters/telemetry/telemetry.ts'
import type { Pictures } from '../../bot/ports.ts'
import type { Json } from '../emulators/slack/index.ts'
import { type NightOn, nightOn } from '../support/night-on.ts'

/** One for all: what was drawn once is not drawn again. */
const drawing = createPictures(createTelemetry({ level: 'fatal', secrets: [] }))
const NAMES = ['trend', 'speeds', 'hours']
/** A night begins on a Tuesday at three; the digest leaves on Monday at nine. */
const MONDAY = '6d6h'

let n: NightOn
afterEach(() => n.stop())

async function week(desk: Parameters<typeof nightOn>[0], pictures: Pictures | undefined = drawing) {
  n = await nightOn(desk, undefined, [], pictures)
  await n.says('diego', '/incident declare The whole site is down for everyone')
  await n.says('diego', '/incident close INC-1')
}

/** Width and height stand at fixed places of every PNG. */
function sizeOf(png: Uint8Array): readonly [number, number] {
  const view = new DataView(png.buffer, png.byteOffset)
  return [view.getUint32(16), view.getUint32(20)]
}

describe('on Slack', () => {
  const slack = () => n.desk.slack!
  const digests = () =>
    slack()
      .messages('incidents')
      .filter(({ text }) => text.startsWith('Week '))
  const imagesOf = (message: { readonly blocks?: readonly Json[] } | undefined) =>
    (message?.blocks ?? []).filter(block => block.type === 'image')

  test('it is one message that shows three files, each with its words', async () => {
    await week('slack socket')
    await n.at(MONDAY)
    expect(digests()).toHaveLength(1)
    const images = imagesOf(digests()[0])
    const files = slack().files()
    expect(files.map(({ filename }) => filename)).toEqual(NAMES.map(name => `${name}.png`))
    expect(images.map(image => (image.slack_file as Json).id)).toEqual(files.map(({ id }) => id))
    expect(images.map(image => image.alt_text)).toEqual(files.map(({ alt }) => alt))
    expect(files[0]?.alt).toContain('Incidents a week, 2026-09-07 to 2026-11-30: 1 in all')
    for (const { body } of files) expect(sizeOf(body!)[0]).toBe(1120)
  })

  test('a file that Slack takes in for five seconds is waited for, and not uploaded again', async () => {
    await week('slack socket')
    slack().slowFiles(5_000)
    await n.at('6d6h1m')
    expect(digests()).toHaveLength(1)
    expect(imagesOf(digests()[0])).toHaveLength(3)
    expect(slack().files()).toHaveLength(3)
  })

  test('after a minute the words go alone, and say why', async () => {
    await week('slack socket')
    slack().slowFiles(3_600_000)
    await n.at('6d6h5m')
    expect(digests()).toHaveLength(1)
    expect(imagesOf(digests()[0])).toHaveLength(0)
    expect(n.team().at(-1)).toContain(
      'Picture (not shown: Slack is still taking the pictures in): Incidents a week',
    )
    expect(slack().files()).toHaveLength(3)
  })

  test('without the scope for files the words go alone at once, and say what is missing', async () => {
    await week('slack socket')
    slack().revokeScopes('files:write')
    await n.at(MONDAY)
    expect(imagesOf(digests()[0])).toHaveLength(0)
    expect(n.team().at(-1)).toContain('the Slack app lacks the scope files:write')
  })

  test.each(['500', 'reset', 'accept-then-reset', '429'] as const)(
    'an upload that fails once (%s) is tried again',
    async kind => {
      await week('slack socket')
      slack().fault({ method: 'upload', kind })
      await n.at('6d6h1m')
      expect(digests()).toHaveLength(1)
      expect(imagesOf(digests()[0])).toHaveLength(3)
    },
  )

  test.each(['files.getUploadURLExternal', 'files.completeUploadExternal', 'upload'])(
    'uploads that fail on and on at %s keep no message back for more than a minute or two',
    async method => {
      await week('slack socket')
      slack().fault({ method, kind: '500', times: 1000 })
      await n.at('6d6h3m')
      expect(digests()).toHaveLength(1)
      expect(n.team().at(-1)).toContain('Picture (not shown: Slack ')
    },
  )

  test.each(['accept-then-reset', 'accept-then-500', 'malformed'] as const)(
    'a message whose answer is lost (%s) is looked for, and is there once',
    async kind => {
      await week('slack socket')
      slack().fault({
        method: 'chat.postMessage',
        kind,
        when: ({ text }) => String(text).startsWith('Week '),
      })
      await n.at('6d6h1m')
      expect(digests()).toHaveLength(1)
      expect(imagesOf(digests()[0])).toHaveLength(3)
    },
  )

  test('a process that dies after the upload leaves one message', async () => {
    await week('slack socket')
    slack().slowFiles(5_000)
    await n.at('6d6h1s')
    await n.crash()
    await n.at('6d6h1m')
    expect(digests()).toHaveLength(1)
    expect(imagesOf(digests()[0])).toHaveLength(3)
  })

  test('where nothing can be drawn the words go alone', async () => {
    await week('slack socket', { png: () => Promise.reject(new Error('no renderer here')) })
    await n.at(MONDAY)
    expect(digests()).toHaveLength(1)
    expect(n.team().at(-1)).toContain(
      'Picture (not shown: it could not be drawn): Heat map of 1 incident by weekday and hour',
    )
    expect(slack().files()).toHaveLength(0)
  })

  test('a preview says what the pictures show, and that they come with the message', async () => {
    await week('slack http')
    expect(await n.says('aiko', '/digest preview --now')).toContain(
      'Picture (not shown: it comes with the message in the channel): Incidents a week',
    )
  })
})

describe('on Discord', () => {
  const discord = () => n.desk.discord!
  const digests = () =>
    discord()
      .messages('incidents')
      .filter(({ content }) => content.includes('Week 2026'))

  test('it is one message with three attachments, each described and shown in an embed', async () => {
    await week('discord gateway')
    await n.at(MONDAY)
    expect(digests()).toHaveLength(1)
    const [message] = digests()
    expect(message?.attachments.map(({ filename }) => filename)).toEqual(NAMES.map(name => `${name}.png`))
    expect(message?.attachments[2]?.description).toContain('Heat map of 1 incident by weekday and hour')
    expect(message?.embeds.map(embed => (embed.image as Json).url)).toEqual(
      NAMES.map(name => `attachment://${name}.png`),
    )
    expect(discord().text(message!)).not.toContain('Picture')
    for (const { data } of message?.attachments ?? []) expect(sizeOf(data)[0]).toBe(1120)
  })

  test.each(['accept-then-reset', 'accept-then-500', 'malformed'] as const)(
    'a message whose answer is lost (%s) is sent again under its nonce, and is there once',
    async kind => {
      await week('discord gateway')
      discord().fault({
        method: 'POST',
        path: /\/messages$/,
        kind,
        when: ({ body }) => String(body.content).includes('Week 2026'),
      })
      await n.at('6d6h1m')
      expect(digests()).toHaveLength(1)
      expect(digests()[0]?.attachments).toHaveLength(3)
    },
  )

  test('without the permission to attach files the words go alone', async () => {
    await week('discord http')
    discord().deny(1n << 15n)
    await n.at(MONDAY)
    expect(digests()).toHaveLength(1)
    expect(digests()[0]?.attachments).toHaveLength(0)
    expect(discord().text(digests()[0]!)).toContain('Picture (not shown: Tocsin lacks a permission there')
  })
})
