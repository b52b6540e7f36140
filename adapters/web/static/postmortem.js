/* Writing a section: how it will look, a moment after each stop; nothing that was typed is left by mistake. */
const form = document.querySelector('.edit')
const box = form.querySelector('textarea')
const preview = document.querySelector('#preview')
const began = box.value
let sent = 0
let shown = 0
let wait

document.documentElement.classList.add('scripted')

async function show() {
  const number = ++sent
  preview.classList.add('waiting')
  try {
    const response = await fetch(form.dataset.preview, {
      method: 'POST',
      body: new URLSearchParams({ text: box.value, as: form.elements.as.value }),
    })
    // An answer that was overtaken is not shown over a later one.
    if (!response.ok || number < shown) return
    shown = number
    preview.innerHTML = await response.text()
  } catch {
    // Without a connection the last preview stays; saving says what is wrong.
  } finally {
    if (number === sent) preview.classList.remove('waiting')
  }
}

box.addEventListener('input', () => {
  clearTimeout(wait)
  wait = setTimeout(show, 300)
})

box.addEventListener('keydown', event => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
    event.preventDefault()
    form.requestSubmit(form.querySelector('[value="save"]'))
  }
})

const unsaved = event => {
  if (box.value !== began) event.preventDefault()
}
addEventListener('beforeunload', unsaved)
form.addEventListener('submit', () => removeEventListener('beforeunload', unsaved))
