/** What an option can be completed with while it is typed: open incidents, services, people and roles. */
import type { ChatUser, Completes, Completion, Store } from '../ports.ts'
import type { ChatName } from '../words.ts'
import type { Engine } from './handle.ts'

/** More open incidents than anybody scrolls through. */
const MAX_OPEN = 100

export async function completions(
  { engine, store }: { readonly engine: Engine; readonly store: Store },
  chat: ChatName,
  user: ChatUser,
  what: Completes,
  typed: string,
): Promise<readonly Completion[]> {
  const { people, postmortem, roles, schedules, services } = (await engine.world()).config
  const known = Object.values(people).some(person => person.identities[chat] === user.id)
  if (user.kind !== 'member' || !known) return []
  switch (what) {
    case 'incident': {
      const open = await store.incidents({ open: true, limit: MAX_OPEN })
      return fitting(
        open.map(({ id, severity, title }) => ({ label: `${id} ${severity} ${title}`, value: id })),
        typed,
      )
    }
    case 'service':
    case 'schedule':
      return fitting(
        Object.keys(what === 'service' ? services : schedules).map(id => ({ label: id, value: id })),
        typed,
      )
    case 'action': {
      const { items } = await engine.actions()
      return fitting(
        items
          .filter(item => item.status !== 'completed')
          .map(({ id, title }) => ({ label: `${id} ${title}`, value: id })),
        typed,
      )
    }
    case 'section':
      return fitting(
        postmortem.template.map(({ id, title }) => ({ label: title, value: id })),
        typed,
      )
    case 'person':
    case 'target': {
      const persons = Object.values(people).map(({ id, name }) => ({ label: name, value: id }))
      const names = Object.keys(roles).map(role => ({ label: `${role} (role)`, value: role }))
      return fitting(what === 'target' ? [...persons, ...names] : persons, typed)
    }
  }
}

/** Those that begin with what was typed, then those that contain it. */
function fitting(all: readonly Completion[], typed: string): readonly Completion[] {
  const sought = typed.trim().replace(/^@/, '').toLowerCase()
  const place = ({ label, value }: Completion) => {
    const found = [value, label].map(each => each.toLowerCase().indexOf(sought)).filter(at => at >= 0)
    return found.length === 0 ? -1 : Math.min(...found) === 0 ? 0 : 1
  }
  return all
    .map(each => ({ each, at: place(each) }))
    .filter(({ at }) => at >= 0)
    .sort((a, b) => a.at - b.at)
    .map(({ each }) => each)
}
