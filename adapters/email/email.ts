/** E-mail by SMTP. All mails of an incident are one thread; the link acknowledges with a press, which no preview does. */
import { createHash } from 'node:crypto'
import { createTransport } from 'nodemailer'
import { ChatFailure, type Pager, type PageText } from '../../bot/ports.ts'
import { plainText } from '../plain.ts'
import { htmlOf } from './html.ts'

export type EmailSettings = { readonly url: string; readonly from: string }

const WHOSE = 'the mail server'
const TIMEOUT_MS = 7_000

export function createEmail({ url, from }: EmailSettings): Pager {
  const transport = createTransport({
    url,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  const host = /@([\w.-]+)/.exec(from)?.[1] ?? 'tocsin'
  return {
    way: 'email',
    async page(to, text, key) {
      const id = `<${createHash('sha256').update(key).digest('hex').slice(0, 32)}@${host}>`
      try {
        await transport.sendMail({ from, to: { name: '', address: to }, messageId: id, ...mail(text, host) })
      } catch (error) {
        throw failureOf(error as Thrown)
      }
      return { id }
    },
  }
}

function mail(text: PageText, host: string) {
  const [incident] = /INC-\d+/.exec(text.summary) ?? []
  return {
    subject: oneLine(text.summary),
    text: plainText(text),
    html: htmlOf(text),
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
    ...(incident ? { references: `<${incident}@${host}>` } : {}),
    ...(/SEV[12]/.test(text.message.tone) ? { priority: 'high' as const } : {}),
  }
}

/** No header grows a second line out of somebody's title (S11). */
const oneLine = (text: string): string => text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').slice(0, 200)

type Thrown = Error & { readonly code?: string; readonly responseCode?: number; readonly command?: string }

/** 4xx may be tried again, 5xx may not; a line that broke after the text had left may have been taken. */
function failureOf({ code, responseCode, command, message }: Thrown): ChatFailure {
  if (responseCode !== undefined && responseCode >= 500)
    return code === 'EAUTH'
      ? new ChatFailure('never', 'auth', 'the mail server does not take the user or the password')
      : new ChatFailure('never', `smtp_${responseCode}`, `${WHOSE} refused it (${responseCode})`)
  if (responseCode !== undefined)
    return new ChatFailure('later', `smtp_${responseCode}`, `${WHOSE} asks to wait (${responseCode})`)
  const left = command === 'DATA' || /after|data/i.test(message)
  return left
    ? new ChatFailure('doubt', code ?? 'broken_off', `${WHOSE} broke off`)
    : new ChatFailure('later', code ?? 'unreachable', `${WHOSE} cannot be reached`)
}
