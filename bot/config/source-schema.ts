/** The shape of a source of evidence. What only some kinds know is refused for the others. */
import * as z from 'zod'
import { SOURCE_KINDS, type SourceKind } from '../evidence/types.ts'
import * as field from './fields.ts'

const query = field.reads('a query with $service in it', text =>
  text.includes('$service') && text.length <= MAX_QUERY ? text : undefined,
)
const MAX_QUERY = 2000
const MAX_QUERIES = 20

/** Where a key means something; a key that is not here does so everywhere. */
const ONLY_FOR: Readonly<Record<string, readonly SourceKind[]>> = {
  queries: ['prometheus'],
  query: ['loki', 'elasticsearch'],
  index: ['elasticsearch'],
  time_field: ['elasticsearch'],
  message_field: ['elasticsearch'],
}

/** Read when it is sent: the configuration is kept in the database, and what opens other doors is not. */
const fromFile = z.strictObject({ file: z.string().min(1) })
const SECRET_HEADER = /auth|token|key|secret|cookie|password/i

export const source = z
  .strictObject({
    kind: z.enum(SOURCE_KINDS),
    url: field.address,
    link: field.address.optional(),
    grafana: z.strictObject({ url: field.address, datasource: z.string().min(1).max(100) }).optional(),
    user: z.string().min(1).max(200).optional(),
    token_file: z.string().min(1).optional(),
    headers: z.record(field.header, z.union([z.string().max(1000), fromFile])).optional(),
    names: z.record(z.string(), z.string().min(1).max(200)).optional(),
    queries: z
      .record(z.string().min(1).max(60), query)
      .refine(all => Object.keys(all).length <= MAX_QUERIES, `at most ${MAX_QUERIES} queries`)
      .optional(),
    query: query.optional(),
    index: z
      .string()
      .regex(/^[^\s/?#"\\<>|]{1,200}$/, 'indices such as logs-*,filebeat-*')
      .optional(),
    time_field: z.string().min(1).max(100).optional(),
    message_field: z.string().min(1).max(100).optional(),
  })
  .check(context => {
    const { kind, headers = {} } = context.value
    for (const [name, value] of Object.entries(headers))
      if (typeof value === 'string' && SECRET_HEADER.test(name))
        context.issues.push({
          code: 'custom',
          input: value,
          path: ['headers', name],
          message: 'the file that holds it, such as { file: ./prom.key }',
          params: { hint: 'a token that is sent as Authorization goes into token_file' },
        })
    for (const [key, kinds] of Object.entries(ONLY_FOR)) {
      const value = context.value[key as keyof typeof context.value]
      if (value === undefined || kinds.includes(kind)) continue
      context.issues.push({
        code: 'custom',
        input: value,
        path: [key],
        message: `nothing: it is for ${kinds.join(' and ')}`,
        params: { hint: HINTS[`${key} ${kind}`] ?? `leave it out for ${kind}` },
      })
    }
  })

const HINTS: Readonly<Record<string, string>> = {
  'query prometheus': 'its queries are under `queries`, each with a name',
  'queries loki': 'it has one: `query`',
  'queries elasticsearch': 'it has one: `query`',
}
