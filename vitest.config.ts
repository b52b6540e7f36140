import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: 'test/support/shipped.ts',
    // A machine that is busy is slow; nothing is judged by how long it takes.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: 'forks',
  },
})
