/** A mail server of our own (npm smtp-server, the protocol as it is), with boxes to read and links to follow. */
import { SMTPServer } from 'smtp-server'

export type MailEmulator = {
  readonly url: string
  /** Raw mails to an address, oldest first. */
  box(address: string): readonly string[]
  /** The next mails are refused with these codes. */
  fail(...codes: readonly number[]): void
  /** The acknowledging link of somebody's last mail. */
  link(address: string): string
  stop(): Promise<void>
}

export async function startMail(): Promise<MailEmulator> {
  const mails: { readonly to: string; readonly raw: string }[] = []
  const faults: number[] = []
  const server = new SMTPServer({
    authOptional: false,
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    onAuth: ({ username, password }, _, done) =>
      username === 'tocsin' && password === 'secret'
        ? done(null, { user: username })
        : done(new Error('Invalid username or password')),
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const code = faults.shift()
        if (code) return done(Object.assign(new Error('a fault'), { responseCode: code }))
        const raw = Buffer.concat(chunks).toString()
        for (const { address } of session.envelope.rcptTo) mails.push({ to: address, raw })
        done()
      })
    },
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', () => resolve()))
  const { port } = server.server.address() as { port: number }
  const box = (address: string) => mails.filter(each => each.to === address).map(each => decoded(each.raw))
  return {
    url: `smtp://tocsin:secret@127.0.0.1:${port}`,
    box,
    fail: (...codes) => void faults.push(...codes),
    link(address) {
      const found = /https?:\/\/\S+\/a\/[\w.-]+/.exec(box(address).at(-1) ?? '')
      if (!found) throw new Error(`no mail with a link for ${address}`)
      return found[0]
    },
    stop: () => new Promise(resolve => server.close(() => resolve())),
  }
}

/** Folded headers, and quoted-printable's soft line ends and letters, as far as our own mails use them. */
const decoded = (raw: string): string =>
  raw
    .replaceAll(/=\r\n/g, '')
    .replaceAll(/\r\n[ \t]+/g, ' ')
    .replaceAll(/(?:=[0-9A-F]{2})+/g, run => Buffer.from(run.replaceAll('=', ''), 'hex').toString())
