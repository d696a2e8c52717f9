import { factsSchema } from '@muster/contracts'
import { describe, expect, it } from 'vitest'
import { examinePolicyFiles, type PolicyFile } from './policy-files.ts'
import { formatDiagnostic } from './policy-text.ts'
import { approvalRuleText, policyText } from './testing/policy-texts.ts'

const examine = (files: readonly PolicyFile[]) => {
  const { errors, ...rest } = examinePolicyFiles(files, factsSchema)
  return { ...rest, errors: errors.map(formatDiagnostic) }
}

describe('Files of policies', () => {
  it('are all taken when all are good, several documents of one file too', () => {
    const files = [
      { name: 'accuracy.yaml', text: policyText('accuracy') },
      { name: 'more.yaml', text: `${policyText('more')}---\n${approvalRuleText('high-risk')}` },
    ]
    const { sources, errors, leftOut } = examine(files)
    expect({ errors, leftOut }).toEqual({ errors: [], leftOut: [] })
    expect(sources.map(({ document, file, line }) => [document.id, file, line])).toEqual([
      ['accuracy', 'accuracy.yaml', 1],
      ['more', 'more.yaml', 1],
      ['high-risk', 'more.yaml', 15],
    ])
  })

  it('say all that is wrong with any of them, each at its place, and leave those files out', () => {
    const { sources, errors, leftOut } = examine([
      { name: 'a.yaml', text: policyText('a', { assert: 'evaluation.balancedAcuracy >= 0.65' }) },
      { name: 'b.yaml', text: policyText('b') },
      { name: 'c.yaml', text: policyText('c', { assert: 'evaluation.auc >' }) },
    ])
    expect(errors).toEqual([
      expect.stringMatching(/^policy a\.yaml:11:\d+ {2}.*balancedAcuracy.*did you mean/),
      expect.stringMatching(/^policy c\.yaml:11:\d+ {2}/),
    ])
    expect(leftOut).toEqual(['a.yaml', 'c.yaml'])
    expect(sources.map(({ document }) => document.id)).toEqual(['b'])
  })

  it('have one document for one id, and the first one counts', () => {
    const { sources, errors, leftOut } = examine([
      { name: 'a.yaml', text: policyText('accuracy') },
      { name: 'b.yaml', text: policyText('accuracy', { title: 'Another one' }) },
    ])
    expect(errors).toEqual(['policy b.yaml:1:1  "accuracy" is the id of the policy in a.yaml:1 already'])
    expect(sources.map(({ file }) => file)).toEqual(['a.yaml'])
    expect(leftOut).toEqual(['b.yaml'])
  })
})
