/** How bad an alert is: what its sender says, and what its words say. */
import { expect, test } from 'vitest'
import { judgeAlert } from '../../../bot/alerts/severity.ts'
import type { Alert } from '../../../bot/alerts/types.ts'
import type { Severity } from '../../../bot/words.ts'
import { config } from '../../support/team.ts'
import { worldOf } from '../incidents/any.ts'

const world = worldOf(config())
const judge = (
  severity: string | null,
  title = 'Something',
  details = '',
  own: Readonly<Record<string, Severity>> = {},
) => judgeAlert(world, { severity, title, details } as Alert, own)

test.each([
  ['SEV1', 'sev1 SEV-1 P1 1 fatal Emergency disaster blocker'],
  ['SEV2', 'sev2 sev-2 p2 2 critical crit error high major page alarm'],
  ['SEV3', 'sev3 p3 3 warning warn average moderate medium minor low'],
  ['SEV4', 'sev4 p4 p5 4 5 info information informational debug none'],
] as const)('%s is what senders mean by: %s', (severity, words) => {
  for (const word of words.split(' ')) {
    expect(judge(word)).toEqual({
      severity,
      criterion: `the sender says ${word}`,
      confidence: 1,
      reasons: [`the sender says ${word}`],
    })
    expect(judge(`x${word}`).criterion).not.toContain('sender says')
    expect(judge(`${word}x`).criterion).not.toContain('sender says')
  }
})

test("two words are one: grafana's and zabbix's not classified", () => {
  expect(judge('Not classified').severity).toBe('SEV4')
})

const DOWN = 'The whole site is down for everyone'

test('critical is raised by words that say more, and nothing else is', () => {
  expect(judge('critical', DOWN)).toMatchObject({ severity: 'SEV1', criterion: 'complete_outage' })
  expect(judge('critical', DOWN).reasons[0]).toBe('the sender says critical')
  expect(judge('critical', DOWN).reasons.length).toBeGreaterThan(1)
  expect(judge('error', DOWN)).toMatchObject({ severity: 'SEV2', criterion: 'the sender says error' })
  expect(judge('warning', DOWN).severity).toBe('SEV3')
  expect(judge('critical', 'A typo in the footer')).toMatchObject({
    severity: 'SEV2',
    reasons: ['the sender says critical'],
  })
  expect(judge('critical', DOWN, '', { critical: 'SEV3' })).toMatchObject({
    severity: 'SEV3',
    criterion: 'the sender says critical',
  })
})

test('words that agree with the sender give their reason as well', () => {
  const both = judge('P1', DOWN)
  expect(both).toMatchObject({ severity: 'SEV1', criterion: 'complete_outage' })
  expect(both.confidence).toBeLessThan(1)
  expect(both.reasons.length).toBeGreaterThan(1)
  expect(judge('info', 'Something')).toMatchObject({
    severity: 'SEV4',
    confidence: 1,
    reasons: ['the sender says info'],
  })
})

test("an integration's own words come before the usual ones", () => {
  expect(judge('Red', 'x', '', { red: 'SEV1' })).toMatchObject({
    severity: 'SEV1',
    criterion: 'the sender says Red',
  })
  expect(judge('warning', 'x', '', { warning: 'SEV4' }).severity).toBe('SEV4')
})

test('without a severity the words decide, and without either it is no less than something broken', () => {
  expect(judge(null, DOWN)).toMatchObject({ severity: 'SEV1', criterion: 'complete_outage' })
  expect(judge(null, 'Title', DOWN).severity).toBe('SEV1')
  expect(judge(null, 'Something')).toMatchObject({
    severity: 'SEV3',
    criterion: 'the alert says no severity',
    reasons: ['the alert says no severity'],
  })
  expect(judge('purple', 'Something').severity).toBe('SEV3')
  expect(judge(null, 'There is a typo in the footer')).toMatchObject({
    severity: 'SEV4',
    criterion: 'cosmetic_issue',
  })
})
