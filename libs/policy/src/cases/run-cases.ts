import { factsSchema, type Facts, type FactsChange, type PolicyCases, type PolicyDocument } from '@muster/contracts'
import { compileDocument, type CompiledApprovalRule, type CompiledDocument, type CompiledPolicy } from '../document.ts'
import { evaluateApprovalRule, evaluatePolicy } from '../policy.ts'
import type { PolicySource } from '../policy-files.ts'
import type { Explained } from '../scope.ts'
import { nearest } from '../suggestion.ts'
import { expectedOf, type Expected, type ReadCase } from './case-file.ts'
import { factsOf } from './changed-facts.ts'
import { misfitsOf } from './misfits.ts'

/* Cases held to the policies that they are about, by the rules that a gate decides with. */

export interface CaseResult extends Pick<ReadCase, 'file' | 'line' | 'name' | 'policy'> {
  /** Nothing, where all came out as expected. */
  readonly differences: readonly CaseDifference[]
}
export interface CaseDifference {
  /** `balanced-accuracy: expected fail, got pass`. */
  readonly text: string
  /** Why it came out so, in the words of an explanation. */
  readonly because: readonly string[]
}

export type CompiledById = ReadonlyMap<string, CompiledDocument>

/** The sources compiled without an error when they were examined. */
export function compileAll(sources: readonly PolicySource[]): CompiledById {
  const compilations = sources.map(({ document }) => compileDocument(document, factsSchema))
  return new Map(compilations.flatMap(result => (result.ok ? [[result.compiled.document.id, result.compiled] as const] : [])))
}

/** Runs the cases of one policy one by one, each when it is asked for. A document that does not compile answers no case. */
export function* caseResultsOf(
  document: PolicyDocument,
  { facts = {}, cases }: PolicyCases,
): Generator<Pick<CaseResult, 'name' | 'differences'>, void> {
  const compilation = compileDocument(document, factsSchema)
  for (const one of cases) {
    const { name, facts: change = {} } = one
    if (compilation.ok) yield { name, differences: differencesOf([facts, change], expectedOf(one), compilation.compiled) }
    else yield { name, differences: compilation.diagnostics.map(({ message }) => plain(`the policy does not compile: ${message}`)) }
  }
}

export const runCases = (cases: readonly ReadCase[], compiled: CompiledById): readonly CaseResult[] =>
  cases.map(({ file, line, name, policy, changes, expected }) => {
    const known = compiled.get(policy)
    const differences =
      known === undefined ? [plain(unknownName('policy', policy, [...compiled.keys()]))] : differencesOf(changes, expected, known)
    return { file, line, name, policy, differences }
  })

function differencesOf(changes: readonly FactsChange[], expected: Expected, policy: CompiledDocument): readonly CaseDifference[] {
  const facts = factsOf(changes)
  const misfits = misfitsOf(facts, factsSchema)
  if (misfits.length > 0) return misfits.map(plain)
  switch (policy.kind) {
    case 'Policy':
      return ofPolicy(expected, policy, facts)
    case 'ApprovalRule':
      return ofApprovalRule(expected, policy, facts)
  }
}

function ofPolicy(expected: Expected, policy: CompiledPolicy, facts: Facts): readonly CaseDifference[] {
  const { applies, rules } = evaluatePolicy(policy, facts)
  switch (expected.kind) {
    case 'asks':
      return [plain('only an ApprovalRule asks; say what comes out by expect')]
    case 'does-not-apply':
      return applies === false ? [] : [plain(`expected not to apply, got appliesTo ${inWords(applies)}`)]
    case 'outcomes': {
      const ids = policy.rules.map(({ id }) => id)
      const strangers = Object.keys(expected.outcomes).filter(id => !ids.includes(id))
      if (strangers.length > 0) return strangers.map(id => plain(unknownName('rule', id, ids)))
      if (applies === false) return [plain(`expected ${inOrder(expected.outcomes)}, and the policy does not apply`)]
      return rules.flatMap(({ rule, outcome, missing, errors, because }): CaseDifference[] => {
        const wanted = expected.outcomes[rule]
        if (wanted === undefined || wanted === outcome) return []
        return [{ text: `${rule}: expected ${wanted}, got ${outcome}`, because: reasons({ missing, errors, because }) }]
      })
    }
  }
}

function ofApprovalRule(expected: Expected, rule: CompiledApprovalRule, facts: Facts): readonly CaseDifference[] {
  const { applies, needed, ...why } = evaluateApprovalRule(rule, facts)
  switch (expected.kind) {
    case 'outcomes':
      return [plain('an ApprovalRule has no rules; say asks: true or asks: false')]
    case 'does-not-apply':
      return applies === false ? [] : [plain(`expected not to apply, got appliesTo ${inWords(applies)}`)]
    case 'asks': {
      const text = `expected ${expected.asks ? 'to ask' : 'not to ask'}, and it ${needed ? 'asks' : 'does not ask'}`
      return needed === expected.asks ? [] : [{ text, because: reasons(why) }]
    }
  }
}

interface Why {
  readonly missing: readonly string[]
  readonly errors: readonly string[]
  readonly because: readonly Explained[]
}

const reasons = ({ missing, errors, because }: Why): readonly string[] => [
  ...errors,
  ...missing.map(path => `${path} is missing`),
  ...because.map(({ text, result, values }) => {
    const read = Object.entries(values).map(([path, value]) => `${path} = ${JSON.stringify(value)}`)
    return `${text} is ${inWords(result)}${read.length === 0 ? '' : ` (${read.join(', ')})`}`
  }),
]

const inWords = (value: Explained['result']): string => (value === 'error' ? 'in error' : String(value))
const inOrder = (outcomes: Readonly<Record<string, string>>): string =>
  Object.entries(outcomes)
    .map(([rule, outcome]) => `${rule} ${outcome}`)
    .join(', ')
const plain = (text: string): CaseDifference => ({ text, because: [] })

function unknownName(what: string, name: string, known: readonly string[]): string {
  const meant = nearest(name, known)
  return `there is no ${what} "${name}"${meant === undefined ? '' : `; did you mean "${meant}"?`}`
}

/** Rules that no case expects to come out so, as `policy/rule`: nobody would see them break. */
export const withoutCase = (cases: readonly ReadCase[], compiled: CompiledById, outcome: 'pass' | 'fail'): readonly string[] =>
  [...compiled.values()].flatMap(policy => {
    if (policy.kind !== 'Policy') return []
    const expected = cases.flatMap(one => (one.policy === policy.document.id && one.expected.kind === 'outcomes' ? [one.expected] : []))
    return policy.rules
      .filter(({ id }) => !expected.some(({ outcomes }) => outcomes[id] === outcome))
      .map(({ id }) => `${policy.document.id}/${id}`)
  })
