import { factsSchema, type Check, type Facts, type PolicyDocument } from '@muster/contracts'
import { compileDocument, compilePolicySet, evaluatePolicySet, type PolicySet } from '@muster/policy'

/*
 * How long a rule takes: performed again, alone, on the facts that a check recorded. What it shares with others is in a real check evaluated
 * once, so the times of rules do not add up to that of a check; they tell which ones are dear.
 */

export type Timer = (check: Pick<Check, 'snapshot' | 'at' | 'point' | 'rules'>) => ReadonlyMap<string, number>

const runs = 3

/** Nanoseconds by rule; empty for a document that this release does not compile. */
export function timerOf(document: PolicyDocument, version: number, digest: string): Timer {
  const sets = new Map<string, PolicySet>()
  const alone =
    document.kind === 'Policy'
      ? document.rules.map(rule => ({ id: rule.id, document: { ...document, rules: [rule] } }))
      : [{ id: 'when', document }]
  for (const { id, document: one } of alone) {
    const compilation = compileDocument(one, factsSchema, { version, digest })
    if (!compilation.ok) continue
    const { compiled } = compilation
    sets.set(id, compiled.kind === 'Policy' ? compilePolicySet([compiled], []) : compilePolicySet([], [compiled]))
  }
  return ({ snapshot, at, point, rules }) => {
    const checks = rules.map(({ policy, rule, outcome, severity }) => ({ policy, rule, outcome, severity }))
    const facts: Facts = { ...snapshot, now: at, point, checks }
    return new Map([...sets].map(([id, set]) => [id, best(() => evaluatePolicySet(set, facts))]))
  }
}

function best(work: () => unknown): number {
  let least = Infinity
  for (let run = 0; run < runs; run += 1) {
    const began = performance.now()
    work()
    least = Math.min(least, performance.now() - began)
  }
  return least * 1e6
}
