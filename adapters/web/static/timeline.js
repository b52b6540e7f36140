/* The drawn timeline: zoom is the width of the picture, moving along is scrolling, lanes are shown by their boxes. */
const svg = document.getElementById('drawing')
const scroll = svg.parentElement
const detail = document.getElementById('detail')
const section = document.querySelector('.timeline')
const marks = [...svg.querySelectorAll('a.mark')].sort(
  (a, b) => place(a) - place(b) || a.dataset.entry.localeCompare(b.dataset.entry),
)
const MAX_ZOOM = 80
let zoom = 1

function place(mark) {
  return Number.parseFloat(mark.querySelector('use').getAttribute('x'))
}
const laneOf = mark => mark.parentElement
const isShown = mark => getComputedStyle(laneOf(mark)).display !== 'none'

/** Zooms so that the point under `at` (pixels from the left edge) stays where it is. */
function zoomTo(wanted, at = scroll.clientWidth / 2) {
  const next = Math.min(MAX_ZOOM, Math.max(1, wanted))
  const point = (scroll.scrollLeft + at) / zoom
  zoom = next
  svg.setAttribute('width', `${zoom * 100}%`)
  scroll.scrollLeft = point * zoom - at
  pickTicks()
}

/** The finest marks of the axis whose words do not touch. */
function pickTicks() {
  const levels = [...svg.querySelectorAll('.ticks')]
  const width = scroll.clientWidth * zoom
  const fits = levels.filter(level => width / Math.max(1, level.querySelectorAll('text').length) > 64)
  const chosen = fits.at(-1) ?? levels[0]
  for (const level of levels) level.classList.toggle('off', level !== chosen)
}

/** From one part of the whole to another. */
function look(from, to) {
  zoomTo(1 / Math.max(0.0001, to - from), 0)
  scroll.scrollLeft = from * scroll.clientWidth * zoom
}
const focusOn = () => look(Number(svg.dataset.from), Number(svg.dataset.to))

const ZOOMS = {
  in: () => zoomTo(zoom * 2),
  out: () => zoomTo(zoom / 2),
  focus: focusOn,
  whole: () => zoomTo(1),
}
for (const button of document.querySelectorAll('[data-zoom]'))
  button.addEventListener('click', ZOOMS[button.dataset.zoom])
document.querySelector('.zoom').hidden = false

scroll.addEventListener(
  'wheel',
  event => {
    // A page that is scrolled past the picture is not caught in it.
    if (!event.ctrlKey && !event.metaKey && !scroll.contains(document.activeElement)) return
    if (Math.abs(event.deltaX) > Math.abs(event.deltaY)) return
    event.preventDefault()
    zoomTo(zoom * 2 ** (-event.deltaY / 240), event.clientX - scroll.getBoundingClientRect().left)
  },
  { passive: false },
)

function tell(mark) {
  detail.textContent = mark.querySelector('title').textContent
  for (const row of document.querySelectorAll('.entries li.at')) row.classList.remove('at')
  document.getElementById(mark.dataset.entry)?.classList.add('at')
}

function go(mark) {
  if (!mark) return
  for (const each of marks) each.setAttribute('tabindex', each === mark ? '0' : '-1')
  mark.focus({ preventScroll: true })
  const x = (place(mark) / 100) * scroll.clientWidth * zoom
  if (x < scroll.scrollLeft + 20 || x > scroll.scrollLeft + scroll.clientWidth - 20)
    scroll.scrollLeft = x - scroll.clientWidth / 2
}

const nearest = (mark, among) =>
  among.toSorted((a, b) => Math.abs(place(a) - place(mark)) - Math.abs(place(b) - place(mark)))[0]

/** The nearest mark of the next lane that has one and is shown, upwards or downwards. */
function across(mark, step) {
  const lanes = [...svg.querySelectorAll('.lane')].filter(lane => getComputedStyle(lane).display !== 'none')
  const next = lanes[lanes.indexOf(laneOf(mark)) + step]
  return next && nearest(mark, [...next.querySelectorAll('a.mark')])
}

const KEYS = {
  ArrowRight: (mark, shown) => shown[shown.indexOf(mark) + 1],
  ArrowLeft: (mark, shown) => shown[shown.indexOf(mark) - 1],
  ArrowUp: mark => across(mark, -1),
  ArrowDown: mark => across(mark, 1),
  Home: (_, shown) => shown[0],
  End: (_, shown) => shown.at(-1),
}

svg.addEventListener('keydown', event => {
  const mark = event.target.closest('a.mark')
  const move = KEYS[event.key]
  if (mark && move) go(move(mark, marks.filter(isShown)))
  else if (event.key === '+' || event.key === '=') ZOOMS.in()
  else if (event.key === '-') ZOOMS.out()
  else if (event.key === '0') ZOOMS.whole()
  else return
  if (mark && !move) go(mark)
  event.preventDefault()
})
svg.addEventListener('focusin', event => tell(event.target.closest('a.mark')))
svg.addEventListener('pointerover', event => {
  const mark = event.target.closest('a.mark')
  if (mark) tell(mark)
})

const LANE_PX = 44
const AXIS_PX = 28
/** Lanes close up where one is not shown. */
function stack() {
  const lanes = [...svg.querySelectorAll('.lane')]
  const shown = lanes.filter(lane => getComputedStyle(lane).display !== 'none')
  shown.forEach((lane, index) =>
    lane.setAttribute('transform', `translate(0 ${(index - lanes.indexOf(lane)) * LANE_PX})`),
  )
  svg.setAttribute('height', AXIS_PX + Math.max(1, shown.length) * LANE_PX)
}

/** Where the mark that the keyboard begins at was hidden with its lane, another takes its place. */
function begin() {
  const shown = marks.filter(isShown)
  const [first] = shown
  if (!shown.some(mark => mark.getAttribute('tabindex') === '0')) first?.setAttribute('tabindex', '0')
}
document.addEventListener('change', event => {
  if (!event.target.matches('.lane-box')) return
  stack()
  begin()
})

addEventListener('resize', pickTicks)
stack()
focusOn()
begin()

/** Says that there is more, and leaves it to the reader when to see it: they may be writing. */
const LOOK_EVERY_MS = 10_000
async function lookForNews() {
  if (document.hidden) return
  try {
    const response = await fetch(`/incidents/${section.dataset.incident}/seq`)
    const { seq } = await response.json()
    document.getElementById('news').hidden = seq <= Number(section.dataset.seq)
  } catch {
    // It is asked again.
  }
}
setInterval(lookForNews, LOOK_EVERY_MS)
