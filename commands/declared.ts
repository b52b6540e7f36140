/** The first words after a declaration: how bad and why, who is called, what comes next; and the offer to join another. */
import type { Told } from '../bot/answers.ts'
import { mark, standing } from '../bot/incidents/card.ts'
import { type Block, buttons, heading, type Line, list, type Message, note, text } from '../bot/message.ts'
import { assert } from '../bot/refusal.ts'
import { SEVERITIES } from '../bot/words.ts'
import type { Context } from './command.ts'

export function declaredAnswer({ after, happened }: Told): Message {
  assert(after, 'a declaration without an incident')
  const { id, severity, judged, chosen } = after
  const skipped = happened.flatMap(({ event }): Line[] =>
    event.type === 'rung_skipped'
      ? [[`${event.role}: `, ...(event.person ? [{ person: event.person }, ' '] : []), event.why]]
      : [],
  )
  const blocks: Block[] = [
    ...(after.pages.length === 0 ? nobodyPaged(id, severity) : []),
    heading(`${mark(after)}${severity} · ${id} declared`),
    text([{ bold: after.title }]),
    text(
      chosen && judged.severity !== severity
        ? `You chose ${severity}. Judged ${judged.severity}: ${judged.criterion}.`
        : `Judged ${judged.severity}: ${judged.criterion}.`,
    ),
  ]
  if (judged.reasons.length > 0) blocks.push(list(judged.reasons.slice(0, 5).map(reason => [reason])))
  blocks.push(text(standing(after)))
  if (skipped.length > 0) blocks.push(text(['Skipped: ']), list(skipped.slice(0, 8)))
  blocks.push(note('Work on it in ', { room: id }))
  const nobody = after.pages.length === 0 ? 'Nobody was paged. ' : ''
  return {
    summary: `${nobody}${mark(after)}${severity} ${id} declared: ${after.title}`,
    tone: severity,
    blocks,
  }
}

/** The first line says so, with the way out beside it. */
function nobodyPaged(id: string, severity: string): readonly Block[] {
  const raise = SEVERITIES.filter(each => each < severity).slice(0, 3)
  const offered = raise.length > 0 ? raise : SEVERITIES.slice(0, 3)
  return [
    text([
      { bold: 'Nobody was paged.' },
      ' If somebody must get up now, raise it or page by hand: /incident page @person',
    ]),
    buttons(
      ...offered.map(to => ({
        label: `Raise to ${to}`,
        command: `/incident severity ${id} ${to}`,
        ...(to === 'SEV1' ? { style: 'danger' as const } : {}),
      })),
    ),
  ]
}

export function offerToJoin({ world, input }: Context, id: string, title: string): Message {
  const open = world.open.find(each => each.id === id)
  return {
    summary: `This looks like ${id}. Join it, or declare it anyway.`,
    tone: 'calm',
    blocks: [
      text([
        { bold: `This looks like ${id}` },
        open ? `: ${open.title}, declared ` : '',
        ...(open ? [{ time: open.declaredAt, as: 'relative' as const }] : []),
        '.',
      ]),
      text(['Nothing was declared yet for ', { bold: title }, '.']),
      buttons(
        { label: `Join ${id}`, command: `/incident join ${id}`, style: 'primary' },
        { label: 'Declare anyway', command: `/incident declare --again ${input.cause}` },
      ),
    ],
  }
}
