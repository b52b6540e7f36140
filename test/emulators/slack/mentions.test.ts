/** Who is told of a message, as the real client would tell them. */

import { afterEach, beforeEach, expect, test } from 'vitest'
import { call } from './client.ts'
import { type Json, type Slack, startSlack } from './index.ts'

let slack: Slack
beforeEach(async () => {
  slack = await startSlack()
  for (const id of ['UAIKO', 'UBEN', 'UCAI']) slack.users.add({ id })
  slack.usergroups.add({ id: 'SOPS', handle: 'ops', name: 'Ops', users: ['UBEN', 'UCAI'] })
  slack.channels.add({ id: 'C1', name: 'general', members: [slack.botUser, 'UAIKO', 'UBEN'] })
})
afterEach(() => slack.stop())

async function told(args: Json): Promise<readonly string[]> {
  await call(slack, 'chat.postMessage', { channel: 'C1', ...args })
  return slack.notifications().map(one => `${one.user} ${one.by}`)
}

const section = (type: string, text: string) => [{ type: 'section', text: { type, text } }]

test.each<[string, Json, readonly string[]]>([
  ['a mention', { text: 'hey <@UAIKO>' }, ['UAIKO mention']],
  ['a mention with a label', { text: '<@UAIKO|aiko>' }, ['UAIKO mention']],
  ['somebody outside the channel', { text: '<@UCAI>' }, []],
  ['here', { text: '<!here> now' }, ['UAIKO here', 'UBEN here']],
  ['a group, those in the channel', { text: '<!subteam^SOPS|@ops>' }, ['UBEN usergroup']],
  ['raw @here', { text: '@here' }, []],
  ['raw @here with link_names', { text: '@here', link_names: true }, ['UAIKO here', 'UBEN here']],
  ['an escaped mention', { text: '&lt;!here&gt;' }, []],
  [
    'mrkdwn in a block',
    { text: 'x', blocks: section('mrkdwn', '<!channel>') },
    ['UAIKO channel', 'UBEN channel'],
  ],
  ['plain_text in a block', { text: 'x', blocks: section('plain_text', '<!channel>') }, []],
  [
    'a leaf of rich text',
    {
      text: 'x',
      blocks: [
        {
          type: 'rich_text',
          elements: [{ type: 'rich_text_section', elements: [{ type: 'user', user_id: 'UBEN' }] }],
        },
      ],
    },
    ['UBEN mention'],
  ],
  ['nobody', { text: 'all quiet' }, []],
])('%s', async (_name, args, expected) => {
  expect(await told(args)).toEqual(expected)
})

test('a direct message always tells; an edit and an ephemeral message never do', async () => {
  const { body } = await call(slack, 'chat.postMessage', { channel: 'UAIKO', text: 'page' })
  await call(slack, 'chat.update', { channel: body.channel, ts: body.ts, text: '<@UAIKO> acked' })
  await call(slack, 'chat.postEphemeral', { channel: 'C1', user: 'UAIKO', text: '<!here>' })
  expect(slack.notifications()).toMatchObject([{ user: 'UAIKO', by: 'dm', text: 'page' }])
})

test('a reply tells whoever wrote in the thread', async () => {
  const root = await slack.user('UBEN').say('checkout is slow', { channel: 'general' })
  expect(await told({ text: 'looking', thread_ts: root.ts })).toEqual(['UBEN thread'])
})
