/** What names what: every name must mean something, and a misspelt one gets a suggestion. */
import { nearest } from '../refusal.ts'
import { SEVERITIES } from '../words.ts'
import { BUILT_IN } from './built-in.ts'
import { type Locate, type Problem, show } from './problems.ts'
import type { File } from './schema.ts'

type Path = readonly PropertyKey[]
type Check = (
  path: Path,
  name: string,
  known: readonly string[],
  what: string,
  level?: Problem['level'],
) => readonly Problem[]

/** The names that a file defines, also those whose definition has a mistake: a mistake is said once, where it is. */
export type Defined = Readonly<Record<'people' | 'schedules' | 'roles' | 'services', readonly string[]>>

export function checkReferences(file: File, defined: Defined, locate: Locate): readonly Problem[] {
  const check: Check = (path, name, known, what) => {
    if (known.includes(name)) return []
    const near = nearest(name, known)
    const hint = near
      ? `did you mean ${near}?`
      : known.length > 0 && known.length <= 8
        ? `there is ${known.join(', ')}`
        : undefined
    return [locate(path, { level: 'error', found: show(name), expected: what, ...(hint ? { hint } : {}) })]
  }
  return [
    ...leads(file, defined, check, locate),
    ...schedules(file, defined, check),
    ...noHolidays(file, locate),
    ...roles(file, defined, check),
    ...chains(file, defined, check),
    ...services(file, defined, check),
    ...mays(file, defined, check),
    ...sources(file, defined, check),
    ...privateSources(file, locate),
    ...sharedIdentities(file, locate),
    ...defaultRoles(file, defined, locate),
  ]
}

const PERSON = 'a person of `people`'

const leads = (file: File, { people }: Defined, check: Check, locate: Locate): readonly Problem[] =>
  Object.entries(file.people).flatMap(([id, { lead }]) => {
    if (lead === undefined) return []
    const path = ['people', id, 'lead']
    if (lead !== id) return check(path, lead, people, PERSON)
    return [
      locate(path, {
        level: 'error',
        found: show(lead),
        expected: 'somebody else: it is the person themselves',
      }),
    ]
  })

function schedules(file: File, { people }: Defined, check: Check): readonly Problem[] {
  return Object.entries(file.schedules ?? {}).flatMap(([name, { rotation, layers }]) => {
    const own = rotation ? [{ path: ['rotation'], people: rotation.people }] : []
    const all = [
      ...own,
      ...(layers ?? []).map((layer, index) => ({ path: ['layers', index], people: layer.people })),
    ]
    return all.flatMap(each =>
      each.people.flatMap((person, index) =>
        check(['schedules', name, ...each.path, 'people', index], person, people, PERSON),
      ),
    )
  })
}

/** A layer for holidays that never come. */
const noHolidays = (file: File, locate: Locate): readonly Problem[] =>
  file.team.holidays?.length
    ? []
    : Object.entries(file.schedules ?? {}).flatMap(([name, { rotation, layers = [] }]) => {
        const forHolidays = (turns: (typeof layers)[number] | undefined) =>
          turns?.only?.some(({ days }) => days === 'holidays') ?? false
        const paths = layers.flatMap((layer, index) => (forHolidays(layer) ? [['layers', index]] : []))
        return [...(forHolidays(rotation) ? [['rotation']] : []), ...paths].map(path =>
          locate(['schedules', name, ...path, 'only'], {
            level: 'warning',
            found: 'it is for holidays, and there are none',
            expected: '',
            hint: 'list their dates in `team.holidays`',
          }),
        )
      })

const roles = (file: File, defined: Defined, check: Check): readonly Problem[] =>
  Object.entries(file.roles ?? {}).flatMap(([name, role]) => [
    ...(role.schedule
      ? check(['roles', name, 'schedule'], role.schedule, defined.schedules, 'a schedule of `schedules`')
      : []),
    ...(role.people ?? []).flatMap((person, index) =>
      check(['roles', name, 'people', index], person, defined.people, PERSON),
    ),
  ])

function chains(file: File, defined: Defined, check: Check): readonly Problem[] {
  const builtIn = SEVERITIES.flatMap(severity => BUILT_IN[severity].escalation.map(rung => rung.role))
  const rungs = (path: Path, chain: readonly { page: string }[] | undefined) =>
    (chain ?? []).flatMap(({ page }, index) =>
      builtIn.includes(page)
        ? []
        : check([...path, index], page, [...defined.roles, ...builtIn], 'a role of `roles`'),
    )
  const own = SEVERITIES.flatMap(severity =>
    rungs(['severities', severity, 'escalation'], file.severities?.[severity]?.escalation),
  )
  const ofServices = Object.entries(file.services ?? {}).flatMap(([name, service]) =>
    SEVERITIES.flatMap(severity =>
      rungs(['services', name, 'escalation', severity], service.escalation?.[severity]),
    ),
  )
  return [...own, ...ofServices]
}

const services = (file: File, defined: Defined, check: Check): readonly Problem[] => {
  const inServices = Object.entries(file.services ?? {}).flatMap(([name, service]) => [
    ...(service.owners ?? []).flatMap((person, index) =>
      check(['services', name, 'owners', index], person, defined.people, PERSON),
    ),
  ])
  const inIntegrations = Object.entries(file.integrations ?? {}).flatMap(([name, { service }]) =>
    service
      ? check(['integrations', name, 'service'], service, defined.services, 'a service of `services`')
      : [],
  )
  return [...inServices, ...inIntegrations]
}

const sources = (file: File, { services: known }: Defined, check: Check): readonly Problem[] =>
  Object.entries(file.sources ?? {}).flatMap(([name, { names }]) =>
    Object.keys(names ?? {}).flatMap(service =>
      check(['sources', name, 'names', service], service, known, 'a service of `services`'),
    ),
  )

/** Hosts that mean something in a private network only. */
const PRIVATE_HOST =
  /^(?:localhost|[^.:[]+|.*\.(?:local|internal|lan|svc|home|corp)|127\..*|10\..*|192\.168\..*|172\.(?:1[6-9]|2\d|3[01])\..*|\[(?:::1|f[cd].*)\])$/i

const privateSources = (file: File, locate: Locate): readonly Problem[] =>
  file.private_addresses === true
    ? []
    : Object.entries(file.sources ?? {})
        .filter(([, { url }]) => PRIVATE_HOST.test(new URL(url).hostname))
        .map(([name, { url }]) =>
          locate(['sources', name, 'url'], {
            level: 'warning',
            found: `${new URL(url).hostname} looks like an address of a private network, and is not called`,
            expected: '',
            hint: 'say that you mean it: private_addresses: true',
          }),
        )

const mays = (file: File, defined: Defined, check: Check): readonly Problem[] =>
  Object.entries(file.may ?? {}).flatMap(([action, named]) =>
    named.flatMap((who, index) =>
      /^discord:\d{15,21}$/.test(who)
        ? []
        : check(
            ['may', action, index],
            who,
            [...defined.people, ...defined.roles],
            'a person, a role, or a group such as discord:80351110224678912',
          ),
    ),
  )

/** Two people with one account would each ack for the other. */
function sharedIdentities(file: File, locate: Locate): readonly Problem[] {
  const seen = new Map<string, string>()
  return Object.entries(file.people).flatMap(([id, person]) =>
    (['slack', 'discord'] as const).flatMap(chat => {
      const account = person[chat]
      if (!account) return []
      const other = seen.get(`${chat}:${account}`)
      seen.set(`${chat}:${account}`, id)
      return other
        ? [
            locate(['people', id, chat], {
              level: 'error',
              found: `${show(account)}, which is ${other}'s already`,
              expected: 'an account of their own',
            }),
          ]
        : []
    }),
  )
}

/** A chain names a role that the file does not define: its rung is empty, and is skipped when it is due. */
function defaultRoles(file: File, { roles: defined }: Defined, locate: Locate): readonly Problem[] {
  const used = SEVERITIES.flatMap(
    severity =>
      file.severities?.[severity]?.escalation?.map(rung => rung.page) ??
      BUILT_IN[severity].escalation.map(rung => rung.role),
  )
  const builtIn = new Set(
    SEVERITIES.flatMap(severity => BUILT_IN[severity].escalation.map(rung => rung.role)),
  )
  return [...new Set(used)]
    .filter(role => builtIn.has(role) && !defined.includes(role))
    .map(role =>
      locate(['roles'], {
        level: 'warning',
        found: `the role ${role} is in a chain and is not defined`,
        expected: '',
        hint: `its rung will be skipped; say who it is under \`roles\``,
      }),
    )
}
