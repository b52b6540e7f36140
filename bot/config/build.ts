/** From the file's values to the configuration: defaults filled in, names become keys. */
import { hash } from 'node:crypto'
import { DEFAULT_LIMITS, type Limits } from '../pages/limits.ts'
import type { Template } from '../postmortem/template.ts'
import type { BusinessCalendar } from '../schedules/business.ts'
import { hoursBetween, restrictionOf } from '../schedules/restriction-text.ts'
import type { Rotation, Schedule, Weekday } from '../schedules/types.ts'
import { CONTACT_WAYS, SEVERITIES, type Severity } from '../words.ts'
import { BUILT_IN } from './built-in.ts'
import { buildExport } from './postmortem.ts'
import type { File, FileLayer, FileRung } from './schema.ts'
import type {
  Config,
  DiscordSettings,
  Person,
  Rung,
  Service,
  SeverityLevel,
  SourceSettings,
} from './types.ts'

const WORKDAYS: readonly Weekday[] = [1, 2, 3, 4, 5]

export function buildConfig(file: File, template: Template): Config {
  const { team } = file
  return {
    team: {
      name: team.name,
      timezone: team.timezone,
      channel: team.channel ?? { name: '#incidents' },
      business: business(file),
    },
    people: mapValues(file.people, (person, id) => buildPerson(id, person, team.timezone)),
    schedules: mapValues(file.schedules ?? {}, (schedule, name): Schedule => {
      const base = schedule.rotation ? [schedule.rotation] : []
      const layers = (schedule.layers ?? []).map((layer, index) => ({ name: `${index + 1}`, ...layer }))
      return {
        name,
        timezone: schedule.timezone ?? team.timezone,
        layers: [...base, ...layers].map(layer => buildRotation(layer, business(file))),
      }
    }),
    severities: Object.fromEntries(
      SEVERITIES.map(severity => [severity, buildLevel(file, severity)]),
    ) as Config['severities'],
    words: file.words ?? {},
    roles: mapValues(file.roles ?? {}, ({ schedule, people, channel }) => ({
      ...(schedule ? { schedule } : {}),
      ...(people ? { people } : {}),
      ...(channel ? { channel } : {}),
    })),
    services: mapValues(file.services ?? {}, (service, id) => buildService(id, service)),
    integrations: mapValues(
      file.integrations ?? {},
      ({ source, token, token_file, service, ...rest }, id) => ({
        id,
        source,
        declare: rest.declare ?? ['SEV1', 'SEV2', 'SEV3'],
        severities: Object.fromEntries(
          Object.entries(rest.severities ?? {}).map(([word, severity]) => [word.toLowerCase(), severity]),
        ),
        mapping: rest.mapping ?? {},
        ...(rest.secret ? { secret: rest.secret } : {}),
        ...(rest.secret_file ? { secretFile: rest.secret_file } : {}),
        ...(service ? { service } : {}),
        // Every configuration is kept in the database: a token that stands in the file is kept as its hash.
        ...(token ? { tokenHash: hash('sha256', token, 'base64') } : {}),
        ...(token_file ? { tokenFile: token_file } : {}),
      }),
    ),
    sources: mapValues(file.sources ?? {}, buildSource),
    discord: discordSettings(file),
    groups: mapValues(file.schedules ?? {}, ({ group: { slack, discord } = {} }) => ({
      ...(slack ? { slack } : {}),
      ...(discord ? { discord } : {}),
    })),
    ...(file.channels ? { channels: file.channels } : {}),
    may: file.may ?? {},
    limits: limitsOf(file),
    privateAddresses: file.private_addresses ?? false,
    actions: { github: githubOf(file) },
    timeline: { reaction: reactionOf(file) },
    digest: {
      every: file.digest?.every ?? { weekday: 1, minute: 9 * 60 },
      channel: file.digest?.channel ?? team.channel ?? { name: '#incidents' },
    },
    postmortem: { template, export: buildExport(file.postmortem) },
  }
}

function githubOf({ actions }: File): Config['actions']['github'] {
  if (!actions?.github) return null
  const { repo, token_file, labels = ['action-item'] } = actions.github
  return { repo, tokenFile: token_file, labels }
}

const reactionOf = ({ timeline: { reaction = 'pushpin' } = {} }: File): Config['timeline']['reaction'] =>
  reaction === 'none' ? null : reaction

const limitsOf = ({ limits = {} }: File): Limits =>
  Object.fromEntries(CONTACT_WAYS.map(way => [way, limits[way] ?? DEFAULT_LIMITS[way]])) as unknown as Limits

const discordSettings = ({
  discord: { places = 'channel', category, parent } = {},
}: File): DiscordSettings => ({
  places,
  ...(category ? { category } : {}),
  ...(parent ? { parent } : {}),
})

const mapValues = <A, B>(
  record: Readonly<Record<string, A>>,
  change: (value: A, key: string) => B,
): Record<string, B> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value, key)]))

function business({ team }: File): BusinessCalendar {
  const hours = team.business_hours
  return {
    timezone: team.timezone,
    holidays: team.holidays ?? [],
    days: hours?.days ?? WORKDAYS,
    ...hoursBetween(hours?.from ?? 9 * 60, hours?.to ?? 18 * 60),
  }
}

function buildPerson(id: string, person: File['people'][string], teamZone: string): Person {
  const { slack, discord, email, phone, ntfy, webhook } = person
  return {
    id,
    name: person.name,
    timezone: person.timezone ?? teamZone,
    identities: { console: id, web: id, ...(slack ? { slack } : {}), ...(discord ? { discord } : {}) },
    contacts: {
      ...(phone ? { sms: phone, voice: phone } : {}),
      ...(email ? { email } : {}),
      ...(ntfy ? { push: ntfy } : {}),
      ...(webhook ? { webhook } : {}),
    },
    notify: (person.notify ?? [{ after: 0, by: 'chat' as const, for: undefined }]).map(
      ({ after, by, for: severities }) => ({ afterMs: after, by, ...(severities ? { severities } : {}) }),
    ),
    ...(person.quiet_hours ? { quiet: person.quiet_hours } : {}),
    ...(person.lead ? { lead: person.lead } : {}),
    ...(person.github ? { github: person.github } : {}),
  }
}

function buildSource(
  {
    token_file,
    time_field,
    message_field,
    headers,
    names,
    index,
    ...rest
  }: NonNullable<File['sources']>[string],
  name: string,
): SourceSettings {
  return {
    ...given(rest),
    name,
    ...(token_file ? { tokenFile: token_file } : {}),
    headers: headers ?? {},
    names: names ?? {},
    index: index ?? '*',
    timeField: time_field ?? '@timestamp',
    messageField: message_field ?? 'message',
  }
}

/** Without the keys that have no value. */
const given = <T extends object>(all: T) =>
  Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>
  }

function buildRotation(
  { only, ends, name, timezone, ...turns }: FileLayer,
  calendar: BusinessCalendar,
): Rotation {
  return {
    ...turns,
    ...(name ? { name } : {}),
    ...(timezone ? { timezone } : {}),
    ...(ends ? { ends } : {}),
    ...(only ? { only: only.map(each => restrictionOf(calendar, each)) } : {}),
  }
}

function buildLevel(file: File, severity: Severity): SeverityLevel {
  const given = file.severities?.[severity]
  const built = BUILT_IN[severity]
  return {
    description: given?.description ?? built.description,
    respondWithin: given?.respond_within ?? built.respondWithin,
    escalation: given?.escalation ? given.escalation.map(buildRung) : built.escalation,
    repeat: given?.repeat ?? built.repeat,
    updateWithin: given?.update_within === undefined ? built.updateWithin : given.update_within,
    targets: {
      detect: given?.targets?.detect ?? built.targets.detect,
      mitigate: given?.targets?.mitigate ?? built.targets.mitigate,
      resolve: given?.targets?.resolve ?? built.targets.resolve,
    },
    criteria: given?.criteria ?? built.criteria,
  }
}

const buildRung = ({ page, after }: FileRung): Rung => ({
  role: page,
  ...(after === undefined ? {} : { afterMs: after }),
})

function buildService(id: string, service: NonNullable<File['services']>[string]): Service {
  const { repeat, ...chains } = service.escalation ?? {}
  const own = Object.entries(chains).flatMap(([severity, chain]) =>
    chain ? [[severity, chain.map(buildRung)] as const] : [],
  )
  return {
    id,
    ...(service.tier === undefined ? {} : { tier: service.tier }),
    owners: service.owners ?? [],
    escalation: Object.fromEntries(own),
    ...(repeat === undefined ? {} : { repeat }),
    dependsOn: service.depends_on ?? [],
    links: service.links ?? {},
    ...(service.slo ? { slo: { target: service.slo.target, perMs: service.slo.per } } : {}),
  }
}
