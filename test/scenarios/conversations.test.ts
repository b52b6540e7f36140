/**
 * What people type and what they read, word for word: each file beside this one is a conversation of one team. `ben: /incident ack INC-1`
 * is typed, `ben: [Ack]` pressed, `+2m` lets time pass until then, `@ben`, `#incidents` and `room` say what was new there; what is indented is what it says: first what a phone would
 * show of it, and its colour.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Message } from '../../bot/message.ts'
import { type Night, night, textOf } from '../support/story.ts'
import { config, TEAM } from '../support/team.ts'

const FOLDER = join(import.meta.dirname, 'conversations')
const YAML = TEAM.replace('"100000000000000001" }', '"100000000000000001", phone: "+815012345678" }').replace(
  'starts: 2026-11-02, people: [aiko]',
  'starts: 2026-11-02, people: [aiko, chika]',
)

type Step = { readonly said: string; readonly heard: readonly string[] }

/** The title of a conversation, and its steps. */
function read(file: string): { readonly title: string; readonly steps: readonly Step[] } {
  const [title = '', ...lines] = readFileSync(join(FOLDER, file), 'utf8').trimEnd().split('\n')
  const steps: { said: string; heard: string[] }[] = []
  for (const line of lines)
    if (line.startsWith('  ')) steps.at(-1)?.heard.push(line.slice(2))
    else steps.push({ said: line, heard: [] })
  return { title, steps }
}

/** As a person sees it: blocks and lines under each other, instants as UTC. */
const lines = (texts: readonly string[]): readonly string[] =>
  texts
    .flatMap(text => text.split(/ \| |\n/))
    .map(text =>
      text.replace(/\b1[78]\d{11}\b/g, at => new Date(Number(at)).toISOString().slice(0, 16)).trimEnd(),
    )

/** What a phone says of a message, its colour, and what else stands in it. */
function asShown(message: Message): string {
  const [head, text] = [`${message.summary} (${message.tone})`, textOf(message)]
  return text === message.summary ? head : `${head} | ${text}`
}

const shownIn = (n: Night, channel: string): readonly string[] =>
  n.console.log
    .recent(channel, channel.slice(1), 1000)
    .map(({ body }) => ('message' in body ? asShown(body.message) : body.words))

/** What the last button of this label does that a person was shown. */
function pressed(n: Night, person: string, label: string): string {
  const shown = n.console.log
    .recent(`@${person}`, person, 1000)
    .flatMap(({ body }) =>
      'message' in body
        ? body.message.blocks.flatMap(block => (block.kind === 'buttons' ? block.buttons : []))
        : [],
    )
  return shown.findLast(button => button.label === label)?.command ?? label
}

async function roomOf(n: Night): Promise<string> {
  const [room] = Object.values((await n.incident()).rooms)
  return room?.channel ?? ''
}

test.each(readdirSync(FOLDER).map(file => [read(file).title, file]))('%s', async (_, file) => {
  const n = await night({ config: config(YAML) })
  const seen = new Map<string, number>()
  const hear = async (said: string): Promise<readonly string[]> => {
    if (said.startsWith('+')) {
      await n.at(said.slice(1))
      return []
    }
    if (/^(?:[@#]|room$)/.test(said)) {
      const all = shownIn(n, said === 'room' ? await roomOf(n) : said)
      const fresh = all.slice(seen.get(said) ?? 0)
      seen.set(said, all.length)
      return fresh
    }
    const [person = '', line = ''] = said.split(/: (.*)/)
    const answer = await n.says(person, line.startsWith('[') ? pressed(n, person, line.slice(1, -1)) : line)
    return [answer.kind === 'say' ? asShown(answer.message) : `a ${answer.kind}`]
  }
  for (const { said, heard } of read(file).steps)
    expect({ said, heard: lines(await hear(said)) }).toEqual({ said, heard })
  await n.stop()
})
