/* The console's page: live updates, presses, forms. The server renders; this only places what it sends. */
const body = document.body
const { as, channel } = body.dataset
const $ = id => document.getElementById(id)
const log = $('log')
const line = $('line')
const dialog = $('form')
const history = JSON.parse(sessionStorage.getItem('history') ?? '[]')
const unread = new Map()
let historyAt = history.length

const say = (text, bad = false) => {
  $('state').textContent = text
  $('state').hidden = text === ''
  $('state').classList.toggle('bad', bad)
}

/** Each act carries an id of its own, so that a retry of the same act counts once. */
async function send(path, content) {
  const request = { as, channel, id: crypto.randomUUID().replaceAll('-', ''), ...content }
  try {
    const response = await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(request),
    })
    const answer = await response.json()
    if (!response.ok) return say(answer.detail ?? 'That did not work.', true)
    say('')
    if (answer.kind === 'form') openForm(answer.html)
    return answer
  } catch {
    say(
      'Tocsin cannot be reached. It may be restarting; pages go on when it is back. Press again in a moment.',
      true,
    )
  }
}

function openForm(html) {
  dialog.innerHTML = html
  dialog.showModal()
  dialog.querySelector('input, textarea, select')?.focus()
}

dialog.addEventListener('submit', async event => {
  event.preventDefault()
  const form = event.target
  const values = Object.fromEntries([...new FormData(form)].filter(([, value]) => value !== ''))
  form.querySelector('[type=submit]').disabled = true
  const answer = await send('/console/submit', { line: form.dataset.command, values })
  form.querySelector('[type=submit]').disabled = false
  for (const place of form.querySelectorAll('[data-error-for]'))
    place.textContent = answer?.errors?.[place.dataset.errorFor] ?? ''
  if (answer && answer.kind !== 'errors' && answer.kind !== 'form') dialog.close()
})

document.addEventListener('click', async event => {
  const button = event.target.closest('button')
  if (!button) return
  if (button.dataset.close !== undefined) dialog.close()
  if (button.dataset.fill) {
    line.value = button.dataset.fill
    line.focus()
  }
  if (!button.dataset.command) return
  if (button.dataset.confirm && !confirm(button.dataset.confirm)) return
  button.disabled = true
  button.setAttribute('aria-busy', 'true')
  const { command, message } = button.dataset
  await send('/console/press', { line: command, ...(message ? { message: Number(message) } : {}) })
  button.disabled = false
  button.removeAttribute('aria-busy')
})

document.addEventListener('change', async event => {
  if (event.target.id === 'as')
    location.search = new URLSearchParams({
      as: event.target.value,
      channel: channel.startsWith('@') ? '#incidents' : channel,
    })
  if (event.target.matches('select.menu') && event.target.value)
    await send('/console/press', { line: event.target.value })
})

$('composer').addEventListener('submit', async event => {
  event.preventDefault()
  const text = line.value.trim()
  if (text === '') return
  history.push(text)
  historyAt = history.length
  sessionStorage.setItem('history', JSON.stringify(history.slice(-50)))
  line.value = ''
  if (!(await send('/console/say', { line: text }))) line.value = text
})

document.addEventListener('keydown', event => {
  const typing = event.target.matches('input, textarea, select')
  if (event.key === '/' && !typing) {
    event.preventDefault()
    line.focus()
    line.value = '/'
  }
  if (event.target !== line || !['ArrowUp', 'ArrowDown'].includes(event.key)) return
  historyAt = Math.max(0, Math.min(history.length, historyAt + (event.key === 'ArrowUp' ? -1 : 1)))
  line.value = history[historyAt] ?? ''
  event.preventDefault()
})

$('menu').addEventListener('click', () => {
  const open = $('side').classList.toggle('open')
  $('menu').setAttribute('aria-expanded', String(open))
})

$('theme').addEventListener('click', () => {
  const dark = getComputedStyle(document.documentElement).colorScheme === 'dark'
  document.documentElement.dataset.theme = dark ? 'light' : 'dark'
  localStorage.setItem('theme', document.documentElement.dataset.theme)
})
const theme = localStorage.getItem('theme')
if (theme) document.documentElement.dataset.theme = theme

const distance = ms => {
  const seconds = Math.round(Math.abs(ms) / 1000)
  if (seconds < 3600) return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
  return seconds < 86400
    ? `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`
    : `${Math.floor(seconds / 86400)} d`
}

/** Times count on every second, so that an escalation is seen to come nearer. */
function countTimes() {
  for (const time of document.querySelectorAll('time[data-as]')) {
    const at = new Date(time.dateTime)
    const ms = at - Date.now()
    const clock = at.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })
    const today = at.toDateString() === new Date().toDateString()
    if (time.dataset.as === 'relative')
      time.textContent = ms >= 0 ? `in ${distance(ms)}` : `${distance(ms)} ago`
    else if (time.dataset.as === 'clock' || today) time.textContent = clock
    else
      time.textContent = at.toLocaleString([], {
        month: 'short',
        day: 'numeric',
        hour: '2-digit',
        minute: '2-digit',
      })
    time.classList.toggle('soon', time.dataset.as === 'relative' && ms > 0 && ms < 60_000)
    time.title = at.toLocaleString()
  }
}
setInterval(countTimes, 1000)

function place({ id, channel: where, html, topic, pinned }) {
  if (where !== channel) return markUnread(where, id)
  $('topic').textContent = topic
  const pin = $('pinned')
  if (pin.dataset.id === String(id)) {
    pin.querySelector('.body').innerHTML = new DOMParser()
      .parseFromString(html, 'text/html')
      .querySelector('.body').innerHTML
    return countTimes()
  }
  if (pinned) return location.reload()
  const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 80
  const known = $(`m${id}`)
  if (known) known.outerHTML = html
  else {
    $('welcome')?.remove()
    log.insertAdjacentHTML('beforeend', html)
  }
  countTimes()
  if (atEnd) log.scrollTop = log.scrollHeight
}

function markUnread(where, id) {
  const seen = unread.get(where) ?? new Set()
  unread.set(where, seen.add(id))
  const link = document.querySelector(`nav a[data-channel="${CSS.escape(where)}"]`)
  if (!link) return addChannel(where)
  const badge = link.querySelector('.unread')
  badge.textContent = seen.size
  badge.hidden = false
  link.classList.toggle('page', where.startsWith('@'))
  const all = [...unread.values()].reduce((sum, each) => sum + each.size, 0)
  document.title = `(${all}) ${channel} · Tocsin`
}

function addChannel(where) {
  const list = document.querySelector('nav ul')
  const item = document.createElement('li')
  const link = document.createElement('a')
  link.href = `?${new URLSearchParams({ channel: where, as })}`
  link.dataset.channel = where
  link.textContent = `${where} `
  const badge = document.createElement('span')
  badge.className = 'unread'
  badge.textContent = '1'
  link.append(badge)
  item.append(link)
  list.append(item)
}

const events = new EventSource(`/console/events?${new URLSearchParams({ as, since: body.dataset.change })}`)
events.onmessage = event => place(JSON.parse(event.data))
events.onopen = () => say('')
events.onerror = () => say('Connection lost. Reconnecting…', true)

for (const link of document.querySelectorAll('a.channel'))
  link.href = `?${new URLSearchParams({ channel: link.dataset.channel, as })}`
document.addEventListener('click', event => {
  const link = event.target.closest('a.channel')
  if (link) link.href = `?${new URLSearchParams({ channel: link.dataset.channel, as })}`
})
countTimes()
log.scrollTop = log.scrollHeight
if (innerWidth > 700) line.focus()
