/** What happens in a life, one thing after the other, as chance has it. What people do of themselves is here; what fails, in troubles.ts. */
import type { Acts } from './acts.ts'
import { alarms } from './alarms.ts'
import { EVERYBODY } from './cast.ts'
import { configOf } from './configuration.ts'
import { edited } from './editions.ts'
import { open } from './known.ts'
import type { Play } from './play.ts'
import type { Stage } from './stage.ts'
import { type Climate, TROUBLES } from './troubles.ts'

const TITLES = [
  'The whole site is down for everyone',
  'All customer orders were deleted, data loss',
  'Checkout fails for most users',
  'Search is slow for some users',
  'A typo on the help page',
] as const
const OPEN_MOST = 4

export type Parts = {
  readonly stage: Stage
  readonly acts: Acts
  readonly play: Play
  readonly climate: Climate
}

/** On the first chat that they have. */
export function does(
  { stage, acts }: Parts,
  line: (who: string) => string,
  who = stage.luck.pick(Object.keys(stage.team.people)),
): Promise<string> {
  return acts.types(who, line(who), EVERYBODY[who]?.chats[0] ?? 'slack')
}

/** How often, compared with the others. */
const DEEDS: readonly (readonly [number, (parts: Parts) => unknown])[] = [
  [22, declare],
  [10, parts => alarms(parts.stage, parts.acts)],
  [24, work],
  [4, pageByHand],
  [6, rota],
  [3, item],
  [2, parts => does(parts, who => `/oncall test ${who === 'emi' ? 'webhook' : 'sms'}`)],
  [3, reload],
  [2, silence],
]

export function happen(parts: Parts): unknown {
  const { luck } = parts.stage
  const troubles = TROUBLES.filter(each => each.in.includes(parts.climate))
  const all = [...DEEDS, ...troubles.map(({ weight, run }) => [weight, amid(run)] as const)]
  const hat = all.flatMap(([weight, run]) => Array.from({ length: weight }, () => run))
  return luck.pick(hat)(parts)
}

/** Trouble comes when somebody is being called, as often as not. */
const amid = (run: (parts: Parts) => unknown) => async (parts: Parts) => {
  const { luck, said, agenda, now } = parts.stage
  if (luck.happens(0.4) || open(said).length >= OPEN_MOST) return run(parts)
  const severity = luck.pick(['SEV1', 'SEV1', 'SEV2'])
  await does(parts, () => `/incident declare ${luck.pick(TITLES)} ${luck.upTo(1e6)} --severity ${severity}`)
  return agenda.add(now() + luck.upTo(12 * 60_000), () => run(parts))
}

function declare(parts: Parts): unknown {
  const { luck, said } = parts.stage
  if (open(said).length >= OPEN_MOST) return undefined
  const severity = luck.happens(0.35) ? ` --severity ${luck.pick(['SEV1', 'SEV1', 'SEV2', 'SEV3'])}` : ''
  const service = luck.happens(0.35) ? ` --service ${luck.pick(['checkout', 'search'])}` : ''
  const drill = luck.happens(0.07) ? ` --drill${luck.happens(0.5) ? ' --silent aiko' : ''}` : ''
  const title = `${luck.pick(TITLES)} ${luck.upTo(1e6)}`
  return does(parts, () => `/incident declare ${title}${severity}${service}${drill}`)
}

const LINES = [
  ...['resolve', 'resolve', 'close', 'close', 'ack', 'ack', 'unack', 'reopen', 'escalate'],
  ...['severity SEV1', 'severity SEV2', 'severity SEV3', 'update It goes on'],
] as const

function work(parts: Parts): unknown {
  const { luck, said } = parts.stage
  const known = luck.happens(0.1) ? said.flatMap(each => each.incident ?? []) : open(said)
  const [verb = '', ...rest] = luck.pick(LINES).split(' ')
  if (known.length === 0) return undefined
  return does(parts, () => `/incident ${verb} ${luck.pick(known)} ${rest.join(' ')}`.trim())
}

function pageByHand(parts: Parts): unknown {
  const { luck, said, team } = parts.stage
  const known = open(said)
  if (known.length === 0) return undefined
  return does(parts, () => `/incident page ${luck.pick(known)} @${luck.pick(Object.keys(team.people))}`)
}

function rota(parts: Parts): unknown {
  const { luck, team, said } = parts.stage
  const schedule = luck.pick(['primary', 'secondary'])
  const other = luck.pick(Object.keys(team.people))
  const takeBacks = said.flatMap(each => each.presses.filter(line => line.includes('--cancel')))
  const times = luck.pick(['22:00 06:00', 'tomorrow 09:00 tomorrow 12:00'])
  const lines = [
    `/oncall take 3h --schedule ${schedule}`,
    `/oncall override @${other} now 5h --schedule ${schedule}`,
    `/oncall override @${other} ${times} --schedule ${schedule}`,
    `/oncall swap @${other} --schedule ${schedule}`,
    ...takeBacks.slice(-1),
  ]
  return does(parts, () => luck.pick(lines))
}

function item(parts: Parts): unknown {
  const { luck } = parts.stage
  const owner = luck.pick(['aiko', 'ben', 'chika'])
  const due = luck.pick(['today', 'tomorrow', '3d'])
  return does(parts, () => `/action add Mend part ${luck.upTo(1e6)} --owner @${owner} --due ${due}`)
}

/** The configuration is edited and read again, as on SIGHUP. */
async function reload({ stage, play }: Parts): Promise<void> {
  const { running } = play
  if (!running || running.line.still) return
  const next = edited(stage.luck, stage.team)
  stage.team = next
  const config = configOf(next)
  stage.pulse.busy += 1
  const asked = running.app.configure(config).then(
    () => true,
    () => false,
  )
  const done = await Promise.race([asked, running.line.lost().then(() => false)])
  stage.pulse.busy -= 1
  stage.teams.push({ from: stage.now(), team: next, sure: done })
  const names = Object.keys(next.people).join(', ')
  stage.tell('---', `the team is ${names} now${done ? '' : ' (it was not read)'}`)
}

function silence({ stage, acts }: Parts): unknown {
  const who = stage.luck.pick(['aiko', 'chika'])
  return acts.texts(who, stage.luck.pick(['STOP', 'START', 'START', 'HELP']), undefined)
}
