/**
 * One seeded life of two days: incidents, alerts, people who answer and people who do not, providers and machines that fail.
 * Afterwards everything heals, nobody does anything for some hours, somebody reads every card, and the checker looks at it all.
 */
import { checkHistories, textOf } from '../support/story.ts'
import { createActs } from './acts.ts'
import { check } from './check.ts'
import type { Life } from './evidence.ts'
import { happen } from './happenings.ts'
import { populate } from './people.ts'
import { type Play, startPlay } from './play.ts'
import type { Running } from './process.ts'
import { LENGTH_MS, openStage, type Stage } from './stage.ts'
import { HOUR, MINUTE } from './team.ts'
import { CLIMATES, PAIR_CLIMATES } from './troubles.ts'

export type Outcome = {
  readonly seed: number
  readonly violations: readonly string[]
  readonly story: readonly string[]
  readonly steps: number
  readonly acts: number
}

const QUIET_MS = 9 * HOUR

/** `kept`: the acts that happen, by their number; absent: all. */
export async function live(seed: number, kept?: ReadonlySet<number>): Promise<Outcome> {
  const stage = await openStage(seed)
  const climate = stage.luck.pick(stage.processes > 1 ? PAIR_CLIMATES : CLIMATES)
  stage.tell('---', `seed ${seed}, ${climate}`)
  let quiet = false
  let play: Play | undefined
  const acts = createActs(stage, () => play!)
  populate(stage, acts, () => quiet)
  const errors: string[] = []
  let count = 0
  try {
    play = await startPlay(stage)
    while (stage.now() < stage.start + LENGTH_MS) {
      await play.until(Math.min(stage.start + LENGTH_MS, stage.now() + stage.luck.wait(45 * MINUTE)))
      const act = count++
      if (kept?.has(act) ?? true) await happen({ stage, acts, play, climate })
    }
    const quietFrom = await heal(stage, play)
    quiet = true
    await play.until(quietFrom + QUIET_MS)
    const cards = await readCards(stage, play)
    errors.push(...check(evidenceOf(stage, quietFrom, cards)))
    for (const { app } of play.processes) await checkHistories(stage.store, app)
  } catch (error) {
    errors.push(error instanceof Error ? `${error.message}` : String(error))
  }
  await stage.store.close()
  return { seed, violations: errors, story: stage.story, steps: play?.steps ?? 0, acts: count }
}

/** The troubles under way end, and what was on its way arrives. */
async function heal(stage: Stage, play: Play): Promise<number> {
  await play.until(stage.now() + 2 * HOUR)
  for (const sky of stage.skies.values()) sky.set(0)
  stage.disk.set(0)
  stage.archived.clear()
  // What was to die or to stand still at its next steps would else do so when the cards are read.
  for (const { line } of play.processes) line.spare()
  stage.tell('---', 'everything heals, nobody does anything')
  return stage.now()
}

/** Somebody who is still there asks for the card of every incident that anybody heard of; of two processes, each. */
async function readCards(stage: Stage, { processes }: Play): Promise<readonly ReadonlyMap<string, string>[]> {
  const ids = new Set(stage.said.flatMap(each => each.incident ?? []))
  for (const { incidents = [] } of stage.delivered) for (const id of incidents) ids.add(id)
  const read = async ({ app }: Running) => {
    const cards = new Map<string, string>()
    for (const id of ids) {
      const answer = await app.receive({
        chat: 'slack',
        cause: stage.fresh(),
        user: { id: 'U0CHIKA', name: 'chika', kind: 'member' },
        channel: '#incidents',
        line: `/incident show ${id}`,
      })
      if (answer.kind === 'say') cards.set(id, textOf(answer.message))
    }
    return cards
  }
  return Promise.all(processes.map(read))
}

const evidenceOf = (
  stage: Stage,
  quietFrom: number,
  [cards = new Map(), ...others]: readonly ReadonlyMap<string, string>[],
): Life => ({
  ...stage,
  cards,
  others,
  quietFrom,
  end: stage.now(),
})
