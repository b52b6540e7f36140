/** The command line's entry, and the only file that sees everything. Each command is loaded only when it is asked for. */
import { run } from '../adapters/cli/run.ts'

await run(process.argv.slice(2))
