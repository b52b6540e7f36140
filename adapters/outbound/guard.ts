/**
 * Which addresses Tocsin may call on its own (S19). What stands in the configuration may be written by somebody who should not
 * reach the machine's neighbours: every address that a name means is checked, and the connection goes to a checked one.
 */
import { lookup } from 'node:dns/promises'
import { BlockList, isIP } from 'node:net'

export type Address = { readonly address: string; readonly family: 4 | 6 }
export type Resolve = (host: string) => Promise<readonly Address[]>

export const systemResolve: Resolve = async host =>
  (await lookup(host, { all: true })).map(({ address, family }) => ({
    address,
    family: family === 6 ? 6 : 4,
  }))

/** Never: where clouds keep their secrets, and what is no host. */
const NEVER = blockList([
  ['169.254.0.0', 16, 'ipv4'],
  ['0.0.0.0', 8, 'ipv4'],
  ['224.0.0.0', 4, 'ipv4'],
  ['240.0.0.0', 4, 'ipv4'],
  ['100.100.100.200', 32, 'ipv4'],
  ['192.0.0.192', 32, 'ipv4'],
  ['fe80::', 10, 'ipv6'],
  ['ff00::', 8, 'ipv6'],
  ['fd00:ec2::254', 128, 'ipv6'],
  ['64:ff9b::', 96, 'ipv6'],
  ['64:ff9b:1::', 48, 'ipv6'],
  ['2002::', 16, 'ipv6'],
  ['2001::', 32, 'ipv6'],
])

/** Only where the configuration says that it means them. */
const PRIVATE = blockList([
  ['10.0.0.0', 8, 'ipv4'],
  ['127.0.0.0', 8, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['100.64.0.0', 10, 'ipv4'],
  ['192.0.0.0', 24, 'ipv4'],
  ['198.18.0.0', 15, 'ipv4'],
  ['::1', 128, 'ipv6'],
  ['fc00::', 7, 'ipv6'],
])

/** `::` and what maps no address are no host either. */
const UNSPECIFIED = '::'

function blockList(nets: readonly (readonly [string, number, 'ipv4' | 'ipv6'])[]): BlockList {
  const list = new BlockList()
  for (const [net, bits, family] of nets) list.addSubnet(net, bits, family)
  return list
}

/** Why an address may not be called; undefined when it may. */
export function blockedAddress({ address, family }: Address, allowPrivate: boolean): string | undefined {
  const kind = family === 6 ? 'ipv6' : 'ipv4'
  if (address === UNSPECIFIED || NEVER.check(address, kind)) return 'it is never called'
  return !allowPrivate && PRIVATE.check(address, kind) ? 'it is a private address' : undefined
}

/** What is wrong with where a URL leads, or the addresses that it may be called at. */
export async function checkedAddresses(
  url: URL,
  { allowPrivate, resolve = systemResolve }: { readonly allowPrivate: boolean; readonly resolve?: Resolve },
): Promise<readonly Address[] | string> {
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'only http and https are called'
  if (url.username || url.password) return 'an address may not carry a name or a password'
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const literal = isIP(host)
  const all: readonly Address[] = literal
    ? [{ address: host, family: literal === 6 ? 6 : 4 }]
    : await resolve(host)
  for (const each of all) {
    const why = blockedAddress(each, allowPrivate)
    if (why) return `${host} leads to ${each.address}, and ${why}`
  }
  return all.length > 0 ? all : `${host} leads nowhere`
}
