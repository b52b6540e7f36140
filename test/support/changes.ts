/** Changes as the pipeline of the tests tells of them, and what is remembered of an incident. */
import type { Change } from '../../bot/alerts/types.ts'
import { type Remembered, remember } from '../../bot/postmortem/load.ts'
import { type Night, START } from './story.ts'

/** Version 42 of a service, so many minutes after the night began. */
export const deployed = (service: string, minutes: number, more: Partial<Change> = {}): Change => ({
  id: `${service}-${minutes}`,
  kind: 'deployment',
  state: 'succeeded',
  service,
  title: `${service} v42`,
  version: 'v42',
  environment: 'production',
  by: 'ben',
  at: Date.parse(START) + minutes * 60_000,
  link: 'https://ci.example.com/42',
  ...more,
})

/** The integration `ci` tells of them. */
export async function seen({ app }: Night, ...changes: readonly Change[]): Promise<void> {
  const { ci } = app.worlds.current().config.integrations
  if (!ci) throw new Error('the team has no integration ci')
  await app.intake(ci, { alerts: [], changes })
}

export async function told({ app }: Night, id = 'INC-1'): Promise<Remembered> {
  const found = await remember(app.engine, await app.engine.world(), id)
  if (!found) throw new Error(`${id} is not there`)
  return found
}
