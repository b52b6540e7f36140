/** An ntfy server, as docs.ntfy.sh/publish describes it: JSON publishing, strict about names and types; and the phone's button. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

type Notification = {
  readonly topic: string
  readonly title: string
  readonly message: string
  readonly priority: number
  readonly actions?: readonly { readonly label: string; readonly url: string; readonly method: string }[]
}

const KNOWN: Readonly<Record<string, string>> = {
  topic: 'string',
  title: 'string',
  message: 'string',
  priority: 'number',
  tags: 'object',
  click: 'string',
  actions: 'object',
}

export type NtfyEmulator = {
  /** With the token in it. */
  readonly url: string
  on(topic: string): readonly Notification[]
  fail(...statuses: readonly number[]): void
  /** The button of a topic's last notification. */
  press(topic: string, label: string): Promise<number>
  stop(): Promise<void>
}

export async function startNtfy(): Promise<NtfyEmulator> {
  const all: Notification[] = []
  const faults: number[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const say = (status: number, body: object) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    const fault = faults.shift()
    if (fault) return void say(fault, { http: fault, error: 'a fault' })
    if (request.headers.authorization !== 'Bearer tk_tests')
      return void say(403, { code: 40301, error: 'forbidden' })
    if (request.method !== 'POST' || request.url !== '/')
      return void say(404, { code: 40401, error: 'not found' })
    const body = JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>
    const odd = Object.entries(body).find(([name, value]) => KNOWN[name] !== typeof value)
    if (odd) return void say(400, { code: 40024, error: `invalid request: ${odd[0]}` })
    if (!/^[-_A-Za-z0-9]{1,64}$/.test(String(body.topic)))
      return void say(400, { code: 40009, error: 'topic' })
    if (Number(body.priority) < 1 || Number(body.priority) > 5)
      return void say(400, { code: 40007, error: 'priority' })
    all.push(body as Notification)
    say(200, { id: `n${all.length}`, time: 0, event: 'message', topic: body.topic })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://:tk_tests@127.0.0.1:${(server.address() as AddressInfo).port}`,
    on: topic => all.filter(each => each.topic === topic),
    fail: (...statuses) => void faults.push(...statuses),
    async press(topic, label) {
      const action = all.findLast(each => each.topic === topic)?.actions?.find(each => each.label === label)
      if (!action) throw new Error(`there is no ${label}`)
      return (await fetch(action.url, { method: action.method })).status
    },
    stop: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
