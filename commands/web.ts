/** `/incident web`: the way from chat to the web pages, and out of them again. */
import { refused, say } from '../bot/answers.ts'
import { SESSIONS } from '../bot/engine/kinds.ts'
import { note, text } from '../bot/message.ts'
import { refuse } from '../bot/refusal.ts'
import { incidentPath, pageLink } from '../bot/sessions/link.ts'
import { flag, incident } from './args.ts'
import { command, type SessionTodo } from './command.ts'

export const web = command({
  group: 'incident',
  name: 'web',
  summary: 'your link to the web pages: timelines, post-mortems, who would be paged',
  args: {
    incident: { ...incident, required: false as const },
    'sign-out': flag('end your sessions in all browsers'),
  },
  example: '/incident web INC-42',
  async run(context, { incident: named, 'sign-out': leaving }) {
    if (leaving) return signOut(context.person)
    const id = named ?? context.here
    if (id !== undefined && !(await context.incident(id)))
      return refuse('no_such_incident', `There is no ${id}.`, 'Try /incident list.')
    const link = pageLink(context, id === undefined ? '/incidents' : incidentPath(id))
    if (link === null)
      return refuse(
        'no_address',
        'Tocsin does not know its own address, so that nobody can open its pages.',
        'Set PUBLIC_URL to how a browser reaches it, such as https://tocsin.example.com, and restart it.',
      )
    const what = id === undefined ? 'the incidents' : id
    return say({
      summary: `Your link to ${what}`,
      tone: 'calm',
      blocks: [
        text([{ link, text: `Open ${what}` }]),
        ...(link.startsWith('/')
          ? []
          : [note('It signs in you, in one browser, within five minutes. Do not pass it on.')]),
      ],
    })
  },
})

const signOut = (person: string): SessionTodo => ({
  stream: SESSIONS,
  command: { do: 'sign_out', person, askedAt: null },
  reply({ refusal, happened }) {
    if (refusal) return refused(refusal)
    const words = happened.length > 0 ? 'You are signed out everywhere.' : 'You were not signed in anywhere.'
    return say({ summary: words, tone: 'calm', blocks: [text(words)] })
  },
})
