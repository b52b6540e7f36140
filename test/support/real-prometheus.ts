/** A Prometheus of this machine's, where there is one, over series as they would have been scraped. */
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Labels, Scraped } from '../emulators/sources/promql.ts'
import { freePort } from './free-port.ts'

const SCRAPE_MS = 15_000

export type RealPrometheus = { readonly url: string; stop(): Promise<void> }

/** Undefined where `prometheus` and `promtool` are not installed. */
export async function realPrometheus(
  series: readonly Scraped[],
  { from, to }: { readonly from: number; readonly to: number },
): Promise<RealPrometheus | undefined> {
  if (!['prometheus', 'promtool'].every(isInstalled)) return undefined
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-prometheus-'))
  const [text, config, data] = ['series.txt', 'prometheus.yml', 'data'].map(name => join(folder, name))
  writeFileSync(text!, openMetrics(series, from, to))
  writeFileSync(config!, 'scrape_configs: []\n')
  execFileSync('promtool', ['tsdb', 'create-blocks-from', 'openmetrics', text!, data!], { stdio: 'ignore' })
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const child = spawn(
    'prometheus',
    [
      `--config.file=${config}`,
      `--storage.tsdb.path=${data}`,
      '--storage.tsdb.retention.time=10y',
      `--web.listen-address=127.0.0.1:${port}`,
    ],
    { stdio: 'ignore' },
  )
  const gone = once(child, 'exit')
  await isReady(url)
  return {
    url,
    async stop() {
      child.kill('SIGTERM')
      await gone
    },
  }
}

function isInstalled(program: string): boolean {
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** One metric's lines stand together, each series in the order of time. */
function openMetrics(series: readonly Scraped[], from: number, to: number): string {
  const lines = Map.groupBy(series, ({ labels }) => labels.__name__ ?? '')
    .entries()
    .flatMap(([name, own]) => own.flatMap(({ labels, at }) => samples(name, labels, at, from, to)))
  return `${[...lines].join('\n')}\n# EOF\n`
}

function samples(
  name: string,
  labels: Labels,
  at: Scraped['at'],
  from: number,
  to: number,
): readonly string[] {
  const pairs = Object.entries(labels).filter(([label]) => label !== '__name__')
  const written = pairs.map(([label, value]) => `${label}=${JSON.stringify(value)}`).join(',')
  const found: string[] = []
  for (let ms = from; ms <= to; ms += SCRAPE_MS) {
    const value = at(ms)
    if (value !== undefined) found.push(`${name}{${written}} ${value} ${ms / 1000}`)
  }
  return found
}

async function isReady(url: string): Promise<void> {
  const giveUpAt = performance.now() + 15_000
  for (;;) {
    const ready = await fetch(`${url}/-/ready`).then(
      response => response.ok,
      () => false,
    )
    if (ready) return
    if (performance.now() > giveUpAt) throw new Error('prometheus did not become ready')
  }
}
