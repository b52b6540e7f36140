/** A file of tests as one program, bundled as the product is: it starts several times faster than its sources. */
import { join } from 'node:path'
import { build } from 'esbuild'

const root = join(import.meta.dirname, '../..')

/** The path of the program. It lies where packages that stay outside are found. */
export async function bundle(entry: string): Promise<string> {
  const outfile = join(root, 'node_modules/.tests', `${entry.replaceAll('/', '-')}.mjs`)
  await build({
    entryPoints: [join(root, 'test/support', `${entry}.ts`)],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    external: ['better-sqlite3', '@resvg/resvg-wasm', 'dejavu-fonts-ttf'],
    banner: {
      js: "import { createRequire as bundledRequire } from 'node:module'; const require = bundledRequire(import.meta.url);",
    },
    logLevel: 'error',
  })
  return outfile
}
