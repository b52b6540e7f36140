/**
 * A typed line, a button's line or a form becomes a command with its arguments. Words that no argument claims are the rest,
 * kept as they were typed; an unknown `--word` belongs to the rest too, unless it is plainly a slip of a known one.
 */
import { about, nearest, Refusal, refuse } from '../bot/refusal.ts'
import { findPerson, whichIncident } from './args.ts'
import type { Arg, Command, Context } from './command.ts'
import { COMMANDS } from './index.ts'

export type Parsed = { readonly command: Command; readonly values: Readonly<Record<string, unknown>> }

/** The longest line that is read. */
const MAX_LINE = 8_000

export function parse(context: Context): Parsed | Refusal {
  const { line, values: form } = context.input
  if (line.length > MAX_LINE)
    return refuse(
      'too_long',
      `The command has ${line.length} characters; ${MAX_LINE} is the most.`,
      'Put the rest into an update.',
    )
  const [first = '', ...words] = tokens(line)
  const group = first.replace(/^\//, '')
  const known = COMMANDS.filter(each => each.group === group)
  const name = words[0]?.toLowerCase() ?? 'help'
  const found = known.find(each => each.name === name)
  if (!found) return unknownCommand(group, name, known)
  return readArgs(found, words.slice(1), form ?? {}, context)
}

/** The words that belong to an option: none, one, or for a sentence those up to the next option. */
function wordsFor(
  arg: Arg<unknown>,
  words: readonly string[],
  options: readonly string[],
): readonly string[] {
  if (arg.place === 'flag') return []
  if (!arg.sentence) return words.slice(0, 1)
  const end = words.findIndex(word => word.startsWith('--') && options.includes(word.slice(2)))
  return end < 0 ? words : words.slice(0, end)
}

function unknownCommand(group: string, name: string, known: readonly Command[]): Refusal {
  if (known.length === 0)
    return refuse('unknown_command', `/${group} is not a command of Tocsin.`, 'Try /incident help.')
  const near = nearest(
    name,
    known.filter(each => !each.hidden).map(each => each.name),
  )
  return refuse(
    'unknown_command',
    `/${group} ${name} is not a command.`,
    near ? `Did you mean /${group} ${near}?` : `Try /${group} help.`,
  )
}

/** Splits at white space; double quotes keep words together where an option's value needs it. */
export function tokens(line: string): readonly string[] {
  return line.trim().match(/--[a-z-]+|"[^"]*"|\S+/g) ?? []
}

const unquote = (token: string): string =>
  token.length > 1 && token.startsWith('"') && token.endsWith('"') ? token.slice(1, -1) : token

function readArgs(
  command: Command,
  words: readonly string[],
  form: Readonly<Record<string, string>>,
  context: Context,
): Parsed | Refusal {
  const values: Record<string, unknown> = {}
  const rest: string[] = []
  const options = Object.keys(command.args).filter(name =>
    ['option', 'flag'].includes(command.args[name]?.place ?? ''),
  )
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? ''
    const named = word.startsWith('--') ? word.slice(2) : undefined
    const arg = named === undefined ? undefined : command.args[named]
    if (named !== undefined && arg && options.includes(named)) {
      const taken = wordsFor(arg, words.slice(index + 1), options)
      index += taken.length
      const token = arg.place === 'flag' ? 'true' : taken.length > 0 ? taken.join(' ') : undefined
      if (token === undefined)
        return refuse(
          'no_value',
          `--${named} needs a value: ${arg.summary}.`,
          `Like this: ${command.example}`,
        )
      const value = arg.read(unquote(token), context)
      if (value instanceof Refusal) return value
      values[named] = value
      continue
    }
    const slip = named === undefined ? undefined : nearest(named, options)
    if (slip)
      return refuse(
        'unknown_option',
        `--${named} is not an option of /${command.group} ${command.name}.`,
        `Did you mean --${slip}?`,
      )
    const taken =
      (index === 0 && takeBare(command, values, word, context)) ||
      takeWord(command, values, word, context, index)
    if (taken instanceof Refusal) return taken
    if (!taken) rest.push(word)
  }
  const said = readRest(command, values, rest.join(' '))
  const filled = said instanceof Refusal ? said : readForm(command, values, form, context)
  if (filled instanceof Refusal) return filled
  return complete(command, values, context)
}

/** `/oncall take primary 2h`: the first word is what an option stands for. */
function takeBare(
  command: Command,
  values: Record<string, unknown>,
  word: string,
  context: Context,
): boolean {
  const [name, arg] = Object.entries(command.args).find(([, { bare }]) => bare) ?? []
  if (name === undefined || findPerson(word, context) !== undefined) return false
  const value: unknown = arg?.read(unquote(word), context)
  if (value === undefined || value instanceof Refusal) return false
  values[name] = value
  return true
}

/** Gives a bare word to the first positional argument that takes it. Within a sentence an incident is a word like others. */
function takeWord(
  command: Command,
  values: Record<string, unknown>,
  word: string,
  context: Context,
  index: number,
): boolean | Refusal {
  const isSentence = index > 0 && Object.values(command.args).some(({ place }) => place === 'rest')
  for (const [name, arg] of Object.entries(command.args)) {
    if ((arg.place !== 'incident' && arg.place !== 'word') || name in values) continue
    if (arg.place === 'incident' && isSentence) continue
    const value: unknown = arg.read(unquote(word), context)
    if (value instanceof Refusal) return value
    if (value === undefined) continue
    values[name] = value
    return true
  }
  return false
}

function readRest(command: Command, values: Record<string, unknown>, rest: string): Refusal | undefined {
  if (rest === '') return undefined
  const name = Object.keys(command.args).find(each => command.args[each]?.place === 'rest')
  if (name === undefined) {
    return refuse(
      'too_much',
      `/${command.group} ${command.name} does not know what to do with "${rest.slice(0, 80)}".`,
      `Like this: ${command.example}`,
    )
  }
  values[name] = rest
  return undefined
}

function readForm(
  command: Command,
  values: Record<string, unknown>,
  form: Readonly<Record<string, string>>,
  context: Context,
): Refusal | undefined {
  for (const [name, raw] of Object.entries(form)) {
    const arg = command.args[name]
    if (!arg || raw.trim() === '') continue
    const value: unknown = arg.read(raw.trim(), context)
    if (value instanceof Refusal) return about(value, name)
    if (value === undefined)
      return refuse(
        `bad_${name}`,
        `"${raw.slice(0, 80)}" is not ${arg.summary}.`,
        `Like this: ${command.example}`,
      )
    values[name] = value
  }
  return undefined
}

function complete(command: Command, values: Record<string, unknown>, context: Context): Parsed | Refusal {
  for (const [name, arg] of Object.entries(command.args)) {
    if (!arg.required || name in values) continue
    const implied = arg.place === 'incident' ? context.here : undefined
    if (implied === undefined) return missing(command, name, arg, context)
    values[name] = implied
  }
  return { command, values }
}

const missing = (command: Command, name: string, arg: Arg<unknown>, { world }: Context): Refusal =>
  arg.place === 'incident'
    ? whichIncident(world, command.example)
    : refuse(`no_${name}`, `The ${name} is missing: ${arg.summary}.`, `Like this: ${command.example}`)
