/**
 * Timers as a list in memory, in as few lines as the promise needs: no index, no head, no transaction. The store must do as
 * this does.
 */
import type { Arm, Settle, Timer } from '../../bot/ports.ts'

type Row = Timer & { readonly order: number; readonly claimedUntil: number | null }

export class TimerModel {
  private rows: readonly Row[] = []
  private readonly rests = new Map<string, number>()
  private counter = 0

  arm(arm: Arm): void {
    const { keepEarlier, lane = null, ...asked } = arm
    const known = this.rows.find(row => row.key === arm.key)
    const stays = known !== undefined && (known.lane === lane || known.lane === known.key)
    let { dueAt } = arm
    if (known && keepEarlier) dueAt = Math.min(dueAt, known.dueAt)
    if (known && known.attempts > 0 && known.claimedUntil === null) dueAt = Math.max(dueAt, known.dueAt)
    this.put({
      ...(known ?? { ...NEW, revision: ++this.counter * 1000, generation: ++this.counter * 1000 }),
      ...asked,
      dueAt,
      revision: known ? known.revision + 1 : ++this.counter * 1000,
      lane: stays ? known.lane : lane,
      order: stays ? known.order : ++this.counter,
    })
  }

  disarm(key: string): void {
    this.rows = this.rows.filter(row => row.key !== key)
    this.rest()
  }

  /** Of each lane the oldest; the most urgent first. */
  claim(now: number, leaseMs: number, limit: number, maxRank: number): readonly Timer[] {
    const free = this.heads().filter(
      row => row.rank <= maxRank && row.dueAt <= now && (row.claimedUntil ?? 0) <= now,
    )
    if (free.length > 0) for (const [lane, until] of this.rests) if (until <= now) this.rests.delete(lane)
    return free
      .toSorted(byUrgency)
      .slice(0, limit)
      .map(row => {
        const { generation, attempts } = row
        const claimed = {
          ...row,
          generation: generation + 1,
          attempts: attempts + 1,
          firstAttemptAt: row.firstAttemptAt ?? now,
        }
        this.put({ ...claimed, claimedUntil: now + leaseMs, lastAttemptAt: now, doubt: true })
        return claimed
      })
  }

  settle({ key, revision, generation, outcome }: Settle): void {
    const row = this.rows.find(each => each.key === key)
    if (!row || row.generation !== generation) return
    if ('done' in outcome) {
      if (row.revision === revision) this.disarm(key)
      else this.put({ ...row, claimedUntil: null, ...UNTRIED })
      if (outcome.laneFreeAt !== undefined && row.lane !== null) this.rests.set(row.lane, outcome.laneFreeAt)
    } else {
      const { retryAt, doubt, leaveLane } = outcome
      const dueAt = row.revision === revision ? retryAt : Math.max(retryAt, row.dueAt)
      this.put({ ...row, claimedUntil: null, dueAt, doubt })
      if (leaveLane) this.put({ ...this.rows.find(each => each.key === key)!, lane: key })
    }
    this.rest()
  }

  due(now: number): readonly Timer[] {
    return this.rows
      .filter(row => row.lane === null && row.dueAt <= now && (row.claimedUntil ?? 0) <= now)
      .toSorted(byUrgency)
  }

  nextDueAt(now: number): number | undefined {
    const comes = [...this.heads(), ...this.rows.filter(row => row.lane === null)].map(row => row.dueAt)
    const back = this.rows.flatMap(row =>
      row.dueAt <= (row.claimedUntil ?? 0) ? [row.claimedUntil ?? 0] : [],
    )
    const later = [...comes, ...back].filter(at => at > now)
    return later.length > 0 ? Math.min(...later) : undefined
  }

  dropLeases(): void {
    this.rows = this.rows.map(row => ({ ...row, claimedUntil: null }))
  }

  private heads(): readonly Row[] {
    return this.rows.filter(
      row => row.lane !== null && !this.rows.some(each => each.lane === row.lane && each.order < row.order),
    )
  }

  private put(row: Row): void {
    this.rows = [...this.rows.filter(each => each.key !== row.key), row]
    this.rest()
  }

  /** A lane's oldest is not due before the lane has rested. */
  private rest(): void {
    const heads = new Set(this.heads())
    const until = (row: Row) => Math.max(row.dueAt, this.rests.get(row.lane ?? '') ?? row.dueAt)
    this.rows = this.rows.map(row => (heads.has(row) ? { ...row, dueAt: until(row) } : row))
  }
}

const UNTRIED = { attempts: 0, firstAttemptAt: null, lastAttemptAt: null, doubt: false } as const
const NEW = { ...UNTRIED, claimedUntil: null } as const

const byUrgency = (a: Row, b: Row) => a.rank - b.rank || a.dueAt - b.dueAt || a.order - b.order
