/**
 * A share of the core for a run of mutation testing: whole declarations, drawn by a hash of their name and place, so that the same
 * share is drawn again and a larger one contains the smaller. `SHARE=0.1 npm run mutation`; all of it without SHARE.
 */
import { createHash } from 'node:crypto'

const share = Number(process.env.SHARE ?? 1)
const seed = process.env.SEED ?? '1'

/** 0 to 1, the same for the same declaration. */
function placeOf(node) {
  const declared = node.declaration ?? node
  const name = declared.id?.name ?? declared.declarations?.[0]?.id?.name ?? node.type
  const digest = createHash('sha256').update(`${seed}:${name}:${node.loc?.start.line}`).digest()
  return digest.readUInt32BE(0) / 2 ** 32
}

export const strykerPlugins = [
  {
    kind: 'Ignore',
    name: 'sample',
    value: {
      shouldIgnore: path =>
        path.parentPath?.isProgram() && placeOf(path.node) >= share ? 'not in this share' : undefined,
    },
  },
]
