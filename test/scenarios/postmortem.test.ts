/** From a closed incident to a post-mortem that people read: begun from facts, written by several, reviewed by another, published. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { htmlFile } from '../../adapters/postmortem/html.ts'
import type { ChatAnswer } from '../../bot/ports.ts'
import type { Postmortem } from '../../bot/postmortem/document.ts'
import { markdown } from '../../bot/postmortem/render.ts'
import { deployed, seen, told } from '../support/changes.ts'
import { type Night, night, textOf as textOfMessage } from '../support/story.ts'
import { config, TEAM } from '../support/team.ts'

const SERVICES = `services:
  checkout: { tier: 1, depends_on: [payments-db], slo: { target: 99.9, per: 30d } }
  search: {}
  payments-db: {}
severities:
  SEV1: { targets: { mitigate: 15m, resolve: 1h } }
integrations:
  ci: { source: github, token: ci-token-0123456789ab }
`
const YAML = `${TEAM.replace(/services:[\s\S]*$/, '')}${SERVICES}`
let n: Night
beforeEach(async () => {
  n = await night({ config: config(YAML) })
})
afterEach(() => n.stop())

const document = async (id?: string) => (await told(n, id)).postmortem
const textOf = ({ sections }: Postmortem, id: string) => sections.find(each => each.id === id)?.text ?? ''
const say = (line: string, who = 'ben', id = 'INC-1') => n.hears(who, `/incident postmortem ${id} ${line}`)
const minutes = (value: number) => value * 60_000
const answerText = (answer: ChatAnswer) => (answer.kind === 'say' ? textOfMessage(answer.message) : '')
const buttonsOf = (answer: ChatAnswer) =>
  answer.kind === 'say'
    ? answer.message.blocks.flatMap(block => (block.kind === 'buttons' ? block.buttons : []))
    : []

/** Declared, taken, mitigated, resolved and closed. */
async function overIn40Minutes(declare = 'Checkout is down for everyone --service checkout') {
  await n.says('diego', `/incident declare ${declare}`)
  await n.at('6m')
  await n.says('ben', '/incident ack INC-1')
  await n.at('20m')
  await n.says('ben', '/incident status INC-1 mitigated')
  await n.at('40m')
  await n.says('ben', '/incident resolve INC-1')
  await n.says('ben', '/incident close INC-1')
}

async function writeAll(who = 'ben') {
  for (const each of (await document()).sections.filter(({ text }) => text.includes('_to be filled in_')))
    await say(`It was the pool size --section ${each.id}`, who)
}

describe('what the facts give', () => {
  test('the severity of the declaration is not that of the end, and the summary says both', async () => {
    await n.says('diego', '/incident declare Checkout is slow --severity SEV3')
    await n.says('ben', '/incident severity INC-1 SEV1')
    await n.says('ben', '/incident resolve INC-1')
    await n.says('ben', '/incident close INC-1')
    expect(textOf(await document(), 'summary')).toMatch(
      /was declared as SEV3 \(.*\), and was SEV1 in the end\./,
    )
  })

  test('figures, each against its target, and the candidates as candidates', async () => {
    await seen(n, deployed('payments-db', -6))
    await overIn40Minutes()
    await n.says('ben', '/action add Test the migration first --owner @aiko --due fri --incident INC-1')
    const found = await document()
    expect(found.figures).toMatchObject({
      acknowledgeMs: minutes(6),
      mitigateMs: minutes(20),
      resolveMs: minutes(40),
      targets: {
        detectMs: minutes(5),
        acknowledgeMs: minutes(5),
        mitigateMs: minutes(15),
        resolveMs: minutes(60),
      },
      pages: 2,
      unanswered: 1,
    })
    expect(textOf(found, 'went_wrong').split('\n')).toEqual([
      '- It was acknowledged 6 min after it was declared; the target is 5 min.',
      '- It was mitigated 20 min after it was declared; the target is 15 min.',
      '- 1 page was missed.',
    ])
    expect(textOf(found, 'went_well')).toBe(
      '- It was resolved 40 min after it was declared; the target is 1 h.',
    )
    expect(textOf(found, 'root_cause')).toBe(
      [
        '_to be filled in_',
        '',
        'Candidates, from what changed and what showed; none is proven:',
        '',
        '- payments-db v42 (78 %): deployment succeeded 6 min before the first sign; checkout depends on payments-db',
      ].join('\n'),
    )
    expect(markdown(found)).toContain('ACT-1 Test the migration first (P3, Aiko Tanaka')
  })

  test('a page that was answered before its time was up is not missed, whoever took the incident', async () => {
    await n.says('diego', '/incident declare Checkout is down for everyone --service checkout')
    await n.at('2m')
    await n.says('ben', '/incident ack INC-1')
    expect((await document()).figures.unanswered).toBe(0)
  })

  test('users, revenue and the SLO are filled in where somebody said them, with who said so', async () => {
    await overIn40Minutes(
      'Checkout is down for everyone --service checkout --figures users 500/2000, outage 25%, revenue $12k/h',
    )
    expect(textOf(await document(), 'impact').split('\n')).toEqual([
      '- Duration: 40 min',
      '- Users affected: 500 of 2,000 (25 %), as declared by Diego Ruiz',
      '- Revenue: about $8,000: $12,000 an hour (as declared by Diego Ruiz) over 40 min',
      '- SLO budget spent: 10 min of the 43 min that checkout has in 30 d (99.9 %), which is 23 %: 25 % of it was away for 40 min',
    ])
  })

  test('what an update says later comes before what was declared; a complete outage spends its whole length', async () => {
    await n.says('diego', '/incident declare Checkout is down for everyone --service checkout')
    await n.says('aiko', '/incident update INC-1 Losing $6k per hour, some 1,200 paying customers cannot buy')
    await n.at('30m')
    await n.says('aiko', '/incident resolve INC-1')
    await n.says('aiko', '/incident close INC-1')
    expect(textOf(await document(), 'impact').split('\n')).toEqual([
      '- Duration: 30 min',
      '- Users affected: "1,200 paying customers" (Aiko Tanaka, 2026-11-24 03:00 UTC)',
      '- Revenue: about $3,000: $6,000 an hour ("$6k", Aiko Tanaka, 2026-11-24 03:00 UTC) over 30 min',
      '- SLO budget spent: 30 min of the 43 min that checkout has in 30 d (99.9 %), which is 69 %: it was a complete outage for 30 min',
    ])
  })

  test('what nobody said stays a marked blank, also where a part of it is known', async () => {
    await overIn40Minutes('Some users cannot log in --service search')
    expect(textOf(await document(), 'impact').split('\n')).toEqual([
      '- Duration: 40 min',
      '- Users affected: _to be filled in_',
      '- Revenue: _to be filled in_',
      '- SLO budget spent: _to be filled in_',
    ])
    await n.says(
      'diego',
      '/incident declare No users are affected, search is slow --service checkout --severity SEV2',
    )
    expect(textOf(await document('INC-2'), 'impact')).toContain(
      'SLO budget spent: _to be filled in_ of the 43 min that checkout has in 30 d',
    )
  })
})

describe('writing', () => {
  test('two who write the same section: the second sees both, and puts theirs over it or not', async () => {
    await overIn40Minutes()
    await say('The pool --section root_cause --revision 0')
    const answer = await n.says(
      'aiko',
      '/incident postmortem INC-1 The cache --section root_cause --revision 0',
    )
    expect(answerText(answer)).toBe(
      '"Root cause" was changed while you wrote, by Ben Okafor. Yours was not put over it. | It says | The pool | You wrote | The cache | [Put mine over it] [Write it anew]',
    )
    expect(textOf(await document(), 'root_cause')).toBe('The pool')
    const [mine] = buttonsOf(answer)
    await say('The pool of the database --section root_cause')
    expect(await n.hears('aiko', mine?.command ?? '')).toContain('Ben Okafor changed "Root cause" meanwhile')
    expect(textOf(await document(), 'root_cause')).toBe('The pool of the database')
  })

  test('a section is taken back to what the facts give', async () => {
    await overIn40Minutes()
    await say('Something --section summary')
    await say('--section summary --facts')
    expect(textOf(await document(), 'summary')).toContain('was declared as SEV1')
    expect((await n.incident()).postmortem?.written.summary?.revision).toBe(2)
  })

  test('words that blame are kept, with a hint what to write instead', async () => {
    await overIn40Minutes()
    const answer = JSON.stringify(
      await n.says('aiko', '/incident postmortem INC-1 Ben broke it, he should have known --section lessons'),
    )
    expect(answer).toContain('\\"should have\\": say what was known at that moment')
    expect(answer).toContain('\\"Ben broke\\": say what the system let happen')
    expect(textOf(await document(), 'lessons')).toBe('Ben broke it, he should have known')
  })

  test('a long section is not cut by a form that cannot hold it', async () => {
    await overIn40Minutes()
    const long = 'The pool was too small. '.repeat(200).trim()
    await say(`${long} --section lessons`)
    expect(await say('--section lessons')).toContain('more than a form takes')
    expect(textOf(await document(), 'lessons')).toBe(long)
  })

  test('a section that is not there is said, with the nearest one', async () => {
    await overIn40Minutes()
    expect(await say('Something --section lesson')).toContain('Did you mean lessons?')
  })

  test('what people and other systems write cannot become markup', async () => {
    await seen(n, { ...deployed('checkout', -2), title: '![x](https://tracker.example/x.png) <b>v42</b>' })
    await overIn40Minutes('Checkout <img src=x onerror=alert(1)> is down for everyone --service checkout')
    await say('<script>alert(1)</script> [x](javascript:alert(1)) [y](https://example.com) --section lessons')
    const page = await htmlFile(await document())
    expect(page).not.toMatch(/<script|<img|<b>|href="javascript/)
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt; [x](javascript:alert(1))')
    expect(page).toContain('<a href="https://example.com" rel="noopener noreferrer nofollow">y</a>')
    expect(page).toContain('<mark class="blank">to be filled in</mark>')
  })
})

describe('review and publication', () => {
  test('a SEV1 is published once it is filled in and somebody who did not write it has read it', async () => {
    await overIn40Minutes()
    expect(await say('--publish')).toContain('Still to be filled in: Impact, Root cause')
    await writeAll()
    expect(await say('--publish')).toContain('A SEV1 is reviewed before it is published')
    expect(await say('--review')).toContain('somebody else has to read it too')
    expect(await say('--publish')).toContain('Only somebody who wrote it has reviewed it')
    await say('--review', 'aiko')
    await say('--publish')
    expect((await n.incident()).status).toBe('postmortem')
    expect(await document()).toMatchObject({
      status: 'published',
      sections: expect.arrayContaining([expect.objectContaining({ id: 'root_cause', authors: ['ben'] })]),
    })
    expect(n.texts('#incidents').at(-1)).toContain(
      'Post-mortem of INC-1: Checkout is down for everyone · ben published it',
    )
  })

  test('two who both wrote may read each other; a review of an older text counts for nothing', async () => {
    await overIn40Minutes()
    await writeAll()
    await say('More --section lessons', 'aiko')
    await say('--review')
    await say('--review', 'aiko')
    await say('Still more --section lessons', 'aiko')
    expect(await say('--publish')).toContain('A SEV1 is reviewed before it is published')
    await say('--review')
    await say('--review', 'aiko')
    await say('--publish')
    expect((await document()).status).toBe('published')
    expect(await say('--review', 'chika')).toContain('It is published, and nothing was written to it since')
  })

  test('what was published stays as it was, whatever the facts become; what is written after it is published again', async () => {
    await overIn40Minutes()
    await writeAll()
    await say('--review', 'aiko')
    await say('--publish')
    await n.says('ben', '/action add Test the migration first --owner @aiko --due fri --incident INC-1')
    const { edition, postmortem } = await told(n)
    expect(textOf(postmortem, 'action_items')).toBe('None yet. Add them with /action add.')
    await say('A better word for it --section lessons', 'chika')
    expect(textOf((await told(n)).edition!, 'lessons')).toBe(textOf(edition!, 'lessons'))
    expect((await document()).changed).toBe(true)
    await say('--review')
    await say('--publish', 'chika')
    expect(textOf((await told(n)).edition!, 'lessons')).toBe('A better word for it')
    expect((await n.incident()).postmortem).toMatchObject({ edition: 2, changed: false })
  })

  test('an incident that needs no post-mortem is spared it, with the reason, and may get one after all', async () => {
    await overIn40Minutes()
    expect(await say('--waive')).toContain('Why does INC-1 need no post-mortem?')
    await say('It was a false alarm --waive')
    expect(n.texts('#incidents').at(-1)).toContain('there will be no post-mortem: It was a false alarm')
    await n.at('30d')
    expect((await n.incident()).postmortem?.nags).toBe(0)
    await say('')
    expect((await document()).status).toBe('waived')
    await say('--begin')
    expect((await document()).status).toBe('draft')
  })
})

describe('an unfinished draft', () => {
  /** What somebody was told, with the day and hour on which they were. */
  async function toldOf(channel: string, days: number): Promise<readonly string[]> {
    const on: string[] = []
    let before = n.texts(channel).length
    for (let hour = 1; hour < 24 * days; hour++) {
      await n.at(`${hour}h`)
      const now = n.texts(channel)
      for (const text of now.slice(before))
        if (text.includes('to be finished'))
          on.push(`${new Date(n.clock.now()).toISOString().slice(0, 13)} ${text.slice(0, 40)}`)
      before = now.length
    }
    return on
  }

  test('is asked for after five working days, of whoever closed it, in business hours; then the team hears as well', async () => {
    await n.says('diego', '/incident declare Checkout is down for everyone')
    await n.says('ben', '/incident close INC-1')
    expect(await toldOf('@ben', 14)).toEqual([
      '2026-11-30T09 A post-mortem waits to be finished. | SE',
      '2026-12-02T09 A post-mortem waits to be finished. | SE',
      '2026-12-04T09 A post-mortem waits to be finished. | SE',
    ])
    expect(n.texts('#incidents').filter(text => text.includes('waits to be finished')).length).toBe(2)
  })

  test('says what is missing and has the buttons for it; the commander is asked before whoever closed it', async () => {
    await n.says('diego', '/incident declare Checkout is down for everyone')
    await n.says('ben', '/incident role INC-1 commander @aiko')
    await n.says('ben', '/incident close INC-1')
    await n.at('10d')
    const text = n.pagesOf('aiko').at(-1)
    expect(text).toContain('SEV1 INC-1 Checkout is down for everyone')
    expect(text).toContain('Draft. To be filled in: Impact, Root cause')
    expect(text).toContain('[Write Impact] [Write Root cause] [Show it]')
    expect(n.pagesOf('ben').join()).not.toContain('post-mortem')
  })

  test('five of one morning are one message', async () => {
    for (let id = 1; id <= 5; id++) {
      await n.says('diego', '/incident declare Checkout is down for everyone')
      await n.says('ben', `/incident close INC-${id}`)
    }
    await n.at('7d')
    const nags = n.pagesOf('ben').filter(text => text.includes('to be finished'))
    expect(nags.length).toBe(1)
    expect(nags[0]).toContain('5 post-mortems wait')
    expect(nags[0]).toContain('[INC-1] [INC-2] [INC-3] [INC-4] [INC-5]')
  })

  test('is handed on to somebody who is told at once, and asked for of them', async () => {
    await n.says('diego', '/incident declare Checkout is down for everyone')
    await n.says('ben', '/incident close INC-1')
    await say('--owner @chika')
    expect(n.pagesOf('chika').at(-1)).toContain('asks you to finish the post-mortem of INC-1')
    await n.at('7d')
    expect(n.pagesOf('chika').at(-1)).toContain('A post-mortem waits to be finished')
    expect(n.pagesOf('ben').join()).not.toContain('waits to be finished')
  })

  test('after an outage of two weeks is asked for once, on a working day, and not for each day that was missed', async () => {
    await n.says('diego', '/incident declare Checkout is down for everyone')
    await n.says('ben', '/incident close INC-1')
    n.clock.moveTo(Date.parse('2026-12-12T03:00:00Z'))
    await n.app.clockwork.tick()
    expect(n.pagesOf('ben').join()).not.toContain('waits to be finished')
    await n.at('21d')
    expect(n.pagesOf('ben').filter(text => text.includes('waits to be finished')).length).toBe(1)
  })

  test('keeps its channel until it is published, and a week longer', async () => {
    await n.says('diego', '/incident declare Checkout is down for everyone')
    await n.says('ben', '/incident close INC-1')
    const room = () => n.console.log.channels().find(({ name }) => name.startsWith('#inc-'))
    await n.at('20d')
    expect(room()?.archived).toBe(false)
    await writeAll()
    await say('--review', 'aiko')
    await say('--publish')
    expect(n.texts(room()!.name).at(-1)).toContain(
      'Post-mortem of INC-1: Checkout is down for everyone · ben published it',
    )
    await n.at('28d')
    expect(room()?.archived).toBe(true)
  })
})

describe('a template of the team', () => {
  const template = (list: string) => config(`${YAML}postmortem:\n  template:\n${list}`)
  const OWN = `    - section: impact
    - { title: Customer communication, text: "Who was told, when, by whom?" }
    - { title: In figures, text: "Lasted {{duration}}; **{{title}}** was taken after {{time_to_acknowledge}}." }
`

  test('says which sections there are, in which order, with prompts and facts of its own', async () => {
    await n.app.configure(template(OWN))
    await overIn40Minutes('Checkout [down](https://evil.example) for everyone --service checkout')
    const found = await document()
    expect(found.sections.map(({ title }) => title)).toEqual([
      'Impact',
      'Customer communication',
      'In figures',
    ])
    expect(textOf(found, 'customer_communication')).toBe('Who was told, when, by whom?\n\n_to be filled in_')
    expect(textOf(found, 'in_figures')).toBe(
      'Lasted 40 min; **Checkout \\[down](https://evil.example) for everyone** was taken after 6 min.',
    )
    expect(await say('--publish')).toContain('Still to be filled in: Impact, Customer communication')
    await say('Mail to all at 09:00 --section customer_communication')
    expect(textOf(await document(), 'customer_communication')).toBe('Mail to all at 09:00')
  })

  test('holds for drafts that are begun from then on: a running one keeps its own', async () => {
    await overIn40Minutes()
    await n.app.configure(template(OWN))
    expect((await document()).sections.length).toBe(9)
    await say('The pool --section root_cause')
    await n.says('diego', '/incident declare Search is down for everyone --service search')
    await n.says('diego', '/incident close INC-2')
    expect((await document('INC-2')).sections.map(({ id }) => id)).toEqual([
      'impact',
      'customer_communication',
      'in_figures',
    ])
    await n.app.configure(config(YAML))
    expect((await document('INC-2')).sections.length).toBe(3)
    expect((await document()).sections.find(({ id }) => id === 'root_cause')?.text).toBe('The pool')
  })

  test('cannot run anything: a name is looked up, and what is put in is not read again', async () => {
    await n.app.configure(
      template('    - { title: Odd, text: "{{title}} <%= 7*7 %> {% if x %} #{7*7} {{blank}}" }\n'),
    )
    await overIn40Minutes('Checkout {{summary}} {{constructor}} is down for everyone')
    expect(textOf(await document(), 'odd')).toBe(
      'Checkout {{summary}} {{constructor}} is down for everyone <%= 7*7 %> {% if x %} #{7*7} _to be filled in_',
    )
  })
})

test('an action item is added from the post-mortem by a form, for this incident', async () => {
  await overIn40Minutes()
  const add = buttonsOf(await n.says('aiko', '/incident postmortem INC-1')).find(
    each => each.label === 'Add action item',
  )
  const form = await n.says('aiko', add?.command ?? '')
  if (form.kind !== 'form') throw new Error('there is no form')
  expect(form.form.inputs.map(each => each.name)).toEqual([
    'title',
    'description',
    'owner',
    'due',
    'priority',
  ])
  const values = { title: 'Test the pool', owner: 'chika', due: 'never', priority: 'P2' }
  expect((await n.says('aiko', form.form.command, { values })).kind).toBe('errors')
  await n.says('aiko', form.form.command, { values: { ...values, due: '14d' } })
  expect(textOf(await document(), 'action_items')).toContain(
    'ACT-1 Test the pool (P2, Chika Sato, due 2026-12-08',
  )
})
