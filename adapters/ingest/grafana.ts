/** Grafana: unified alerting (which posts in Alertmanager's shape) and the dashboard alerts before version 9. */
import { read as readAlertmanager } from './alertmanager.ts'
import { alertOf, at, labelsOf, link, type Reader, text } from './read.ts'

export const read: Reader = (payload, context) => {
  if (Array.isArray(at(payload, 'alerts'))) {
    const found = readAlertmanager(payload, context)
    return { alerts: (found?.alerts ?? []).map((alert, index) => ({ ...alert, ...shown(payload, index) })) }
  }
  const state = text(payload, 'state')
  if (state === null) return undefined
  const tags = labelsOf(at(payload, 'tags'))
  return {
    alerts: [
      alertOf({
        fingerprint: text(payload, 'ruleId') && `rule-${text(payload, 'ruleId')}`,
        resolved: state === 'ok' || state === 'paused',
        title: text(payload, 'ruleName', 'title'),
        details: text(payload, 'message'),
        labels: tags,
        link: link(payload, 'ruleUrl'),
      }),
    ],
  }
}

/** The panel says more than the query. */
function shown(payload: unknown, index: number): { readonly link?: string } {
  const url = link(payload, `alerts.${index}.panelURL`, `alerts.${index}.dashboardURL`)
  return url === null ? {} : { link: url }
}
