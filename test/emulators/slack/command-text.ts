/** A command's words as they reach the app, when it asked Slack to escape channels, users and links. */

import { channelNamed } from './channels.ts'
import type { Workspace } from './workspace.ts'

/** `@name` and `#name` that exist become `<@U1|name>` and `<#C1|name>`; `& < >` become entities. */
export function escapeCommand(workspace: Workspace, text: string): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  return escaped.replace(/(?<!\S)([@#])([\p{L}\p{N}._-]+)/gu, (written, kind: string, name: string) => {
    if (kind === '#') {
      const channel = channelNamed(workspace, name)
      return channel ? `<#${channel.id}|${name}>` : written
    }
    const user = [...workspace.users.values()].find(one => one.name === name)
    return user ? `<@${user.id}|${name}>` : written
  })
}
