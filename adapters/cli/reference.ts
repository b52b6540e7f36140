/**
 * The reference pages and .env.example, made from the code: commands, command line, environment, signals, statuses. A test
 * compares them with what is in docs/; `npm run docs` writes them.
 */
import { transitionsDiagram } from '../../bot/incidents/transitions.ts'
import { SIGNALS } from '../../bot/telemetry/signals.ts'
import type { Arg } from '../../commands/command.ts'
import { COMMANDS } from '../../commands/index.ts'
import { SCOPES } from '../slack/manifest.ts'
import { ENVIRONMENT } from './env.ts'
import { CLI } from './run.ts'

/** Path -> content. */
export function referencePages(): Readonly<Record<string, string>> {
  return {
    'docs/reference/commands.md': commandsPage(),
    'docs/reference/command-line.md': commandLinePage(),
    'docs/reference/environment.md': environmentPage(),
    'docs/reference/metrics.md': metricsPage(),
    'docs/reference/statuses.md': statusesPage(),
    '.env.example': envExample(),
  }
}

const page = (title: string, intro: string, lines: readonly string[]): string =>
  `# ${title}\n\n${intro}\n\n${lines.join('\n')}\n`

function commandsPage(): string {
  const lines = COMMANDS.filter(each => !each.hidden).flatMap(each => [
    `## /${each.group} ${each.name}`,
    '',
    `${sentence(each.summary)}`,
    '',
    `    ${each.example}`,
    '',
    ...Object.entries(each.args).map(
      ([name, arg]) =>
        `- \`${written(name, arg)}\`${arg.required ? '' : ' (optional)'}: ${arg.summary}${arg.choices ? ` (${arg.choices.join(', ')})` : ''}`,
    ),
    ...(Object.keys(each.args).length > 0 ? [''] : []),
  ])
  return page(
    'Chat commands',
    "The same in Slack, in Discord (as subcommands with typed options) and in the console. In an incident's channel the incident is implied; elsewhere `INC-42` names it.",
    lines.slice(0, -1),
  )
}

const sentence = (text: string): string => `${text[0]?.toUpperCase()}${text.slice(1)}.`

const written = (name: string, arg: Arg<unknown>): string =>
  arg.place === 'option'
    ? `--${name} VALUE`
    : arg.place === 'flag'
      ? `--${name}`
      : arg.place === 'rest'
        ? `${name} ...`
        : name

const commandLinePage = (): string =>
  page(
    'Command line',
    '`npx tocsin <command>`, also `npm run tocsin -- <command>`. Errors go to standard error; the exit code is 0, 1 for an error, 2 for wrong use.',
    Object.values(CLI).map(({ usage, summary }) => `- \`${usage}\`: ${summary}`),
  )

const environmentPage = (): string =>
  page('Environment', 'Every secret can also be given as `NAME_FILE`, a path.', [
    '| name | meaning | secret |',
    '| --- | --- | --- |',
    ...Object.entries(ENVIRONMENT).map(
      ([name, { about, secret }]) => `| ${name} | ${about} | ${secret ? 'yes' : ''} |`,
    ),
    '',
    "Slack's scopes, and why each is needed:",
    '',
    ...Object.entries(SCOPES).map(([scope, reason]) => `- \`${scope}\`: ${reason}`),
  ])

const metricsPage = (): string =>
  page(
    'Metrics',
    'At `/metrics`, in Prometheus format, beside the figures of the Node process (`tocsin_process_*`, `tocsin_nodejs_*`).',
    [
      '| name | kind | labels | meaning |',
      '| --- | --- | --- | --- |',
      ...Object.entries(SIGNALS).map(
        ([name, { kind, labels, help }]) =>
          `| tocsin_${name}${kind === 'counter' ? '_total' : ''} | ${kind} | ${labels.join(', ')} | ${help} |`,
      ),
    ],
  )

const statusesPage = (): string =>
  page(
    'Statuses',
    'Which status may follow which. The same table decides, draws the buttons and this picture. The post-mortem is for SEV1 and SEV2.',
    ['```mermaid', transitionsDiagram(), '```'],
  )

const envExample = (): string =>
  `# Copy to .env or set in your service manager. Every secret can also be given as NAME_FILE, a path.\n${Object.entries(
    ENVIRONMENT,
  )
    .map(([name, { about }]) => `\n# ${about}\n#${name}=`)
    .join('\n')}\n`
