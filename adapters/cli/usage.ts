/** Options of the command line: `--name value`, `--flag`, and the rest. */
export class UsageError extends Error {}

export type Options = {
  readonly values: Readonly<Record<string, string>>
  readonly flags: readonly string[]
  readonly rest: readonly string[]
}

export function readOptions(
  args: readonly string[],
  known: { readonly values?: readonly string[]; readonly flags?: readonly string[] },
): Options {
  const values: Record<string, string> = {}
  const flags: string[] = []
  const rest: string[] = []
  for (let index = 0; index < args.length; index++) {
    const arg = args[index] ?? ''
    const [name = '', inline] = arg.startsWith('--') ? arg.slice(2).split('=', 2) : []
    if (!arg.startsWith('--')) rest.push(arg)
    else if (known.flags?.includes(name)) flags.push(name)
    else if (known.values?.includes(name)) {
      const value = inline ?? args[++index]
      if (value === undefined) throw new UsageError(`--${name} needs a value.`)
      values[name] = value
    } else throw new UsageError(`--${name} is not an option here.`)
  }
  return { values, flags, rest }
}

/** An ISO instant as epoch ms. Without a zone it is UTC, as a date alone is: what a machine is set to decides nothing. */
export function readInstant(name: string, text: string): number {
  const zoned = /T\d\d:\d\d[\d:.]*$/.test(text) ? `${text}Z` : text
  const at = Date.parse(zoned)
  if (Number.isNaN(at) || !/^\d{4}-\d\d-\d\d/.test(text))
    throw new UsageError(`--${name} is "${text}", which is not an instant such as 2026-11-24T03:00:00Z.`)
  return at
}
