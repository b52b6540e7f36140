/** Lets time pass as it would: every timer until `target` runs, one after the other, as the clock reaches it. */
import type { App } from '../../bot/app.ts'
import type { Store } from '../../bot/ports.ts'
import type { VirtualClock } from './clock.ts'

export async function runTo(
  target: number,
  { app, store, clock }: { readonly app: App; readonly store: Store; readonly clock: VirtualClock },
): Promise<void> {
  await app.clockwork.tick()
  for (
    let due = await store.nextDueAt(clock.now());
    due !== undefined && due <= target;
    due = await store.nextDueAt(clock.now())
  ) {
    clock.moveTo(due)
    await app.clockwork.tick()
  }
  clock.moveTo(target)
}
