import { describe, expect, it } from 'vitest'
import { muster } from '../muster.ts'
import { fakeTerminal } from '../testing/terminal.ts'
import { reportText } from './report.text.ts'

const report = {
  person: 'ana',
  readable: 2,
  erased: 0,
  inClear: 0,
  events: { 'approval.signed.v1': 2 },
  erasures: [],
  outOfReach: ['What was sent to people: it is theirs.'],
}

describe('muster erase', () => {
  it('says what it would take, and what it cannot reach', () => {
    expect(reportText(report, 'before')).toBe(
      [
        'person    ana',
        'readable  2 texts',
        'erased    0 texts',
        'in        approval.signed.v1 (2)',
        '',
        'Out of reach:',
        '- What was sent to people: it is theirs.',
      ].join('\n'),
    )
  })

  it('says who erased, when and why', () => {
    const erasures = [{ person: 'ana', at: '2026-03-03T12:00:00.000Z', by: 'petra', keys: 1, reason: 'She asked.', position: 9 }]
    expect(reportText({ ...report, readable: 0, erased: 2, erasures }, 'after')).toContain(
      'ana     2026-03-03 12:00:00Z  petra  1     She asked.',
    )
  })

  it('erases nothing where nobody can be asked, unless it is told that this is meant', async () => {
    const terminal = fakeTerminal()
    expect(await muster(['erase', 'ana'], terminal)).toBe(2)
    expect(terminal.told()).toContain('say --yes, or look first with --dry-run')
  })
})
