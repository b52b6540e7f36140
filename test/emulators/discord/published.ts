/**
 * Discord's published OpenAPI description, as the second opinion: every request that the bot makes and every answer that the
 * emulator gives is held against it. What it leaves out (2,000 characters, 6,000 in embeds) is in check.ts.
 */
import * as spec from 'discord-api-spec/zod'
import type { Json } from './types.ts'

type Schema = {
  safeParse(value: unknown): {
    success: boolean
    error?: { issues: readonly { path: readonly PropertyKey[]; message: string }[] }
  }
}
type Row = readonly [method: string, path: RegExp, request: Schema | undefined, response: Schema | undefined]

const schemas = spec as unknown as Readonly<Record<string, Schema>>
const named = (name: string): Schema => {
  const found = schemas[`${name}Schema`]
  if (!found) throw new Error(`Discord's description has no ${name}`)
  return found
}
const listOf = (schema: Schema): Schema => ({
  safeParse: value =>
    (Array.isArray(value)
      ? value.map(each => schema.safeParse(each)).find(each => !each.success)
      : undefined) ?? {
      success: Array.isArray(value),
    },
})

const ROWS: readonly Row[] = [
  ['GET', /^\/gateway\/bot$/, undefined, named('GatewayBotResponse')],
  ['GET', /^\/applications\/@me$/, undefined, named('PrivateApplicationResponse')],
  ['GET', /^\/channels\/\d+\/messages\/pins$/, undefined, named('PinnedMessagesResponse')],
  ['GET', /^\/channels\/\d+\/messages\/\d+$/, undefined, named('MessageResponse')],
  ['GET', /^\/channels\/\d+\/messages$/, undefined, listOf(named('MessageResponse'))],
  ['GET', /^\/users\/@me$/, undefined, named('UserResponse')],
  ['POST', /^\/users\/@me\/channels$/, named('CreatePrivateChannelRequest'), named('PrivateChannelResponse')],
  ['POST', /^\/guilds\/\d+\/channels$/, named('CreateGuildChannelRequest'), named('GuildChannelResponse')],
  ['GET', /^\/guilds\/\d+\/members\/\d+$/, undefined, named('GuildMemberResponse')],
  ['GET', /^\/guilds\/\d+\/roles$/, undefined, listOf(named('GuildRoleResponse'))],
  [
    'PUT',
    /^\/applications\/\d+\/guilds\/\d+\/commands$/,
    listOf(named('ApplicationCommandUpdateRequest')),
    listOf(named('ApplicationCommandResponse')),
  ],
  ['POST', /^\/channels\/\d+\/messages$/, named('MessageCreateRequest'), named('MessageResponse')],
  ['PATCH', /^\/channels\/\d+\/messages\/\d+$/, named('MessageEditRequestPartial'), named('MessageResponse')],
  [
    'PATCH',
    /^\/webhooks\/\d+\/[^/]+\/messages\/@original$/,
    named('IncomingWebhookUpdateForInteractionCallbackRequestPartial'),
    named('MessageResponse'),
  ],
]

/** By the type of the answer. */
const CALLBACKS: Readonly<Record<number, Schema>> = {
  4: named('CreateMessageInteractionCallbackRequest'),
  5: named('CreateMessageInteractionCallbackRequest'),
  8: named('ApplicationCommandAutocompleteCallbackRequest'),
  9: named('ModalInteractionCallbackRequest'),
}

const wrong = (schema: Schema | undefined, value: unknown): string | undefined => {
  const outcome = schema?.safeParse(value)
  return !outcome || outcome.success
    ? undefined
    : (outcome.error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ') ||
        'of another shape'
}

/** What the description says against a request; undefined when nothing. */
export const wrongRequest = (method: string, path: string, body: Json): string | undefined =>
  wrong(ROWS.find(row => row[0] === method && row[1].test(path))?.[2], body)

export const wrongResponse = (method: string, path: string, body: unknown): string | undefined =>
  wrong(ROWS.find(row => row[0] === method && row[1].test(path))?.[3], body)

export const wrongCallback = (body: Json): string | undefined => wrong(CALLBACKS[Number(body.type)], body)
