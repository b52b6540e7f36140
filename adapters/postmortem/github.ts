/**
 * A published post-mortem as an issue on GitHub: made once, edited with each later edition. It carries a mark, by which one is found
 * that was made though nobody heard so.
 */
import { ChatFailure, type Exported, type Exporter, type Issue, type Tracker } from '../../bot/ports.ts'

/** Less than GitHub takes, in characters. */
const MAX_BODY = 60_000
/** On GitHub an @ calls whoever has that name there, who may be a stranger. */
const MENTION = /(?<!\w)@(?=\w)/g
const CUT = '\n\n_The rest is on its page._'

export const createGithubExporter = (tracker: Tracker): Exporter => ({
  put: what => put(tracker, what).catch(error => withWayOut(error, what)),
})

async function put(tracker: Tracker, what: Exported): Promise<{ readonly ref: string }> {
  const number =
    /\/issues\/(\d+)$/.exec(what.known ?? '')?.[1] ??
    (what.doubt ? (await tracker.find(markOf(what)))?.number : undefined)
  const draft = { title: titleOf(what), body: bodyOf(what), closed: false, assignee: undefined }
  const kept = number === undefined ? undefined : await tracker.change(Number(number), draft).catch(goneOr)
  return { ref: (kept ?? (await tracker.open(draft))).url }
}

/** What only somebody can mend. */
const MENDED_BY_HAND = ['bad_token', 'forbidden', 'not_found', 'token_file', 'not_set_up']

function withWayOut(error: unknown, { incident }: Exported): never {
  if (!(error instanceof ChatFailure) || !MENDED_BY_HAND.includes(error.reason)) throw error
  const way = `look at \`postmortem.export.github\` and its token, then: /incident postmortem ${incident} --export`
  throw new ChatFailure(error.kind, error.reason, `${error.say}; ${way}`, error.retryAfterMs)
}

/** Deleted, or moved to another repository: it is made anew. */
function goneOr(error: unknown): Issue | undefined {
  if (error instanceof ChatFailure && error.reason === 'not_found') return undefined
  throw error
}

const markOf = ({ incident }: Exported): string => `<!-- tocsin post-mortem ${incident} -->`

const titleOf = ({ incident, title }: Exported): string => `Post-mortem of ${incident}: ${title}`

function bodyOf(what: Exported): string {
  const head = `${markOf(what)}\n${what.url === null ? '' : `${what.url}\n\n`}`
  const room = MAX_BODY - head.length
  const quiet = what.markdown.replaceAll(MENTION, '@\u200b')
  const text = quiet.length <= room ? quiet : `${quiet.slice(0, room - CUT.length)}${CUT}`
  return `${head}${text}`
}
