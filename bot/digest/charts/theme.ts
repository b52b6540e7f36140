/**
 * Colours and letters of charts. Light is for PNG, where nothing can be looked up; the web's are the page's variables, so that a chart is
 * dark where the page is. Both are told apart without red and green: severities by lightness too, heat by lightness alone.
 */
import type { Severity } from '../../words.ts'

export type Theme = {
  readonly paper: string
  readonly ink: string
  readonly soft: string
  readonly grid: string
  readonly accent: string
  readonly band: string
  readonly severities: Readonly<Record<Severity, string>>
  /** None, then the more the stronger. */
  readonly heat: readonly [string, string, string, string, string]
  /** Letters that can be read on each of them. */
  readonly onHeat: readonly [string, string, string, string, string]
  /** Undefined: as around it. */
  readonly font: string | undefined
}

export const LIGHT: Theme = {
  paper: '#ffffff',
  ink: '#1d1f23',
  soft: '#5d6470',
  grid: '#dcdfe4',
  accent: '#0b5cad',
  band: '#a9c8ea',
  severities: { SEV1: '#8c1d0f', SEV2: '#e0701a', SEV3: '#f0c254', SEV4: '#a7b4c2' },
  heat: ['#f1f2f4', '#cfe1f2', '#85b6dc', '#3579b8', '#0a3d73'],
  onHeat: ['#5d6470', '#1d1f23', '#1d1f23', '#ffffff', '#ffffff'],
  font: 'DejaVu Sans',
}

export const WEB: Theme = {
  paper: 'none',
  ink: 'var(--ink)',
  soft: 'var(--soft)',
  grid: 'var(--line)',
  accent: 'var(--accent)',
  band: 'var(--chart-band)',
  severities: {
    SEV1: 'var(--chart-sev1)',
    SEV2: 'var(--chart-sev2)',
    SEV3: 'var(--chart-sev3)',
    SEV4: 'var(--chart-sev4)',
  },
  heat: [
    'var(--chart-heat0)',
    'var(--chart-heat1)',
    'var(--chart-heat2)',
    'var(--chart-heat3)',
    'var(--chart-heat4)',
  ],
  onHeat: [
    'var(--chart-on0)',
    'var(--chart-on1)',
    'var(--chart-on2)',
    'var(--chart-on3)',
    'var(--chart-on4)',
  ],
  font: undefined,
}
