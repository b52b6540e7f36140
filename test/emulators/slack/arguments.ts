/**
 * From the bytes of a Web API call to typed arguments.
 *
 * Slack takes form bodies (with JSON inside some fields), JSON bodies and query strings. It ignores arguments that
 * it does not know; the emulator notes each as a violation, for an ignored argument is a wish that nobody heard.
 */

import type { IncomingMessage } from 'node:http'
import { ApiError, refuse } from './api-error.ts'
import type { ArgumentType, Method } from './methods/method.ts'
import type { Json } from './types.ts'
import { violate, type Workspace } from './workspace.ts'

/** Taken by every method: Slack's own SDK adds the team to each call that a listener makes. */
const everywhere: readonly string[] = ['token', 'team_id']

export type RawCall = { readonly fields: Json; readonly isJson: boolean }

/** Reads the body whole, at most `limitBytes`. */
export async function readBody(request: IncomingMessage, limitBytes = 2_000_000): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    const bytes = chunk as Buffer
    size += bytes.length
    if (size > limitBytes) throw new ApiError('invalid_arguments')
    chunks.push(bytes)
  }
  return Buffer.concat(chunks)
}

export function parseCall(request: IncomingMessage, body: Buffer): RawCall {
  const query = new URL(request.url ?? '/', 'http://slack').searchParams
  const isJson = (request.headers['content-type'] ?? '').startsWith('application/json')
  const fields: Record<string, unknown> = Object.fromEntries(query)
  if (isJson) Object.assign(fields, jsonObject(body))
  else Object.assign(fields, Object.fromEntries(new URLSearchParams(body.toString('utf8'))))
  return { fields, isJson }
}

function jsonObject(body: Buffer): object {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'))
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value
  } catch {
    throw new ApiError('invalid_json')
  }
  throw new ApiError('json_not_object')
}

/** The arguments of `method`, typed; refuses missing and malformed ones with every problem at once. */
export function typedArguments(workspace: Workspace, method: Method, call: RawCall): Json {
  if (call.isJson && !method.json)
    violate(workspace, 'json_not_supported', `${method.name} reads no JSON body`)
  const problems: string[] = []
  const args: Record<string, unknown> = {}
  for (const [name, type] of Object.entries(method.args)) {
    const isMissing = call.fields[name] === undefined || call.fields[name] === null
    if (isMissing && type.endsWith('!')) problems.push(`missing required field: ${name}`)
    if (isMissing) continue
    const value = convert(call.fields[name], type.replace('!', '') as ArgumentType)
    if (value === undefined) problems.push(`must be ${type.replace('!', '')} [json-pointer:/${name}]`)
    else args[name] = value
  }
  noteUnknown(workspace, method, call.fields)
  if (problems.length > 0) refuse('invalid_arguments', problems)
  return args
}

function noteUnknown(workspace: Workspace, method: Method, fields: Json): void {
  for (const name of Object.keys(fields))
    if (!everywhere.includes(name) && !Object.hasOwn(method.args, name))
      violate(workspace, 'unknown_argument', `${method.name} has no argument ${name}`)
}

function convert(value: unknown, type: ArgumentType): unknown {
  switch (type) {
    case 'text':
      return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined
    case 'bool':
      return toBoolean(value)
    case 'int':
      return /^\d+$/.test(String(value)) ? Number(value) : undefined
    case 'ids':
      return toIds(value)
    case 'json':
      return toJson(value)
  }
}

function toBoolean(value: unknown): boolean | undefined {
  if (value === true || value === 'true' || value === '1' || value === 1) return true
  return value === false || value === 'false' || value === '0' || value === 0 ? false : undefined
}

function toIds(value: unknown): readonly string[] | undefined {
  if (Array.isArray(value)) return value.map(String)
  return typeof value === 'string' ? value.split(',').filter(id => id !== '') : undefined
}

function toJson(value: unknown): unknown {
  if (typeof value === 'object') return value
  try {
    const parsed: unknown = JSON.parse(String(value))
    return typeof parsed === 'object' && parsed !== null ? parsed : undefined
  } catch {
    return undefined
  }
}
