/** usergroups.users.*: who is in a user group. */
import { ApiError, demand } from '../api-error.ts'
import type { Usergroup } from '../types.ts'
import type { Workspace } from '../workspace.ts'
import type { Method } from './method.ts'

const groupOf = (workspace: Workspace, id: unknown): Usergroup => {
  const found = workspace.usergroups.get(String(id))
  if (!found) throw new ApiError('no_such_subteam')
  return found
}

export const usergroupMethods: readonly Method[] = [
  {
    name: 'usergroups.users.list',
    tier: 2,
    scopes: ['usergroups:read'],
    args: { usergroup: 'text!', include_disabled: 'bool' },
    run: (workspace, args) => ({ users: [...groupOf(workspace, args.usergroup).users] }),
  },
  {
    name: 'usergroups.users.update',
    tier: 2,
    json: true,
    scopes: ['usergroups:write'],
    args: { usergroup: 'text!', users: 'ids!', include_count: 'bool' },
    run(workspace, args) {
      const group = groupOf(workspace, args.usergroup)
      const users = String(args.users).split(',').filter(Boolean)
      demand(users.length > 0, 'no_users_provided')
      demand(
        users.every(user => workspace.users.has(user)),
        'invalid_users',
      )
      workspace.usergroups.set(group.id, { ...group, users })
      return { usergroup: { id: group.id, handle: group.handle, users } }
    },
  },
]
