/** The list of commands, in the order in which help shows them. */

import {
  doneAction,
  giveAction,
  linkAction,
  listActions,
  reopenAction,
  reportActions,
  showAction,
  snoozeAction,
  startAction,
  updateAction,
} from './action.ts'
import { addAction, editAction } from './action-add.ts'
import type { Command } from './command.ts'
import { calendar, contacts, startWay, stopWay, testWay, verify } from './contacts.ts'
import { declare } from './declare.ts'
import { patterns, preview, send } from './digest.ts'
import { actionHelp, digestHelp, incidentHelp, oncallHelp } from './help.ts'
import { home, listOpen, show, timeline, whyPaged } from './looking.ts'
import { note } from './note.ts'
import { next, simulatePage, who } from './oncall.ts'
import { postmortem } from './postmortem.ts'
import { close, reopen, resolve, role, setSeverity, setStatus, update } from './progress.ts'
import { editEntry, investigate } from './remembering.ts'
import { ack, escalate, join, notme, page, retry, unack } from './responding.ts'
import { override, swap, take } from './rota.ts'
import { web } from './web.ts'

export const COMMANDS: readonly Command[] = [
  declare,
  ack,
  unack,
  escalate,
  notme,
  page,
  setStatus,
  setSeverity,
  update,
  note,
  role,
  resolve,
  close,
  reopen,
  home,
  listOpen,
  show,
  timeline,
  whyPaged,
  investigate,
  postmortem,
  editEntry,
  web,
  join,
  retry,
  incidentHelp,
  who,
  next,
  override,
  take,
  swap,
  simulatePage,
  contacts,
  testWay,
  verify,
  stopWay,
  startWay,
  calendar,
  oncallHelp,
  addAction,
  listActions,
  showAction,
  startAction,
  updateAction,
  editAction,
  doneAction,
  snoozeAction,
  reopenAction,
  giveAction,
  linkAction,
  reportActions,
  actionHelp,
  preview,
  send,
  patterns,
  digestHelp,
]
