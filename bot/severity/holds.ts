/**
 * Which criteria hold: one rule each, over the signals. The figures that a person or an alert filled in outrank words. The
 * order in which the rules count is the order of the severities; within one severity it is the order of STRENGTH.
 */

import type { Fields } from './classify.ts'
import type { Criterion, CriterionName } from './criteria.ts'
import type { Hit } from './lexicon/entry.ts'
import type { Signals } from './signals.ts'

/** What holds more surely comes first when one severity has several. */
export const STRENGTH: readonly CriterionName[] = [
  'security_breach',
  'data_loss',
  'complete_outage',
  'revenue_impact',
  'key_feature_unavailable',
  'partial_outage',
  'performance_degradation',
  'workaround_available',
  'non_critical_feature_issue',
  'documentation_error',
  'cosmetic_issue',
  'enhancement_request',
]

export type Held = { readonly hits: readonly Hit[] /** How sure: 0 to 1. */; readonly sure: number }

const held = (sure: number, ...hits: readonly (Hit | undefined)[]): Held => ({
  sure,
  hits: hits.filter(hit => hit !== undefined),
})
const percent = (share: number): string => `${Math.round(share * 100)} %`
const figure = (what: string, quote: string): Hit => ({ quote, means: what })

/** From this share on, failing requests are an outage of a part; below, a nuisance (labelling rule 6). */
const PARTIAL_FROM = 0.25
const HALF = 0.5
/** Practically everything. */
const ALL = 0.99

/** The whole site or product is meant, whatever features are named beside it. */
const SITE =
  /\b(?:production site|whole|entire|website|home ?page)\b|本番環境|サイト全体|トップページ|全サービス|全ユーザー/

export function holds(
  criterion: Criterion,
  signals: Signals,
  fields: Fields,
  text: string,
): Held | undefined {
  const own = signals.own[criterion.name] ?? signals.own[criterion.text]
  if (own) return held(0.95, own)
  if (criterion.name === 'revenue_impact') return revenue(criterion, signals, fields)
  if (criterion.name === 'performance_degradation') return slowness(criterion, signals, fields)
  if (criterion.name === 'complete_outage' && fields.outageShare !== undefined) {
    return fields.outageShare >= ALL
      ? held(0.98, figure(`${percent(fields.outageShare)} is out`, 'outage share'))
      : undefined
  }
  if (isSmall(signals)) return small(criterion.name, signals)
  return RULES[criterion.name]?.(signals, fields, text)
}

/** Looks, documents, wishes and plans, however loud: unless something is really down. */
const isSmall = (signals: Signals): boolean => smallKind(signals) !== undefined

type SmallKind = 'cosmetic_issue' | 'documentation_error' | 'enhancement_request' | 'planned'

function smallKind({
  wish,
  document,
  cosmetic,
  planned,
  down,
  everybody,
  key,
  blocked,
  breach,
  loss,
  slow,
  part,
  workaround,
}: Signals): SmallKind | undefined {
  if (planned && !everybody) return 'planned'
  if (wish && !(down && everybody) && !breach) return 'enhancement_request'
  if (breach || loss || blocked) return undefined
  if (document && !down) return 'documentation_error'
  if (cosmetic && !down && !key && !slow && !(part && everybody) && !workaround) return 'cosmetic_issue'
  return undefined
}

function small(name: CriterionName, signals: Signals): Held | undefined {
  const kind = smallKind(signals)
  if (kind !== name) return undefined
  return kind === 'cosmetic_issue'
    ? held(0.9, signals.cosmetic)
    : kind === 'documentation_error'
      ? held(0.9, signals.document)
      : held(0.9, signals.wish)
}

type Rule = (signals: Signals, fields: Fields, text: string) => Held | undefined

const RULES: Readonly<Partial<Record<CriterionName, Rule>>> = {
  security_breach: ({ breach, hedged }) => (breach ? held(hedged ? 0.8 : 0.92, breach) : undefined),
  data_loss: ({ loss, hedged }) => (loss ? held(hedged ? 0.75 : 0.9, loss) : undefined),
  complete_outage({ down: named, everybody, part, key, blocked, fails, figures, workaround, slow }, _, text) {
    // Everybody is hit and it fails: that is down, whatever the verb.
    const down =
      named ??
      (everybody &&
      fails &&
      !key &&
      /page|site|app|platform|anything|everything|nothing|system|service/.test(text.toLowerCase())
        ? fails
        : undefined)
    if (!down || figures.failing || workaround || (blocked && !everybody)) return undefined
    if (part && !(everybody && !/partial|intermittent|一部|断続/.test(part.quote))) return undefined
    if (key && !everybody && !SITE.test(text.toLowerCase())) return undefined
    if (slow && !everybody && !/outage|down|停止/.test(down.quote)) return undefined
    return held(everybody ? 0.93 : 0.8, down, everybody)
  },
  key_feature_unavailable({ key, blocked, figures, workaround, slow }) {
    if (figures.failing && figures.failing.value < PARTIAL_FROM) return undefined
    if (
      workaround &&
      /instead|workaround|another way|代わり|再送/.test(`${workaround.quote} ${workaround.means}`)
    )
      return undefined
    if (blocked) return held(0.82, blocked)
    return key && !(slow && !/fail|cannot|can't|unable|down|broken/.test(key.quote))
      ? held(0.85, key)
      : undefined
  },
  partial_outage({ down, part, fails, figures, workaround, slow, everybody }, fields) {
    const failing = fields.errorRate ?? figures.failing?.value
    const share = fields.outageShare ?? failing
    if (share !== undefined) {
      // Half or more of the requests failing is a degradation by the labelling rules; half of the users cut off is not.
      const below = fields.outageShare === undefined ? HALF : ALL
      const quote = figures.failing?.quote ?? 'outage share'
      return share >= PARTIAL_FROM && share < below
        ? held(0.85, figure(`${percent(share)} fails`, quote))
        : undefined
    }
    if (workaround || (slow && /small|fraction|few|minority/.test(slow.quote))) return undefined
    if (down && part) return held(0.85, down, part)
    if (part && fails && !slow) return held(0.72, part, fails)
    return down && !everybody && slow ? held(0.6, down) : undefined
  },
  workaround_available({ workaround, broken, fails, slow, down }, fields) {
    if (fields.workaround) return held(0.9, figure('a workaround is there', 'workaround'))
    if (fields.workaround === false || !workaround) return undefined
    return broken || fails || slow || down ? held(0.82, workaround) : held(0.6, workaround)
  },
  non_critical_feature_issue: ({ broken, fails, slow }) =>
    (broken ?? fails) ? held(slow ? 0.55 : 0.7, broken ?? fails) : undefined,
}

function revenue({ bound }: Criterion, { figures }: Signals, fields: Fields): Held | undefined {
  const value = fields.revenuePerHour ?? figures.revenue?.value
  if (value === undefined || !bound || value > bound.value !== bound.above) return undefined
  return held(
    0.95,
    figure(`about $${Math.round(value).toLocaleString('en')} an hour`, figures.revenue?.quote ?? 'revenue'),
  )
}

/** Above the bound: half or more failing, or latency up by half or more. Below it: whatever is slow or fails a little. */
function slowness({ bound }: Criterion, signals: Signals, fields: Fields): Held | undefined {
  if (!bound || isSmall(signals)) return undefined
  const { figures, verySlow, slow } = signals
  const share = fields.errorRate ?? figures.failing?.value
  const change = fields.latencyChange ?? figures.slower?.value
  const known = [share, change].filter(value => value !== undefined)
  const quote = figures.slower?.quote ?? figures.failing?.quote ?? 'figures'
  if (known.length > 0) {
    const worst = Math.max(...known)
    return worst >= bound.value === bound.above
      ? held(0.9, figure(`${percent(worst)} ${share === worst ? 'fails' : 'slower'}`, quote))
      : undefined
  }
  if (bound.above) return verySlow ? held(0.72, verySlow) : undefined
  return slow && !verySlow ? held(0.78, slow) : undefined
}
