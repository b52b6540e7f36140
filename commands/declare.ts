/** `/incident declare`: with a title it is declared at once; without one, a form. */
import { refused, say, type Told } from '../bot/answers.ts'
import { peopleOf } from '../bot/escalation/resolve.ts'
import type { Declaration } from '../bot/incidents/commands.ts'
import { MAX_TITLE } from '../bot/incidents/declare.ts'
import { similarOpen } from '../bot/incidents/similar.ts'
import { isReal } from '../bot/incidents/state.ts'
import type { Form } from '../bot/message.ts'
import type { ChatAnswer } from '../bot/ports.ts'
import { about, Refusal, refuse } from '../bot/refusal.ts'
import { classify } from '../bot/severity/classify.ts'
import { rulesOf } from '../bot/severity/rules.ts'
import { SEVERITIES, type Severity, type Way } from '../bot/words.ts'
import { flag, option, rest, sentence, service, severityOption, target, ways } from './args.ts'
import { type Context, command, type Kept, type Todo } from './command.ts'
import { declaredAnswer, offerToJoin } from './declared.ts'
import { parseFigures } from './figures.ts'

/** What a declaration was asked with, kept while the asker decides whether it is a second report of the same thing. */
type Draft = Omit<Declaration, 'number'>

export const declare = command({
  group: 'incident',
  name: 'declare',
  summary: 'declare an incident; its severity is judged and the right person is paged',
  args: {
    title: rest('what is broken, in a few words'),
    service,
    severity: severityOption,
    details: sentence('more about it'),
    figures: sentence(
      'what is known in numbers: "errors 40%, revenue $20000/h, latency +80%, users 500/2000, workaround yes"',
    ),
    test: flag('pages with a clear mark and stays out of every statistic'),
    drill: flag('a drill: everything runs, clearly marked'),
    silent: {
      ...option('with --drill: a person or role that does not answer'),
      completes: 'target' as const,
      read: target.read,
    },
    broken: ways,
    again: { ...option('declares what was offered to be joined instead'), hidden: true },
  },
  example: '/incident declare Checkout is down for everyone',
  async run(context, values) {
    if (values.again !== undefined) return declareAgain(context, values.again)
    const title = (values.title ?? '').trim()
    if (title === '') return { kind: 'form', form: declareForm(context, values) }
    const figures = parseFigures(values.figures ?? '')
    if (figures instanceof Refusal) return about(figures, 'figures')
    const { silent, broken } = values
    const draft: Draft = {
      title,
      details: values.details ?? '',
      service: values.service ?? null,
      judged: judge(context, `${title}\n${values.details ?? ''}`.trim(), {
        ...figures,
        ...serviceFields(context, values.service),
      }),
      ...(Object.keys(figures).length > 0 ? { figures } : {}),
      severity: values.severity ?? null,
      test: values.test ?? false,
      drill: values.drill ?? false,
      ...(silent === undefined ? {} : { silent: peopleBehind(context, silent) }),
      ...(broken === undefined ? {} : { broken }),
    }
    const similar = similarOpen(context.world.open, draft, context.now)
    return similar && isReal(draft) ? keepDraft(context, similar.id, draft) : todo(draft)
  },
})

const peopleBehind = ({ world, now }: Context, named: string): readonly string[] => {
  const role = world.config.roles[named]
  return role ? peopleOf(world, role, now) : [named]
}

const todo = (draft: Draft): Todo => ({
  stream: 'new',
  command: { do: 'declare', ...draft, number: 0 },
  reply: replyOf(draft),
})

/** Too long a title is a mistake in a form's field; every other refusal is a sentence. */
const replyOf =
  (draft: Draft) =>
  (told: Told): ChatAnswer => {
    if (!told.refusal) return say(declaredAnswer(told))
    return draft.title.length > MAX_TITLE
      ? { kind: 'errors', errors: { title: told.refusal.message } }
      : refused(told.refusal)
  }

function keepDraft(context: Context, about: string, draft: Draft): Kept {
  return { about, answer: say(offerToJoin(context, about, draft.title)), keep: draft }
}

async function declareAgain(context: Context, cause: string): Promise<Todo | Refusal> {
  const draft = (await context.kept(cause)) as Draft | undefined
  return draft
    ? todo(draft)
    : refuse('gone', 'That offer is gone.', 'Declare it once more: /incident declare Checkout is down.')
}

function judge(
  context: Context,
  text: string,
  fields: Parameters<typeof classify>[0]['fields'],
): Declaration['judged'] {
  const { severity, criterion, confidence, reasons } = classify(
    { text, ...(fields ? { fields } : {}) },
    rulesOf(context.world.config),
  )
  return { severity, criterion, confidence, reasons: reasons.map(reason => reason.say) }
}

function serviceFields({ world }: Context, id: string | undefined): { service?: string; tier?: number } {
  const tier = id === undefined ? undefined : world.config.services[id]?.tier
  return { ...(id === undefined ? {} : { service: id }), ...(tier === undefined ? {} : { tier }) }
}

const valued = (value: string | undefined): { readonly value?: string } => (value ? { value } : {})

/** What was typed already and is no field of the form: a drill that is declared by form is a drill still. */
const kindOf = ({ test, drill, silent, broken }: Typed): string =>
  [
    test ? ' --test' : '',
    drill ? ' --drill' : '',
    silent === undefined ? '' : ` --silent ${silent}`,
    broken === undefined ? '' : ` --broken ${broken.join()}`,
  ].join('')

/** The arguments that a form starts from. */
type Typed = {
  readonly service?: string | undefined
  readonly severity?: Severity | undefined
  readonly details?: string | undefined
  readonly figures?: string | undefined
  readonly test?: true | undefined
  readonly drill?: true | undefined
  readonly silent?: string | undefined
  readonly broken?: readonly Way[] | undefined
}

function declareForm({ world, input }: Context, typed: Typed): Form {
  const said = input.about?.text?.slice(0, MAX_TITLE).split('\n')[0]
  const services = Object.keys(world.config.services)
  return {
    title: typed.drill ? 'Declare a drill' : typed.test ? 'Declare a test' : 'Declare an incident',
    submit: 'Declare',
    command: `/incident declare${kindOf(typed)}`,
    inputs: [
      {
        kind: 'line',
        name: 'title',
        label: 'What is broken?',
        hint: 'A few words, as you would say it',
        maxLength: MAX_TITLE,
        ...(said ? { value: said } : {}),
      },
      {
        kind: 'lines',
        name: 'details',
        label: 'Details',
        maxLength: 3000,
        optional: true,
        ...valued(typed.details ?? input.about?.text?.slice(0, 3000)),
      },
      ...(services.length > 0
        ? [
            {
              kind: 'choice' as const,
              name: 'service',
              label: 'Service',
              optional: true,
              ...valued(typed.service),
              options: services.slice(0, 25).map(value => ({ value, label: value })),
            },
          ]
        : []),
      {
        kind: 'choice',
        name: 'severity',
        label: 'Severity',
        optional: true,
        ...valued(typed.severity),
        hint: 'Left out, it is judged from the text',
        options: SEVERITIES.map((value: Severity) => ({
          value,
          label: `${value} ${world.config.severities[value].description}`.slice(0, 75),
        })),
      },
      {
        kind: 'line',
        name: 'figures',
        label: 'Figures, if known',
        hint: 'errors 40%, outage 30%, latency +80%, revenue $20000/h, users 500/2000, workaround yes',
        maxLength: 200,
        optional: true,
        ...valued(typed.figures),
      },
    ],
  }
}
