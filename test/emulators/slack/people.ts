/** People: adding them, the JSON that Slack shows of them, and groups of them. */

import { demand } from './api-error.ts'
import type { Json, User, Usergroup } from './types.ts'
import type { Workspace } from './workspace.ts'

export type NewUser = Partial<User> & { readonly id: string }

/** Adds a person, or replaces the one with this id (to deactivate somebody, say). Default: an ordinary member. */
export function addUser(workspace: Workspace, user: NewUser): User {
  const name = user.name ?? user.id.toLowerCase()
  const added: User = {
    team_id: workspace.team.id,
    name,
    real_name: user.real_name ?? name,
    tz: 'Etc/UTC',
    is_bot: false,
    deleted: false,
    is_restricted: false,
    is_ultra_restricted: false,
    is_stranger: false,
    ...user,
  }
  workspace.users.set(added.id, added)
  return added
}

export function addUsergroup(workspace: Workspace, group: Usergroup): Usergroup {
  const added = { ...group }
  workspace.usergroups.set(added.id, added)
  return added
}

export function knownUser(workspace: Workspace, id: unknown): User {
  const user = workspace.users.get(String(id))
  demand(user, 'user_not_found')
  return user
}

/** A user object as users.* show it; the e-mail address needs its own scope. */
export function userJson(workspace: Workspace, user: User): Json {
  const showsEmail = user.email !== undefined && workspace.scopes.has('users:read.email')
  return {
    id: user.id,
    team_id: user.team_id,
    name: user.name,
    deleted: user.deleted,
    real_name: user.real_name,
    tz: user.tz,
    is_admin: false,
    is_owner: false,
    is_restricted: user.is_restricted,
    is_ultra_restricted: user.is_ultra_restricted,
    is_bot: user.is_bot,
    is_app_user: false,
    ...(user.is_stranger ? { is_stranger: true } : {}),
    profile: {
      real_name: user.real_name,
      display_name: user.name,
      team: user.team_id,
      ...(showsEmail ? { email: user.email } : {}),
    },
  }
}
