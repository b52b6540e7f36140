/** Lets so many in at once, in this process; whoever is let in gets the way out. */
export type Gate = () => (() => void) | undefined

export function createGate(most: number): Gate {
  let inside = 0
  return () => {
    if (inside >= most) return undefined
    inside += 1
    return () => {
      inside -= 1
    }
  }
}
