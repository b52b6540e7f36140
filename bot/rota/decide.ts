/** The rules of the rota: what is seen when somebody looks at the schedules, as events. */
import type { Asked } from '../incidents/asked.ts'
import { nextPossible, onCall } from '../schedules/on-call.ts'
import type { RotaCommand } from './commands.ts'
import type { RotaEvent } from './events.ts'
import { NO_ROTA, type Rota } from './state.ts'

export function decideRota(asked: Asked, rota: Rota = NO_ROTA, command: RotaCommand): readonly RotaEvent[] {
  switch (command.do) {
    case 'look':
      return look(asked, rota)
  }
}

/** Schedules that the configuration no longer has are let go of. */
function look({ world, now }: Asked, rota: Rota): readonly RotaEvent[] {
  const { schedules } = world.config
  const names = new Set([...Object.keys(schedules), ...Object.keys(rota.planned)])
  return [...names].flatMap((name): readonly RotaEvent[] => {
    const schedule = schedules[name]
    const after = schedule ? onCall(schedule, world.overrides, now).people : []
    const at = (schedule && nextPossible(schedule, world.overrides, now)) ?? null
    const before = rota.holders[name] ?? null
    return [
      ...(before === null || before.join() !== after.join()
        ? [{ type: 'shift_changed' as const, schedule: name, before, after }]
        : []),
      ...(rota.planned[name] === at ? [] : [{ type: 'shift_planned' as const, schedule: name, at }]),
    ]
  })
}
