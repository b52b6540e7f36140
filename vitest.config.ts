import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: 'test/support/shipped.ts',
    setupFiles: 'test/support/seed.ts',
    // A machine that is busy is slow; nothing is judged by how long it takes.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: 'forks',
    // One fewer than the machine has would leave half of a small one idle: much here waits for programs and servers.
    maxWorkers: '100%',
  },
})
