/**
 * A Discord of one server on loopback: REST, gateway and signed HTTP interactions, strict where Discord is. The driver speaks
 * as people do: they type registered commands, press, choose, fill in, and read. Time is the test's clock.
 */
import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { createGateway } from './gateway.ts'
import { createGuild, memberJson, userJson } from './guild.ts'
import { createInteractions } from './interactions.ts'
import { pinsUpdate, startRest } from './rest.ts'
import type { Interaction, Json, Message } from './types.ts'
import { buttonsOf, parts, visibleText } from './view.ts'

export type { Message } from './types.ts'
export type Discord = Awaited<ReturnType<typeof startDiscord>>

const WAIT_MS = 3_000

export async function startDiscord({
  clock,
  heartbeatMs = 41_250,
}: {
  readonly clock: { now(): number }
  readonly heartbeatMs?: number
}) {
  const token = ['MTIz', 'fake', 'token'].join('.')
  const violations: string[] = []
  const violation = (what: string) => void violations.push(what)
  const guild = createGuild(clock)
  const interactions = createInteractions(guild, clock, violation)
  const keys = generateKeyPairSync('ed25519')
  let gatewayUrl = ''
  let http: string | undefined
  let givesContent = false
  const dispatch = (type: string, payload: Json) => {
    if (!http) gateway.dispatch(type, payload)
  }
  const rest = await startRest({
    guild,
    clock,
    token,
    interactions,
    violation,
    gatewayUrl: () => gatewayUrl,
    givesContent: () => givesContent,
    dispatch,
  })
  gatewayUrl = rest.url.replace('http', 'ws').replace('/api', '')
  const gateway = createGateway({ server: rest.server, guild, token, heartbeatMs, violation })
  let last: Interaction | undefined

  async function deliver(interaction: Interaction): Promise<void> {
    last = interaction
    if (!http) gateway.dispatch('INTERACTION_CREATE', interaction.payload)
    else {
      const response = await post(http, interaction.payload, keys.privateKey, clock.now())
      const body = (await response.json()) as Json
      if (response.status === 200 && !interaction.acknowledged)
        interactions.answer(interaction, body, checked)
    }
    await within(interaction)
  }
  const checked = (body: Json): Json => {
    if (body.allowed_mentions === undefined) violation('an answer without allowed_mentions')
    return body
  }

  const channelNamed = (name: string) => {
    const found =
      guild.channels.get(name) ?? [...guild.channels.values()].find(channel => channel.name === name)
    if (!found) throw new Error(`there is no channel ${name}`)
    return found
  }

  /** What a command line of a person is as typed options; what is not registered cannot be sent. */
  function command(line: string, options: Readonly<Record<string, string | boolean>>): Json {
    const [group = '', name = ''] = line.replace(/^\//, '').split(' ')
    const registered = rest.commands().find(each => each.name === group && each.type === 1)
    const sub = ((registered?.options ?? []) as readonly Json[]).find(each => each.name === name)
    if (!registered || !sub) throw new Error(`/${group} ${name} is not registered: Discord does not send it`)
    const known = (sub.options ?? []) as readonly Json[]
    for (const each of known)
      if (each.required && !(String(each.name) in options))
        throw new Error(`/${group} ${name} needs ${String(each.name)}`)
    const given = Object.entries(options).map(([option, value]) => {
      const found = known.find(each => each.name === option)
      if (!found) throw new Error(`/${group} ${name} has no option ${option}`)
      if ((found.type === 5) !== (typeof value === 'boolean'))
        throw new Error(`${option} is of type ${String(found.type)}`)
      const choices = found.choices as readonly Json[] | undefined
      if (choices && !choices.some(choice => choice.value === value))
        throw new Error(`${option} has no choice ${String(value)}`)
      return { name: option, type: found.type, value }
    })
    return {
      id: registered.id,
      name: group,
      type: 1,
      guild_id: guild.id,
      options: [{ type: 1, name, options: given }],
    }
  }

  const seenBy = (user: string) => ({
    messages: guild.messages.filter(message => {
      const channel = guild.channels.get(message.channel_id)
      return (
        message.ephemeral_to === user ||
        (!message.ephemeral_to && (channel?.recipient === user || channel?.recipient === null))
      )
    }),
    direct: guild.messages.filter(
      message => guild.channels.get(message.channel_id)?.recipient === user && !message.ephemeral_to,
    ),
    modal: last?.user === user ? last.modal : undefined,
    answers: guild.messages.filter(message => message.ephemeral_to === user),
  })

  const user = (id: string) => {
    const act = async (interaction: Interaction) => {
      await deliver(interaction)
      return interaction
    }
    const component = (message: Message, data: Json) =>
      act(interactions.begin(3, id, message.channel_id, data, { message: interactions.messageJson(message) }))
    return {
      slash: async (
        line: string,
        options: Readonly<Record<string, string | boolean>>,
        place: { readonly channel: string },
      ) => act(interactions.begin(2, id, channelNamed(place.channel).id, command(line, options))),
      complete: (line: string, option: string, typed: string, place: { readonly channel: string }) => {
        const [group = '', name = ''] = line.replace(/^\//, '').split(' ')
        const options = [{ type: 1, name, options: [{ type: 3, name: option, value: typed, focused: true }] }]
        return act(
          interactions.begin(4, id, channelNamed(place.channel).id, {
            id: '1',
            name: group,
            type: 1,
            options,
          }),
        )
      },
      click(message: Message, label: string) {
        const button = parts(message).find(part => part.type === 2 && part.label === label)
        if (!button) throw new Error(`there is no ${label} on "${visibleText(message, guild)}"`)
        return component(message, { component_type: 2, custom_id: button.custom_id })
      },
      select(message: Message, label: string) {
        const menu = parts(message).find(part => part.type === 3)
        const option = ((menu?.options ?? []) as readonly Json[]).find(each => each.label === label)
        if (!menu || !option) throw new Error(`there is no ${label} to choose`)
        return component(message, { component_type: 3, custom_id: menu.custom_id, values: [option.value] })
      },
      /** Fills in the open modal by its labels. */
      submit(modal: Json, values: Readonly<Record<string, string>>, place: { readonly channel: string }) {
        const rows = (modal.components ?? []) as readonly Json[]
        for (const label of Object.keys(values))
          if (!rows.some(row => row.label === label)) throw new Error(`the form has no ${label}`)
        const components = rows.map(row => {
          const input = row.component as Json
          const preset = ((input.options ?? []) as readonly Json[]).find(each => each.default)?.value
          const value =
            values[String(row.label)] ?? (input.value as string | undefined) ?? String(preset ?? '')
          if (input.required !== false && value === '') throw new Error(`${String(row.label)} is required`)
          return {
            type: 18,
            id: 1,
            component:
              input.type === 3
                ? { type: 3, custom_id: input.custom_id, values: value === '' ? [] : [value] }
                : { type: 4, custom_id: input.custom_id, value },
          }
        })
        return act(
          interactions.begin(5, id, channelNamed(place.channel).id, {
            custom_id: modal.custom_id,
            components,
          }),
        )
      },
      /** Puts an emoji on a message; the event comes by itself. */
      react(message: Message, emoji: string) {
        message.reactions.set(emoji, (message.reactions.get(emoji) ?? new Set()).add(id))
        dispatch('MESSAGE_REACTION_ADD', {
          user_id: id,
          channel_id: message.channel_id,
          message_id: message.id,
          guild_id: guild.id,
          member: memberJson(guild.memberOf(id)),
          emoji: { id: null, name: emoji },
          message_author_id: message.author,
          burst: false,
          type: 0,
        })
      },
      /** Pins a message: Discord writes a line, and says that the pins changed. */
      pin(message: Message) {
        guild.pin(guild.channelOf(message.channel_id), message.id, id)
        dispatch('CHANNEL_PINS_UPDATE', pinsUpdate(guild, message.channel_id))
      },
      menu(
        name: string,
        target: { readonly message?: Message; readonly user?: string },
        place: { readonly channel: string },
      ) {
        const registered = rest.commands().find(each => each.name === name && each.type !== 1)
        if (!registered) throw new Error(`the menu has no ${name}`)
        const { message } = target
        const resolved = message
          ? { messages: { [message.id]: interactions.messageJson(message) } }
          : { users: { [target.user ?? '']: userJson(guild.memberOf(target.user ?? '')) } }
        const data = {
          id: registered.id,
          name,
          type: registered.type,
          guild_id: guild.id,
          target_id: message?.id ?? target.user,
          resolved,
        }
        return act(interactions.begin(2, id, channelNamed(place.channel).id, data))
      },
    }
  }

  return {
    token,
    applicationId: guild.application,
    guildId: guild.id,
    botId: guild.bot,
    publicKey: keys.publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('hex'),
    apiUrl: rest.url,
    guild,
    users: {
      add({ id, name = id }: { readonly id: string; readonly name?: string }) {
        guild.users.set(id, { id, name, bot: false, roles: [], closed: false })
      },
      closeMessages: (id: string) => {
        guild.users.get(id)!.closed = true
      },
      leave: (id: string) => {
        guild.users.get(id)!.roles = undefined
      },
      json: (id: string) => memberJson(guild.memberOf(id)),
    },
    channels: {
      add: ({ name, type = 0 }: { readonly name: string; readonly type?: number }) =>
        guild.addChannel(name, { type }),
      all: () => [...guild.channels.values()],
    },
    roles: {
      add(name: string): string {
        const id = guild.snowflake()
        guild.roles.set(id, { id, name, permissions: '0' })
        return id
      },
    },
    say: (channel: string, author: string, content: string): Message =>
      guild.post(channelNamed(channel), { content, allowed_mentions: { parse: [] } }, null, { author }),
    /** Somebody begins a thread from a message and writes into it. */
    reply(message: Message, author: string, content: string): Message {
      const thread =
        guild.channels.get(message.id) ??
        guild.addChannel(message.content.slice(0, 100), {
          id: message.id,
          type: 11,
          parent_id: message.channel_id,
        })
      return guild.post(thread, { content, allowed_mentions: { parse: [] } }, null, { author })
    },
    /** The Message Content intent is turned on in the developer portal. */
    giveContent() {
      givesContent = true
    },
    /** The tick of the bot on a message, and whatever else it reacted with. */
    ownReactions: (message: Message): readonly string[] =>
      [...message.reactions].flatMap(([emoji, who]) => (who.has(guild.bot) ? [emoji] : [])),
    user,
    seenBy,
    messages: (name: string) =>
      guild.messages.filter(message => message.channel_id === channelNamed(name).id && !message.ephemeral_to),
    text: (message: Message) => visibleText(message, guild),
    buttons: buttonsOf,
    notifications: () =>
      guild.messages
        .filter(one => one.author === guild.bot)
        .flatMap(message => message.notified.map(who => ({ user: who, message }))),
    /** The last interaction comes once more, as after a resume. */
    async redeliver() {
      if (last && !http) gateway.dispatch('INTERACTION_CREATE', last.payload)
      else if (last && http) await post(http, last.payload, keys.privateKey, clock.now() + 1000)
    },
    /** A request that Discord did not sign. */
    forge: (url: string, payload: Json) =>
      post(url, payload, generateKeyPairSync('ed25519').privateKey, clock.now()),
    signed: (url: string, payload: Json, at = clock.now()) => post(url, payload, keys.privateKey, at),
    gateway,
    fault: rest.fault,
    heal: rest.heal,
    deny: rest.deny,
    revokeToken: rest.revokeToken,
    commands: rest.commands,
    registrations: rest.registrations,
    calls: rest.calls,
    useGateway: () => {
      http = undefined
    },
    useHttp: (url: string) => {
      http = url
    },
    connected: gateway.connected,
    violations: violations as readonly string[],
    expectNoViolations() {
      if (violations.length > 0) throw new Error(`Discord's rules were broken:\n${violations.join('\n')}`)
    },
    async stop() {
      gateway.stop()
      await rest.stop()
    },
  }
}

/** Real sockets answer in their own time. */
async function within(interaction: Interaction): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () =>
        reject(new Error(`no answer within three seconds to ${JSON.stringify(interaction.payload.data)}`)),
      WAIT_MS,
    )
  })
  await Promise.race([interaction.settled, late]).finally(() => clearTimeout(timer))
}

async function post(url: string, payload: Json, key: KeyObject, at: number): Promise<Response> {
  const timestamp = String(Math.floor(at / 1000))
  const body = JSON.stringify(payload)
  const signature = sign(null, Buffer.from(timestamp + body), key).toString('hex')
  return fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-signature-ed25519': signature,
      'x-signature-timestamp': timestamp,
    },
    body,
  })
}
