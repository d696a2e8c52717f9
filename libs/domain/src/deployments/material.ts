import { canonicalJson, factsSchema, type Check, type Exclusion, type Facts, type Target, type Truth } from '@muster/contracts'
import { digestOf, type Sha256 } from '@muster/kernel'
import { readerOf, type Read } from '@muster/policy'

/*
 * The material digest: SHA-256 over the canonical JSON of what an approval agrees to.
 *
 * In it: the artifact, the place, the digest of every policy version and approval rule that applies, the outcome of each rule with every path
 * that it mentions (in lists, of every element, reached or not) and its value, who is excluded and why, and which names map to nobody.
 * Outside it: positions, times of decision, event ids, the clock, facts that no rule reads, and whatever is in shadow. So a re-check that finds
 * nothing new gives the same digest, an engine that evaluates in another order changes none, a trial beside what is in force asks nobody again,
 * and what people agreed to cannot change under their signature.
 */

export interface Material {
  readonly target: Target
  readonly rules: readonly { readonly policy: string; readonly rule: string; readonly outcome: string; readonly reads: readonly string[] }[]
  readonly approvalRules: readonly { readonly policy: string; readonly needed: Truth; readonly reads: readonly string[] }[]
  readonly policies: Check['policies']
  readonly excluded: readonly Exclusion[]
  readonly unmapped: readonly string[]
  readonly facts: Facts
}

/** The clock, the point and the outcomes of the rules are no evidence: the outcomes stand in the digest by themselves. */
const isEvidence = ({ path }: Read): boolean => path !== 'now' && path !== 'point' && !path.startsWith('checks')

export function materialDigest({ target, rules, approvalRules, policies, excluded, unmapped, facts }: Material, sha256: Sha256): string {
  const read = readerOf(facts, factsSchema)
  const values = (patterns: readonly string[]) => read(patterns).filter(isEvidence)
  const material = {
    artifact: target.artifact ?? null,
    environment: target.environment,
    endpoint: target.endpoint,
    // What certainly does not apply is no part of the decision: that it comes or goes must ask nobody again.
    policies: policies
      .filter(({ applies, mode }) => applies !== false && mode !== 'shadow')
      .map(({ policy, digest, mode, applies }) => ({ policy, digest, mode, applies })),
    rules: rules.map(({ policy, rule, outcome, reads }) => ({ policy, rule, outcome, reads: values(reads) })),
    approvalRules: approvalRules.map(({ policy, needed, reads }) => ({ policy, needed, reads: values(reads) })),
    exceptions: [],
    excluded,
    unmapped,
  }
  return digestOf(sha256, canonicalJson(material))
}
