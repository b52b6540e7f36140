/** What Slack does with the body of an acknowledgement, and what it does not take. */

import type { types } from '@slack/bolt'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Rig, startRig } from './bolt-app.ts'
import { call } from './client.ts'
import type { Slack, View } from './index.ts'

let rig: Rig
let slack: Slack
let answer: unknown

beforeEach(async () => {
  rig = await startRig('http', app => {
    app.command('/incident', async ({ ack }) => ack(answer as never))
    app.action(/.*/, async ({ ack }) => (ack as (body?: unknown) => Promise<void>)(answer))
    app.shortcut('open', async ({ ack, client, body }) => {
      await ack()
      await client.views.open({ trigger_id: body.trigger_id, view: form('first') })
    })
    app.view(/.*/, async ({ ack }) => ack(answer as never))
  })
  slack = rig.slack
})
afterEach(() => rig.stop())

const plain = (text: string) => ({ type: 'plain_text' as const, text })

function form(callback_id: string): types.ModalView {
  return {
    type: 'modal',
    callback_id,
    title: plain('Declare'),
    submit: plain('Declare'),
    blocks: [
      {
        type: 'input',
        block_id: 'title',
        optional: true,
        label: plain('Title'),
        element: { type: 'plain_text_input', action_id: 'text' },
      },
      {
        type: 'input',
        block_id: 'service',
        optional: true,
        label: plain('Service'),
        element: {
          type: 'static_select',
          action_id: 'menu',
          options: ['checkout', 'search'].map(value => ({ text: plain(value), value })),
        },
      },
      { type: 'section', block_id: 'words', text: plain('Who is paged depends on the severity.') },
    ],
  }
}

async function openForm(): Promise<View> {
  await slack.user('UAIKO').shortcut('open')
  await expect.poll(() => slack.seenBy('UAIKO').modal).toBeDefined()
  return slack.seenBy('UAIKO').modal!
}

const submit = async (view: View) => slack.user('UAIKO').submit(view, { Title: 'down', Service: 'search' })

test('a form is updated in place, covered by another, or cleared with all below it', async () => {
  const view = await openForm()
  answer = { response_action: 'update', view: form('second') }
  expect((await submit(view)).view).toMatchObject({ id: view.id, callback_id: 'second' })
  answer = { response_action: 'push', view: form('third') }
  const pushed = await submit(slack.seenBy('UAIKO').modal!)
  expect(pushed.view).toMatchObject({ callback_id: 'third', previous_view_id: view.id })
  expect(slack.seenBy('UAIKO').modals).toHaveLength(2)
  answer = { response_action: 'clear' }
  expect((await submit(pushed.view!)).view).toBeUndefined()
  slack.expectNoViolations()
})

test('what was typed and chosen arrives by block and action', async () => {
  await submit(await openForm())
  const payload = slack.lastEnvelope()!.payload as { view: { state: unknown } }
  expect(payload.view.state).toEqual({
    values: {
      title: { text: { type: 'plain_text_input', value: 'down' } },
      service: {
        menu: { type: 'static_select', selected_option: { text: plain('search'), value: 'search' } },
      },
    },
  })
})

test.each([
  ['under a block that is no input', { response_action: 'errors', errors: { words: 'no' } }],
  ['that say nothing', { response_action: 'errors', errors: {} }],
  ['of an unknown action', { response_action: 'explode' }],
  ['with a view that Slack refuses', { response_action: 'update', view: { type: 'modal' } }],
])('a form is not taken with errors or views %s', async (_name, body) => {
  const view = await openForm()
  answer = body
  await expect(submit(view)).rejects.toThrow('dispatch_failed')
  expect(slack.violations.map(one => one.rule)).toEqual(['bad_acknowledgement'])
})

test("a command's answer must be a message that Slack takes", async () => {
  answer = { text: 'x', blocks: [{ type: 'nope' }] }
  await expect(slack.user('UAIKO').slash('/incident', { channel: 'general' })).rejects.toThrow(
    'invalid_blocks',
  )
  answer = { text: 'fine', colour: 'red' }
  await slack.user('UAIKO').slash('/incident', { channel: 'general' })
  expect(slack.violations.map(one => one.rule)).toEqual(['bad_acknowledgement', 'unknown_argument'])
})

test('people press only what they see, and a body for a button is noted as lost', async () => {
  const button = (value: string) => ({ type: 'button', action_id: `ack_${value}`, text: plain('Ack'), value })
  const blocks = [{ type: 'actions', elements: [button('1'), button('2')] }]
  await call(slack, 'chat.postMessage', { channel: 'CGENERAL', text: 'page', blocks })
  const [message] = slack.messages('general')
  slack.users.add({ id: 'UOUT' })
  await expect(slack.user('UBEN').click(message!, 'Ack')).rejects.toThrow('2 controls are "Ack"')
  await expect(slack.user('UBEN').click(message!, 'Close')).rejects.toThrow(
    'there are: Ack (ack_1), Ack (ack_2)',
  )
  await expect(slack.user('UOUT').click(message!, { value: '1' })).rejects.toThrow('UOUT is not in CGENERAL')
  answer = { text: 'acked' }
  await slack.user('UBEN').click(message!, { value: '2' })
  expect(slack.lastEnvelope()!.payload).toMatchObject({
    user: { id: 'UBEN' },
    container: { message_ts: message!.ts, is_ephemeral: false },
    actions: [{ action_id: 'ack_2', value: '2', type: 'button' }],
  })
  expect(slack.violations.map(one => one.rule)).toEqual(['ack_body_ignored'])
})
