/** Every Web API method that the emulator speaks; any other is unknown_method. */

import { chatMethods } from './chat.ts'
import { conversationMethods } from './conversations.ts'
import { fileMethods } from './files.ts'
import { historyMethods } from './history.ts'
import { markMethods } from './marks.ts'
import { membershipMethods } from './membership.ts'
import type { Method } from './method.ts'
import { sessionMethods } from './session.ts'
import { usergroupMethods } from './usergroups.ts'
import { userMethods } from './users.ts'
import { viewMethods } from './views.ts'

const all: readonly Method[] = [
  ...sessionMethods,
  ...chatMethods,
  ...conversationMethods,
  ...membershipMethods,
  ...historyMethods,
  ...userMethods,
  ...usergroupMethods,
  ...viewMethods,
  ...markMethods,
  ...fileMethods,
]

export const methods: ReadonlyMap<string, Method> = new Map(all.map(method => [method.name, method]))
