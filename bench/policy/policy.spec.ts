import { readFileSync } from 'node:fs'
import { factsSchema } from '@muster/contracts'
import { compileExpression, evaluateExpression } from '@muster/policy'
import { loadPolicy } from '@open-policy-agent/opa-wasm'
import { describe, expect, it } from 'vitest'
import { factsOf, regoInput } from './facts.ts'
import { emptyKept, keeping, plainly, type Input } from './hand-written.ts'
import { regoOf, rulesOf } from './rules.ts'

const rules = rulesOf(20)
const expressions = rules.map(({ cel }) => {
  const compiled = compileExpression(cel, factsSchema)
  if (!compiled.ok) throw new Error(`${cel} does not compile`)
  return compiled.expression
})
const facts = Array.from({ length: 300 }, (_, index) => factsOf(index))
const file = (name: string): URL => new URL(name, import.meta.url)

describe('What the policy bench measures', () => {
  it.each([20, 2_000])('is, in Rego, what the rules say: %d of them', count => {
    expect(readFileSync(file(`rules-${count}.rego`), 'utf8')).toBe(regoOf(rulesOf(count)))
  })

  it('decides in Rego, and by hand in both forms, as the simple evaluator does', async () => {
    const wasm = await loadPolicy(readFileSync(file('rules-20.wasm')))
    const kept = emptyKept()
    const plain = new Uint8Array(20)
    for (const one of facts) {
      const expected = expressions.map(expression => (evaluateExpression(expression, one).value === true ? 1 : 2))
      keeping(one as unknown as Input, kept)
      plainly(one as unknown as Input, plain)
      const failed = new Set((wasm.evaluate(regoInput(one)) as [{ result: readonly string[] }])[0].result)
      expect([...kept.outcomes]).toEqual(expected)
      expect([...plain]).toEqual(expected)
      expect(rules.map(({ id }) => (failed.has(id) ? 2 : 1))).toEqual(expected)
    }
  })

  it('has for every rule facts that meet it and facts that do not', () => {
    for (const expression of expressions)
      expect(new Set(facts.map(one => evaluateExpression(expression, one).value)), expression.source).toEqual(new Set([true, false]))
  })
})
