/** `/incident help` and its like, from the list of commands. */
import { say } from '../bot/answers.ts'
import { type Block, heading, list, note } from '../bot/message.ts'
import { command, type Group } from './command.ts'
import { COMMANDS } from './index.ts'

const helpFor = (group: Group) =>
  command({
    group,
    name: 'help',
    summary: 'this list',
    args: {},
    example: `/${group} help`,
    run: () => {
      const shown = COMMANDS.filter(each => each.group === group && !each.hidden)
      const blocks: Block[] = [
        heading(`/${group}`),
        list(shown.map(each => [{ code: each.example }, ` ${each.summary}`])),
        note("In an incident's channel the incident is implied."),
      ]
      return say({ summary: `/${group}: ${shown.map(each => each.name).join(', ')}`, tone: 'calm', blocks })
    },
  })

export const incidentHelp = helpFor('incident')
export const oncallHelp = helpFor('oncall')
export const actionHelp = helpFor('action')
export const digestHelp = helpFor('digest')
