/**
 * Whatever is not a GET must come from a page of ours (S27). Every browser says where a form comes from; what says nothing is no
 * browser, and has the API.
 */
import type { Context } from 'hono'
import { problem } from './server.ts'

/** `publicUrl`: our name before a proxy that gives us another one. */
export const ownOrigin = (publicUrl: string | undefined) => {
  const known = publicUrl === undefined ? undefined : new URL(publicUrl).origin
  return async (context: Context, next: () => Promise<void>) => {
    if (!['GET', 'HEAD'].includes(context.req.method) && !isOwn(context, known))
      return problem(
        403,
        'This came from another page. Open the page of Tocsin anew, and send it from there.',
      )
    await next()
    return undefined
  }
}

function isOwn(context: Context, known: string | undefined): boolean {
  const origin = context.req.header('origin')
  const site = context.req.header('sec-fetch-site')
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false
  if (origin === undefined) return site !== undefined
  return origin === known || origin.replace(/^https?:\/\//, '') === context.req.header('host')
}
