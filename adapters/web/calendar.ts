/** `GET /oncall/{schedule}.ics?token=`: shifts for a calendar program; `me` for the shifts of whoever owns the address. */
import type { App } from '../../bot/app.ts'
import type { Config } from '../../bot/config/types.ts'
import type { Clock, Signer, Store } from '../../bot/ports.ts'
import { feed, readCalendarSubject } from '../../bot/schedules/calendar.ts'
import { feedWindow } from '../../bot/schedules/ical.ts'
import { problem, type Route } from './server.ts'

type Parts = {
  readonly app: App
  readonly store: Pick<Store, 'load'>
  readonly clock: Clock
  readonly signer: Signer
  /** Whether a bearer token of the API opens it too. */
  readonly allows: (token: string) => Promise<boolean>
}

export const calendarRoutes =
  ({ app: { engine }, store, clock, signer, allows }: Parts): Route =>
  app => {
    app.get('/oncall/:file{[^/]+\\.ics}', async context => {
      const name = context.req.param('file').replace(/\.ics$/, '')
      const token = context.req.query('token') ?? ''
      const asker = readCalendarSubject(signer.subject('calendar', token) ?? '')
      const { calendars } = await engine.contacts()
      const isOwners = asker !== undefined && (calendars[asker.owner] ?? 0) === asker.renewed
      const { config, overrides } = await engine.world()
      const known = asker === undefined || config.people[asker.owner] !== undefined
      if (!known || !(isOwners || (await allows(token))))
        return problem(401, 'This calendar address holds no more. For a new one: /oncall calendar.')
      const person = name === 'me' ? asker?.owner : undefined
      if (person === undefined && !config.schedules[name])
        return problem(404, `There is no schedule ${name.slice(0, 60)}.`)
      const configs = (await store.load('config')).map(({ at, data }) => ({ at, config: data as Config }))
      const now = clock.now()
      const schedule = person === undefined ? name : undefined
      const text = feed({ config, configs, overrides, now, ...feedWindow(now), schedule, person })
      return context.body(text, 200, { 'content-type': 'text/calendar; charset=utf-8' })
    })
  }
