/** Loaded before the product: puts one bug of the list into it. The text must be there exactly once, else the list is out of date. */
import { registerHooks } from 'node:module'
import { MUTATIONS } from './mutations.ts'

const mutation = MUTATIONS.find(each => each.name === process.env.PLANTED)
if (!mutation) throw new Error(`there is no mutation "${process.env.PLANTED}"`)

registerHooks({
  load(url, context, next) {
    const loaded = next(url, context)
    if (!url.endsWith(`/${mutation.file}`)) return loaded
    const source = String(loaded.source)
    if (source.split(mutation.from).length !== 2)
      throw new Error(`"${mutation.from}" is not once in ${mutation.file}`)
    return { ...loaded, source: source.replace(mutation.from, () => mutation.to) }
  },
})
