import type { Facts, Policy } from '@muster/contracts'
import { compileExpression, type CompiledExpression } from '../compile.ts'
import { compilePolicySet, evaluatePolicySet, outcomes } from '../engine/policy-set.ts'
import type { Truth } from '../scope.ts'

const document: Policy = {
  apiVersion: 'muster.dev/v1',
  kind: 'Policy',
  id: 'alone',
  title: 'One expression',
  owner: 'group:tests',
  severity: 'low',
  at: ['intent'],
  appliesTo: 'true',
  rules: [{ id: 'only', assert: 'true', message: 'It is not so.' }],
  onUnknown: 'block',
}
const always = compileExpression('true', { version: 1, fields: {} })

/** What the engine says of one expression. */
export function byEngine(assert: CompiledExpression, facts: Facts): Truth {
  if (!always.ok) throw new Error('true does not compile')
  const rules = [{ id: 'only', message: 'It is not so.', assert }]
  const policy = { kind: 'Policy', document, version: 1, digest: '', appliesTo: always.expression, rules, reads: assert.reads } as const
  const { outcomes: found } = evaluatePolicySet(compilePolicySet([policy], []), facts)
  const outcome = outcomes[found[0] ?? 0]
  if (outcome === undefined) throw new Error('the engine left the rule out')
  return outcome === 'pass' || outcome === 'fail' ? outcome === 'pass' : outcome
}
