/** Durations as people write and read them. */
import { type Refusal, refuse } from '../refusal.ts'

const UNITS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const
/** Ten years: longer is a slip (I18). */
const MAX_MS = 3660 * UNITS.d

/** `90s`, `5m`, `1h`, `1d`, also `1h30m`. */
export function parseDuration(text: string): number | Refusal {
  const trimmed = text.trim().toLowerCase()
  const parts = [...trimmed.matchAll(/(\d+)(ms|s|m|h|d)/g)]
  if (parts.length === 0 || parts.map(part => part[0]).join('') !== trimmed) {
    return refuse('bad_duration', `"${text}" is not a duration.`, 'Write 90s, 5m, 1h or 1d.')
  }
  const ms = parts.reduce(
    (sum, [, count, unit]) => sum + Number(count) * UNITS[unit as keyof typeof UNITS],
    0,
  )
  return ms <= MAX_MS
    ? ms
    : refuse('long_duration', `"${text}" is longer than ten years.`, 'Write 90s, 5m, 1h or 1d.')
}

/** `45 s`, `3 min`, `1 h 20 min`, `2 d 3 h`: two units at the most. */
export function formatDuration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000))
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 10) return seconds % 60 === 0 ? `${minutes} min` : `${minutes} min ${seconds % 60} s`
  if (minutes < 60) return `${minutes} min`
  const hours = Math.floor(minutes / 60)
  if (hours < 24) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`
  return hours % 24 === 0 ? `${Math.floor(hours / 24)} d` : `${Math.floor(hours / 24)} d ${hours % 24} h`
}
