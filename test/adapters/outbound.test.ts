/** Which addresses may be called, and what a call that goes wrong is worth. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { call } from '../../adapters/outbound/call.ts'
import { checkedAddresses } from '../../adapters/outbound/guard.ts'

const PUBLIC = async () => [{ address: '93.184.216.34', family: 4 as const }]
const judge = (url: string, allowPrivate: boolean, resolve = PUBLIC) =>
  checkedAddresses(new URL(url), { allowPrivate, resolve }).then(found =>
    typeof found === 'string' ? 'refused' : 'called',
  )

test.each([
  ['https://hooks.example.com/x', 'called', 'called'],
  ['http://hooks.example.com', 'called', 'called'],
  ['ftp://hooks.example.com', 'refused', 'refused'],
  ['file:///etc/passwd', 'refused', 'refused'],
  ['https://user:secret@hooks.example.com', 'refused', 'refused'],
  ['http://127.0.0.1', 'refused', 'called'],
  ['http://127.1', 'refused', 'called'],
  ['http://2130706433', 'refused', 'called'],
  ['http://0x7f.0.0.1', 'refused', 'called'],
  ['http://[::1]', 'refused', 'called'],
  ['http://[::ffff:127.0.0.1]', 'refused', 'called'],
  ['http://[::ffff:7f00:1]', 'refused', 'called'],
  ['http://10.1.2.3', 'refused', 'called'],
  ['http://172.16.0.1', 'refused', 'called'],
  ['http://172.31.255.255', 'refused', 'called'],
  ['http://172.32.0.1', 'called', 'called'],
  ['http://192.168.1.1', 'refused', 'called'],
  ['http://100.64.0.1', 'refused', 'called'],
  ['http://[fd12::1]', 'refused', 'called'],
  ['http://169.254.169.254/latest', 'refused', 'refused'],
  ['http://[::ffff:169.254.169.254]', 'refused', 'refused'],
  ['http://[fd00:ec2::254]', 'refused', 'refused'],
  ['http://100.100.100.200', 'refused', 'refused'],
  ['http://[fe80::1]', 'refused', 'refused'],
  ['http://[64:ff9b::7f00:1]', 'refused', 'refused'],
  ['http://[2002:7f00:1::]', 'refused', 'refused'],
  ['http://[::]', 'refused', 'refused'],
  ['http://0.0.0.0', 'refused', 'refused'],
  ['http://0.1.2.3', 'refused', 'refused'],
  ['http://224.0.0.1', 'refused', 'refused'],
  ['http://255.255.255.255', 'refused', 'refused'],
  ['http://[ff02::1]', 'refused', 'refused'],
])('%s is %s, and with private addresses allowed %s', async (url, usual, allowed) => {
  expect(await judge(url, false)).toBe(usual)
  expect(await judge(url, true)).toBe(allowed)
})

test('a name with one good and one bad address is refused', async () => {
  const both = async () => [
    { address: '93.184.216.34', family: 4 as const },
    { address: '169.254.169.254', family: 4 as const },
  ]
  expect(await judge('https://hooks.example.com', true, both)).toBe('refused')
})

let server: Server | undefined
afterEach(() => server?.close())
async function serve(
  answer: (path: string) => { status: number; headers?: Record<string, string>; body?: string } | 'reset',
) {
  const asked: string[] = []
  server = createServer((request, response) => {
    asked.push(request.url ?? '')
    const said = answer(request.url ?? '')
    if (said === 'reset') request.socket.destroy()
    else response.writeHead(said.status, said.headers).end(said.body ?? '')
  })
  await new Promise<void>(resolve => server?.listen(0, '127.0.0.1', resolve))
  return { port: (server.address() as AddressInfo).port, asked }
}

test('the connection goes to the address that was checked, whatever the name means by then', async () => {
  const { port, asked } = await serve(() => ({ status: 200, body: 'ok' }))
  let times = 0
  const rebinding = async () => [
    { address: times++ === 0 ? '127.0.0.1' : '169.254.169.254', family: 4 as const },
  ]
  const guarded = { allowPrivate: true, resolve: rebinding }
  const { body } = await call(
    { method: 'GET', url: `http://rebind.example:${port}/x` },
    { whose: 'it', guarded },
  )
  expect([body, asked, times]).toEqual(['ok', ['/x'], 1])
})

test('a redirect is an answer, and is not followed', async () => {
  const { port, asked } = await serve(() => ({
    status: 302,
    headers: { location: 'http://169.254.169.254/' },
  }))
  const { status } = await call({ method: 'GET', url: `http://127.0.0.1:${port}/` }, { whose: 'it' })
  expect([status, asked]).toEqual([302, ['/']])
})

test.each([
  ['nobody listens', 'http://127.0.0.1:1/', 'later'],
  ['the line breaks after it was sent', 'reset', 'doubt'],
  ['the answer is too big', 'big', 'doubt'],
])('%s: %s is worth "%s"', async (_, what, kind) => {
  const { port } = await serve(() =>
    what === 'reset' ? 'reset' : { status: 200, body: 'x'.repeat(2_000_000) },
  )
  const url = what.startsWith('http') ? what : `http://127.0.0.1:${port}/`
  await expect(call({ method: 'POST', url, body: '{}' }, { whose: 'it' })).rejects.toMatchObject({ kind })
})
