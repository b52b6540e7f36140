/** auth.test, and apps.connections.open, which hands out the address of one Socket Mode connection. */

import type { Method } from './method.ts'

export const sessionMethods: readonly Method[] = [
  {
    name: 'auth.test',
    tier: 'special',
    json: true,
    scopes: [],
    args: {},
    run: workspace => ({
      url: `https://${workspace.team.domain}.slack.com/`,
      team: workspace.team.name,
      user: workspace.users.get(workspace.app.botUser)?.name,
      team_id: workspace.team.id,
      user_id: workspace.app.botUser,
      bot_id: workspace.app.botId,
      is_enterprise_install: false,
    }),
  },
  {
    name: 'apps.connections.open',
    tier: 3,
    json: true,
    token: 'app',
    scopes: [],
    args: {},
    run: workspace => ({ url: workspace.openTicket() }),
  },
]
