/**
 * The team's configuration after parsing: plain, frozen, checked values. `adapters` and features read this and
 * never the YAML. The file's shape is in the reference; the schema fragments that parse it live beside each feature.
 */
import type { SourceKind } from '../evidence/types.ts'
import type { Limits } from '../pages/limits.ts'
import type { Template } from '../postmortem/template.ts'
import type { BusinessCalendar } from '../schedules/business.ts'
import type { Handoff, Hours, Schedule } from '../schedules/types.ts'
import type { ChatName, Guarded, PersonId, Reaction, Severity, Source, Way } from '../words.ts'

/** A channel in a chat; a bare name in the file (`chat` absent) means that name on every connected chat. */
export type ChannelRef = { readonly chat?: ChatName; readonly name: string }

/** One step of how a person is paged, counted from the start of the page. */
export type NotifyStep = {
  readonly afterMs: number
  readonly by: Way
  /** Only for incidents of these; absent: for all. */
  readonly severities?: readonly Severity[]
}

export type Person = {
  readonly id: PersonId
  readonly name: string
  readonly timezone: string
  /** The person's user id on each chat where they are linked; on the console everybody is linked by their key. */
  readonly identities: Readonly<Record<ChatName, string>>
  /** Where the person is reached by each way other than chat. */
  readonly contacts: Readonly<Partial<Record<Exclude<Way, 'chat'>, string>>>
  readonly notify: readonly NotifyStep[]
  /** On their own clock: no way that makes a noise calls them then, except for SEV1. */
  readonly quiet?: Hours
  /** Their login on GitHub. */
  readonly github?: string
  /** Who hears of what is overdue with them. */
  readonly lead?: PersonId
}

/** What a rung means. At least one field is there; several add up. */
export type Role = {
  readonly schedule?: string
  readonly people?: readonly PersonId[]
  readonly channel?: ChannelRef
}

/** How long people have to respond: milliseconds, or until business hours next open on a working day. */
export type RespondWithin = number | 'next business day'

export type Rung = {
  /** The role's name in `roles`. */
  readonly role: string
  /** Counted from the start of the pass; absent: one `respondWithin` after the rung before it. */
  readonly afterMs?: number
}

/** What a team aims at, in ms; null: nothing. Acknowledging is aimed at by `respondWithin`. */
export type SeverityTargets = {
  /** From the first sign to the declaration. */
  readonly detect: number | null
  /** From the declaration. */
  readonly mitigate: number | null
  readonly resolve: number | null
}

export type SeverityLevel = {
  readonly description: string
  readonly respondWithin: RespondWithin
  readonly escalation: readonly Rung[]
  readonly repeat: number
  /** Somebody who acknowledged is asked after this long without a word, and ten minutes later the chain starts anew; null: never. */
  readonly updateWithin: number | null
  readonly targets: SeverityTargets
  /** Criteria in order, as configured, such as `performance_degradation > 50%`. */
  readonly criteria: readonly string[]
}

/** How much of the time a service is to be there, in percent of a window. */
export type Slo = { readonly target: number; readonly perMs: number }

export type Service = {
  readonly id: string
  readonly tier?: number
  readonly owners: readonly PersonId[]
  /** The service's own chains; a severity without one uses the severity's. */
  readonly escalation: Readonly<Partial<Record<Severity, readonly Rung[]>>>
  /** Holds at every severity of the service. */
  readonly repeat?: number
  readonly dependsOn: readonly string[]
  /** Title -> address: bookmarked in the incident's channel, such as the runbook and the dashboard. */
  readonly links: Readonly<Record<string, string>>
  readonly slo?: Slo
}

export type Integration = {
  readonly id: string
  readonly source: Source
  readonly service?: string
  /** Severities at which its alerts declare an incident. */
  readonly declare: readonly Severity[]
  /** The sender's words for a severity, in small letters -> ours. */
  readonly severities: Readonly<Record<string, Severity>>
  /** For `generic`: field -> dotted path. */
  readonly mapping: Readonly<Record<string, string>>
  /** SHA-256 of the token (base64), or the file that holds it. */
  readonly tokenHash?: string
  readonly tokenFile?: string
  /** The secret with which the sender signs, or the file that holds it. */
  readonly secret?: string
  readonly secretFile?: string
}

/** A system that watches the services, and is asked about them when something is wrong. */
export type SourceSettings = {
  readonly name: string
  readonly kind: SourceKind
  readonly url: string
  /** Where people open it, when that is another address. */
  readonly link?: string
  /** The Grafana that shows it: links lead into its Explore. */
  readonly grafana?: { readonly url: string; readonly datasource: string }
  /** With it the token is a password. */
  readonly user?: string
  /** The file that holds what is sent as `Authorization`. */
  readonly tokenFile?: string
  /** As they are sent, or the files that hold them. */
  readonly headers: Readonly<Record<string, string | { readonly file: string }>>
  /** Service -> what it is called there, where that is something else. */
  readonly names: Readonly<Record<string, string>>
  /** Prometheus: what is measured -> its query. Absent: the usual ones. */
  readonly queries?: Readonly<Record<string, string>>
  /** Loki and Elasticsearch: which lines are errors of `$service`. Absent: the usual ones. */
  readonly query?: string
  /** Elasticsearch: which indices, and the fields of the time and of the words. */
  readonly index: string
  readonly timeField: string
  readonly messageField: string
}

/** Where incidents live on Discord. */
export type DiscordSettings = {
  readonly places: 'channel' | 'thread' | 'forum'
  /** The category of the channels. */
  readonly category?: string
  /** The channel of the threads, or the forum. */
  readonly parent?: string
}

export type GithubIssues = {
  /** `owner/name`. */
  readonly repo: string
  readonly tokenFile: string
  /** Every issue of ours has them; by the first they are found. */
  readonly labels: readonly string[]
}

/** A repository, a wiki's included, in which each published post-mortem is a file. */
export type GitExport = {
  /** An address or a path that git knows. */
  readonly to: string
  readonly branch: string
  /** '' is the repository's own. */
  readonly folder: string
  readonly tokenFile?: string
}

export type Config = {
  readonly team: {
    readonly name: string
    readonly timezone: string
    readonly channel: ChannelRef
    readonly business: BusinessCalendar
  }
  readonly people: Readonly<Record<PersonId, Person>>
  readonly schedules: Readonly<Record<string, Schedule>>
  readonly severities: Readonly<Record<Severity, SeverityLevel>>
  /** A team's own phrases for each criterion, beside the built-in ones. */
  readonly words: Readonly<Record<string, readonly string[]>>
  readonly roles: Readonly<Record<string, Role>>
  readonly services: Readonly<Record<string, Service>>
  readonly integrations: Readonly<Record<string, Integration>>
  readonly sources: Readonly<Record<string, SourceSettings>>
  readonly discord: DiscordSettings
  /** Schedule -> chat -> the user group or role that has the people on call in it. */
  readonly groups: Readonly<Record<string, Readonly<Record<ChatName, string>>>>
  /** The chats on which incidents live; absent: every connected one. Pages go wherever their person is linked. */
  readonly channels?: readonly ChatName[]
  /** Who may do what is not everybody's: people, roles, and groups of a chat such as `discord:123`. */
  readonly may: Readonly<Partial<Record<Guarded, readonly string[]>>>
  /** How many pages a person gets by each way before more of them wait. */
  readonly limits: Limits
  /** Whether addresses of the configuration may lead into private networks (S19). */
  readonly privateAddresses: boolean
  /** Where action items have issues; null: nowhere. */
  readonly actions: { readonly github: GithubIssues | null }
  /** The reaction that keeps a message in the timeline; null: none does. */
  readonly timeline: { readonly reaction: Reaction | null }
  /** When the weekly message leaves, and where to. */
  readonly digest: { readonly every: Handoff; readonly channel: ChannelRef }
  readonly postmortem: {
    readonly template: Template
    readonly export: { readonly git?: GitExport; readonly github?: GithubIssues }
  }
}
