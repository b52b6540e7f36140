/** The shape of a file of expectations: what must be true whenever an incident is declared. */
import * as z from 'zod'
import * as field from '../config/fields.ts'
import { SEVERITIES, WAYS } from '../words.ts'

const instant = field.reads('an instant such as 2026-12-25T03:00:00Z', text => {
  const at = Date.parse(text)
  return /^\d{4}-\d\d-\d\dT.*(?:Z|[+-]\d\d:\d\d)$/.test(text) && !Number.isNaN(at) ? at : undefined
})
const severity = z.enum(SEVERITIES)

const when = z
  .strictObject({
    /** A declaration in words: its severity is judged. */
    description: z.string().min(1).max(2000).optional(),
    severity: severity.optional(),
    service: z.string().optional(),
    /** One instant; else every one within a stretch. */
    at: instant.optional(),
    from: instant.optional(),
    to: instant.optional(),
    within: field.duration.optional(),
    /** Only in these hours, in the team's zone. */
    during: field.restrictions.optional(),
    ack_after: field.duration.optional(),
  })
  .check(context => {
    const { description, severity: given } = context.value
    if (description === undefined && given === undefined)
      context.issues.push({
        code: 'custom',
        input: context.value,
        path: [],
        message: '`severity`, `description` or both',
      })
  })

const paged = z.strictObject({
  person: z.string().optional(),
  /** Whoever is behind a role then. */
  role: z.string().optional(),
  by: z.enum(WAYS).optional(),
  rung: z.int().min(1).optional(),
  within: field.duration.optional(),
})

const expected = z
  .strictObject({
    severity: severity.optional(),
    criterion: z.string().optional(),
    /** Who is paged first. */
    first: z.string().optional(),
    reached: paged.optional(),
    not_paged: paged.optional(),
    /** Nobody at all is paged. */
    nobody: z.literal(true).optional(),
    /** The chain goes on for at least this long before it is exhausted. */
    lasts: field.duration.optional(),
  })
  .check(context => {
    if (Object.keys(context.value).length === 0)
      context.issues.push({
        code: 'custom',
        input: context.value,
        path: [],
        message: 'at least one of severity, criterion, first, reached, not_paged, nobody, lasts',
      })
  })

export const expectationsSchema = z.strictObject({
  tests: z
    .array(z.strictObject({ name: z.string().min(1).max(200), when, expect: expected }))
    .min(1)
    .max(1000),
})

export type Expectation = z.output<typeof expectationsSchema>['tests'][number]
export type Paged = z.output<typeof paged>
