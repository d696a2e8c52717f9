import { factsSchema } from '@muster/contracts'
import type { PolicyDocument } from '@muster/contracts'
import { describe, expect, it } from 'vitest'
import { differencesBetween } from './difference.ts'
import { examinePolicyFiles } from './policy-files.ts'
import { approvalRuleText, policyText } from './testing/policy-texts.ts'

const documents = (...texts: readonly string[]): readonly PolicyDocument[] =>
  examinePolicyFiles(
    texts.map((text, index) => ({ name: `${index}.yaml`, text })),
    factsSchema,
  ).sources.map(({ document }) => document)

const sentences = (before: string, after: string): readonly string[] =>
  differencesBetween(documents(before), documents(after)).flatMap(difference => difference.sentences)

describe('The difference of policies', () => {
  it('is nothing between a set and itself, in whatever order it is read', () =>
    expect(differencesBetween(documents(policyText('a'), policyText('b')), documents(policyText('b'), policyText('a')))).toEqual([]))

  it('names what is added and what is removed, with what it asserts or asks', () =>
    expect(differencesBetween(documents(policyText('a')), documents(approvalRuleText('b')))).toEqual([
      {
        id: 'a',
        kind: 'removed',
        sentences: ['The model separates well enough: high, enforce', 'rule holds asserts evaluation.balancedAccuracy >= 0.65'],
      },
      { id: 'b', kind: 'added', sentences: ['A high risk needs a person: enforce', "asks when model.riskTier == 'high'"] },
    ]))

  it('names an assertion by what it was and what it is', () =>
    expect(sentences(policyText('a'), policyText('a', { assert: 'evaluation.auc >= 0.7' }))).toEqual([
      'rule holds: assertion changed from evaluation.balancedAccuracy >= 0.65 to evaluation.auc >= 0.7',
    ]))

  it.each([
    [['severity: high', 'severity: low'], 'severity changed from high to low'],
    [['severity: high', 'severity: high\nmode: shadow'], 'mode changed from enforce to shadow'],
    [['severity: high', 'severity: high\ncontrols: [a:b, c:d]'], 'controls is added: [ a:b, c:d ]'],
    [['onUnknown: block', 'onUnknown: requireApproval'], 'onUnknown changed from block to requireApproval'],
    [['id: holds', 'id: separates'], 'rule separates is added: asserts evaluation.balancedAccuracy >= 0.65'],
    [['id: holds', 'id: separates'], 'rule holds is removed: asserted evaluation.balancedAccuracy >= 0.65'],
    [
      ['It does not', 'It does never'],
      'rule holds: message changed from It does not separate well enough. to It does never separate well enough.',
    ],
  ])('says %j as: %s', ([from = '', to = ''], sentence) =>
    expect(sentences(policyText('a'), policyText('a').replace(from, to))).toContain(sentence),
  )

  it('takes a mode that is left out for what it means', () =>
    expect(sentences(policyText('a'), policyText('a').replace('severity: high', 'severity: high\nmode: enforce'))).toEqual([]))
})
