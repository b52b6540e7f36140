/** Style that a machine can check: who may import whom, no clock or chance in the core, no dead files, no left-overs. */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')
const filesOf = (folder: string): readonly string[] =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && entry.name.endsWith('.ts'))
    .map(entry => relative(root, join(entry.parentPath, entry.name)))
const source = (file: string) => readFileSync(join(root, file), 'utf8')
const importsOf = (file: string) =>
  [
    ...source(file).matchAll(
      /^(?:import|export)\s[^'"]*?from '([^']+)'|^import '([^']+)'|\bimport\('([^']+)'\)/gm,
    ),
  ].map(match => match[1] ?? match[2] ?? match[3] ?? '')
const target = (file: string, specifier: string) => relative(root, resolve(root, dirname(file), specifier))

const product = ['bot', 'commands', 'adapters'].flatMap(filesOf)
const core = product.filter(file => file.startsWith('bot/') && file !== 'bot/main.ts')

/** Package -> the only folders that may import it. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  '@slack/bolt': ['adapters/slack'],
  '@discordjs': ['adapters/discord'],
  'better-sqlite3': ['adapters/sql', 'adapters/console'],
  'drizzle-orm': ['adapters/sql', 'adapters/console'],
  pg: ['adapters/sql'],
  luxon: ['bot/schedules', 'bot/config', 'bot/timeline'],
  yaml: ['bot/config', 'adapters/slack'],
  zod: ['bot/config', 'bot/expectations'],
  pino: ['adapters/telemetry'],
  'prom-client': ['adapters/telemetry'],
  '@opentelemetry': ['adapters/telemetry'],
  hono: ['adapters/web', 'adapters/console', 'adapters/twilio', 'adapters/email', 'adapters/postmortem'],
  'markdown-it': ['adapters/postmortem'],
  nodemailer: ['adapters/email'],
  '@hono/node-server': ['adapters/web'],
  '@resvg/resvg-wasm': ['adapters/picture'],
}

test('the core imports neither commands nor adapters', () => {
  const wrong = core.flatMap(file =>
    importsOf(file)
      .filter(each => each.startsWith('.'))
      .map(each => target(file, each))
      .filter(each => /^(commands|adapters)\//.test(each))
      .map(each => `${file} -> ${each}`),
  )
  expect(wrong).toEqual([])
})

test('commands do not import adapters', () => {
  const wrong = filesOf('commands').filter(file =>
    importsOf(file).some(each => target(file, each).startsWith('adapters/')),
  )
  expect(wrong).toEqual([])
})

test('each package is imported where it is allowed, and nowhere else', () => {
  const wrong = product.flatMap(file =>
    importsOf(file)
      .filter(each => !each.startsWith('.') && !each.startsWith('node:'))
      .filter(
        each =>
          !Object.entries(ALLOWED).some(
            ([name, folders]) =>
              (each === name || each.startsWith(`${name}/`)) &&
              folders.some(folder => file.startsWith(`${folder}/`)),
          ),
      )
      .map(each => `${file} imports ${each}`),
  )
  expect(wrong).toEqual([])
})

test('the core reads no clock, no chance, no environment and starts nothing by itself', () => {
  const banned =
    /\bDate\.now\(|new Date\(\)|Math\.random\(|process\.env|\bsetTimeout\(|\bsetInterval\(|\bfetch\(/
  expect(core.filter(file => banned.test(source(file)))).toEqual([])
})

test('no chat is told from another by its name outside the adapters', () => {
  const named = /=== '(?:slack|discord|console)'|'(?:slack|discord|console)' ===/
  expect(product.filter(file => !file.startsWith('adapters/') && named.test(source(file)))).toEqual([])
})

test('every file is used', () => {
  const used = new Set(
    product.flatMap(file =>
      importsOf(file)
        .filter(each => each.startsWith('.'))
        .map(each => target(file, each)),
    ),
  )
  const entries = new Set(['bot/main.ts', 'adapters/cli/reference.ts', 'adapters/picture/draw.ts'])
  expect(product.filter(file => !used.has(file) && !entries.has(file))).toEqual([])
})

test('no file is longer than 300 lines', () => {
  expect(product.filter(file => source(file).split('\n').length > 300)).toEqual([])
})

test('nothing is left to do, and no test is skipped or alone', () => {
  const left = new RegExp(
    ['TO' + 'DO', 'FIX' + 'ME', 'X' + 'XX', String.raw`\b(?:test|describe|it)\.(?:skip|only|todo)\(`].join(
      '|',
    ),
  )
  expect(
    [...product, ...filesOf('test')].filter(file => file !== 'test/tidy.test.ts' && left.test(source(file))),
  ).toEqual([])
})
