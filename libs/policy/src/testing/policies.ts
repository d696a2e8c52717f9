import type { CompiledExpression } from '../compile.ts'
import type { CompiledPolicy } from '../document.ts'

/** A policy of these rules, which applies wherever that expression is true. */
export const policyOf = (appliesTo: CompiledExpression, asserts: readonly CompiledExpression[], id = 0): CompiledPolicy => ({
  kind: 'Policy',
  version: 1,
  digest: `sha256:${id}`,
  document: {
    apiVersion: 'muster.dev/v1',
    kind: 'Policy',
    id: `policy-${id}`,
    title: 'Generated',
    owner: 'group:tests',
    severity: 'low',
    at: ['intent'],
    appliesTo: appliesTo.source,
    rules: asserts.map(({ source }, rule) => ({ id: `rule-${rule}`, assert: source, message: 'It does not hold.' })),
    onUnknown: 'block',
  },
  appliesTo,
  rules: asserts.map((assert, rule) => ({ id: `rule-${rule}`, message: 'It does not hold.', assert })),
  reads: [],
})
