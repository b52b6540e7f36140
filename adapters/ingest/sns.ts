/**
 * Amazon SNS: messages are signed by a certificate of Amazon's, and a topic is confirmed by calling Amazon. Neither address is
 * believed because the body names it (S6): the certificate's must be exactly SNS's, the confirmation's is built by us.
 */
import { createVerify } from 'node:crypto'
import type { call as Call } from '../outbound/call.ts'
import { text } from './read.ts'

const CERTIFICATE =
  /^https:\/\/sns\.([a-z]{2}(?:-[a-z]+)+-\d)\.amazonaws\.com(?:\.cn)?\/SimpleNotificationService-[0-9a-f]{32}\.pem$/
const TOPIC = /^arn:aws(?:-cn|-us-gov)?:sns:([a-z]{2}(?:-[a-z]+)+-\d):\d{12}:[\w.-]{1,256}$/

const NOTIFICATION = ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type']
const CONFIRMATION = ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type']

type Caller = typeof Call

/** Whether Amazon signed it. A body that is no envelope of SNS at all is none of its business. */
export async function isFromSns(payload: unknown, call: Caller): Promise<boolean> {
  const [url, signature, version] = ['SigningCertURL', 'Signature', 'SignatureVersion'].map(name =>
    text(payload, name),
  )
  if (!url || !signature || !CERTIFICATE.test(url)) return false
  const names = text(payload, 'Type') === 'Notification' ? NOTIFICATION : CONFIRMATION
  const signed = names
    .flatMap(name => {
      const value = text(payload, name)
      return value === null ? [] : [`${name}\n${value}\n`]
    })
    .join('')
  const { body, status } = await call(
    { method: 'GET', url },
    { whose: 'Amazon SNS', guarded: { allowPrivate: false } },
  )
  if (status !== 200) return false
  return createVerify(version === '2' ? 'RSA-SHA256' : 'RSA-SHA1')
    .update(signed)
    .verify(body, signature, 'base64')
}

/** The address that confirms a subscription; undefined for a topic that is none. */
export function confirmationOf(payload: unknown): string | undefined {
  const [topic, token] = [text(payload, 'TopicArn'), text(payload, 'Token')]
  const region = TOPIC.exec(topic ?? '')?.[1]
  if (!region || !topic || !token || !/^[0-9a-f]{64,512}$/i.test(token)) return undefined
  const host = `sns.${region}.amazonaws.com${topic.startsWith('arn:aws-cn') ? '.cn' : ''}`
  const query = new URLSearchParams({
    Action: 'ConfirmSubscription',
    TopicArn: topic,
    Token: token,
    Version: '2010-03-31',
  })
  return `https://${host}/?${query.toString()}`
}
