/**
 * The tests that mutants are held against: all that run on virtual time without a process, a browser or a server of their own,
 * and on one chat of the five. What only the others would find counts against the score.
 */
import { defineConfig } from 'vitest/config'

process.env.DESKS = 'console'

export default defineConfig({
  test: {
    include: [
      'test/bot/**/*.test.ts',
      'test/commands/**/*.test.ts',
      'test/scenarios/**/*.test.ts',
      'test/contracts/chat.test.ts',
    ],
    exclude: [
      'test/bot/schedules/every-zone.test.ts',
      'test/scenarios/{kill,kills,kill-chats,failpoints,replicas,lives,both-chats,chat-outage}*.test.ts',
      'test/scenarios/*-faults.test.ts',
    ],
    testTimeout: 20_000,
    pool: 'threads',
  },
})
