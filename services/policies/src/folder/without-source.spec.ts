import { factsSchema } from '@muster/contracts'
import { policy, type PolicyState } from '@muster/domain'
import { examinePolicyFiles } from '@muster/policy'
import { describe, expect, it } from 'vitest'
import { policyText } from '../../../../libs/policy/src/testing/policy-texts.ts'
import { withoutSource } from './without-source.ts'

describe('A policy in force that no file has', () => {
  const { sources } = examinePolicyFiles([{ name: 'a.yaml', text: policyText('a') }], factsSchema)
  const [source] = sources
  if (source === undefined) throw new Error('the policy is good')
  const published = {
    type: 'policy.published',
    version: 1,
    digest: 'sha256:any',
    document: source.document,
    mode: 'enforce',
    effectiveFrom: '2026-01-01T00:00:00.000Z',
    reviewed: false,
  } as const
  const inForce: PolicyState = policy.evolve(policy.initial, published)
  const retired = policy.evolve(inForce, { type: 'policy.retired', version: 1, reason: { personal: 'Not needed.', of: 'omar' } })

  it('is named, unless it was retired', () =>
    expect(withoutSource(new Map(Object.entries({ a: inForce, b: inForce, c: retired })), sources)).toEqual(['b']))
})
