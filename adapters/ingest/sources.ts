/** Every source that can send something in, its reader loaded when it is first used. */
import type { Source } from '../../bot/words.ts'
import type { Reader } from './read.ts'

type Module = { readonly read: Reader }

export const READERS: Readonly<Record<Source, () => Promise<Module>>> = {
  alertmanager: () => import('./alertmanager.ts'),
  grafana: () => import('./grafana.ts'),
  datadog: () => import('./datadog.ts'),
  cloudwatch: () => import('./cloudwatch.ts'),
  sentry: () => import('./sentry.ts'),
  newrelic: () => import('./newrelic.ts'),
  uptimekuma: () => import('./uptimekuma.ts'),
  zabbix: () => import('./zabbix.ts'),
  gcp: () => import('./gcp.ts'),
  azure: () => import('./azure.ts'),
  opsgenie: () => import('./opsgenie.ts'),
  pagerduty: () => import('./pagerduty.ts'),
  generic: () => import('./generic.ts'),
  github: () => import('./github.ts'),
  gitlab: () => import('./gitlab.ts'),
  argocd: () => import('./argocd.ts'),
}
