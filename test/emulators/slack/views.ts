/** Forms and home tabs as Slack keeps them: their stack on a person's screen, their hash, their JSON. */

import { demand } from './api-error.ts'
import type { Json, View } from './types.ts'
import { secret, type Workspace } from './workspace.ts'

/** A view from the accepted JSON of a call, not yet on any screen. */
export function newView(workspace: Workspace, user: string, accepted: Json): View {
  const id = workspace.nextId('V')
  return { ...fields(workspace, accepted), id, user, root_view_id: id, previous_view_id: null } as View
}

function fields(workspace: Workspace, accepted: Json): Json {
  const external = accepted.external_id ?? ''
  const isTaken =
    external !== '' &&
    [...workspace.stacks.values()].flat().some(id => workspace.views.get(id)?.external_id === external)
  demand(!isTaken, 'duplicate_external_id')
  return {
    private_metadata: '',
    callback_id: '',
    external_id: '',
    clear_on_close: false,
    notify_on_close: false,
    ...accepted,
    hash: `${Math.floor(workspace.clock.now() / 1000)}.${secret(4)}`,
  }
}

/** Puts a form on top of its person's screen. */
export function openView(workspace: Workspace, view: View): View {
  const stack = workspace.stacks.get(view.user) ?? []
  const below = workspace.views.get(stack.at(-1) ?? '')
  const opened = below ? { ...view, root_view_id: below.root_view_id, previous_view_id: below.id } : view
  workspace.views.set(opened.id, opened)
  workspace.stacks.set(view.user, [...stack, opened.id])
  return opened
}

/** Shows other content in the same form. */
export function replaceView(workspace: Workspace, old: View, accepted: Json): View {
  const sameName = accepted.external_id !== undefined && accepted.external_id === old.external_id
  const { external_id, ...rest } = accepted
  const fresh = fields(workspace, sameName ? rest : accepted)
  const view = {
    ...fresh,
    ...(sameName ? { external_id } : {}),
    id: old.id,
    user: old.user,
    root_view_id: old.root_view_id,
    previous_view_id: old.previous_view_id,
  } as View
  workspace.views.set(view.id, view)
  return view
}

export function closeView(workspace: Workspace, view: View): void {
  const stack = workspace.stacks.get(view.user) ?? []
  workspace.stacks.set(
    view.user,
    stack.filter(id => id !== view.id),
  )
}

export function currentView(workspace: Workspace, id: unknown, externalId?: unknown): View | undefined {
  if (id !== undefined) return workspace.views.get(String(id))
  const isNamed = externalId !== undefined && externalId !== ''
  return isNamed ? [...workspace.views.values()].findLast(view => view.external_id === externalId) : undefined
}

/** The form that a person looks at now. */
export function topView(workspace: Workspace, user: string): View | undefined {
  return workspace.views.get(workspace.stacks.get(user)?.at(-1) ?? '')
}

export function viewJson(workspace: Workspace, view: View, values: Json = {}): Json {
  const { user: _user, ...rest } = view
  return {
    title: null,
    submit: null,
    close: null,
    ...rest,
    team_id: workspace.team.id,
    app_id: workspace.app.id,
    app_installed_team_id: workspace.team.id,
    bot_id: workspace.app.botId,
    state: { values },
  }
}
