/** Fails when the schema in the sources has moved on without a migration. drizzle-kit exits with 0 either way, so its words count. */
import { execFileSync } from 'node:child_process'

const said = execFileSync('npx', ['drizzle-kit', 'generate', '--name', 'drift'], { encoding: 'utf8' })
if (!said.includes('No schema changes')) {
  process.stderr.write(
    `The schema and the migrations differ. Run: npx drizzle-kit generate --name what_it_does\n${said}\n`,
  )
  process.exit(1)
}
