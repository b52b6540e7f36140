/** `npm run kills -- 5000`: the shipped program, killed so many times. Minutes to hours; says what it counted. */
import { spawnSync } from 'node:child_process'

const [times = '5000'] = process.argv.slice(2)
const { status } = spawnSync('npx', ['vitest', 'run', 'test/scenarios/kills.test.ts'], {
  stdio: 'inherit',
  env: { ...process.env, KILLS: times },
})
process.exitCode = status ?? 1
