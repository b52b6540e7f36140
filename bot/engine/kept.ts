/** What was folded lately, in memory: of each stream the newest, and of so many streams at most. */
export type Entity = { readonly seq: number }

export type Kept = {
  get(stream: string): Entity | undefined
  put(stream: string, entity: Entity): void
  drop(stream: string): void
}

export function createKept(most: number): Kept {
  const all = new Map<string, Entity>()
  return {
    get: stream => all.get(stream),
    put(stream, entity) {
      // A read that took long does not put an older state in the place of a newer one.
      if ((all.get(stream)?.seq ?? 0) > entity.seq) return
      all.delete(stream)
      all.set(stream, entity)
      if (all.size > most) all.delete(all.keys().next().value as string)
    },
    drop: stream => void all.delete(stream),
  }
}
