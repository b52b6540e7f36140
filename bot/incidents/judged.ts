/** Why an incident has its severity: the criterion, or that a person chose another than was judged. */
import type { Severity } from '../words.ts'
import type { Judgement } from './events.ts'

type Judged = { readonly severity: Severity; readonly judged: Judgement; readonly chosen: boolean }

export const judgedWords = ({ severity, judged, chosen }: Judged): string =>
  chosen && judged.severity !== severity ? `chosen; judged ${judged.severity}` : judged.criterion
