/**
 * The list of commands as Discord's: real subcommands with typed options, choices and completion, and the menus of messages
 * and people. Registered for the one server, and only when they differ from what is there.
 */

import type { Completes } from '../../bot/ports.ts'
import { type Arg, type Command, GROUPS } from '../../commands/command.ts'
import { cut } from '../fit.ts'
import { MENUS } from './interactions.ts'
import type { Api, Json } from './rest.ts'

const SUBCOMMAND = 1
const STRING = 3
const BOOLEAN = 5
const CHAT_INPUT = 1
const DESCRIPTION = 100

export function registration(commands: readonly Command[]): readonly Json[] {
  const groups = [...new Set(commands.map(command => command.group))]
  const menus = Object.entries(MENUS).map(([name, { type }]) => ({ type, name }))
  return [
    ...groups.map(group => ({
      type: CHAT_INPUT,
      name: group,
      description: GROUPS[group],
      options: commands.filter(command => command.group === group && !command.hidden).map(subcommand),
    })),
    ...menus,
  ]
}

const subcommand = ({ name, summary, args }: Command): Json => ({
  type: SUBCOMMAND,
  name,
  description: cut(summary, DESCRIPTION),
  options: Object.entries(args)
    .filter(([, arg]) => !arg.hidden)
    .map(([option, arg]) => optionOf(option, arg))
    .sort((a, b) => Number(b.required) - Number(a.required)),
})

/** In its own channel an incident is implied, so no incident is ever required. */
const optionOf = (name: string, arg: Arg<unknown>): Json => ({
  type: arg.place === 'flag' ? BOOLEAN : STRING,
  name,
  description: cut(arg.summary, DESCRIPTION),
  required: arg.required && arg.place !== 'incident',
  ...(arg.choices ? { choices: arg.choices.map(choice => ({ name: choice, value: choice })) } : {}),
  ...(arg.completes ? { autocomplete: true } : {}),
})

/** What an option is completed with. */
export const completesOf = (
  commands: readonly Command[],
  group: string,
  name: string,
  option: string,
): Completes | undefined =>
  commands.find(command => command.group === group && command.name === name)?.args[option]?.completes

/** Discord allows 200 registrations a day: none is spent on what is there already. */
export async function register(
  api: Api,
  route: `/${string}`,
  commands: readonly Command[],
): Promise<'kept' | 'written'> {
  const wanted = registration(commands)
  const there = await api.call('GET', route)
  if (sameCommands(Array.isArray(there) ? there : [], wanted)) return 'kept'
  await api.call('PUT', route, wanted)
  return 'written'
}

const sameCommands = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  JSON.stringify(a.map(shape).sort()) === JSON.stringify(b.map(shape).sort())

/** A command as it counts: Discord adds ids, versions and defaults of its own. */
function shape(command: unknown): string {
  const { type = CHAT_INPUT, name, description = '', options = [] } = command as Json
  return JSON.stringify([type, name, description, (options as readonly Json[]).map(optionShape)])
}

function optionShape({ type, name, description, required, autocomplete, choices, options }: Json): unknown {
  return [
    type,
    name,
    description,
    required ?? false,
    autocomplete ?? false,
    ((choices ?? []) as readonly Json[]).map(({ name: label, value }) => [label, value]),
    ((options ?? []) as readonly Json[]).map(optionShape),
  ]
}
