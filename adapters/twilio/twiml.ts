/** TwiML: what Twilio says in a call, and what it answers to a message. Every text is escaped. */

/** Said twice; one key takes it, another passes it on. */
export const gather = (spoken: string, action: string | null): string => {
  const asks = action === null ? '' : ' Press 1 to take it. Press 2 for the next person.'
  const words = `<Say>${escaped(spoken + asks)}</Say>`
  const twice = `${words}<Pause length="1"/>${words}`
  const inner =
    action === null
      ? twice
      : `<Gather numDigits="1" timeout="10" action="${escaped(action)}" method="POST">${twice}</Gather><Say>No key was pressed.</Say>`
  return document(inner)
}

/** `hangUp` after the words. */
export const say = (words: string): string => document(`<Say>${escaped(words)}</Say><Hangup/>`)
export const message = (words: string | undefined): string =>
  document(words === undefined ? '' : `<Message>${escaped(words)}</Message>`)

const document = (inner: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?><Response>${inner}</Response>`

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}

/** Control characters are not XML's, whatever somebody called an incident. */
const escaped = (text: string): string =>
  text.replaceAll(/\p{Cc}/gu, ' ').replaceAll(/[&<>"']/g, letter => ENTITIES[letter] ?? '')
