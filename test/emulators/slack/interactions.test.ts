/** A person's acts reach an app on Slack's own SDK, and its answers reach the screen, on both transports alike. */

import type { MessageShortcut, types } from '@slack/bolt'
import { afterEach, describe, expect, test } from 'vitest'
import { type Rig, startRig } from './bolt-app.ts'
import { buttonsOf, DispatchFailed, visibleText } from './index.ts'

let rig: Rig
afterEach(() => rig.stop())

const ackBlocks = [
  { type: 'section', text: { type: 'mrkdwn', text: 'Checkout is down &amp; hot' } },
  {
    type: 'actions',
    elements: [
      {
        type: 'button',
        action_id: 'ack',
        text: { type: 'plain_text', text: 'Ack' },
        value: 'INC-1',
        style: 'primary',
      },
      {
        type: 'static_select',
        action_id: 'severity',
        options: ['SEV1', 'SEV2'].map(value => ({ text: { type: 'plain_text', text: value }, value })),
      },
    ],
  },
]

const form: types.ModalView = {
  type: 'modal',
  callback_id: 'declare',
  private_metadata: 'C1',
  title: { type: 'plain_text', text: 'Declare' },
  submit: { type: 'plain_text', text: 'Declare' },
  blocks: [
    {
      type: 'input',
      block_id: 'title',
      label: { type: 'plain_text', text: 'Title' },
      element: { type: 'plain_text_input', action_id: 'text', max_length: 150 },
    },
  ],
}

describe.each(['socket', 'http'] as const)('over %s', transport => {
  test('a command is acknowledged with a text that only its author sees', async () => {
    rig = await startRig(transport, app =>
      app.command('/incident', async ({ ack, command }) =>
        ack(`heard ${command.text} in ${command.channel_name}`),
      ),
    )
    const { slack } = rig
    const ack = await slack.user('UAIKO').slash('/incident declare @ben <b>', { channel: 'general' })
    expect(ack.message?.text).toBe('heard declare <@UBEN|ben> &lt;b&gt; in general')
    expect(slack.seenBy('UAIKO').messages).toHaveLength(1)
    expect(slack.seenBy('UBEN').messages).toHaveLength(0)
    slack.expectNoViolations()
  })

  test('a button on a message acts on it and its answer replaces it', async () => {
    rig = await startRig(transport, app => {
      app.command('/incident', async ({ ack }) =>
        ack({ response_type: 'in_channel', blocks: ackBlocks as never, text: 'x' }),
      )
      app.action('ack', async ({ ack, respond, action }) => {
        await ack()
        await respond({ replace_original: true, text: `acked ${(action as { value: string }).value}` })
      })
      app.action('severity', async ({ ack, action, client, body }) => {
        await ack()
        const chosen = (action as { selected_option: { value: string } }).selected_option.value
        await client.chat.postEphemeral({ channel: 'CGENERAL', user: body.user.id, text: `now ${chosen}` })
      })
    })
    const { slack } = rig
    const { message } = await slack.user('UAIKO').slash('/incident declare', { channel: 'general' })
    expect(buttonsOf(message!)).toEqual(['Ack'])
    expect(visibleText(message!)).toContain('Checkout is down & hot')
    await slack.user('UBEN').select(message!, 'severity', 'SEV1')
    await slack.user('UBEN').click(message!, 'Ack')
    await expect.poll(() => slack.messages('general')[0]?.text).toBe('acked INC-1')
    expect(slack.messages('general')[0]).not.toHaveProperty('blocks')
    expect(slack.messages('general')[0]?.edited?.user).toBe(slack.botUser)
    expect(slack.seenBy('UBEN').messages.map(one => one.text)).toEqual(['acked INC-1', 'now SEV1'])
    slack.expectNoViolations()
  })

  test('a form opens, shows errors under its fields, and closes when it is taken', async () => {
    rig = await startRig(transport, app => {
      app.shortcut('declare_incident', async ({ ack, client, body }) => {
        await ack()
        await client.views.open({ trigger_id: body.trigger_id, view: form })
      })
      app.view('declare', async ({ ack, view }) => {
        const title = view.state.values.title?.text?.value
        if (title === 'bad') await ack({ response_action: 'errors', errors: { title: 'Say what is broken' } })
        else await ack()
      })
    })
    const { slack } = rig
    const aiko = slack.user('UAIKO')
    await aiko.shortcut('declare_incident')
    await expect.poll(() => slack.seenBy('UAIKO').modal?.callback_id).toBe('declare')
    const modal = slack.seenBy('UAIKO').modal!
    await expect(aiko.submit(modal)).rejects.toThrow('"Title" is required')
    expect((await aiko.submit(modal, { Title: 'bad' })).errors).toEqual({ title: 'Say what is broken' })
    expect((await aiko.submit(modal, { Title: 'Checkout' })).view).toBeUndefined()
    slack.expectNoViolations()
  })

  test('home, mentions, direct messages and reactions arrive as events', async () => {
    const heard: string[] = []
    rig = await startRig(transport, app => {
      app.event('app_home_opened', async ({ event, client }) => {
        const blocks = [{ type: 'header' as const, text: { type: 'plain_text' as const, text: 'My pages' } }]
        await client.views.publish({ user_id: event.user, view: { type: 'home', blocks } })
      })
      app.event('app_mention', async ({ event }) => void heard.push(`mention ${event.text}`))
      app.message(async ({ message }) => void heard.push(`dm ${(message as { text: string }).text}`))
      app.event('reaction_added', async ({ event }) => void heard.push(`reaction ${event.reaction}`))
    })
    const { slack } = rig
    const aiko = slack.user('UAIKO')
    await aiko.openHome()
    await expect.poll(() => slack.seenBy('UAIKO').home?.blocks).toHaveLength(1)
    const message = await aiko.mention('who is on call', { channel: 'general' })
    await aiko.react(message, 'eyes')
    await aiko.dm('help')
    await expect
      .poll(() => heard)
      .toEqual([`mention <@${slack.botUser}> who is on call`, 'reaction eyes', 'dm help'])
    slack.expectNoViolations()
  })

  test('a command that nobody acknowledges in time fails on the screen', async () => {
    rig = await startRig(transport, app => app.command('/incident', async () => {}), { ackWithinMs: 100 })
    const { slack } = rig
    const typed = slack.user('UAIKO').slash('/incident declare', { channel: 'general' })
    await expect(typed).rejects.toThrow(DispatchFailed)
    expect(slack.seenBy('UAIKO').messages[0]?.text).toContain('dispatch_failed')
  })

  test('a message shortcut brings the message along', async () => {
    const got: string[] = []
    rig = await startRig(transport, app =>
      app.shortcut('add_to_timeline', async ({ ack, shortcut }) => {
        await ack()
        got.push((shortcut as MessageShortcut).message.text ?? '')
      }),
    )
    const { slack } = rig
    const message = await slack.user('UBEN').say('we rolled back', { channel: 'general' })
    await slack.user('UAIKO').shortcut('add_to_timeline', message)
    expect(got).toEqual(['we rolled back'])
  })
})
