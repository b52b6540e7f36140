/** Where published post-mortems are exported to, by the configuration in force, each loaded when it is first asked. */
import { dirname, join } from 'node:path'
import type { Config } from '../../bot/config/types.ts'
import type { Exporter, OpenExporter } from '../../bot/ports.ts'

type Parts = {
  readonly config: () => Config
  /** The database's file: copies are kept beside it. */
  readonly path: string
  readonly apiUrl: string | undefined
  readonly hide: (...secrets: readonly string[]) => void
}

export function openExporters({ config, path, apiUrl, hide }: Parts): OpenExporter {
  const made = new Map<string, Promise<Exporter>>()
  const once = (name: string, make: () => Promise<Exporter>): Promise<Exporter> => {
    const known = made.get(name) ?? make()
    made.set(name, known)
    return known
  }
  const folder = join(dirname(path), 'exports')
  return async to => {
    const { git, github } = config().postmortem.export
    if (to === 'git' && git)
      return once('git', async () => {
        const { createGitExporter } = await import('../postmortem/git.ts')
        return createGitExporter(() => {
          const { postmortem, privateAddresses } = config()
          return { export: postmortem.export.git ?? git, folder, allowPrivate: privateAddresses }
        })
      })
    if (to === 'github' && github)
      return once('github', async () => {
        const [{ createGithubIssues }, { createGithubExporter }] = await Promise.all([
          import('../github/issues.ts'),
          import('../postmortem/github.ts'),
        ])
        const settings = () => config().postmortem.export.github ?? null
        return createGithubExporter(createGithubIssues({ settings, apiUrl, hide }))
      })
    return undefined
  }
}
