/** The shipped browser, where it runs; else why not. */
import type { Browser } from 'playwright-core'

export async function startChromium(): Promise<{ readonly browser?: Browser; readonly why: string }> {
  const [{ default: chromium }, { chromium: playwright }] = await Promise.all([
    import('@sparticuz/chromium'),
    import('playwright-core'),
  ])
  try {
    const executablePath = await chromium.executablePath()
    const browser = await playwright.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
    return { browser, why: '' }
  } catch (error) {
    return { why: error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error) }
  }
}
