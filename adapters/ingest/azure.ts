/** Azure Monitor's common alert schema. `Sev0` is its worst. */
import { alertOf, link, type Reader, text, time } from './read.ts'

export const read: Reader = payload => {
  const base = 'data.essentials'
  const rule = text(payload, `${base}.alertRule`)
  if (rule === null) return undefined
  const [target] = [text(payload, `${base}.configurationItems.0`, `${base}.alertTargetIDs.0`)]
  return {
    alerts: [
      alertOf({
        fingerprint: text(payload, `${base}.originAlertId`, `${base}.alertId`),
        resolved: text(payload, `${base}.monitorCondition`) === 'Resolved',
        title: rule,
        details: text(payload, `${base}.description`),
        severity: azureSeverity(text(payload, `${base}.severity`)),
        service: target?.split('/').at(-1) ?? null,
        startsAt: time(payload, `${base}.firedDateTime`),
        endsAt: time(payload, `${base}.resolvedDateTime`),
        link: link(payload, `${base}.investigationLink`),
      }),
    ],
  }
}

/** Sev0 critical, Sev1 error, Sev2 warning, Sev3 and Sev4 informational. */
const azureSeverity = (given: string | null): string | null =>
  ({ sev0: 'critical', sev1: 'error', sev2: 'warning', sev3: 'info', sev4: 'info' })[
    given?.toLowerCase() ?? ''
  ] ?? given
