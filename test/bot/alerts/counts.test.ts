/** Of every alert that is taken in it is known what became of it (I14). */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Alert } from '../../../bot/alerts/types.ts'
import { night, START } from '../../support/story.ts'
import { config, TEAM } from '../../support/team.ts'

const YAML = `${TEAM}
integrations:
  prom: { source: alertmanager, token: prom-token-0123456789 }
  quiet: { source: generic, token: quiet-token-012345678, declare: false }
`

const anyAlert: fc.Arbitrary<Alert> = fc
  .record({
    // A condition belongs to one group, for as long as it goes on.
    of: fc.constantFrom(['a', 'g1'], ['b', 'g1'], ['c', 'g2'], ['d', 'g3']),
    status: fc.constantFrom('firing' as const, 'firing' as const, 'resolved' as const),
    severity: fc.constantFrom('critical', 'warning', 'info'),
    minute: fc.integer({ min: 0, max: 3 }),
  })
  .map(({ of: [fingerprint = '', group = ''], minute, ...rest }) => ({
    ...rest,
    fingerprint,
    group,
    ...{ title: 'It is broken', details: '', service: null, labels: {}, endsAt: null, link: null },
    startsAt: Date.parse(START) + minute * 60_000,
  }))

test('every alert belongs to one incident, or is noted with the reason, and the counts add up (I14)', {
  timeout: 60_000,
}, async () => {
  const delivery = fc.tuple(
    fc.constantFrom('prom', 'quiet'),
    fc.array(anyAlert, { minLength: 1, maxLength: 4 }),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(delivery, { minLength: 1, maxLength: 6 }), async deliveries => {
      const n = await night({ config: config(YAML) })
      const { integrations } = n.app.worlds.current().config
      for (const [name, alerts] of deliveries) {
        const integration = integrations[name]
        if (!integration) throw new Error(`there is no ${name}`)
        const { incidents, noted } = await n.app.intake(integration, { alerts, changes: [] })
        expect(noted).toBeLessThanOrEqual(alerts.length)
        expect(incidents.length === 0 ? noted : 0).toBe(incidents.length === 0 ? alerts.length : 0)
      }
      const groups = new Map<string, string>()
      for (const { id } of await n.store.incidents({ limit: 100 })) {
        const incident = await n.app.engine.incident(id)
        for (const [key, alert] of Object.entries(incident?.alerts ?? {})) {
          const group = `${key.split('/')[0]} ${alert.group}`
          expect(groups.get(group) ?? id).toBe(id)
          groups.set(group, id)
        }
      }
      const noted = await n.store.load('ingested')
      for (const { data } of noted) expect((data as { why: string }).why).toMatch(/\S/)
      // A firing alert that no incident knows was noted.
      for (const [name, alerts] of deliveries)
        for (const alert of alerts.filter(each => each.status === 'firing')) {
          const known = groups.has(`${name} ${alert.group}`)
          const written = noted.some(({ data }) => {
            const { integration, alert: one } = data as { integration: string; alert: Alert }
            return integration === name && one.fingerprint === alert.fingerprint
          })
          expect(known || written, `${name} ${alert.group} ${alert.fingerprint}`).toBe(true)
        }
      await n.stop()
    }),
    { numRuns: 30 },
  )
})
