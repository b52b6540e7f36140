/** The message tree on Discord: what is typed stays words, what is long is trimmed with a word, and only mentions notify. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { modal, valuesOf } from '../../../adapters/discord/forms.ts'
import { nonceOf } from '../../../adapters/discord/key.ts'
import { literal } from '../../../adapters/discord/markdown.ts'
import { render } from '../../../adapters/discord/render.ts'
import { clean } from '../../../adapters/fit.ts'
import { buttons, fields, heading, list, type Message, note, quote, text } from '../../../bot/message.ts'
import type { Directory } from '../../../bot/ports.ts'
import { checkMessage, checkModal } from '../../emulators/discord/check.ts'
import { createGuild } from '../../emulators/discord/guild.ts'
import { drawn } from '../../emulators/discord/view.ts'

const directory: Directory = {
  person: id => ({ name: id, user: id === 'aiko' ? '100000000000000001' : undefined }),
  room: id => (id === 'INC-1' ? '200000000000000002' : undefined),
  people: () => ['aiko'],
}
const guild = createGuild({ now: () => 1_800_000_000_000 })

const everywhere = (words: string): Message => ({
  summary: words,
  tone: 'SEV1',
  blocks: [
    heading(words),
    text([words, { bold: words }, { code: words }, { link: 'https://example.com/a', text: words }]),
    fields({ Field: [words] }),
    list([[words], [words]]),
    quote(words),
    { kind: 'code', text: words },
    note(words),
    {
      kind: 'select',
      placeholder: words || 'x',
      choices: [{ label: words || 'x', command: '/incident ack INC-1' }],
    },
    buttons(
      { label: words || 'x', command: '/incident ack INC-1' },
      { label: 'again', command: '/incident ack INC-1' },
    ),
  ],
})

const hostile = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc
    .array(
      fc.constantFrom(
        '<@100000000000000001>',
        '@everyone',
        '@here',
        '<#1>',
        '[bank](https://evil.example)',
        '**',
        '__',
        '`',
        '```',
        '||',
        '~~',
        '\n# ',
        '\n> ',
        '\n- ',
        '\n1. ',
        '\\',
        '<t:1:R>',
        '\u202E',
        '\u0000',
        'ｗｏｒｄ',
        '🔥'.repeat(50),
        'x'.repeat(3000),
      ),
      { maxLength: 20 },
    )
    .map(parts => parts.join(' ')),
)

test('whatever is typed, Discord takes the message, nobody is notified, and nothing becomes a link or a mention (S7)', () => {
  fc.assert(
    fc.property(hostile, words => {
      const rendered = render(everywhere(words), directory)
      checkMessage({ ...rendered, nonce: nonceOf(words), enforce_nonce: true })
      expect(rendered.allowed_mentions).toEqual({ parse: [], users: [] })
      const drawnText = `${rendered.content}\n${String(rendered.embeds[0]?.description ?? '')}`
      const markup = drawnText.replace(/```[^`]*```|`[^`]*`|\\[\s\S]/g, '')
      expect(markup).not.toMatch(/<@\d/)
      expect(markup).not.toMatch(/@(?:everyone|here)\b/)
      expect(markup.replaceAll('](https://example.com/a)', '')).not.toContain('](')
    }),
    { numRuns: 300 },
  )
})

test('literal text is drawn as it was typed', () => {
  fc.assert(
    fc.property(hostile, words => {
      expect(drawn(literal(words), guild)).toBe(clean(words))
    }),
    { numRuns: 300 },
  )
})

test('a mention notifies the one who is meant, from the content, and nobody else', () => {
  const { content, allowed_mentions } = render(
    {
      summary: 'Come',
      tone: 'calm',
      blocks: [text([{ mention: 'aiko' }, { mention: 'ben' }, { person: 'aiko' }])],
    },
    directory,
  )
  expect(content).toContain('<@100000000000000001>')
  expect(allowed_mentions).toEqual({ parse: [], users: ['100000000000000001'] })
})

test('a long message says how much was left out', () => {
  const long = {
    ...everywhere('x'),
    blocks: Array.from({ length: 60 }, (_, index) => text(`Line ${index} ${'y'.repeat(200)}`)),
  }
  const { embeds } = render(long, directory)
  expect(String(embeds[0]?.description)).toMatch(/and \d+ more$/)
})

test('a form fits, whatever its texts, and its values come back by name', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, maxLength: 200 }), words => {
      const form = {
        title: words,
        submit: 'Go',
        command: '/incident declare',
        inputs: [
          { kind: 'line' as const, name: 'title', label: words, hint: words, value: words, maxLength: 150 },
          {
            kind: 'choice' as const,
            name: 'severity',
            label: words,
            optional: true,
            options: [{ value: 'SEV1', label: words }],
          },
        ],
      }
      fc.pre(clean(words) !== '')
      checkModal(modal(form))
    }),
  )
  expect(
    valuesOf([
      { type: 18, component: { type: 4, custom_id: 'title', value: 'Broken' } },
      { type: 18, component: { type: 3, custom_id: 'severity', values: [] } },
    ]),
  ).toEqual({ title: 'Broken' })
})
