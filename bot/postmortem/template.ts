/**
 * What a post-mortem consists of: headings, and text in which `{{name}}` stands for what the facts give. A name is looked up and
 * nothing else: no condition, no loop, no code; what is put in is not read again (S25).
 */

/** What facts can fill, one name each. */
export const SECTIONS = [
  'summary',
  'impact',
  'timeline',
  'root_cause',
  'contributing',
  'went_well',
  'went_wrong',
  'action_items',
  'lessons',
] as const
export type BuiltIn = (typeof SECTIONS)[number]

export const SECTION_TITLES: Readonly<Record<BuiltIn, string>> = {
  summary: 'Summary',
  impact: 'Impact',
  timeline: 'Timeline',
  root_cause: 'Root cause',
  contributing: 'Contributing factors',
  went_well: 'What went well',
  went_wrong: 'What went wrong',
  action_items: 'Action items',
  lessons: 'Lessons learned',
}

/** Short facts, for a team's own sections. */
export const PLACEHOLDERS = [
  'blank',
  'incident',
  'title',
  'severity',
  'service',
  'declared_at',
  'resolved_at',
  'duration',
  'time_to_detect',
  'time_to_acknowledge',
  'time_to_mitigate',
  'time_to_resolve',
  'users',
  'revenue',
  'slo_budget',
  'affected_services',
  'responders',
] as const
export type Placeholder = (typeof PLACEHOLDERS)[number]
export type Fillable = BuiltIn | Placeholder

/** One of the built-in sections, or the slug of a team's own heading. */
export type SectionId = string

export type SectionTemplate = {
  readonly id: SectionId
  readonly title: string
  /** Markdown with placeholders. */
  readonly text: string
}
export type Template = readonly SectionTemplate[]

export const BUILT_IN_TEMPLATE: Template = SECTIONS.map(id => ({
  id,
  title: SECTION_TITLES[id],
  text: `{{${id}}}`,
}))

export const isBuiltIn = (name: string): name is BuiltIn => SECTIONS.some(each => each === name)
export const isFillable = (name: string): name is Fillable =>
  isBuiltIn(name) || PLACEHOLDERS.some(each => each === name)

/** What a section is called; one that the template does not have any more, by its name. */
export const titleOf = (template: Template, id: SectionId): string =>
  template.find(each => each.id === id)?.title ??
  (isBuiltIn(id) ? SECTION_TITLES[id] : id.replaceAll('_', ' '))

const PLACE = /\{\{\s*([^{}]*?)\s*\}\}/g

/** The names in a text, each with where it begins. */
export const placesIn = (text: string): readonly { readonly name: string; readonly at: number }[] =>
  [...text.matchAll(PLACE)].map(match => ({ name: match[1] ?? '', at: match.index }))

/** Every placeholder replaced, once: what stands in a fact stays as it is. */
export const fill = (text: string, facts: (name: Fillable) => string): string =>
  text.replaceAll(PLACE, (whole, name: string) => (isFillable(name) ? facts(name) : whole))

const MAX_SLUG = 30

/** `Customer communication` -> `customer_communication`; a second one of the same name gets a number. */
export function slugOf(title: string, taken: readonly string[]): SectionId {
  const plain =
    title
      .normalize('NFKD')
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '_')
      .replaceAll(/^_+|_+$/g, '')
      .slice(0, MAX_SLUG)
      .replace(/_+$/, '') || 'section'
  for (let count = 1; ; count++) {
    const slug = count === 1 ? plain : `${plain}_${count}`
    if (!taken.includes(slug)) return slug
  }
}
