/** One process of the product, composed as the program is, on ports that stop with it. */
import type { SqliteStore } from '../../adapters/sql/sqlite.ts'
import { createTelemetry } from '../../adapters/telemetry/telemetry.ts'
import { type App, createApp } from '../../bot/app.ts'
import type { Config } from '../../bot/config/types.ts'
import type { Chat, Clock, Ids, Pager } from '../../bot/ports.ts'
import { dispatch } from '../../commands/dispatch.ts'
import { testSigner } from '../support/signer.ts'
import type { Chance } from './chance.ts'
import { type Lifeline, lifeline, mortal, mortalClock, type Pulse } from './mortal.ts'

export type Running = { readonly app: App; readonly line: Lifeline }

type Ground = {
  readonly store: SqliteStore
  readonly chats: readonly Chat[]
  readonly pagers: readonly Pager[]
  readonly clock: Clock
  readonly ids: Ids
  readonly luck: Chance
  readonly pulse: Pulse
  /** It has the database to itself, as on SQLite. */
  readonly alone: boolean
}

const telemetry = createTelemetry({ level: 'fatal', secrets: [] })

/** `shortly`: it may die while it starts, or soon after. */
export async function beginProcess(ground: Ground, config: Config, shortly: boolean): Promise<Running> {
  const { luck, pulse, ids } = ground
  const line = lifeline()
  if (shortly) line.dieIn(1 + luck.upTo(40), luck.happens(0.5))
  const store = mortal(ground.store, line, pulse)
  const clock = ground.alone ? ground.clock : mortalClock(ground.clock, line)
  const ports = {
    chats: ground.chats.map(chat => mortal(chat, line, pulse)),
    pagers: ground.pagers.map(pager => mortal(pager, line, pulse)),
  }
  await store.configure(config, clock.now())
  if (ground.alone) await store.dropLeases()
  const app = await createApp({
    ...ports,
    store,
    config,
    signer: testSigner,
    clock,
    ids,
    telemetry,
    dispatch,
  })
  await app.start()
  app.clockwork.start()
  return { app, line }
}
