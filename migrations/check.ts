/** Fails when a schema in the sources has moved on without a migration. drizzle-kit exits with 0 either way, so its words count. */
import { execFileSync } from 'node:child_process'

for (const config of ['drizzle.config.ts', 'drizzle.postgres.config.ts']) {
  const args = ['drizzle-kit', 'generate', '--config', config, '--name']
  const said = execFileSync('npx', [...args, 'drift'], { encoding: 'utf8' })
  if (said.includes('No schema changes')) continue
  process.stderr.write(
    `The schema and the migrations differ. Run: npx ${args.join(' ')} what_it_does\n${said}\n`,
  )
  process.exit(1)
}
