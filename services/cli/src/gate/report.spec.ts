import { deploymentStatuses, type IntentAnswer } from '@muster/contracts'
import { describe, expect, it } from 'vitest'
import { dryReportOf, markdownOf, reportOf, textOf } from './report.ts'
import { exitCodeOf } from './verdict.ts'

const asked = { model: 'credit', version: '7', environment: 'production', endpoint: 'desk' }
const answer = (rest: Partial<IntentAnswer>): IntentAnswer => ({ id: 'i1', status: 'cleared', reasons: [], position: 9, ...rest })

describe('A gate', () => {
  it('lets only a clearance through', () => {
    const codes = Object.fromEntries([...deploymentStatuses, 'undecided' as const].map(status => [status, exitCodeOf(status)]))
    expect(codes).toEqual({
      cleared: 0,
      blocked: 1,
      refused: 1,
      lapsed: 1,
      revoked: 1,
      waiting: 3,
      'approval-required': 3,
      undecided: 3,
    })
  })

  it('tells the reasons of a block, and where to read on', () => {
    const blocked = answer({ status: 'blocked', reasons: [{ code: 'rule-failed', message: 'Disparate impact is outside 0.80 to 1.25.' }] })
    expect(textOf(reportOf(blocked, undefined, asked))).toBe(
      [
        'BLOCKED: credit 7 at production/desk (i1)',
        '',
        '- Disparate impact is outside 0.80 to 1.25.',
        '',
        'Next:',
        '- muster deployments explain i1',
      ].join('\n'),
    )
  })

  it('says what is missing while an intent waits', () => {
    const report = reportOf(answer({ status: 'waiting', missing: ['version-credit@7'] }), undefined, asked)
    expect(report.sentences).toEqual(['Not registered: version-credit@7.'])
    expect(report.next).toEqual(['Ask again with the same --id for the present answer.'])
  })

  it('names the approval that is asked for', () => {
    const report = reportOf(answer({ status: 'approval-required', approvalId: 'i1.1' }), undefined, asked)
    expect(report.next[0]).toBe('muster approvals show i1.1')
  })

  it('says of a dry run that nothing may be deployed on it', () => {
    const report = dryReportOf({ verdict: 'cleared', position: 1, missing: [], reasons: [], explanation: [] }, asked)
    expect(report.next).toEqual(['This was a dry run: nothing is recorded, and nothing may be deployed on it.'])
    expect(report.id).toBeUndefined()
  })

  it('writes a summary in Markdown', () => {
    const artifact = `sha256:${'a'.repeat(64)}`
    const report = reportOf(answer({ target: { ...asked, artifact } }), undefined, asked)
    expect(markdownOf(report)).toBe(
      [
        '### ✅ CLEARED: credit 7 at production/desk',
        '',
        '| | |',
        '|---|---|',
        '| deployment | i1 |',
        `| artifact | \`${artifact}\` |`,
        '',
      ].join('\n'),
    )
  })

  it('keeps other people’s text as text in its summary', () => {
    const reasons = [{ code: 'rule-failed' as const, message: '<img src=x> | [click](http://evil)\n# `code`' }]
    const summary = markdownOf(reportOf(answer({ status: 'blocked', reasons }), undefined, { ...asked, model: '*credit*' }))
    expect(summary).toContain('### ❌ BLOCKED: \\*credit\\* 7')
    expect(summary).toContain('- \\<img src=x\\> \\| \\[click\\](http://evil) \\# \\`code\\`')
  })
})
