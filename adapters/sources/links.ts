/** Where a person sees what was asked: in Grafana's Explore where there is one, else in the source's own pages. */
import type { SourceSettings } from '../../bot/config/types.ts'
import type { Instant } from '../../bot/words.ts'

export type Stretch = { readonly from: Instant; readonly to: Instant }

/** More than chats take, or than a person would open. */
const MAX_LINK = 2000

/** The one in Grafana if there is a Grafana, else `own`; null for one that is too long to be opened. */
export function linkTo(
  { grafana, kind }: SourceSettings,
  { from, to }: Stretch,
  query: Readonly<Record<string, unknown>>,
  own: () => string,
): string | null {
  const link = grafana
    ? explore(grafana, { type: kind, uid: grafana.datasource }, query, { from, to })
    : own()
  return link.length <= MAX_LINK ? link : null
}

/** https://grafana.com/docs/grafana/latest/explore/get-started-with-explore/#share-explore-urls */
function explore(
  { url }: { readonly url: string },
  datasource: { readonly type: string; readonly uid: string },
  query: Readonly<Record<string, unknown>>,
  { from, to }: Stretch,
): string {
  const range = { from: String(from), to: String(to) }
  const panes = { a: { datasource: datasource.uid, queries: [{ refId: 'A', datasource, ...query }], range } }
  return `${trimmed(url)}/explore?schemaVersion=1&panes=${encodeURIComponent(JSON.stringify(panes))}`
}

/** The address that people open, without a slash at its end. */
export const pageOf = ({ link, url }: SourceSettings): string => trimmed(link ?? url)

const trimmed = (url: string): string => url.replace(/\/+$/, '')
