/** Systems that watch: an alert fires, is told again, ends; its deliveries come twice, late, and in the wrong order. */
import type { Acts, AlertWord } from './acts.ts'
import type { Stage } from './stage.ts'
import { MINUTE } from './team.ts'

const GROUPS = [
  { group: 'DiskFull', service: 'search' },
  { group: 'ErrorRate', service: 'checkout' },
  { group: 'QueueStuck', service: 'none' },
] as const
const LABELS = ['page', 'error', 'error', 'warning'] as const

/** One stretch in which an alert fires, or two with so little between them that the network mixes them up. */
export function alarms(stage: Stage, acts: Acts): void {
  const { luck } = stage
  const where = luck.pick(GROUPS)
  const label = luck.pick(LABELS)
  let begins = stage.now()
  for (let times = luck.happens(0.4) ? 2 : 1; times > 0; times--) {
    const lasts = luck.wait(25 * MINUTE)
    const about = { ...where, label, startsAt: begins }
    send(begins, { ...about, status: 'firing' })
    for (let again = begins + 10 * MINUTE; again < begins + lasts; again += 20 * MINUTE)
      send(again, { ...about, status: 'firing' })
    send(begins + lasts, { ...about, status: 'resolved' })
    begins += lasts + luck.wait(MINUTE)
  }

  function send(at: number, word: AlertWord): void {
    const late = luck.happens(0.15) ? luck.wait(5 * MINUTE) : 0
    stage.agenda.add(Math.max(at + late, stage.now()), () => acts.fires(word))
    if (luck.happens(0.1))
      stage.agenda.add(Math.max(at + late, stage.now()) + luck.upTo(60_000), () => acts.fires(word))
  }
}
