/** Push by ntfy (docs.ntfy.sh/publish): the contact is a topic; a press on the notification acknowledges. */
import { ChatFailure, type Pager, type PageText } from '../../bot/ports.ts'
import { call, statusFailure } from '../outbound/call.ts'

const WHOSE = 'ntfy'

/** ntfy's 1 (min) to 5 (max, which rings through). */
const PRIORITIES: Readonly<Record<string, number>> = { SEV1: 5, SEV2: 5, SEV3: 4, SEV4: 3 }

/** `url`: the server; its user and password, or a token as password alone, open it. */
export function createNtfy(url: string): Pager {
  const server = new URL(url)
  const { username, password } = server
  server.username = ''
  server.password = ''
  const headers: Record<string, string> = { 'content-type': 'application/json' }
  if (password)
    headers.authorization = username
      ? `Basic ${Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64')}`
      : `Bearer ${decodeURIComponent(password)}`
  return {
    way: 'push',
    async page(to, text) {
      const body = JSON.stringify(notification(to, text))
      const reply = await call({ method: 'POST', url: server.href, headers, body }, { whose: WHOSE })
      if (reply.status !== 200) throw statusFailure(reply, WHOSE)
      const id: unknown = (JSON.parse(reply.body) as { id?: unknown }).id
      if (typeof id !== 'string')
        throw new ChatFailure('doubt', 'malformed', 'ntfy answered with something else')
      return { id }
    },
  }
}

const notification = (topic: string, { summary, message, ackUrl, spoken }: PageText) => ({
  topic,
  title: summary.slice(0, 250),
  message: spoken.slice(0, 4000),
  priority: PRIORITIES[message.tone] ?? 3,
  tags: ['rotating_light'],
  ...(ackUrl === null
    ? {}
    : {
        click: ackUrl,
        actions: [{ action: 'http', label: 'Ack', url: ackUrl, method: 'POST', clear: true }],
      }),
})
