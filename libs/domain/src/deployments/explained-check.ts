import {
  factsSchema,
  streamName,
  type AnyEvent,
  type Check,
  type ExplainedCheck,
  type Facts,
  type RuleCheck,
  type StreamName,
} from '@muster/contracts'
import { compileDocument, evaluatePolicy, type CompiledPolicy } from '@muster/policy'
import { explainedRule } from './check-record.ts'

export type PolicyVersionOf = (id: string, version: number) => CompiledPolicy | undefined

/** Where the policies stand whose rules a check is about. */
export const policyStreamsOf = ({ rules }: Pick<Check, 'rules'>): readonly StreamName[] =>
  [...new Set(rules.map(({ policy }) => policy))].map(id => streamName('policy', id))

/** The versions that were published by these events; those that this release compiles, each when it is asked for, once. */
export function publishedVersions(events: readonly AnyEvent[]): PolicyVersionOf {
  const published = new Map(
    events.flatMap(event => (event.type === 'policy.published' ? [[keyOf(event.document.id, event.version), event] as const] : [])),
  )
  const compiled = new Map<string, CompiledPolicy | undefined>()
  const compile = (key: string): CompiledPolicy | undefined => {
    const found = published.get(key)
    if (found === undefined || found.document.kind !== 'Policy') return undefined
    const result = compileDocument(found.document, factsSchema, { version: found.version, digest: found.digest })
    return result.ok ? result.compiled : undefined
  }
  return (id, version) => {
    const key = keyOf(id, version)
    if (!compiled.has(key)) compiled.set(key, compile(key))
    return compiled.get(key)
  }
}

/**
 * A recorded check with why its rules passed, which is not recorded: found again on the facts that were, by the very version that was checked.
 * Where that version is not at hand, or an engine of this release finds otherwise, a rule that passed is shown without reasons: what was
 * recorded is never contradicted. Pure.
 */
export function explainedCheck(check: Check, policyOf: PolicyVersionOf): ExplainedCheck {
  const facts: Facts = { ...check.snapshot, now: check.at, point: check.point }
  const passedAgain = new Map<string, ReadonlyMap<string, RuleCheck>>()
  const digests = new Map<string, string>()
  for (const { policy: id, version, digest } of check.policies) {
    const policy = policyOf(id, version)
    const passed = policy === undefined ? [] : evaluatePolicy(policy, facts).rules.filter(({ outcome }) => outcome === 'pass')
    passedAgain.set(keyOf(id, version), new Map(passed.map(result => [result.rule, explainedRule(result)])))
    digests.set(keyOf(id, version), digest)
  }
  const rules = check.rules.map((recorded): RuleCheck => {
    if (recorded.outcome !== 'pass') return recorded
    const key = keyOf(recorded.policy, recorded.version)
    const again = passedAgain.get(key)?.get(recorded.rule)
    // A version that is tried is in shadow, whatever its document says: the mode is that of the record.
    return { ...unexplained, digest: digests.get(key) ?? '', ...again, ...recorded }
  })
  return { ...check, rules }
}

const unexplained = { onUnknown: 'block' as const, message: '', missing: [], errors: [], because: [] }

const keyOf = (policy: string, version: number): string => `${version} ${policy}`
