/** The team as a configuration of the product, through its own parser; JSON is YAML. */
import type { Config } from '../../bot/config/types.ts'
import { config } from '../support/team.ts'
import { addressOf } from './cast.ts'
import {
  type Chain,
  LIMITS,
  type Member,
  type OwnChains,
  type Rotation,
  type Rung,
  SEVERITY_OF,
  type Team,
  ZONE,
} from './team.ts'

const FIELD = { phone: 'sms', email: 'email', ntfy: 'push', webhook: 'webhook' } as const

const clock = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
const seconds = (ms: number): string => `${ms / 1000}s`

const each = <T>(all: Readonly<Record<string, T>>, write: (one: T, id: string) => unknown): object =>
  Object.fromEntries(Object.entries(all).map(([id, one]) => [id, write(one, id)]))

const person = ({ name, chats, contacts, notify, quiet }: Member, id: string): object => ({
  name,
  ...(id === 'chika' ? {} : { lead: 'chika' }),
  ...Object.fromEntries(chats.map(chat => [chat, addressOf(id, chat)])),
  ...Object.fromEntries(contacts.map(field => [field, addressOf(id, FIELD[field])])),
  notify: notify.map(({ after, by, only }) => ({
    after: seconds(after),
    by,
    ...(only ? { for: only } : {}),
  })),
  ...(quiet ? { quiet_hours: quiet.map(hour => clock(hour * 60)).join('-') } : {}),
})

const rung = ({ role, after }: Rung): unknown =>
  after === undefined ? role : { page: role, after: seconds(after) }

const level = ({ rungs, window, repeat }: Chain): object => ({
  escalation: rungs.map(rung),
  repeat,
  ...(window === null ? {} : { respond_within: seconds(window) }),
})

const service = ({ repeat, rungs }: OwnChains): object => ({
  escalation: { ...each(rungs, own => own.map(rung)), ...(repeat === undefined ? {} : { repeat }) },
})

export function configOf({ people, schedules, starts, roles, chains, services, digest }: Team): Config {
  const rotation = ({ people: turns, at, every }: Rotation) => ({
    rotation: { every, handoff: clock(at[0] ?? 0), starts, people: turns },
  })
  const prom = {
    source: 'alertmanager',
    declare: ['SEV1', 'SEV2'],
    severities: SEVERITY_OF,
    token: 'a-token-that-only-tests-know',
  }
  return config(
    JSON.stringify({
      team: { name: 'Lives', timezone: ZONE, channel: '#incidents' },
      people: each(people, person),
      schedules: each(schedules, rotation),
      roles,
      severities: each(chains, level),
      services: each(services, service),
      limits: each(LIMITS, count => `${count} per 15m`),
      integrations: { prom },
      digest: { every: digest },
    }),
  )
}
