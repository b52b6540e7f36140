import type { ChatTraits } from '../../bot/ports.ts'

/** What the console can do. */
export const TRAITS: ChatTraits = {
  rooms: true,
  topics: true,
  pins: true,
  bookmarks: true,
  invites: true,
  reaches: 'screen',
  pictures: 'svg',
  paceMs: 0,
}
