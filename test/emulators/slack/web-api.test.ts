/** The Web API refuses what Slack refuses, with Slack's words. */

import { afterEach, beforeEach, expect, test } from 'vitest'
import { call, errorOf } from './client.ts'
import { type Slack, startSlack } from './index.ts'

let slack: Slack
beforeEach(async () => {
  slack = await startSlack()
  slack.users.add({ id: 'UAIKO', name: 'aiko', email: 'aiko@example.com' })
  slack.users.add({ id: 'UBEN', name: 'ben' })
  slack.channels.add({ id: 'CIN', name: 'in', members: [slack.botUser, 'UAIKO', 'UBEN'] })
  slack.channels.add({ id: 'COUT', name: 'out', members: ['UAIKO'] })
  slack.channels.add({ id: 'CSECRET', name: 'secret', kind: 'private', members: ['UAIKO'] })
})
afterEach(() => slack.stop())

test('auth.test tells who the token is and which scopes it has', async () => {
  const { body, headers } = await call(slack, 'auth.test')
  expect(body).toMatchObject({ ok: true, user_id: slack.botUser, team_id: slack.team.id })
  expect(headers.get('x-oauth-scopes')).toContain('chat:write')
})

test('a wrong, missing, foreign or revoked token is refused', async () => {
  expect((await call(slack, 'auth.test', {}, 'xoxb-nobody')).body.error).toBe('invalid_auth')
  expect(
    (await (await fetch(`${slack.apiUrl}auth.test`, { method: 'POST' })).json()) as object,
  ).toMatchObject({
    error: 'not_authed',
  })
  expect((await call(slack, 'apps.connections.open')).body.error).toBe('not_allowed_token_type')
  slack.revokeBotToken()
  expect(await errorOf(slack, 'auth.test')).toBe('token_revoked')
})

test('a missing scope is named beside those that there are', async () => {
  slack.revokeScopes('bookmarks:write')
  const bookmark = { channel_id: 'CIN', title: 'Runbook', type: 'link', link: 'https://a.b/c' }
  const { body } = await call(slack, 'bookmarks.add', bookmark)
  expect(body).toMatchObject({ error: 'missing_scope', needed: 'bookmarks:write' })
  expect(body.provided).not.toContain('bookmarks:write')
  slack.grantScopes('bookmarks:write')
  expect(await errorOf(slack, 'bookmarks.add', bookmark)).toBe('ok')
})

test('an unknown method is refused; an unknown argument is remembered against the client', async () => {
  expect(await errorOf(slack, 'chat.shout')).toBe('unknown_method')
  slack.expectNoViolations()
  expect(await errorOf(slack, 'chat.postMessage', { channel: 'CIN', text: 'hi', colour: 'red' })).toBe('ok')
  expect(() => slack.expectNoViolations()).toThrow('chat.postMessage has no argument colour')
})

test('a missing or malformed argument is named', async () => {
  const { body } = await call(slack, 'pins.add', {})
  expect(body).toMatchObject({ error: 'invalid_arguments' })
  expect(JSON.stringify(body)).toContain('missing required field: channel')
  expect(await errorOf(slack, 'conversations.list', { limit: 'ten' })).toBe('invalid_arguments')
})

test.each([
  ['chat.postMessage', { channel: 'COUT', text: 'hi' }, 'not_in_channel'],
  ['chat.postMessage', { channel: 'CSECRET', text: 'hi' }, 'channel_not_found'],
  ['chat.postMessage', { channel: 'CNONE', text: 'hi' }, 'channel_not_found'],
  ['chat.postMessage', { channel: 'CIN' }, 'no_text'],
  ['chat.postMessage', { channel: '#in', text: 'hi' }, 'ok'],
  ['chat.postMessage', { channel: 'UAIKO', text: 'hi' }, 'ok'],
  ['chat.postMessage', { channel: 'CIN', text: 'hi', blocks: [{ type: 'nope' }] }, 'invalid_blocks'],
  [
    'chat.postMessage',
    { channel: 'CIN', text: 'hi', metadata: { event_type: '' } },
    'invalid_metadata_format',
  ],
  ['chat.postEphemeral', { channel: 'CIN', user: 'UNONE', text: 'hi' }, 'user_not_in_channel'],
  ['chat.update', { channel: 'CIN', ts: '1.1', text: 'hi' }, 'message_not_found'],
  ['conversations.info', { channel: 'CSECRET' }, 'channel_not_found'],
  ['conversations.setTopic', { channel: 'COUT', topic: 't' }, 'not_in_channel'],
  ['conversations.setTopic', { channel: 'CIN', topic: 'x'.repeat(251) }, 'too_long'],
  ['conversations.history', { channel: 'COUT' }, 'not_in_channel'],
  ['conversations.open', {}, 'users_list_not_supplied'],
  ['conversations.open', { users: 'UNONE' }, 'user_not_found'],
  ['users.info', { user: 'UNONE' }, 'user_not_found'],
  ['users.lookupByEmail', { email: 'nobody@example.com' }, 'users_not_found'],
  ['pins.add', { channel: 'CIN', timestamp: '1.1' }, 'message_not_found'],
  ['bookmarks.add', { channel_id: 'CIN', title: 't', type: 'link', link: 'javascript:1' }, 'invalid_link'],
  ['views.open', { trigger_id: 'made-up', view: { type: 'modal' } }, 'invalid_trigger_id'],
])('%s with %o answers %s', async (method, args, error) => {
  slack.revokeScopes('chat:write.public')
  expect(await errorOf(slack, method, args)).toBe(error)
})

test.each([
  ['inc-20261123-checkout-down', 'ok'],
  ['日本語', 'ok'],
  ['Checkout', 'invalid_name_specials'],
  ['check out', 'invalid_name_specials'],
  ['a.b', 'invalid_name_specials'],
  ['---', 'invalid_name_punctuation'],
  ['', 'invalid_name_required'],
  ['x'.repeat(81), 'invalid_name_maxlength'],
  ['out', 'name_taken'],
])('a channel called %j: %s', async (name, error) => {
  slack.channels.archive('out')
  expect(await errorOf(slack, 'conversations.create', { name })).toBe(error)
})

test('people who cannot be invited are named, and without force nobody comes in', async () => {
  slack.users.add({ id: 'UGONE', deleted: true })
  slack.users.add({ id: 'UGUEST', is_ultra_restricted: true })
  slack.users.add({ id: 'UCAI' })
  slack.channels.add({ name: 'guests', members: ['UGUEST'] })
  const users = 'UCAI,UGONE,UGUEST,UNONE,UAIKO'
  const { body } = await call(slack, 'conversations.invite', { channel: 'CIN', users })
  expect(body.errors).toEqual([
    { user: 'UGONE', ok: false, error: 'cant_invite' },
    { user: 'UGUEST', ok: false, error: 'ura_max_channels' },
    { user: 'UNONE', ok: false, error: 'user_not_found' },
    { user: 'UAIKO', ok: false, error: 'already_in_channel' },
  ])
  expect(slack.channels.get('in')?.members.has('UCAI')).toBe(false)
  expect(await errorOf(slack, 'conversations.invite', { channel: 'CIN', users, force: true })).toBe('ok')
  expect(slack.channels.get('in')?.members.has('UCAI')).toBe(true)
})

test('nobody can write to bots or to people who have left, nor into an archived channel', async () => {
  slack.users.add({ id: 'UBOT', is_bot: true })
  slack.users.deactivate('UBEN')
  slack.channels.archive('in')
  expect(await errorOf(slack, 'conversations.open', { users: 'UBOT' })).toBe('cannot_dm_bot')
  expect(await errorOf(slack, 'conversations.open', { users: 'UBEN' })).toBe('user_disabled')
  expect(await errorOf(slack, 'chat.postMessage', { channel: 'UBEN', text: 'hi' })).toBe('user_disabled')
  expect(await errorOf(slack, 'chat.postMessage', { channel: 'CIN', text: 'hi' })).toBe('is_archived')
  expect(await errorOf(slack, 'conversations.archive', { channel: 'CIN' })).toBe('already_archived')
  expect(await errorOf(slack, 'conversations.unarchive', { channel: 'CIN' })).toBe('ok')
})

test('a post is found again by its metadata, newest first, page by page', async () => {
  const key = (id: number) => ({ event_type: 'tocsin', event_payload: { id } })
  for (const id of [1, 2, 3])
    await call(slack, 'chat.postMessage', { channel: 'CIN', text: `m${id}`, metadata: key(id) })
  const first = await call(slack, 'conversations.history', {
    channel: 'CIN',
    limit: 2,
    include_all_metadata: true,
  })
  expect(first.body).toMatchObject({ has_more: true, messages: [{ metadata: key(3) }, { metadata: key(2) }] })
  const { next_cursor: cursor } = first.body.response_metadata as { next_cursor: string }
  const { body } = await call(slack, 'conversations.history', { channel: 'CIN', cursor })
  expect(body).toMatchObject({ has_more: false, messages: [{ text: 'm1' }] })
  expect((body.messages as object[])[0]).not.toHaveProperty('metadata')
  const { ts } = slack.messages('in')[1]!
  const later = await call(slack, 'conversations.history', { channel: 'CIN', oldest: ts })
  expect(later.body.messages).toHaveLength(1)
})

test('only the author edits a message, and must say what becomes of its blocks', async () => {
  const blocks = [{ type: 'divider' }]
  const posted = await call(slack, 'chat.postMessage', { channel: 'CIN', text: 'card', blocks })
  const ts = posted.body.ts
  expect(await errorOf(slack, 'chat.update', { channel: 'CIN', ts, text: 'new', blocks: [] })).toBe('ok')
  expect(slack.messages('in')[0]).toMatchObject({ text: 'new', edited: { user: slack.botUser } })
  expect(slack.messages('in')[0]).not.toHaveProperty('blocks')
  slack.expectNoViolations()
  await call(slack, 'chat.update', { channel: 'CIN', ts, text: 'again', blocks })
  await call(slack, 'chat.update', { channel: 'CIN', ts, text: 'vague' })
  expect(slack.violations.map(one => one.rule)).toEqual(['ambiguous_update'])
  const theirs = await slack.user('UAIKO').say('mine', { channel: 'in' })
  expect(await errorOf(slack, 'chat.update', { channel: 'CIN', ts: theirs.ts, text: 'x' })).toBe(
    'cant_update_message',
  )
})

test('pins, bookmarks, reactions and files stick where they were put', async () => {
  const { ts } = (await call(slack, 'chat.postMessage', { channel: 'CIN', text: 'card' })).body
  expect(await errorOf(slack, 'pins.add', { channel: 'CIN', timestamp: ts })).toBe('ok')
  expect(await errorOf(slack, 'pins.add', { channel: 'CIN', timestamp: ts })).toBe('already_pinned')
  expect(await errorOf(slack, 'reactions.add', { channel: 'CIN', timestamp: ts, name: 'eyes' })).toBe('ok')
  expect(await errorOf(slack, 'reactions.add', { channel: 'CIN', timestamp: ts, name: 'eyes' })).toBe(
    'already_reacted',
  )
  const opened = await call(slack, 'files.getUploadURLExternal', { filename: 'a.txt', length: 2 })
  await fetch(String(opened.body.upload_url), { method: 'POST', body: 'hi' })
  const files = [{ id: opened.body.file_id, title: 'Timeline' }]
  expect(await errorOf(slack, 'files.completeUploadExternal', { files, channel_id: 'CIN' })).toBe('ok')
  expect(slack.messages('in').at(-1)?.text).toBe('Timeline')
  slack.expectNoViolations()
})
