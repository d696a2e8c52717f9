import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as pause } from 'node:timers/promises'
import { factsSchema, type Facts, type Policy } from '@muster/contracts'
import { compileDocument, compilePolicySet, evaluatePolicySet, parsePolicyText, resultsOf } from '@muster/policy'
import { rounded } from '../statistics.ts'
import { factsOf } from './facts.ts'

/*
 * How long hostile and extreme input keeps the process from everything else: the longest turn of the event loop while each of these is read,
 * compiled and decided, one a turn.
 */

const hostile: readonly (readonly [what: string, turn: () => void])[] = [
  ['a document of 10 MB', () => void parsePolicyText('a: b\n'.repeat(2_000_000), 'large.yaml', factsSchema)],
  ['a file of 128 KiB of brackets', () => void parsePolicyText('['.repeat(131_000), 'deep.yaml', factsSchema)],
  ['a long expression of errors', () => void compileDocument(policyOf(['(model. && '.repeat(360)]), factsSchema)],
  ['the deepest nesting', () => void compileDocument(policyOf(['!('.repeat(2_000)]), factsSchema)],
  ...['(a+)+$', '(a|aa)+$', '(.*)*x', '^(([a-z])+.)+[A-Z]([a-z])+$'].map(
    pattern =>
      [
        `the pattern ${pattern} on 8,192 characters`,
        decided(policyOf([`model.intendedUse.matches('${pattern}')`]), 'a'.repeat(8_192)),
      ] as const,
  ),
  ['the most expensive policy that is allowed', decided(policyOf(expensive()), 'Credit')],
]

export async function eventLoopDelay(say: (line: string) => void): Promise<{ readonly eventLoopDelayMs: number }> {
  let longest = 0
  for (const [what, turn] of hostile) {
    const delay = monitorEventLoopDelay({ resolution: 1 })
    delay.enable()
    await pause(20)
    turn()
    await pause(20)
    delay.disable()
    say(`event loop  ${what}: ${rounded(delay.max / 1e6)} ms`)
    longest = Math.max(longest, delay.max / 1e6)
  }
  return { eventLoopDelayMs: rounded(longest) }
}

function policyOf(asserts: readonly string[]): Policy {
  return {
    apiVersion: 'muster.dev/v1',
    kind: 'Policy',
    id: 'hostile',
    title: 'Hostile',
    owner: 'group:tests',
    severity: 'low',
    at: ['intent'],
    appliesTo: 'true',
    rules: asserts.map((assert, index) => ({ id: `rule-${index}`, assert, message: 'No.' })),
    onUnknown: 'block',
  }
}

/** As many rules as a document may have steps for, each over every pair of two lists at their caps. */
function expensive(): readonly string[] {
  const rule = (bound: number): string =>
    `datasets.all(d, evaluation.fairness.groups.all(g, g.disparateImpact >= 0.8 || d.missingRate <= ${bound / 100}.0 || d.name != g.group))`
  const rules = Array.from({ length: 100 }, (_, index) => rule(index).replace(/(\d+(\.\d+)?)\.0/, '$1'))
  const fits = (count: number): boolean => compileDocument(policyOf(rules.slice(0, count)), factsSchema).ok
  const count = rules.findIndex((_, index) => !fits(index + 1))
  return rules.slice(0, count === -1 ? rules.length : Math.max(count, 1))
}

function decided(policy: Policy, intendedUse: string): () => void {
  const compilation = compileDocument(policy, factsSchema, { version: 1, digest: 'sha256:0' })
  if (!compilation.ok) throw new Error(compilation.diagnostics.map(({ message }) => message).join('; '))
  const facts = widest(factsOf(0), intendedUse)
  // Compiled within the turn as well: that is what a start or an activation does.
  return () =>
    void resultsOf(evaluatePolicySet(compilePolicySet([compilation.compiled], []), facts)).map(({ rules }) =>
      rules.map(({ because }) => because),
    )
}

/** Every list at its cap. */
function widest(facts: Facts, intendedUse: string): Facts {
  const { datasets, evaluation, model } = facts as { readonly [name: string]: Facts & readonly Facts[] }
  const group = { attribute: 'age', group: 'under-25', disparateImpact: 0.9 }
  return {
    ...facts,
    model: { ...model, intendedUse },
    datasets: Array.from({ length: 50 }, (_, index) => ({ ...datasets?.[0], name: `data-${index}` })),
    evaluation: { ...evaluation, fairness: { ...(evaluation?.['fairness'] as Facts), groups: Array.from({ length: 50 }, () => group) } },
  } as Facts
}
