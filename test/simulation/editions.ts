/** The team at the beginning of a life, and as it is edited: people leave and come back, windows get longer. */
import { EVERYBODY } from './cast.ts'
import type { Chance } from './chance.ts'
import { MINUTE, type Team } from './team.ts'

export function teamOf(luck: Chance, starts: string): Team {
  const handoff = luck.pick([9 * 60, 2 * 60 + 30, 0, 15 * 60 + 15])
  return {
    people: EVERYBODY,
    starts,
    schedules: {
      primary: { people: ['aiko', 'ben', 'farid'], at: [handoff], every: '1d' },
      secondary: { people: ['ben', 'diego', 'emi'], at: [6 * 60, 18 * 60], every: '12h' },
    },
    roles: {
      oncall_primary: { schedule: 'primary' },
      oncall_secondary: { schedule: 'secondary' },
      manager: { people: ['chika'] },
      director: { people: ['diego', 'emi'] },
      team_queue: { channel: '#queue' },
    },
    chains: {
      SEV1: {
        rungs: ['oncall_primary', 'oncall_secondary', 'manager', 'director'].map(role => ({ role })),
        window: luck.pick([5, 5, 7]) * MINUTE,
        repeat: luck.upTo(2),
      },
      SEV2: {
        rungs: [{ role: 'oncall_primary' }, { role: 'oncall_secondary' }],
        window: 15 * MINUTE,
        repeat: 0,
      },
      SEV3: { rungs: [{ role: 'oncall_primary' }], window: 60 * MINUTE, repeat: 0 },
      SEV4: { rungs: [{ role: 'team_queue' }], window: null, repeat: 0 },
    },
    services: {
      checkout: {
        rungs: { SEV1: [{ role: 'oncall_primary' }, { role: 'manager', after: 3 * MINUTE }] },
        repeat: 2,
      },
      search: { rungs: {} },
    },
    digest: luck.pick(['mon 09:00', 'sat 18:00', 'sun 02:30', 'thu 12:00']),
  }
}

/** Somebody leaves, comes back, or the rules are changed. */
export function edited(luck: Chance, team: Team): Team {
  const [gone] = Object.keys(EVERYBODY).filter(person => !team.people[person])
  if (luck.happens(0.3)) {
    const { SEV1 } = team.chains
    return {
      ...team,
      chains: { ...team.chains, SEV1: { ...SEV1, window: luck.pick([4, 5, 7, 9]) * MINUTE } },
    }
  }
  return without(team, gone === undefined ? luck.pick(['farid', 'diego', 'emi', 'ben']) : undefined)
}

function without(team: Team, person: string | undefined): Team {
  const stays = (each: string) => each !== person
  return {
    ...team,
    people: Object.fromEntries(Object.entries(EVERYBODY).filter(([id]) => stays(id))),
    schedules: {
      primary: { ...team.schedules.primary!, people: ['aiko', 'ben', 'farid'].filter(stays) },
      secondary: { ...team.schedules.secondary!, people: ['ben', 'diego', 'emi'].filter(stays) },
    },
    roles: { ...team.roles, director: { people: ['diego', 'emi'].filter(stays) } },
  }
}
