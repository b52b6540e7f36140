/**
 * A person at their Slack client: types commands, presses buttons, fills forms, writes and reads.
 *
 * Each act resolves when the app has acknowledged it and throws DispatchFailed, with a notice on the person's screen,
 * when it did not. People act on what they were shown: a message or view that a test holds on to may be out of
 * date, as on a phone that was in a pocket.
 */

import {
  type Ack,
  type Acknowledged,
  commandAck,
  DispatchFailed,
  plainAck,
  submissionAck,
} from './acknowledgements.ts'
import { addChannel, channelNamed, findIm } from './channels.ts'
import { escapeCommand } from './command-text.ts'
import { findControl, type Which } from './controls.ts'
import type { Deliveries, Envelope } from './delivery.ts'
import { checkFilled, chosenFields, stateValues, type Value } from './form-values.ts'
import { post } from './messages.ts'
import {
  closedPayload,
  commandPayload,
  messageActionsPayload,
  shortcutPayload,
  submissionPayload,
  viewActionsPayload,
} from './payloads.ts'
import { pin } from './pins.ts'
import { react } from './reactions.ts'
import type { Channel, Json, Message, View } from './types.ts'
import { closeView, topView } from './views.ts'
import type { Workspace } from './workspace.ts'

export type Where = { readonly channel?: string; readonly thread?: string }

export type Values = { readonly [field: string]: Value }

export class Person {
  readonly id: string
  readonly #workspace: Workspace
  readonly #deliveries: Deliveries

  constructor(workspace: Workspace, deliveries: Deliveries, id: string) {
    if (!workspace.users.has(id))
      throw new Error(`${id} is not in the workspace: slack.users.add({ id: '${id}' })`)
    this.#workspace = workspace
    this.#deliveries = deliveries
    this.id = id
  }

  /** Types `/incident declare ...`. `channel` is an id or name; default: the direct messages with the app. */
  async slash(text: string, { channel }: Where = {}): Promise<Ack> {
    const [command = '', ...words] = text.split(' ')
    if (!this.#workspace.commands.includes(command)) throw new Error(`${command} is not a valid command`)
    const place = this.#place(channel)
    const typed = { command, text: escapeCommand(this.#workspace, words.join(' ')) }
    const payload = commandPayload(this.#workspace, this.id, place, typed)
    return commandAck(
      this.#workspace,
      this.id,
      place,
      await this.#send({ type: 'slash_commands', payload }, command, place.id),
    )
  }

  /** Presses a button, on a message, a form or the home tab. `values` is what the fields beside it hold. */
  click(surface: Message | View, which: Which, values: Values = {}): Promise<Ack> {
    return this.#act(surface, which, undefined, values)
  }

  /** Chooses in a menu or picker that acts at once: an option's value or label, an id, a date. */
  select(surface: Message | View, which: Which, value: Value): Promise<Ack> {
    return this.#act(surface, which, value, {})
  }

  /** Uses a shortcut: a global one, or one in a message's menu. */
  async shortcut(callbackId: string, message?: Message): Promise<Ack> {
    const payload = shortcutPayload(this.#workspace, this.id, callbackId, message)
    const done = await this.#send({ type: 'interactive', payload }, callbackId, message?.channel)
    return { ...plainAck(this.#workspace, 'a shortcut', done), view: topView(this.#workspace, this.id) }
  }

  /** Sends a form off with these values, by label, action_id or block_id; the others stay as they opened. */
  async submit(view: View, values: Values = {}): Promise<Ack> {
    const state = stateValues(view, values)
    checkFilled(view, state)
    const payload = submissionPayload(this.#workspace, this.id, view, state)
    const done = await this.#send({ type: 'interactive', payload }, 'the form')
    return { ...submissionAck(this.#workspace, view, done), view: topView(this.#workspace, this.id) }
  }

  /** Closes a form; the app is told if it asked to be. */
  async close(view: View): Promise<void> {
    closeView(this.#workspace, view)
    if (!view.notify_on_close) return
    const payload = closedPayload(this.#workspace, this.id, view, false)
    await this.#deliveries.send({ type: 'interactive', payload })
  }

  /** Looks at the app's home tab; resolves, when the event was acknowledged, to what is there. */
  async openHome(): Promise<View | undefined> {
    await this.#workspace.emit({
      type: 'app_home_opened',
      user: this.id,
      channel: this.#im().id,
      tab: 'home',
      event_ts: this.#workspace.nextTs(),
    })
    return this.#workspace.homes.get(this.id)
  }

  /** Writes a message; in the direct messages with the app unless a channel is named. */
  async say(text: string, { channel, thread }: Where = {}): Promise<Message> {
    const place = this.#place(channel)
    const message = post(
      this.#workspace,
      place,
      { user: this.id },
      { text },
      thread === undefined ? {} : { thread_ts: thread },
    )
    if (text.includes(`<@${this.#workspace.app.botUser}>`) && place.kind !== 'im')
      await this.#workspace.emit({ ...message, type: 'app_mention', event_ts: message.ts })
    await this.#deliveries.settled()
    return message
  }

  /** Writes a message that mentions the app. */
  mention(text: string, where: Where): Promise<Message> {
    return this.say(`<@${this.#workspace.app.botUser}> ${text}`, where)
  }

  dm(text: string): Promise<Message> {
    return this.say(text)
  }

  /** Puts an emoji on a message; resolves when the event was acknowledged. */
  async react(message: Message, name: string): Promise<void> {
    await react(this.#workspace, this.#place(message.channel), message.ts, this.id, name)
  }

  /** Pins a message; resolves when the event was acknowledged. */
  async pin(message: Message): Promise<void> {
    await pin(this.#workspace, this.#place(message.channel), message.ts, this.id)
  }

  async #act(surface: Message | View, which: Which, value: Value | undefined, values: Values): Promise<Ack> {
    const { block, element } = findControl(surface, which)
    const { text, value: sent } = element
    const action: Json = {
      type: element.type,
      action_id: element.action_id,
      block_id: block.block_id,
      action_ts: this.#workspace.nextTs(),
      ...(element.type === 'button' ? { text, ...(sent === undefined ? {} : { value: sent }) } : {}),
      ...(value === undefined ? {} : chosenFields(element, value)),
    }
    const state = stateValues(surface, values)
    const payload = this.#actionsPayload(surface, action, state)
    const channel = 'channel' in surface ? surface.channel : undefined
    const done = await this.#send({ type: 'interactive', payload }, String(element.action_id), channel)
    return { ...plainAck(this.#workspace, 'a control', done), view: topView(this.#workspace, this.id) }
  }

  #actionsPayload(surface: Message | View, action: Json, state: Json): Json {
    if (!('channel' in surface)) return viewActionsPayload(this.#workspace, this.id, surface, action, state)
    const isTheirs =
      surface.ephemeral_to === this.id ||
      (surface.ephemeral_to === undefined && this.#place(surface.channel).members.has(this.id))
    if (!isTheirs) throw new Error(`${this.id} does not see the message ${surface.ts}`)
    const current = this.#workspace.channels.get(surface.channel)?.messages.find(one => one.ts === surface.ts)
    return messageActionsPayload(this.#workspace, this.id, current ?? surface, action, state)
  }

  /** Sends, or puts Slackbot's notice on the screen and throws. */
  async #send(envelope: Envelope, what: string, channel?: string): Promise<Acknowledged> {
    const outcome = await this.#deliveries.send(envelope)
    if (outcome.ok) return outcome
    const failed = new DispatchFailed(what, outcome.reason)
    this.#workspace.ephemerals.push({
      type: 'message',
      ts: this.#workspace.nextTs(),
      channel: channel ?? this.#im().id,
      user: 'USLACKBOT',
      text: failed.message,
      ephemeral_to: this.id,
    })
    throw failed
  }

  #place(name: string | undefined): Channel {
    if (name === undefined) return this.#im()
    const channel = this.#workspace.channels.get(name) ?? channelNamed(this.#workspace, name)
    if (!channel?.members.has(this.id)) throw new Error(`${this.id} is not in ${name}`)
    return channel
  }

  #im(): Channel {
    const { botUser } = this.#workspace.app
    const members = [botUser, this.id]
    return findIm(this.#workspace, this.id) ?? addChannel(this.#workspace, { name: '', kind: 'im', members })
  }
}
