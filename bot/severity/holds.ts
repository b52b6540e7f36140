/**
 * Which criteria hold: one rule each, over the signals. The figures that a person or an alert filled in outrank words. The
 * order in which the rules count is the order of the severities; within one severity it is the order of STRENGTH.
 */
import type { Fields } from './classify.ts'
import type { Criterion, CriterionName } from './criteria.ts'
import { type Failure, isGrave } from './failures.ts'
import type { Hit } from './lexicon/phrase.ts'
import type { Signals } from './signals.ts'

/** What is said most surely comes first when one severity has several. */
export const STRENGTH: readonly CriterionName[] = [
  'security_breach',
  'data_loss',
  'complete_outage',
  'revenue_impact',
  'key_feature_unavailable',
  'performance_degradation',
  'partial_outage',
  'workaround_available',
  'non_critical_feature_issue',
  'documentation_error',
  'cosmetic_issue',
  'enhancement_request',
]

/** How it is known: by figures, in so many words, by inference, or for want of anything better. */
export type Ground = 'figures' | 'words' | 'inferred' | 'guess'
export type Held = { readonly ground: Ground; readonly hits: readonly Hit[] }

const held = (ground: Ground, ...hits: readonly (Hit | undefined)[]): Held => ({
  ground,
  hits: hits.filter(hit => hit !== undefined),
})
const percent = (share: number): string => `${Math.round(share * 100)} %`
const figure = (means: string, quote: string): Hit => ({ quote, means, at: 0 })

/** From this share on, failing requests are an outage of a part; below, a nuisance. */
const PARTIAL_FROM = 0.25
/** Practically everything. */
const ALL = 0.99

export function holds(criterion: Criterion, signals: Signals, fields: Fields): Held | undefined {
  const own = signals.own[criterion.text] ?? signals.own[criterion.name]
  if (own) return held('words', own)
  if (criterion.name === 'revenue_impact') return revenue(criterion, signals, fields)
  const small = smallKind(signals, fields)
  if (small) return criterion.name === small.name ? held('words', small.hit) : undefined
  if (criterion.name === 'performance_degradation') return slowness(criterion, signals, fields)
  return RULES[criterion.name]?.(signals, fields)
}

type Small = { readonly name: CriterionName | 'default'; readonly hit: Hit }

/** Plans, wishes, documents, looks, however loud: unless something is really broken. */
function smallKind(signals: Signals, fields: Fields): Small | undefined {
  const { nothing, wish, document, looks, maybeLooks, breach, loss, failures } = signals
  if (hasFigures(fields)) return undefined
  const grave = failures.some(isGrave)
  if (nothing && !loss && !(breach && grave)) return { name: 'default', hit: nothing }
  if (wish) return { name: 'enhancement_request', hit: wish }
  if (breach || loss) return undefined
  if (document) return { name: 'documentation_error', hit: document }
  const fails = failures.some(({ state }) => state === 'fails' || state === 'errors')
  if (looks && !grave && !signals.verySlow && !figures(signals)) return { name: 'cosmetic_issue', hit: looks }
  if (maybeLooks && !grave && !fails && !signals.slow) return { name: 'cosmetic_issue', hit: maybeLooks }
  return undefined
}

const hasFigures = ({ outageShare, errorRate, latencyChange, revenuePerHour }: Fields): boolean =>
  [outageShare, errorRate, latencyChange, revenuePerHour].some(each => each !== undefined && each > 0)
const figures = ({ figures: { failing, slower, revenue } }: Signals): boolean =>
  failing !== undefined || slower !== undefined || revenue !== undefined

type Rule = (signals: Signals, fields: Fields) => Held | undefined

const RULES: Readonly<Partial<Record<CriterionName, Rule>>> = {
  security_breach: ({ breach, hedged }) => (breach ? held(hedged ? 'inferred' : 'words', breach) : undefined),
  data_loss: ({ loss, hedged }) => (loss ? held(hedged ? 'inferred' : 'words', loss) : undefined),
  complete_outage(signals, { outageShare, errorRate }) {
    const { everybody, service, key, workaround, slow, failures } = signals
    if (outageShare !== undefined || errorRate !== undefined) {
      const share = Math.max(outageShare ?? 0, errorRate ?? 0)
      return share >= ALL ? held('figures', figure(`${percent(share)} is out`, 'outage share')) : undefined
    }
    if (isPart(signals) || workaround || (signals.otherWay && !everybody) || share(signals)) return undefined
    const down = failures.find(each => isOutage(each, signals))
    if (down) return held(everybody || service ? 'words' : 'inferred', down.hit, everybody)
    const fails = failures.find(
      ({ state, kind }) => state !== 'broken' && (kind === 'whole' || kind === 'unknown'),
    )
    return everybody && (service ?? WHOLE.exec(everybody.quote)) && fails && !key && !slow
      ? held('inferred', fails.hit, everybody)
      : undefined
  },
  key_feature_unavailable(signals, { workaround: other, tier }) {
    const {
      figures: { failing },
      workaround,
      otherWay,
      few,
      everybody,
    } = signals
    if (other || workaround || otherWay || (failing && failing.value < PARTIAL_FROM) || few) return undefined
    const key = signals.failures.find(({ state, kind }) => kind === 'key' && state !== 'broken')
    if (key && !(signals.slow && key.state !== 'down' && !hard(key)))
      return held('words', key.hit, key.subject)
    const locked = signals.failures.find(({ state, kind }) => state === 'access' && kind === 'unknown')
    if (locked && !everybody && !isPart(signals)) return held('inferred', locked.hit)
    const first = tier === 1 ? signals.failures.find(({ kind }) => kind !== 'feature') : undefined
    return first ? held('inferred', first.hit) : undefined
  },
  partial_outage(signals, { outageShare, errorRate }) {
    const failing = outageShare ?? errorRate ?? signals.figures.failing?.value
    if (failing !== undefined) {
      const quote = signals.figures.failing?.quote ?? 'outage share'
      return failing >= PARTIAL_FROM ? held('figures', figure(`${percent(failing)} fails`, quote)) : undefined
    }
    if (signals.workaround || signals.otherWay || signals.few) return undefined
    const part = signals.place ?? signals.part ?? signals.spared
    const failure = signals.failures.find(
      ({ state, kind }) => state !== 'broken' && (kind !== 'feature' || (state === 'down' && signals.spared)),
    )
    if (part && failure && !(signals.slow && failure.state === 'fails'))
      return held('words', part, failure.hit)
    const errors = signals.failures.find(({ state, kind }) => state === 'errors' && kind !== 'feature')
    return errors && !signals.slow ? held('inferred', errors.hit) : undefined
  },
  workaround_available(signals, { workaround }) {
    if (workaround) return held('figures', figure('another way is there', 'workaround'))
    if (workaround === false) return undefined
    const { otherWay, spared, fails, broken, slow } = signals
    const way = signals.workaround ?? otherWay ?? (fails || broken || slow ? spared : undefined)
    return way ? held(signals.workaround ? 'words' : 'inferred', way) : undefined
  },
  non_critical_feature_issue({ failures, slow, fails, broken }) {
    const feature = failures.find(({ kind }) => kind === 'feature')
    if (feature) return held('words', feature.hit, feature.subject)
    const hit = fails ?? broken
    return hit && !slow ? held('inferred', hit) : undefined
  },
}

/** One place, one kind of client, some of several, or now and then; "all regions" outranks a region named. */
function isPart({ place, part, spared, global, everybody }: Signals): boolean {
  if (global) return part?.means === 'it comes and goes'
  if (place || spared) return true
  return part !== undefined && !(everybody && part.means === 'only some are hit')
}

const share = ({ figures: { failing } }: Signals): boolean => failing !== undefined && failing.value < ALL
/** Everybody sees it: it is the whole that fails. */
const WHOLE = /page|endpoint|request|traffic|service|site|screen|click|everything|anything/
const hard = ({ hit }: Failure): boolean =>
  /fail|can|down|broken|できない|できません|失敗|エラー/.test(hit.quote)

/** The whole thing is out: not a feature of it, and a key feature only where everybody is hit. */
function isOutage({ state, kind, hit }: Failure, { everybody, slow, key }: Signals): boolean {
  if (state === 'errors' && key) return false
  if (state === 'errors')
    return (kind === 'whole' || everybody !== undefined) && kind !== 'feature' && !hit.quote.endsWith('s')
  if (state !== 'down' && state !== 'access') return false
  if (kind === 'feature') return false
  if (kind === 'key') return everybody !== undefined && state === 'down'
  if (kind === 'unknown' && state === 'access') return everybody !== undefined
  return !(slow && !everybody && /unresponsive|respond/.test(hit.quote))
}

function revenue(
  { bound }: Criterion,
  { figures: { revenue: read } }: Signals,
  fields: Fields,
): Held | undefined {
  const value = fields.revenuePerHour ?? read?.value
  if (value === undefined || !bound || value > bound.value !== bound.above) return undefined
  return held(
    'figures',
    figure(`about $${Math.round(value).toLocaleString('en')} an hour`, read?.quote ?? 'revenue'),
  )
}

/** Above the bound: half or more failing, or latency up by half or more. Below it: whatever is slow or fails a little. */
function slowness({ bound }: Criterion, signals: Signals, fields: Fields): Held | undefined {
  if (!bound) return undefined
  const { figures: read, verySlow, slow, few, fails, feature } = signals
  const failing = fields.errorRate ?? read.failing?.value
  const change = fields.latencyChange ?? read.slower?.value
  const known = [failing, change].filter(value => value !== undefined)
  if (known.length > 0) {
    const worst = Math.max(...known)
    const quote = (failing === worst ? read.failing?.quote : read.slower?.quote) ?? 'figures'
    return worst >= bound.value === bound.above
      ? held('figures', figure(`${percent(worst)} ${failing === worst ? 'fails' : 'slower'}`, quote))
      : undefined
  }
  if (bound.above) return verySlow && !few ? held('words', verySlow) : undefined
  if (few && fails && !feature) return held('words', few)
  return slow ? held('words', slow) : undefined
}
