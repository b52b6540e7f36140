import { expect, test } from 'vitest'
import type { ChatInput } from '../../bot/ports.ts'
import { Refusal } from '../../bot/refusal.ts'
import type { World } from '../../bot/world.ts'
import type { Context } from '../../commands/command.ts'
import { COMMANDS } from '../../commands/index.ts'
import { parse } from '../../commands/parse.ts'
import { config } from '../support/team.ts'

const world: World = {
  config: config(),
  version: 0,
  overrides: [],
  contacts: {},
  open: [],
  chats: [],
  ways: [],
}

type More = Partial<ChatInput> & { here?: string; open?: World['open'] }

function read(line: string, more: More = {}) {
  const { here, open = [], ...input } = more
  const context = {
    input: {
      chat: 'slack',
      cause: 'c',
      user: { id: 'U0AIKO', name: 'aiko', kind: 'member' },
      channel: undefined,
      line,
      ...input,
    },
    person: 'aiko',
    world: { ...world, open },
    now: 0,
    here,
  } as unknown as Context
  const parsed = parse(context)
  return parsed instanceof Refusal ? parsed.message : { name: parsed.command.name, ...parsed.values }
}

test('a word that is none of those that there are is answered with them, in a sentence', () => {
  expect(read('/oncall test fax')).toBe('"fax" is not a way. Use: sms, voice, email, push, webhook.')
  expect(read('/action add Mend it --priority P9')).toContain('"P9" is not a priority.')
})

test.each(COMMANDS.map(command => [command.example] as const))('the example of the help parses: %s', line => {
  expect(read(line)).toBeTypeOf('object')
})

test.each([
  ['/incident declare Checkout is down', { name: 'declare', title: 'Checkout is down' }],
  [
    '/incident declare Checkout is down --service checkout --severity sev2 --test',
    { name: 'declare', title: 'Checkout is down', service: 'checkout', severity: 'SEV2', test: true },
  ],
  [
    '/incident declare rm -rf --no-preserve was run',
    { name: 'declare', title: 'rm -rf --no-preserve was run' },
  ],
  [
    '/incident declare "quoted" words & <b>tags</b>',
    { name: 'declare', title: '"quoted" words & <b>tags</b>' },
  ],
  [
    '/incident declare It broke --details since noon, all of it --service checkout',
    { name: 'declare', title: 'It broke', details: 'since noon, all of it', service: 'checkout' },
  ],
  ['/incident ack inc-42', { name: 'ack', incident: 'INC-42' }],
  [
    '/incident update INC-42 INC-41 was the same',
    { name: 'update', incident: 'INC-42', text: 'INC-41 was the same' },
  ],
  [
    '/incident role INC-42 commander @U0BEN',
    { name: 'role', incident: 'INC-42', role: 'commander', person: 'ben' },
  ],
  ['/incident page INC-42 oncall_primary', { name: 'page', incident: 'INC-42', target: 'oncall_primary' }],
])('%s', (line, expected) => {
  expect(read(line)).toEqual(expected)
})

test("in an incident's channel the incident is implied", () => {
  expect(read('/incident ack', { here: 'INC-7' })).toEqual({ name: 'ack', incident: 'INC-7' })
})

test('a schedule may be the first word, as people write it; a word further on is none', () => {
  expect(read('/oncall take secondary 2h')).toEqual({ name: 'take', schedule: 'secondary', duration: '2h' })
  expect(read('/oncall take 2h')).toEqual({ name: 'take', duration: '2h' })
  expect(read('/oncall override secondary @ben 18:00 to 22:00')).toEqual({
    name: 'override',
    schedule: 'secondary',
    person: 'ben',
    times: '18:00 to 22:00',
  })
  expect(read('/oncall override @ben secondary 22:00')).toMatchObject({ times: 'secondary 22:00' })
})

test('an incident that a sentence speaks of is not the one that the sentence is for', () => {
  expect(read('/incident note Deploy of INC-7 went out', { here: 'INC-3' })).toEqual({
    name: 'note',
    text: 'Deploy of INC-7 went out',
  })
  expect(read('/incident update INC-3 Same as INC-7')).toEqual({
    name: 'update',
    incident: 'INC-3',
    text: 'Same as INC-7',
  })
})

test("a form's inputs are arguments", () => {
  expect(
    read('/incident declare', { values: { title: 'It broke --severity SEV4', severity: 'SEV1' } }),
  ).toEqual({ name: 'declare', title: 'It broke --severity SEV4', severity: 'SEV1' })
})

test('asked for an incident without saying which, it names those that are open, the newest first', () => {
  const open = [1, 2, 3, 4, 5, 6].map(number => ({
    id: `INC-${number}`,
    title: `Failure ${number}`,
    service: null,
    declaredAt: number,
  }))
  expect(read('/incident ack', { open })).toBe(
    "Which incident? This is not an incident's channel. Open: INC-6 Failure 6; INC-5 Failure 5; INC-4 Failure 4; INC-3 Failure 3; INC-2 Failure 2. Like this: /incident ack INC-42",
  )
})

test.each([
  ['/incident akc INC-42', '/incident akc is not a command. Did you mean /incident ack?'],
  ['/incident ack', "Which incident? This is not an incident's channel. Like this: /incident ack INC-42"],
  [
    '/incident declare It broke --sevrity SEV1',
    '--sevrity is not an option of /incident declare. Did you mean --severity?',
  ],
  ['/incident severity INC-42 SEV9', '"SEV9" is not a severity. Did you mean SEV1?'],
  ['/incident status INC-42 mitigatd', '"mitigatd" is not a status. Did you mean mitigated?'],
  [
    '/incident declare It broke --service chekout',
    '"chekout" is not a service of this team. Did you mean checkout?',
  ],
  ['/incident role INC-42 commander @bem', '"bem" is not anybody in `people`. Did you mean ben?'],
  [
    '/incident ack INC-42 now',
    '/incident ack does not know what to do with "now". Like this: /incident ack INC-42',
  ],
  [
    '/incident declare It broke --severity',
    '--severity needs a value: SEV1 to SEV4; left out, it is judged from the text. Like this: /incident declare Checkout is down for everyone',
  ],
])('%s is refused in a sentence', (line, sentence) => {
  expect(read(line)).toBe(sentence)
})
