/** From a typed line to what is to be done, for those who may. */
import type { Dispatch } from '../bot/app.ts'
import { forbidden } from '../bot/permission.ts'
import { Refusal } from '../bot/refusal.ts'
import { GUARDED, type Guarded } from '../bot/words.ts'
import type { Context } from './command.ts'
import { type Parsed, parse } from './parse.ts'

export const dispatch: Dispatch = async context => {
  const parsed = parse(context)
  if (parsed instanceof Refusal) return parsed
  return refused(context, parsed) ?? parsed.command.run(context, parsed.values)
}

function refused({ world, person, input, now }: Context, parsed: Parsed): Refusal | undefined {
  const groups = (input.user.groups ?? []).map(group => `${input.chat}:${group}`)
  for (const action of guards(parsed)) {
    const refusal = forbidden(world, { person, groups }, action, now)
    if (refusal) return refusal
  }
  return undefined
}

/** A status that closes or resolves is closing or resolving, and keeping a whole channel is noting, however it is said. */
function guards({ command, values }: Parsed): readonly Guarded[] {
  const meant = values.status === 'closed' ? 'close' : values.status === 'resolved' ? 'resolve' : undefined
  const notes = values.history === true ? 'note' : undefined
  return [command.name, meant, notes].filter((name): name is Guarded => GUARDED.some(each => each === name))
}
