import { defineConfig } from 'vitest/config'
export default defineConfig({
  test: { include: ['test/bot/schedules/**/*.test.ts'], testTimeout: 20_000, pool: 'threads' },
})
