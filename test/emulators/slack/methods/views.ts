/** views.*: forms and the home tab. A trigger opens one form, once, within three seconds of the interaction. */

import { ApiError, demand } from '../api-error.ts'
import { acceptView } from '../blocks/surfaces.ts'
import { knownUser } from '../people.ts'
import type { Json, View } from '../types.ts'
import { currentView, newView, openView, replaceView, viewJson } from '../views.ts'
import type { Trigger, Workspace } from '../workspace.ts'
import type { Method } from './method.ts'

const triggerLivesMs = 3000
const deepestStack = 3

export const viewMethods: readonly Method[] = [
  {
    name: 'views.open',
    tier: 4,
    json: true,
    scopes: [],
    args: { trigger_id: 'text', view: 'json!' },
    run(workspace, args) {
      const trigger = exchange(workspace, args)
      const view = newView(workspace, trigger.user, acceptView(args.view, 'modal'))
      workspace.stacks.set(trigger.user, [])
      openView(workspace, view)
      return { view: viewJson(workspace, view) }
    },
  },
  {
    name: 'views.push',
    tier: 4,
    json: true,
    scopes: [],
    args: { trigger_id: 'text', view: 'json!' },
    run(workspace, args) {
      const trigger = exchange(workspace, args)
      const stack = workspace.stacks.get(trigger.user) ?? []
      demand(trigger.view !== undefined && stack.includes(trigger.view), 'not_found')
      demand(stack.length < deepestStack, 'push_limit_reached')
      const view = newView(workspace, trigger.user, acceptView(args.view, 'modal'))
      openView(workspace, view)
      return { view: viewJson(workspace, view) }
    },
  },
  {
    name: 'views.update',
    tier: 4,
    json: true,
    scopes: [],
    args: { view_id: 'text', external_id: 'text', hash: 'text', view: 'json!' },
    run(workspace, args) {
      const old = openedView(workspace, args)
      demand(args.hash === undefined || args.hash === old.hash, 'hash_conflict')
      const view = replaceView(workspace, old, acceptView(args.view, 'modal'))
      return { view: viewJson(workspace, view) }
    },
  },
  {
    name: 'views.publish',
    tier: 4,
    json: true,
    scopes: [],
    args: { user_id: 'text!', view: 'json!', hash: 'text' },
    run(workspace, args) {
      const user = knownUser(workspace, args.user_id)
      demand(!user.is_bot && !user.deleted, 'not_enabled')
      const old = workspace.homes.get(user.id)
      demand(args.hash === undefined || args.hash === old?.hash, 'hash_conflict')
      const accepted = acceptView(args.view, 'home')
      const view = newView(workspace, user.id, accepted)
      workspace.homes.set(user.id, view)
      return { view: viewJson(workspace, view) }
    },
  },
]

/** Uses the call's trigger up, or says why it cannot be. */
function exchange(workspace: Workspace, args: Json): Trigger {
  const trigger = workspace.triggers.get(String(args.trigger_id))
  demand(trigger, 'invalid_trigger_id')
  demand(!trigger.used, 'exchanged_trigger_id')
  demand(workspace.clock.now() - trigger.issuedAt <= triggerLivesMs, 'expired_trigger_id')
  trigger.used = true
  return trigger
}

/** The form that a call names and that its person still has open. */
function openedView(workspace: Workspace, args: Json): View {
  const named = currentView(workspace, args.view_id, args.external_id)
  const isOpen = named && workspace.stacks.get(named.user)?.includes(named.id)
  if (!named || !isOpen) throw new ApiError('not_found')
  return named
}
