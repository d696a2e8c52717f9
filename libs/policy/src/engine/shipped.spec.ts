import { readdirSync, readFileSync } from 'node:fs'
import { factsSchema, type Facts } from '@muster/contracts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileDocument, type CompiledApprovalRule, type CompiledPolicy } from '../document.ts'
import { evaluateApprovalRule, evaluatePolicy } from '../policy.ts'
import { parsePolicyText } from '../policy-text.ts'
import { factsOf } from '../testing/facts.ts'
import { approvalResultsOf, compilePolicySet, evaluatePolicySet, resultsOf } from './policy-set.ts'
import { plainReader } from './reader.ts'

/* Every policy that ships, as one set, on facts of all kinds: the engine says what the simple evaluator says. */

const folder = new URL('../../../../infra/policies/', import.meta.url)
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(name =>
  /^(starter|packs\/[\w-]+)\/[\w-]+\.yaml$/.test(name),
)

const policies: CompiledPolicy[] = []
const approvalRules: CompiledApprovalRule[] = []
for (const name of files) {
  const parsed = parsePolicyText(readFileSync(new URL(name, folder), 'utf8'), name, factsSchema)
  for (const { document } of parsed.ok ? parsed.documents : []) {
    const result = compileDocument(document, factsSchema, { version: 1, digest: `sha256:${name}` })
    if (!result.ok) throw new Error(`${name} does not compile`)
    if (result.compiled.kind === 'Policy') policies.push(result.compiled)
    else approvalRules.push(result.compiled)
  }
}
const texts = ['', 'production', 'staging', 'MIT', 'person:ana', 'contract', `sha256:${'a'.repeat(64)}`]
const set = compilePolicySet(policies, approvalRules)

describe('The policies that ship', () => {
  it('are there, and fit the registers of the engine', () => {
    expect(policies.length).toBeGreaterThan(7)
    expect(approvalRules.length).toBeGreaterThan(0)
    expect(set.engine).toBeDefined()
  })

  it('come out of the engine as of the simple evaluator, word for word', () => {
    fc.assert(
      fc.property(factsOf(factsSchema, texts), (facts: Facts) => {
        const evaluated = evaluatePolicySet(set, facts)
        expect(resultsOf(evaluated)).toEqual(policies.map(policy => evaluatePolicy(policy, facts)))
        expect(approvalResultsOf(evaluated)).toEqual(approvalRules.map(rule => evaluateApprovalRule(rule, facts)))
      }),
      { numRuns: 200 },
    )
  }, 20_000)

  it('come out the same where no code may be made to read facts', () => {
    const { engine } = set
    if (engine === undefined) throw new Error('seen above')
    const plain = { ...set, engine: { ...engine, reader: plainReader(engine.machine) } }
    fc.assert(
      fc.property(factsOf(factsSchema, texts), (facts: Facts) => {
        const { record, outcomes } = evaluatePolicySet(set, facts)
        expect(evaluatePolicySet(plain, facts)).toMatchObject({ record, outcomes })
      }),
      { numRuns: 200 },
    )
  }, 20_000)
})
