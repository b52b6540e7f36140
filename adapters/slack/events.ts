/**
 * What happens in Slack without anybody having asked us: the home page is opened, Tocsin is mentioned, a message is pinned or
 * gets a reaction.
 */
import type { Hooks, Said, Sign, Telemetry } from '../../bot/ports.ts'
import { REACTIONS } from '../../bot/words.ts'
import type { Api } from './api.ts'
import type { People } from './people.ts'
import { render } from './render.ts'
import { homeView } from './views.ts'

type Body = Readonly<Record<string, unknown>>
type Hearing = {
  readonly api: Api
  readonly people: People
  readonly hooks: Hooks
  readonly telemetry: Telemetry
}

type Happened = {
  readonly type?: string
  readonly user?: string
  readonly channel?: string
  readonly channel_id?: string
  readonly tab?: string
  readonly reaction?: string
  /** Who wrote what was pinned or reacted to. */
  readonly item_user?: string
  readonly item?: {
    readonly type?: string
    readonly channel?: string
    readonly ts?: string
    readonly message?: { readonly ts?: string; readonly user?: string; readonly bot_id?: string }
  }
}

export async function heard(parts: Hearing, body: Body): Promise<void> {
  const happened = (body.event ?? {}) as Happened
  if (happened.type === 'app_home_opened' && happened.tab === 'home') await drawHome(parts, happened.user)
  if (happened.type === 'app_mention' && happened.channel)
    await parts.api.tryCall('chat.postEphemeral', {
      channel: happened.channel,
      user: happened.user,
      text: 'Type /incident declare and what is broken, or /incident help.',
    })
}

async function drawHome({ api, hooks, people, telemetry }: Hearing, user: string | undefined): Promise<void> {
  if (!user) return
  const kind = await people.kindOf(user, undefined)
  const view = homeView(await hooks.home({ id: user, name: user, kind }), hooks.directory)
  if (!(await api.tryCall('views.publish', { user_id: user, view })))
    telemetry.log('warn', 'slack.home_not_drawn', { user })
}

type Marked = {
  readonly user: string
  readonly channel: string
  readonly ts: string
  readonly sign: Sign
  readonly author: { readonly user?: string; readonly bot_id?: string }
}

function markedBy({
  type,
  user,
  reaction = '',
  channel_id,
  item_user,
  item = {},
}: Happened): Marked | undefined {
  const author = item.message ?? (item_user === undefined ? {} : { user: item_user })
  const channel = channel_id ?? item.channel
  const ts = item.ts ?? item.message?.ts
  const sign = type === 'pin_added' ? 'pin' : type === 'reaction_added' ? signOf(reaction) : undefined
  return user && channel && ts && sign && item.type === 'message'
    ? { user, channel, ts, sign, author }
    : undefined
}

const signOf = (reaction: string): Sign | undefined =>
  Object.hasOwn(REACTIONS, reaction) ? (reaction as Sign) : undefined

/** A pin or a reaction that keeps a message. To be awaited before the event is acknowledged: then none is lost with a crash. */
export async function keepMarked({ api, people, hooks }: Hearing, body: Body): Promise<void> {
  const marked = markedBy((body.event ?? {}) as Happened)
  if (!marked) return
  const { user, channel, ts, sign, author } = marked
  // Tocsin pins its own cards.
  if ((await api.isOwn({ user })) || !(await hooks.keeps(channel, sign))) return
  const kind = await people.kindOf(user, undefined)
  const ref = { channel, id: ts }
  const answer = await hooks.receive({
    chat: 'slack',
    cause: `slack:${String(body.event_id)}`,
    user: { id: user, name: user, kind },
    channel,
    line: '/incident note',
    ...((await api.isOwn(author)) ? { about: ownMessage(ref) } : { mark: ref }),
  })
  if (answer.kind !== 'say' || kind === 'bot') return
  void api.tryCall('chat.postEphemeral', { channel, user, ...render(answer.message, hooks.directory) })
}

/** Nothing of ours is read back: what it says is in the timeline. */
const ownMessage = (ref: Said['ref']): Said => ({
  ref,
  user: undefined,
  author: 'Tocsin',
  own: true,
  text: null,
  at: Math.round(Number(ref.id) * 1000),
  link: undefined,
})
