/** users.* and usergroups.*: who there is. */

import { ApiError, demand } from '../api-error.ts'
import { knownUser, userJson } from '../people.ts'
import type { Json, Usergroup } from '../types.ts'
import type { Workspace } from '../workspace.ts'
import type { Method } from './method.ts'
import { page } from './paging.ts'

export const userMethods: readonly Method[] = [
  {
    name: 'users.info',
    tier: 4,
    scopes: ['users:read'],
    args: { user: 'text!', include_locale: 'bool' },
    run: (workspace, args) => ({ user: userJson(workspace, knownUser(workspace, args.user)) }),
  },
  {
    name: 'users.list',
    tier: 2,
    scopes: ['users:read'],
    args: { cursor: 'text', limit: 'int', include_locale: 'bool' },
    run(workspace, args) {
      const { items, metadata } = page([...workspace.users.values()], args, { usual: 1000, most: 1000 })
      return { members: items.map(user => userJson(workspace, user)), response_metadata: metadata }
    },
  },
  {
    name: 'users.lookupByEmail',
    tier: 3,
    scopes: ['users:read.email'],
    args: { email: 'text!' },
    run(workspace, args) {
      const found = [...workspace.users.values()].find(user => user.email === args.email && !user.deleted)
      demand(found, 'users_not_found')
      return { user: userJson(workspace, found) }
    },
  },
  {
    name: 'usergroups.list',
    tier: 2,
    scopes: ['usergroups:read'],
    args: { include_count: 'bool', include_disabled: 'bool', include_users: 'bool' },
    run: (workspace, args) => ({
      usergroups: [...workspace.usergroups.values()].map(group =>
        groupJson(group, args.include_users === true),
      ),
    }),
  },
  {
    name: 'usergroups.users.list',
    tier: 2,
    scopes: ['usergroups:read'],
    args: { usergroup: 'text!', include_disabled: 'bool' },
    run: (workspace, args) => ({ users: group(workspace, args).users }),
  },
  {
    name: 'usergroups.users.update',
    tier: 2,
    json: true,
    scopes: ['usergroups:write'],
    args: { usergroup: 'text!', users: 'ids!', include_count: 'bool' },
    run(workspace, args) {
      const changed = group(workspace, args)
      const users = args.users as readonly string[]
      demand(users.length > 0, 'no_users_provided')
      const isBad = users.some(id => workspace.users.get(id)?.deleted !== false)
      demand(!isBad, 'invalid_users')
      changed.users = users
      return { usergroup: groupJson(changed, true) }
    },
  },
]

function group(workspace: Workspace, args: Json): Usergroup {
  const found = workspace.usergroups.get(String(args.usergroup))
  if (!found) throw new ApiError('no_such_subteam')
  return found
}

function groupJson(group: Usergroup, withUsers: boolean): Json {
  return {
    id: group.id,
    handle: group.handle,
    name: group.name,
    is_usergroup: true,
    date_delete: 0,
    user_count: group.users.length,
    ...(withUsers ? { users: group.users } : {}),
  }
}
