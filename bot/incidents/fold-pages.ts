/** Events become pages: their steps, their copies, their ends. Part of fold.ts, and total like it. */
import type { Instant } from '../words.ts'
import type { IncidentEvent, PageStart } from './events.ts'
import type { Incident, Page, Step } from './state.ts'

export function beginPage(start: PageStart, at: Instant, rest: Partial<Page>): Page {
  const { page, person, why } = start
  const steps = start.steps.map(
    (step): Step => ({
      ...step,
      state: step.afterMs === 0 ? 'due' : 'waiting',
      late: [],
      failed: [],
      why: null,
    }),
  )
  return {
    page,
    person,
    why,
    rung: null,
    startedAt: at,
    lateMs: 0,
    reachedAt: null,
    windowMs: 0,
    copies: [],
    ended: null,
    ...rest,
    steps,
  }
}

type OfPage = Extract<
  IncidentEvent,
  { type: 'page_sent' | 'page_failed' | 'step_due' | 'page_waits' | 'page_unanswered' | 'page_answered' }
>

export function pageAfter(page: Page, event: OfPage): Page {
  switch (event.type) {
    case 'page_sent':
      return sent(page, event)
    case 'page_failed':
      return changeStep(page, event.step, step => missed(step, event))
    case 'step_due':
      return changeStep(page, event.step, step => ({ ...step, state: 'due' }))
    case 'page_waits':
      return { ...page, windowMs: event.windowMs }
    case 'page_unanswered':
      return { ...page, ended: 'unanswered' }
    case 'page_answered':
      return { ...page, ended: 'answered' }
  }
}

function sent(page: Page, event: Extract<IncidentEvent, { type: 'page_sent' }>): Page {
  const copies = event.ref
    ? [
        ...page.copies,
        {
          chat: event.target,
          ref: event.ref,
          step: event.step,
          ...(event.instead ? { mention: true as const } : {}),
        },
      ]
    : page.copies
  const reachedAt = page.reachedAt ?? event.acceptedAt
  return { ...changeStep(page, event.step, step => ({ ...step, state: 'sent' })), copies, reachedAt }
}

/** One copy that got through is enough for its step: what failed beside it changes nothing. */
function missed(
  step: Step,
  { target, final, why, accepted }: Extract<IncidentEvent, { type: 'page_failed' }>,
): Step {
  const late = final ? step.late : [...step.late, target]
  const failed = final ? [...step.failed, target] : step.failed
  // Taken and not delivered: it stands with whatever else of its step got through.
  if (step.state === 'sent' && !(accepted && step.targets.length === 1)) return { ...step, late, failed, why }
  const all = (those: readonly string[]) => step.targets.every(each => those.includes(each))
  return {
    ...step,
    late,
    failed,
    why,
    state: all(failed) ? 'failed' : all([...late, ...failed]) ? 'late' : step.state,
  }
}

const changeStep = (page: Page, index: number, change: (step: Step) => Step): Page => ({
  ...page,
  steps: page.steps.map((step, each) => (each === index ? change(step) : step)),
})

export const changePage = (state: Incident, number: number, change: (page: Page) => Page): readonly Page[] =>
  state.pages.map(page => (page.page === number ? change(page) : page))

export const endPages = (pages: readonly Page[], ended: NonNullable<Page['ended']>): readonly Page[] =>
  pages.map(page => (page.ended === null ? { ...page, ended } : page))

/** A new run of the chain takes the place of the old one's pages; a page by hand stands. */
export const replaceChainPages = (pages: readonly Page[]): readonly Page[] =>
  pages.map(page => (page.ended === null && page.rung !== null ? { ...page, ended: 'replaced' } : page))

/** Whoever is called again although nobody's provider has taken their page yet gets one page, and not two at once (I17). */
export function callRung(
  before: readonly Page[],
  { pages, pass, rung, lateMs }: Extract<IncidentEvent, { type: 'rung_paged' }>,
  at: Instant,
): readonly Page[] {
  const called = new Set(pages.map(({ person }) => person))
  const isPending = ({ ended, rung: own, person, steps }: Page) =>
    ended === null && own !== null && called.has(person) && !steps.some(step => step.state === 'sent')
  return [
    ...before.map(page => (isPending(page) ? { ...page, ended: 'replaced' as const } : page)),
    ...pages.map(start => beginPage(start, at, { rung: { pass, rung }, lateMs })),
  ]
}
