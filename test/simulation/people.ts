/** People who are called: they take it, pass it on, press twice, answer in two chats at once, stop their phone, or sleep. */
import type { Acts, ChatName } from './acts.ts'
import { EVERYBODY } from './cast.ts'
import { type Called, calledBy, incidentIn, type Seen } from './evidence.ts'
import { isAck } from './known.ts'
import type { Stage } from './stage.ts'
import { MINUTE } from './team.ts'

export function populate(stage: Stage, acts: Acts, isQuiet: () => boolean): void {
  const { luck, agenda } = stage
  const after = (ms: number, run: () => unknown) => agenda.add(stage.now() + ms, run)

  stage.onSeen(seen => {
    if (isQuiet()) return
    const called = calledBy(seen)
    if (called) answerPage(called)
    else if (seen.first.includes('[Still on it]')) answerQuestion(seen)
    else if (seen.first.includes('Somebody take it') && luck.happens(0.25)) takeIt(seen)
    else if (seen.presses.some(line => line.includes('swap --accept'))) answerOffer(seen)
  })

  function answerPage(called: Called): void {
    const delay = luck.wait(4 * MINUTE)
    const dice = luck.next()
    after(delay, async () => {
      await (called.reply ? answerPhone(called, dice) : answerChat(called, dice))
      const mine = stage.said.findLast(each => each.incident === called.incident && isAck(each))
      if (mine?.who === called.person && mine.at === stage.now()) mend(called)
    })
  }

  /** Whoever takes it mostly mends it. */
  function mend({ person, incident }: Called): void {
    const chat = EVERYBODY[person]?.chats[0] ?? 'slack'
    if (luck.happens(0.8))
      after(luck.wait(35 * MINUTE), () =>
        acts.types(person, `/incident ${luck.pick(['resolve', 'close'])} ${incident}`, chat),
      )
  }

  /** Nobody of the chain answered: somebody does who reads the channel. */
  function takeIt(seen: Seen): void {
    const line = seen.presses.find(each => each.startsWith('/incident ack'))
    if (line)
      after(luck.wait(10 * MINUTE), () =>
        acts.types(seen.by === 'slack' ? 'chika' : 'diego', line, seen.by as ChatName),
      )
  }

  async function answerChat({ person, presses, by, incident }: Called, dice: number): Promise<unknown> {
    const chat = by as ChatName
    const pressed = (verb: string) =>
      presses.find(line => line.startsWith(`/incident ${verb}`)) ?? `/incident ${verb} ${incident}`
    if (dice < 0.3) return acts.types(person, pressed('ack'), chat)
    if (dice < 0.35)
      return Promise.all([acts.types(person, pressed('ack'), chat), acts.types(person, pressed('ack'), chat)])
    if (dice < 0.38) return redelivered(person, pressed('ack'), chat)
    if (dice < 0.42)
      return Promise.all(
        (EVERYBODY[person]?.chats ?? []).map(each => acts.types(person, `/incident ack ${incident}`, each)),
      )
    if (dice < 0.48) return acts.types(person, pressed('notme'), chat)
    if (dice < 0.54) return acts.types(person, pressed('escalate'), chat)
    return undefined
  }

  /** The platform delivers a press again, once it was answered, or minutes later. */
  async function redelivered(person: string, line: string, chat: ChatName): Promise<void> {
    const cause = stage.fresh()
    await acts.types(person, line, chat, cause)
    after(luck.pick([0, 1_000, 300_000]), () => acts.types(person, line, chat, cause))
  }

  async function answerPhone(called: Called, dice: number): Promise<unknown> {
    const { person, by, reply, incident } = called
    const what = dice < 0.4 ? 'ack' : dice < 0.48 ? 'escalate' : undefined
    if (by === 'sms' && dice > 0.97) return acts.texts(person, 'STOP', undefined)
    if (!what) return undefined
    if (by !== 'sms') return acts.presses(person, called, what)
    const words = what === 'ack' ? luck.pick([`ACK ${reply?.code}`, `${reply?.code}`]) : `ESC ${reply?.code}`
    return acts.texts(person, words, incident)
  }

  /** Whoever has it is asked, in a channel. */
  function answerQuestion(seen: Seen): void {
    const incident = incidentIn(seen.first)
    const asked = stage.said.findLast(each => each.incident === incident && isAck(each))
    const chat = seen.by as ChatName
    if (asked && luck.happens(0.5) && EVERYBODY[asked.who]?.chats.includes(chat))
      after(luck.wait(3 * MINUTE), () => acts.types(asked.who, `/incident ack ${incident}`, chat))
  }

  function answerOffer(seen: Seen): void {
    const line = seen.presses.find(each => each.includes(luck.happens(0.7) ? '--accept' : '--decline'))
    if (line) after(luck.wait(10 * MINUTE), () => acts.types(seen.where.slice(1), line, seen.by as ChatName))
  }
}
