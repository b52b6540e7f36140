/** A browser without a screen: it keeps cookies, follows redirects of its own site, and says where a form comes from. */
export type Answer = {
  readonly status: number
  /** Where it ended up. */
  readonly path: string
  readonly text: string
  readonly headers: Headers
}

const MAX_REDIRECTS = 5

export class Browser {
  readonly #url: string
  #cookies = new Map<string, string>()
  /** Every Set-Cookie that it was sent. */
  readonly setCookies: string[] = []

  constructor(url: string) {
    this.#url = url
  }

  /** Another one with the same cookies. */
  copy(): Browser {
    const copy = new Browser(this.#url)
    copy.#cookies = new Map(this.#cookies)
    return copy
  }

  get(link: string): Promise<Answer> {
    return this.#ask('GET', pathOf(link))
  }

  post(path: string, body: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    const origin = headers.origin ?? this.#url
    const type = { 'content-type': 'application/x-www-form-urlencoded' }
    return this.#ask('POST', path, body, { ...type, ...headers, ...(origin === '' ? {} : { origin }) })
  }

  /** Sends the last form of a page, as it is but for `values`. */
  press(
    { path, text }: Answer,
    headers: Readonly<Record<string, string>> = {},
    values: Readonly<Record<string, string>> = {},
  ): Promise<Answer> {
    const form =
      /<form[^>]*method="post"[^>]*>.*?<\/form>/gs.exec(text.slice(text.lastIndexOf('<form')))?.[0] ?? ''
    const hidden = [...form.matchAll(/type="hidden" name="(\w+)" value="([^"]*)"/g)]
    const fields = Object.fromEntries(hidden.map(([, name = '', value = '']) => [name, value]))
    const action = /action="([^"]+)"/.exec(form)?.[1] ?? path
    return this.post(action, new URLSearchParams({ ...fields, ...values }).toString(), headers)
  }

  /** Presses a button by its value, in the form that has it: its fields are as they are, but for `values`. */
  submit(
    { path, text }: Answer,
    button: string,
    values: Readonly<Record<string, string>> = {},
  ): Promise<Answer> {
    const forms = [...text.matchAll(/<form[^>]*method="post"[^>]*>.*?<\/form>/gs)].map(([form]) => form)
    const form = forms.find(each => each.includes(`value="${button}"`))
    if (!form) throw new Error(`there is no button ${button} on ${path}`)
    const hidden = [...form.matchAll(/type="hidden" name="(\w+)" value="([^"]*)"/g)]
    const fields = Object.fromEntries(hidden.map(([, name = '', value = '']) => [name, decoded(value)]))
    const action = /action="([^"]+)"/.exec(form)?.[1] ?? path.replace(/[?#].*$/, '')
    return this.post(action, new URLSearchParams({ ...fields, do: button, ...values }).toString())
  }

  async signIn(link: string): Promise<Answer> {
    return this.press(await this.get(link))
  }

  async #ask(
    method: string,
    path: string,
    body?: string,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    for (let turn = 0; turn < MAX_REDIRECTS; turn++) {
      const { origin, ...rest } = headers
      const response = await fetch(`${this.#url}${path}`, {
        method,
        redirect: 'manual',
        headers: {
          ...rest,
          ...(method === 'POST' && origin ? { origin } : {}),
          cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        },
        ...(method === 'POST' && body !== undefined ? { body } : {}),
      })
      for (const cookie of response.headers.getSetCookie()) this.#keep(cookie)
      const location = response.headers.get('location')
      if (response.status < 300 || response.status >= 400 || location === null)
        return { status: response.status, path, text: await response.text(), headers: response.headers }
      if (!location.startsWith('/') || location.startsWith('//'))
        throw new Error(`it leads away: ${location}`)
      path = location
      method = 'GET'
    }
    throw new Error('too many redirects')
  }

  #keep(cookie: string): void {
    this.setCookies.push(cookie)
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
    if (/max-age=0/i.test(cookie)) this.#cookies.delete(name)
    else this.#cookies.set(name, value)
  }
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' }
const decoded = (value: string): string =>
  value.replaceAll(/&(lt|gt|quot|#39|amp);/g, (_, name: string) => ENTITIES[name] ?? '')

const pathOf = (link: string): string =>
  link.startsWith('/') ? link : link.slice(new URL(link).origin.length)
