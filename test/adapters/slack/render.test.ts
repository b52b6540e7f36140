import fc from 'fast-check'
import { expect, test } from 'vitest'
import { plainText } from '../../../adapters/slack/inbound.ts'
import { slackManifest } from '../../../adapters/slack/manifest.ts'
import { render } from '../../../adapters/slack/render.ts'
import { createSlack } from '../../../adapters/slack/slack.ts'
import { createTelemetry } from '../../../adapters/telemetry/telemetry.ts'
import type { Message } from '../../../bot/message.ts'
import type { Directory } from '../../../bot/ports.ts'
import { startSlack } from '../../emulators/slack/index.ts'

const directory: Directory = {
  person: id => ({ name: 'Aiko *Tanaka*', user: id === 'aiko' ? 'U0AIKO' : undefined }),
  room: () => undefined,
  people: () => [],
}

const everywhere = (text: string): Message => ({
  summary: text,
  tone: 'SEV1',
  blocks: [
    { kind: 'heading', text },
    { kind: 'text', lines: [[text, { bold: text }, { code: text }], [{ person: 'aiko' }]] },
    { kind: 'fields', fields: [{ label: 'Field', value: [text] }] },
    { kind: 'list', items: [[text], [text]] },
    { kind: 'quote', text },
    { kind: 'code', text },
    { kind: 'note', line: [text, { bold: text }] },
    { kind: 'buttons', buttons: [{ label: 'Ack', command: '/incident ack INC-1' }] },
  ],
})

const nasty = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 300 }),
  fc.constantFrom(
    '<!channel>',
    '<!here|x>',
    '<@U0BEN>',
    '<!subteam^S1>',
    '@everyone',
    '*a* _b_ ~c~ `d`',
    '<https://evil.example|bank>',
    '&lt;!channel&gt;',
    '\u202Eevil',
    'x'.repeat(9000),
    '\n'.repeat(500),
    '🔥'.repeat(2000),
  ),
)

test('whatever the words are, Slack takes the message and nobody is notified by them (S7)', async () => {
  const unlimited = { perMinute: 1e9, burst: 1e9 }
  const slack = await startSlack({ rates: { 'chat.postMessage': unlimited } })
  for (const id of ['U0AIKO', 'U0BEN']) slack.users.add({ id })
  const { id } = slack.channels.add({ name: 'incidents', members: ['U0AIKO', 'U0BEN', slack.botUser] })
  const { botToken, signingSecret, apiUrl } = slack
  const chat = createSlack({
    botToken,
    signingSecret,
    apiUrl,
    clock: { now: () => Date.now(), wait: async () => undefined },
    telemetry: createTelemetry({ level: 'silent', secrets: [] }),
  })
  await chat.start({
    receive: async () => ({ kind: 'errors', errors: {} }),
    home: async () => everywhere('x'),
    complete: async () => [],
    keeps: async () => false,
    directory,
  })
  let key = 0
  await fc.assert(
    fc.asyncProperty(nasty, async text => {
      await chat.post({ channel: id }, everywhere(text), `k${++key}`)
    }),
    { numRuns: 60 },
  )
  slack.expectNoViolations()
  expect(slack.notifications()).toEqual([])
  await chat.post(
    { channel: id },
    { ...everywhere('x'), blocks: [{ kind: 'text', lines: [[{ mention: 'aiko' }, { mention: 'ben' }]] }] },
    'mention',
  )
  expect(slack.notifications().map(one => one.user)).toEqual(['U0AIKO'])
  await slack.stop()
})

test('a long list is trimmed with a word about what is left out', () => {
  const items = Array.from({ length: 200 }, (_, index) => [`entry number ${index} with some words to it`])
  expect(
    JSON.stringify(render({ summary: 's', tone: 'calm', blocks: [{ kind: 'list', items }] }, directory)),
  ).toMatch(/and \d+ more/)
})

test.each([
  ['/incident page <@U0BEN|ben>', '/incident page @U0BEN'],
  ['see <https://example.com|here> &amp; &lt;b&gt;', 'see https://example.com & <b>'],
  ['in <#C1|general>', 'in #general'],
])('%s is read as %s', (sent, meant) => {
  expect(plainText(sent)).toBe(meant)
})

test('the manifest names the address over HTTP, none in Socket Mode, and its link carries it whole', () => {
  const http = slackManifest({ mode: 'http', url: 'https://t.example.com/' })
  expect(JSON.parse(http.json).settings.interactivity.request_url).toBe('https://t.example.com/slack/events')
  const socket = JSON.parse(slackManifest({ mode: 'socket' }).json)
  expect(socket.settings).toMatchObject({ socket_mode_enabled: true })
  expect(JSON.stringify(socket)).not.toContain('request_url')
  expect(JSON.parse(new URL(http.link).searchParams.get('manifest_json') ?? '')).toEqual(
    JSON.parse(http.json),
  )
})
