/** From a typed line to what is to be done. */
import type { Dispatch } from '../bot/app.ts'
import { Refusal } from '../bot/refusal.ts'
import { parse } from './parse.ts'

export const dispatch: Dispatch = async context => {
  const parsed = parse(context)
  return parsed instanceof Refusal ? parsed : parsed.command.run(context, parsed.values)
}
