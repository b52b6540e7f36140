/** Amazon CloudWatch through SNS: an envelope with the alarm as JSON in it. Its signature is checked before (sns.ts). */
import { alertOf, at, type Context, labelsOf, type Reader, text, time } from './read.ts'

export const read: Reader = (payload, context: Context) => {
  const type = text(payload, 'Type')
  if (type !== null && type !== 'Notification') return { alerts: [] }
  const alarm = type === null ? payload : parsed(text(payload, 'Message'))
  const name = text(alarm, 'AlarmName', 'alarmName')
  if (name === null) return undefined
  const dimensions = at(alarm, 'Trigger.Dimensions')
  const pairs = (Array.isArray(dimensions) ? dimensions : []).map((each): [string, string] => [
    text(each, 'name', 'Name') ?? '',
    text(each, 'value', 'Value') ?? '',
  ])
  const region = text(alarm, 'Region')
  return {
    alerts: [
      alertOf({
        fingerprint:
          text(alarm, 'AlarmArn') ?? `${text(alarm, 'AWSAccountId') ?? ''}/${region ?? ''}/${name}`,
        resolved: text(alarm, 'NewStateValue') === 'OK',
        title: name,
        details: [text(alarm, 'AlarmDescription'), text(alarm, 'NewStateReason')].filter(Boolean).join('\n'),
        labels: labelsOf(Object.fromEntries(pairs), { region, namespace: text(alarm, 'Trigger.Namespace') }),
        startsAt: time(alarm, 'StateChangeTime') ?? context.now,
      }),
    ],
  }
}

function parsed(words: string | null): unknown {
  try {
    return JSON.parse(words ?? '')
  } catch {
    // A message of somebody else's on the same topic: not of our shape, and said so.
    return undefined
  }
}
