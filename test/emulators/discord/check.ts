/** Discord's rules for bodies, by hand: what breaks one gets 50035 with the path, as Discord answers (developers' documentation, 2026). */
import { DiscordError, type Json } from './types.ts'

type Problem = readonly [path: string, message: string]

const list = (value: unknown): readonly Json[] => (Array.isArray(value) ? (value as Json[]) : [])
const length = (value: unknown): number => (typeof value === 'string' ? Array.from(value).length : 0)

const MESSAGE_KEYS = new Set([
  'content',
  'embeds',
  'components',
  'allowed_mentions',
  'nonce',
  'enforce_nonce',
  'flags',
  'tts',
  'attachments',
  'message_reference',
])

export function checkMessage(body: Json, { edit = false, reply = false } = {}): void {
  const problems: Problem[] = []
  for (const key of Object.keys(body)) if (!MESSAGE_KEYS.has(key)) problems.push([key, 'unknown field'])
  if (length(body.content) > 2000) problems.push(['content', 'Must be 2000 or fewer in length.'])
  if (length(body.nonce) > 25) problems.push(['nonce', 'Must be 25 or fewer in length.'])
  problems.push(...embedProblems(list(body.embeds)), ...componentProblems(list(body.components)))
  if (problems.length > 0) throw invalid(problems)
  const empty = !body.content && list(body.embeds).length === 0 && list(body.components).length === 0
  if (empty && !edit && !reply) throw new DiscordError(400, 50006, 'Cannot send an empty message')
}

function embedProblems(embeds: readonly Json[]): readonly Problem[] {
  const problems: Problem[] = []
  let total = 0
  if (embeds.length > 10) problems.push(['embeds', 'Must be 10 or fewer in length.'])
  for (const [index, embed] of embeds.entries()) {
    const at = `embeds.${index}`
    const within = (name: string, value: unknown, max: number) => {
      total += length(value)
      if (value !== undefined && (typeof value !== 'string' || value === ''))
        problems.push([`${at}.${name}`, 'This field is required'])
      if (length(value) > max) problems.push([`${at}.${name}`, `Must be ${max} or fewer in length.`])
    }
    within('title', embed.title, 256)
    within('description', embed.description, 4096)
    within('footer.text', (embed.footer as Json | undefined)?.text, 2048)
    const fields = list(embed.fields)
    if (fields.length > 25) problems.push([`${at}.fields`, 'Must be 25 or fewer in length.'])
    for (const field of fields) {
      within('fields.name', field.name, 256)
      within('fields.value', field.value, 1024)
    }
    const image = (embed.image as Json | undefined)?.url
    if (image !== undefined && !/^(?:https?|attachment):\/\//.test(String(image)))
      problems.push([`${at}.image.url`, 'Not a well formed URL.'])
    if (!embed.title && !embed.description && fields.length === 0 && !image)
      problems.push([at, 'This field is required'])
  }
  if (total > 6000) problems.push(['embeds', 'Embed size exceeds maximum size of 6000'])
  return problems
}

function componentProblems(rows: readonly Json[]): readonly Problem[] {
  const problems: Problem[] = []
  const ids = new Set<unknown>()
  if (rows.length > 5) problems.push(['components', 'Must be 5 or fewer in length.'])
  for (const [index, row] of rows.entries()) {
    const at = `components.${index}`
    const parts = list(row.components)
    if (row.type !== 1 || parts.length === 0) problems.push([at, 'an action row with components'])
    const selects = parts.filter(part => part.type !== 2)
    if (parts.length > 5 || (selects.length > 0 && parts.length > 1))
      problems.push([at, 'Must be 5 or fewer in length.'])
    for (const part of parts) {
      problems.push(...(part.type === 2 ? buttonProblems(part, at) : selectProblems(part, at)))
      if (part.custom_id !== undefined && ids.has(part.custom_id))
        problems.push([at, 'Component custom id cannot be duplicated'])
      ids.add(part.custom_id)
    }
  }
  return problems
}

function buttonProblems(button: Json, at: string): readonly Problem[] {
  const id = length(button.custom_id)
  return [
    ...(button.style === 5 || (id >= 1 && id <= 100)
      ? []
      : [[`${at}.custom_id`, 'Must be between 1 and 100 in length.'] as const]),
    ...(length(button.label) < 1 || length(button.label) > 80
      ? [[`${at}.label`, 'Must be between 1 and 80 in length.'] as const]
      : []),
    ...([1, 2, 3, 4, 5].includes(button.style as number)
      ? []
      : [[`${at}.style`, 'Value must be one of 1 to 5.'] as const]),
  ]
}

function selectProblems(select: Json, at: string): readonly Problem[] {
  const problems: Problem[] = []
  const options = list(select.options)
  if (select.type !== 3) problems.push([`${at}.type`, 'Value of field "type" must be one of (2, 3).'])
  if (length(select.custom_id) < 1 || length(select.custom_id) > 100)
    problems.push([`${at}.custom_id`, 'Must be between 1 and 100 in length.'])
  if (length(select.placeholder) > 150)
    problems.push([`${at}.placeholder`, 'Must be 150 or fewer in length.'])
  if (options.length < 1 || options.length > 25)
    problems.push([`${at}.options`, 'Must be between 1 and 25 in length.'])
  for (const option of options)
    for (const [name, max] of [
      ['label', 100],
      ['value', 100],
    ] as const)
      if (length(option[name]) < 1 || length(option[name]) > max)
        problems.push([`${at}.options.${name}`, `Must be between 1 and ${max} in length.`])
  if (new Set(options.map(option => option.value)).size < options.length)
    problems.push([`${at}.options`, 'The specified option value is already used'])
  return problems
}

export function checkModal(modal: Json): void {
  const problems: Problem[] = []
  const parts = list(modal.components)
  if (length(modal.title) < 1 || length(modal.title) > 45)
    problems.push(['title', 'Must be between 1 and 45 in length.'])
  if (length(modal.custom_id) < 1 || length(modal.custom_id) > 100)
    problems.push(['custom_id', 'Must be between 1 and 100 in length.'])
  if (parts.length < 1 || parts.length > 5)
    problems.push(['components', 'Must be between 1 and 5 in length.'])
  for (const [index, part] of parts.entries()) {
    const at = `components.${index}`
    if (part.type !== 18) problems.push([at, 'a label (18)'])
    if (length(part.label) < 1 || length(part.label) > 45)
      problems.push([`${at}.label`, 'Must be between 1 and 45 in length.'])
    if (length(part.description) > 100)
      problems.push([`${at}.description`, 'Must be 100 or fewer in length.'])
    const input = (part.component ?? {}) as Json
    if (input.type === 3) problems.push(...selectProblems(input, at))
    else if (input.type !== 4) problems.push([`${at}.component`, 'a text input (4) or a select (3)'])
    else {
      if (length(input.custom_id) < 1 || length(input.custom_id) > 100)
        problems.push([`${at}.custom_id`, 'Must be between 1 and 100 in length.'])
      if (length(input.value) > Number(input.max_length ?? 4000))
        problems.push([`${at}.value`, 'longer than max_length'])
      if (Number(input.max_length ?? 1) < 1 || Number(input.max_length ?? 1) > 4000)
        problems.push([`${at}.max_length`, 'Must be between 1 and 4000.'])
      if (input.label !== undefined) problems.push([`${at}.component.label`, 'not allowed inside a label'])
    }
  }
  if (problems.length > 0) throw invalid(problems)
}

/** Slash commands: names, descriptions, the number of options and choices, and 8,000 characters in all. */
export function checkCommands(commands: readonly Json[]): void {
  const problems: Problem[] = []
  let total = 0
  const named = (item: Json, at: string, slash: boolean) => {
    const name = String(item.name ?? '')
    if (
      slash
        ? !/^[-_\p{L}\p{N}]{1,32}$/u.test(name) || name !== name.toLowerCase()
        : name.length < 1 || name.length > 32
    )
      problems.push([`${at}.name`, 'Command name is invalid'])
    if (slash && (length(item.description) < 1 || length(item.description) > 100))
      problems.push([`${at}.description`, 'Must be between 1 and 100 in length.'])
    total += length(name) + length(item.description)
  }
  const optionsOf = (item: Json, at: string): void => {
    const options = list(item.options)
    if (options.length > 25) problems.push([`${at}.options`, 'Must be 25 or fewer in length.'])
    let optional = false
    for (const [index, option] of options.entries()) {
      const path = `${at}.options.${index}`
      named(option, path, true)
      if (option.required && optional)
        problems.push([path, 'Required options must be placed before non-required options'])
      optional ||= !option.required && Number(option.type) > 2
      const choices = list(option.choices)
      if (choices.length > 25) problems.push([path, 'Must be 25 or fewer in length.'])
      if (choices.length > 0 && option.autocomplete) problems.push([path, 'choices and autocomplete'])
      for (const choice of choices) total += length(choice.name) + length(choice.value)
      optionsOf(option, path)
    }
  }
  for (const [index, command] of commands.entries()) {
    const slash = (command.type ?? 1) === 1
    named(command, String(index), slash)
    optionsOf(command, String(index))
  }
  if (total > 8000) problems.push(['', `the commands have ${total} characters; 8000 is the most`])
  if (problems.length > 0) throw invalid(problems)
}

const invalid = (problems: readonly Problem[]): DiscordError =>
  new DiscordError(
    400,
    50035,
    `Invalid Form Body: ${problems.map(([path, message]) => `${path}: ${message}`).join('; ')}`,
    {
      fields: problems.map(([path, message]) => ({ path, message })),
    },
  )
