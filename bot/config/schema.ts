/** The shape of the configuration file. What names what is checked in references.ts. */
import * as z from 'zod'
import {
  CONTACT_WAYS,
  GUARDED,
  MAPPED,
  REACTIONS,
  type Reaction,
  SEVERITIES,
  SOURCES,
  WAYS,
} from '../words.ts'
import * as field from './fields.ts'
import { postmortemSchema } from './postmortem.ts'
import { source } from './source-schema.ts'

const person = z.strictObject({
  name: z.string().min(1).max(100),
  timezone: field.timezone.optional(),
  slack: field.slackId.optional(),
  discord: field.discordId.optional(),
  email: field.email.optional(),
  phone: field.phone.optional(),
  ntfy: z.string().min(1).max(200).optional(),
  webhook: z.url({ protocol: /^https?$/ }).optional(),
  notify: z
    .array(
      z.strictObject({
        after: field.duration,
        by: z.enum(WAYS),
        for: field.severities.optional(),
      }),
    )
    .min(1)
    .max(20)
    .optional(),
  quiet_hours: field.hours.optional(),
  lead: z.string().optional(),
  github: z
    .string()
    .regex(/^[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})$/, 'a GitHub login such as octocat')
    .optional(),
})

const turns = {
  every: field.every,
  handoff: field.handoff,
  starts: field.date,
  ends: field.date.optional(),
  people: z.array(z.string()).min(1).max(200),
  only: field.restrictions.optional(),
}
const rotation = z.strictObject(turns).check(checkTurns)
const layer = z
  .strictObject({ name: field.key.optional(), timezone: field.timezone.optional(), ...turns })
  .check(checkTurns)

function checkTurns(context: z.core.ParsePayload<z.output<z.ZodObject<typeof turns>>>): void {
  const { every, handoff, starts, ends } = context.value
  if (every.unit === 'week' && handoff.weekday === undefined) {
    context.issues.push({
      code: 'custom',
      input: handoff,
      path: ['handoff'],
      message: 'a weekday and a time such as "mon 09:00"',
      params: { hint: 'the rotation goes by weeks' },
    })
  }
  if (ends !== undefined && ends < starts) {
    context.issues.push({
      code: 'custom',
      input: ends,
      path: ['ends'],
      message: 'a date that is not before `starts`',
      params: { hint: `it starts on ${starts}; \`ends\` is its last day` },
    })
  }
}

const schedule = z
  .strictObject({
    timezone: field.timezone.optional(),
    rotation: rotation.optional(),
    layers: z.array(layer).min(1).max(50).optional(),
    group: z
      .strictObject({
        slack: z
          .string()
          .regex(/^S[A-Z0-9]{6,}$/, 'the id of a user group, such as S0123ABCD')
          .optional(),
        discord: field.discordId.optional(),
      })
      .optional(),
  })
  .check(context => {
    const { rotation: base, layers = [] } = context.value
    if (!base && layers.length === 0) {
      context.issues.push({
        code: 'custom',
        input: context.value,
        path: [],
        message: '`rotation`, `layers` or both',
      })
    }
    layers.forEach(({ name }, index) => {
      if (name === undefined || layers.findIndex(each => each.name === name) === index) return
      context.issues.push({
        code: 'custom',
        input: name,
        path: ['layers', index, 'name'],
        message: 'a name that no other layer of the schedule has',
      })
    })
  })

const rung = z.union([
  z.string().transform(page => ({ page, after: undefined })),
  z.strictObject({ page: z.string(), after: field.duration.optional() }),
])
const chain = z.array(rung).max(50)
const repeat = z.int().min(0).max(100)

const severity = z.strictObject({
  description: z.string().max(200).optional(),
  respond_within: field.respondWithin.optional(),
  escalation: chain.optional(),
  repeat: repeat.optional(),
  update_within: field.orNever.optional(),
  targets: z
    .strictObject({
      detect: field.duration.optional(),
      mitigate: field.duration.optional(),
      resolve: field.duration.optional(),
    })
    .optional(),
  criteria: z.array(z.string().min(1).max(100)).max(50).optional(),
})

const role = z
  .strictObject({
    schedule: z.string().optional(),
    people: z.array(z.string()).max(200).optional(),
    channel: field.channel.optional(),
  })
  .check(context => {
    const { schedule, people, channel } = context.value
    if (!schedule && !people?.length && !channel) {
      context.issues.push({
        code: 'custom',
        input: context.value,
        path: [],
        message: 'a schedule, people or a channel',
      })
    }
  })

const service = z.strictObject({
  tier: z.int().min(1).max(5).optional(),
  owners: z.array(z.string()).max(50).optional(),
  escalation: z
    .strictObject({
      SEV1: chain.optional(),
      SEV2: chain.optional(),
      SEV3: chain.optional(),
      SEV4: chain.optional(),
      repeat: repeat.optional(),
    })
    .optional(),
  depends_on: z.array(z.string()).max(200).optional(),
  links: z.record(z.string().min(1).max(60), z.url({ protocol: /^https?$/ })).optional(),
  slo: z.strictObject({ target: field.sloTarget, per: field.duration }).optional(),
})

const integration = z.strictObject({
  source: z.enum(SOURCES),
  declare: z.union([z.literal(false).transform(() => []), field.severities]).optional(),
  severities: z.record(z.string(), z.enum(SEVERITIES)).optional(),
  mapping: z.partialRecord(z.enum(MAPPED), z.string().min(1).max(200)).optional(),
  secret: z.string().min(8).optional(),
  secret_file: z.string().min(1).optional(),
  token: z.string().min(16).optional(),
  token_file: z.string().min(1).optional(),
  service: z.string().optional(),
})

const discord = z
  .strictObject({
    places: z.enum(['channel', 'thread', 'forum']).optional(),
    category: field.discordId.optional(),
    parent: field.discordId.optional(),
  })
  .check(context => {
    const { places = 'channel', parent } = context.value
    if (places !== 'channel' && parent === undefined)
      context.issues.push({
        code: 'custom',
        input: parent,
        path: ['parent'],
        message: 'the id of the channel or forum that holds them',
        params: { hint: `incidents live in a ${places}` },
      })
  })

const reactions = Object.keys(REACTIONS) as Reaction[]

const named = <T extends z.ZodType>(value: T) => z.record(field.key, value)

export const fileSchema = z.strictObject({
  team: z.strictObject({
    name: z.string().min(1).max(100),
    timezone: field.timezone,
    channel: field.channel.optional(),
    holidays: z.array(field.date).max(1000).optional(),
    business_hours: z
      .strictObject({
        days: z.array(field.weekday).min(1).max(7).optional(),
        from: field.clockTime.optional(),
        to: field.clockTime.optional(),
      })
      .optional(),
  }),
  people: named(person),
  schedules: named(schedule).optional(),
  severities: z
    .strictObject({
      SEV1: severity.optional(),
      SEV2: severity.optional(),
      SEV3: severity.optional(),
      SEV4: severity.optional(),
    })
    .optional(),
  words: z.record(z.string(), z.array(z.string().min(1).max(200)).max(500)).optional(),
  roles: named(role).optional(),
  services: named(service).optional(),
  integrations: named(integration).optional(),
  sources: named(source).optional(),
  discord: discord.optional(),
  channels: z
    .array(z.enum(['slack', 'discord', 'console']))
    .min(1)
    .optional(),
  may: z.partialRecord(z.enum(GUARDED), z.array(z.string()).min(1).max(200)).optional(),
  limits: z.partialRecord(z.enum(CONTACT_WAYS), field.limit).optional(),
  private_addresses: z.boolean().optional(),
  actions: z
    .strictObject({
      github: z
        .strictObject({
          repo: z.string().regex(/^[A-Za-z0-9-]+\/[A-Za-z0-9._-]+$/, 'owner/name of the repository'),
          token_file: z.string().min(1),
          labels: z.array(z.string().min(1).max(50)).min(1).max(10).optional(),
        })
        .optional(),
    })
    .optional(),
  timeline: z.strictObject({ reaction: z.enum([...reactions, 'none']).optional() }).optional(),
  digest: z.strictObject({ every: field.handoff.optional(), channel: field.channel.optional() }).optional(),
  postmortem: postmortemSchema.optional(),
})

export type File = z.output<typeof fileSchema>
export type FileRung = z.output<typeof rung>
export type FileLayer = z.output<typeof layer>
