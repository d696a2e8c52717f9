import { factsSchema, type Facts, type Policy } from '@muster/contracts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileExpression, type CompiledExpression } from './compile.ts'
import { compileDocument } from './document.ts'
import { evaluateExpression } from './evaluate.ts'
import { explanationTree, treeOf, treeText } from './explanation-tree.ts'
import { expressions, factsWith, requiredPaths, testSchema, without } from './testing/expressions.ts'

const compiled = (source: string, schema = factsSchema): CompiledExpression => {
  const result = compileExpression(source, schema)
  if (!result.ok) throw new Error(result.diagnostics.map(({ message }) => message).join('; '))
  return result.expression
}

const facts: Facts = {
  now: '2026-11-25T12:00:00Z',
  intent: { environment: 'production' },
  model: { riskTier: 'high', owner: '' },
  version: { artifactDigest: 'latest' },
  evaluation: { balancedAccuracy: 0.61, auc: 0.7, at: '2026-07-01T00:00:00Z' },
  datasets: [
    { name: 'loans', role: 'training', personalData: false, categories: ['financial'], license: 'MIT' },
    { name: 'people', role: 'training', personalData: true, categories: ['personal'], license: 'MIT' },
    { name: 'more', role: 'holdout', personalData: true, categories: ['personal'], dpia: { uri: 'https://x' } },
  ],
}
const drawn = (source: string, given: Facts = facts): string => treeText(treeOf(compiled(source), given))

describe('The tree of a rule', () => {
  it.each([
    ['evaluation.balancedAccuracy >= 0.65', '✖ evaluation.balancedAccuracy is 0.61, at least 0.65 is needed'],
    ['evaluation.auc >= 0.65', '✔ evaluation.auc is 0.7'],
    ['0.65 <= evaluation.balancedAccuracy', '✖ evaluation.balancedAccuracy is 0.61, at least 0.65 is needed'],
    ['!(evaluation.auc > 0.65)', '✖ evaluation.auc is 0.7, at most 0.65 is needed'],
    ['evaluation.auc < evaluation.balancedAccuracy', '✖ evaluation.auc is 0.7, less than evaluation.balancedAccuracy (0.61) is needed'],
    ["intent.environment != 'production'", '✖ intent.environment is "production", anything but "production" is needed'],
    ["model.riskTier in ['minimal', 'limited']", "✖ model.riskTier is \"high\", one of ['minimal', 'limited'] is needed"],
    ["'health' in datasets[0].categories", "✖ datasets[0].categories does not hold 'health'"],
    ['has(datasets[1].dpia)', '✖ datasets[1].dpia is missing'],
    ['has(datasets[2].dpia)', '✔ datasets[2].dpia is there'],
    ['datasets[0].personalData', '✖ datasets[0].personalData is false, true is needed'],
    ['evaluation.f1 > 0.5', '? evaluation.f1 is missing'],
    ['1 / (size(datasets) - 3) > 0', '! division by zero'],
    ["version.artifactDigest.matches('^sha256:')", '✖ version.artifactDigest is "latest", a text that matches "^sha256:" is needed'],
    ["!version.artifactDigest.startsWith('la')", '✖ version.artifactDigest is "latest", a text that does not start with "la" is needed'],
    ["evaluation.at > timestamp('2026-10-01T00:00:00Z')", '✖ evaluation.at is 2026-07-01T00:00:00Z, after 2026-10-01T00:00:00Z is needed'],
    ["now - evaluation.at <= duration('P90D')", '✖ now - evaluation.at is P147DT12H, at most P90D is needed'],
    ['size(datasets) >= 4', '✖ size(datasets) is 3, at least 4 is needed'],
  ])('says in words: %s', (source, expected) => expect(drawn(source)).toBe(expected))

  it('goes from the rule to what was read, by the elements that decided', () => {
    expect(drawn('evaluation.auc >= 0.65 && datasets.all(d, !d.personalData || has(d.dpia)) && evaluation.balancedAccuracy >= 0.65')).toBe(
      `✖ all of these
  ✔ evaluation.auc is 0.7
  ✖ each of datasets (3)
    ✖ at least one of these
      ✖ datasets[1].personalData is true, false is needed
      ✖ datasets[1].dpia is missing
  ✖ evaluation.balancedAccuracy is 0.61, at least 0.65 is needed`,
    )
  })

  it('says a negation of what is negated, so that a mark means one thing', () => {
    expect(drawn("!(datasets.exists(d, d.role == 'holdout' && d.personalData) && evaluation.auc > 0.5)")).toBe(
      `✖ at least one of these
  ✖ each of datasets (3)
    ✖ at least one of these
      ✖ datasets[2].role is "holdout", anything but "holdout" is needed
      ✖ datasets[2].personalData is true, false is needed
  ✖ evaluation.auc is 0.7, at most 0.5 is needed`,
    )
  })

  it('names the one that is so, each that is not, and each of which it is not known', () => {
    expect(drawn("datasets.exists(d, d.role == 'holdout')")).toBe('✔ at least one of datasets (3)\n  ✔ datasets[2].role is "holdout"')
    expect(drawn("datasets.exists(d, d.role == 'validation')")).toBe(
      `✖ at least one of datasets (3)
  ✖ datasets[0].role is "training", exactly "validation" is needed
  ✖ datasets[1].role is "training", exactly "validation" is needed
  ✖ datasets[2].role is "holdout", exactly "validation" is needed`,
    )
    expect(drawn("datasets.all(d, d.license == 'MIT')")).toBe('? each of datasets (3)\n  ? datasets[2].license is missing')
    expect(drawn('datasets.all(d, d.name != "")')).toBe('✔ each of datasets, all 3')
    expect(drawn('datasets.all(d, d.name != "")', { ...facts, datasets: [] })).toBe('✔ datasets is empty')
    expect(drawn("datasets.exists_one(d, d.role == 'training')")).toBe(
      '✖ exactly one of datasets (3)\n  ✔ datasets[0].role is "training"\n  ✔ datasets[1].role is "training"',
    )
    const many = Array.from({ length: 9 }, (_, index) => ({ name: `d${index}`, personalData: true }))
    expect(
      drawn('datasets.all(d, !d.personalData)', { ...facts, datasets: many })
        .split('\n')
        .at(-1),
    ).toBe('  ✖ and 6 more')
  })

  it('follows a choice', () => {
    expect(drawn("model.riskTier == 'high' ? evaluation.balancedAccuracy > 0.7 : true")).toBe(
      `✖ model.riskTier == 'high' is true, so\n  ✖ evaluation.balancedAccuracy is 0.61, more than 0.7 is needed`,
    )
  })

  it('is that of the condition of the policy where it is not certain that it applies', () => {
    const document = {
      apiVersion: 'muster.dev/v1',
      kind: 'Policy',
      id: 'p',
      title: 'T',
      owner: 'o',
      severity: 'low',
      at: ['intent'],
      appliesTo: "model.riskTier == 'high'",
      rules: [{ id: 'auc', assert: 'evaluation.auc > 0.9', message: 'No.' }],
      onUnknown: 'block',
    } satisfies Policy
    const policy = compileDocument(document, factsSchema)
    const text = (given: Facts): string | undefined => {
      const found = policy.ok ? explanationTree(policy.compiled, 'auc', given) : undefined
      return found && treeText(found)
    }
    expect(text(facts)).toBe('✖ evaluation.auc is 0.7, more than 0.9 is needed')
    expect(text({ ...facts, model: {} })).toBe('? model.riskTier is missing')
    expect(policy.ok && explanationTree(policy.compiled, 'other', facts)).toBe(undefined)
  })

  it('bears at its top what the rule came out as, whatever the rule and the facts', () => {
    const marks = new Map<unknown, string>([
      [true, 'met'],
      [false, 'unmet'],
      ['unknown', 'unknown'],
      ['error', 'error'],
    ])
    const some = factsWith('some-optional').chain(full =>
      fc.subarray([...requiredPaths(full)], { maxLength: 3 }).map(paths => without(full, paths)),
    )
    fc.assert(
      fc.property(expressions(), some, (source, given) => {
        const expression = compiled(source, testSchema)
        const found = treeOf(expression, given)
        expect(found.mark).toBe(marks.get(evaluateExpression(expression, given).value))
        expect(
          treeText(found)
            .split('\n')
            .every(line => /^ *[✔✖?!] ./.test(line)),
        ).toBe(true)
      }),
      { numRuns: 300 },
    )
  })
})
