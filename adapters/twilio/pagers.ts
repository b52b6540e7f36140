/** SMS and voice. A text that fits two segments and can be answered; a call that is taken with one key. */
import type { Pager, PageText } from '../../bot/ports.ts'
import { create, type TwilioSettings } from './api.ts'
import { gather } from './twiml.ts'

/** Two segments of 153 characters, whatever the alphabet does to them. */
const MAX_SMS = 300

export const createSms = (settings: TwilioSettings): Pager => ({
  way: 'sms',
  page: (to, text) =>
    create(settings, 'Messages', {
      To: to,
      From: settings.from,
      Body: smsBody(text),
      ...callback(settings, 'StatusCallback', `/twilio/status?way=sms&t=${text.token}`),
    }),
})

export const createVoice = (settings: TwilioSettings): Pager => ({
  way: 'voice',
  page: (to, text) =>
    create(settings, 'Calls', {
      To: to,
      From: settings.from,
      Twiml: gather(text.spoken, settings.callback(`/twilio/voice?t=${text.token}`)),
      Timeout: '30',
      ...callback(settings, 'StatusCallback', `/twilio/status?way=voice&t=${text.token}`),
    }),
})

function callback({ callback: at }: TwilioSettings, name: string, path: string): Record<string, string> {
  const url = at(path)
  return url === null ? {} : { [name]: url }
}

/** The end says how to answer, so that it is what survives the cut. */
export function smsBody({ summary, code, ackUrl }: PageText): string {
  const answer = ` Reply ACK ${code}${ackUrl === null ? '' : ` or open ${ackUrl}`}`
  const room = Math.max(40, MAX_SMS - answer.length)
  const letters = [...new Intl.Segmenter('en').segment(summary)].map(({ segment }) => segment)
  let [words, length] = ['', 0]
  for (const letter of letters) {
    if (length + letter.length > room - 1) return `${words}…${answer}`
    words += letter
    length += letter.length
  }
  return words + answer
}
