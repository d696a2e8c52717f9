import { factsSchema } from '@muster/contracts'
import { describe, expect, it } from 'vitest'
import { compileExpression } from './compile.ts'
import type { Diagnostic } from './diagnostic.ts'

function diagnose(source: string): readonly Diagnostic[] {
  const result = compileExpression(source, factsSchema)
  return result.ok ? result.warnings : result.diagnostics
}
const told = (source: string): readonly string[] =>
  diagnose(source).map(({ severity, line, column, message, suggestion }) => {
    const hint = suggestion === undefined ? '' : ` → ${suggestion}`
    return `${severity === 'warning' ? 'warning ' : ''}${line}:${column} ${message}${hint}`
  })

describe('A diagnostic', () => {
  it.each([
    ['evaluation.fairnes.disparateImpact > 1', ['1:1 unknown fact "evaluation.fairnes" → evaluation.fairness']],
    ['balancedAccuracy >= 0.6', ['1:1 unknown fact "balancedAccuracy" → evaluation.balancedAccuracy']],
    ['modell.owner != ""', ['1:1 unknown fact "modell" → model']],
    ['datasets.exists(d, d.licence == "")', ['1:20 unknown fact "d.licence" → d.license']],
    ['constructor == 1', ['1:1 unknown fact "constructor"']],
    ['evaluation.toString == 1', ['1:1 unknown fact "evaluation.toString"']],
    ["model.riskTier == 'hihg'", ['1:19 "hihg" is none of minimal, limited, high, prohibited → \'high\'']],
    ["model.riskTier in ['high', 'limitd']", ['1:28 "limitd" is none of minimal, limited, high, prohibited → \'limited\'']],
    ["datasets.exists(d, 'personel' in d.categories)", [expect.stringContaining("→ 'personal'")]],
    ["model.riskTier >= 'limited'", ['1:1 one of minimal, limited, high, prohibited has no order: write … in [ … ]']],
  ])('knows the facts: %s', (source, expected) => expect(told(source)).toEqual(expected))

  it.each([
    ['evaluation.auc = 0.7', ['1:16 "=" is no operator → ==']],
    ['evaluation.auc > 0.7 and evaluation.f1 > 0.5', ['1:22 "and" is no operator → &&']],
    ['evaluation.auc > 0.7 OR evaluation.f1 > 0.5', ['1:22 "OR" is no operator → ||']],
    ['not (evaluation.auc < 0.7)', ['1:1 "not" is no operator → !']],
    ['evaluation.auc <> 0.7', ['1:16 "<>" is no operator → !=']],
    ['evaluation.auc === 0.7', ['1:16 "===" is no operator → ==']],
    ['evaluation.auc > 0.7 & evaluation.f1 > 0.5', ['1:22 "&" is no operator → &&']],
    ['evaluation.auc >= True ? true : false', ['1:1 cannot compare a double with a bool', '1:19 "True" is no constant → true']],
    ['model.owner == null', ['1:16 there is no null: whether a fact is there says has(…)']],
    ["model.owner not in ['a']", ['1:13 "not in" is no operator: write !(… in …)']],
    ['0.6 < evaluation.auc < 0.9', ['1:1 comparisons do not chain: write a < b && b < c']],
    ['model.owner == “ana”', ["1:16 these are typographic quotes → 'ana'"]],
    ['now() > evaluation.at', ['1:1 there is no now(): the instant of the decision is the fact now']],
    ["evaluation.at > '2026-01-01T00:00:00Z'", ["1:1 cannot compare a timestamp with a string: write timestamp('2026-01-01T00:00:00Z')"]],
    ['evaluation.auc + 1 > 1.0', ['1:1 cannot calculate with an int and a double: write 1.0']],
    [
      'evaluation.auc + evaluation.rows > 1',
      expect.arrayContaining(['1:1 cannot calculate with an int and a double: write double(evaluation.rows)']),
    ],
    ['datasets.license != ""', ['1:10 a list has no field "license": write .exists(x, x.license …) or .all(x, …)']],
    ['datasets.any(d, d.personalData)', expect.arrayContaining(['1:10 there is no any(): write exists(x, …)'])],
    ['evaluation.auc > 0.7 // enough', [expect.stringMatching(/^1:22 there are no comments in expressions/)]],
  ])('knows what people write elsewhere: %s', (source, expected) => {
    expect(told(source)).toEqual(expected)
  })

  it('comes with all others at once, in their order, with line and column', () => {
    expect(told("evaluation.fairnes > 1\n  and model.riskTier = 'hihg'\n  && evaluation.auc > 'x'")).toEqual([
      '1:1 unknown fact "evaluation.fairnes" → evaluation.fairness',
      '2:3 "and" is no operator → &&',
      '2:22 "=" is no operator → ==',
      '2:24 "hihg" is none of minimal, limited, high, prohibited → \'high\'',
      '3:6 cannot compare a double with a string',
    ])
  })

  it.each([
    [
      "a b && modell.name == 'x'",
      ['1:1 unknown fact "a"', '1:3 expected an operator or the end, found "b"', '1:8 unknown fact "modell" → model'],
    ],
    ['(a b && c) && d', ['1:2 unknown fact "a"', '1:4 expected ")", found "b"', '1:9 unknown fact "c"', '1:15 unknown fact "d"']],
    [
      'datasets.all(d, d.foo ++ ) && modell',
      ['1:17 unknown fact "d.foo"', '1:24 expected a value, found "+"', '1:31 unknown fact "modell" → model'],
    ],
    ['datasets.all(d, d.rows x && d.zoo)', ['1:24 expected ")", found "x"', '1:29 unknown fact "d.zoo"']],
    ['evaluation. && modell', ['1:13 expected a field after ".", found "&&"', '1:16 unknown fact "modell" → model']],
    ['[1, 2 3, foo', ['1:1 "[" is never closed by "]"', '1:7 expected "]", found "3"', '1:10 unknown fact "foo"']],
    ['true ? modell b : c', ['1:8 unknown fact "modell" → model', '1:15 expected ":", found "b"', '1:19 unknown fact "c"']],
    [
      'Message{a: 1, b: {}} == foo',
      ['1:8 there are no maps in this language', '1:18 there are no maps in this language', '1:25 unknown fact "foo"'],
    ],
    ['foo) && b', ['1:1 unknown fact "foo"', '1:4 expected an operator or the end, found ")"', '1:9 unknown fact "b"']],
  ])('does not end at what cannot be read: %s', (source, expected) => expect(told(source)).toEqual(expected))

  it('warns of an optional fact that nothing guards, and only then', () => {
    expect(told('evaluation.threshold > 0.5')).toEqual([
      'warning 1:1 evaluation.threshold is optional: where it is absent the rule is unknown, unless has(evaluation.threshold) guards it',
    ])
    for (const guarded of [
      'has(evaluation.threshold) && evaluation.threshold > 0.5',
      'evaluation.threshold > 0.5 && has(evaluation.threshold)',
      '!has(evaluation.threshold) || evaluation.threshold > 0.5',
      'has(evaluation.threshold) ? evaluation.threshold > 0.5 : true',
      '!(has(evaluation.threshold) && evaluation.threshold > 0.5)',
      "datasets.all(d, !has(d.dpia.uri) || (d.dpia.uri != '' && d.dpia.approvedAt < now))",
    ]) {
      expect(told(guarded), guarded).toEqual([])
    }
    expect(told('has(evaluation.threshold) || evaluation.threshold > 0.5')).toHaveLength(1)
  })

  it('needs no warning where the condition of the policy is the guard', () => {
    const given = { given: "has(endpoint.audience) && intent.environment == 'production'" }
    expect(compileExpression("endpoint.audience != 'public'", factsSchema, given)).toMatchObject({ ok: true, warnings: [] })
  })
})

describe('The profile refuses', () => {
  it.each([
    ['a time-zone or a part of a time', "evaluation.at.getFullYear('Europe/Paris') > 2025", 'there is no getFullYear()'],
    ['a clock that runs away as text', "string(now) == '2026'", 'string() does not work on a timestamp'],
    ['a clock that runs away as a number', 'int(now) > 0', 'int() does not work on a timestamp'],
    ['a duration as a number', 'double(now - evaluation.at) > 0.0', 'double() does not work on a duration'],
    ['a factor of the clock', "(now - evaluation.at) * 2 > duration('1d')", 'cannot calculate a duration * an int'],
    ['a time that is computed from text', 'timestamp(model.owner) > now', 'timestamp() takes one literal'],
    ['a month, which has no fixed length', "now - evaluation.at > duration('P3M')", '"P3M" has no fixed length'],
    ['a pattern that is computed', 'model.owner.matches(model.name)', 'a pattern must be a literal'],
    ['look-around', "model.owner.matches('(?=a)a')", 'the pattern is not valid in RE2'],
    ['a back-reference', "model.owner.matches(r'(a)\\1')", 'the pattern is not valid in RE2'],
    ['a pattern that repeats too much', "model.owner.matches('([a-z]{900}){1}[a-z]{900}[a-z]{900}')", 'the pattern repeats too much'],
    ['letters of Unicode in either case', String.raw`model.owner.matches(r'(?i)\pL')`, '(?i) goes with plain letters only'],
    ['many large patterns', `${"model.owner.matches('a{300}') && ".repeat(4)}true`, 'too large together'],
    ['a long pattern', `model.owner.matches('${'a'.repeat(201)}')`, 'the pattern has more than 200 characters'],
    ['maps', "{'a': 1}.a == 1", 'there are no maps'],
    ['bytes', "b'a' == b'a'", 'there are no bytes'],
    ['unsigned and hexadecimal numbers', '1u == 0x1', 'is no number'],
    ['integers that JSON cannot carry', 'evaluation.rows < 9007199254740993', 'the integer is beyond 9007199254740991'],
    ['unknown functions', 'sqrt(evaluation.auc) > 0.5', 'unknown function "sqrt"'],
    ['dynamic types', 'dyn(evaluation.auc) > 0.5', 'there is no dyn()'],
    ['lists of several types', "evaluation.rows in [1, 'a']", 'a list holds one type'],
    ['records as values', 'model == version', 'cannot compare a record with a record'],
    ['a variable that hides a fact', 'datasets.all(model, model.registered)', '"model" already means something'],
    ['a variable that hides another', 'datasets.all(d, datasets.all(d, d.registered))', '"d" already means something'],
    ['what is not true or false', 'evaluation.auc', 'a rule must be true or false; this is a double'],
    ['nothing', '', 'expected a value, found the end'],
    ['half of something', '(evaluation.auc > 0.5', '"(" is never closed by ")"'],
    ['a string without an end', "model.owner == 'ana", 'the string does not end'],
    ['two expressions', 'true false', 'expected an operator or the end, found "false"'],
    ['a work without bound', 'datasets.all(a, datasets.all(b, datasets.all(c, datasets.all(e, true))))', 'macros nest more than 3 deep'],
    ['an expensive rule', 'checks.all(a, checks.all(b, a.policy != b.policy))', 'too expensive: up to'],
    ['a long expression', `${'true && '.repeat(600)}true`, 'characters; at most 4000 are allowed'],
    ['deep nesting', `${'('.repeat(40)}true${')'.repeat(40)}`, 'the expression nests more than 36 deep'],
    ['deep negation', `${'!'.repeat(3_000)}true`, 'the expression nests more than 36 deep'],
    ['deep choice', `${'true ? true : '.repeat(200)}true`, 'the expression nests more than 36 deep'],
    ['long chains', `1${'+1'.repeat(1_000)} > 0`, 'the expression nests more than 36 deep'],
    ['too many parts', `size([${'1,'.repeat(1_500)}1]) > 0`, 'the expression has more than 1000 parts'],
  ])('%s', (_, source, message) => {
    expect(
      diagnose(source)
        .filter(({ severity }) => severity === 'error')
        .map(diagnostic => diagnostic.message),
    ).toContainEqual(expect.stringContaining(message))
  })

  it('whatever it is given without throwing, and quickly', () => {
    const pieces = [
      '(',
      '[',
      '!',
      '-',
      'has(',
      'a.',
      '"',
      "'",
      '&&',
      '? ',
      ':',
      'datasets.all(d,',
      '1e',
      '\\',
      '\u0000',
      '😀',
      ' in ',
      'not ',
      '{',
    ]
    for (const piece of pieces) {
      for (const other of pieces) {
        for (const source of [piece.repeat(100) + other, (piece + other).repeat(100), other + piece.repeat(300)])
          diagnose(source.slice(0, 4_000))
      }
    }
  })
})

describe('A compiled expression', () => {
  const compiled = (source: string) => {
    const result = compileExpression(source, factsSchema)
    if (!result.ok) throw new Error(result.diagnostics.map(({ message }) => message).join('; '))
    return result.expression
  }

  it('knows every path that it mentions, through variables and choices', () => {
    expect(compiled("datasets.all(d, !d.personalData || has(d.dpia.uri)) || model.riskTier == 'high'").reads).toEqual([
      'datasets',
      'datasets[].dpia.uri',
      'datasets[].personalData',
      'model.riskTier',
    ])
    expect(compiled('datasets.filter(d, d.rows > 1).map(d, d.dpia)[0].approvedAt < now').reads).toEqual([
      'datasets',
      'datasets[].dpia.approvedAt',
      'datasets[].rows',
      'now',
    ])
    expect(compiled('(size(datasets) > 1 ? datasets[0] : datasets[1]).rows > 1').reads).toEqual(['datasets', 'datasets[].rows'])
    expect(compiled("evaluations.latest.exists(e, e.fairness.groups.exists(g, g.attribute == 'age'))").reads).toEqual([
      'evaluations.latest',
      'evaluations.latest[].fairness.groups',
      'evaluations.latest[].fairness.groups[].attribute',
    ])
  })

  it('knows whether it asks for the time', () => {
    expect(compiled('now > evaluation.at').usesNow).toBe(true)
    expect(compiled('evaluation.auc > 0.5').usesNow).toBe(false)
  })

  it('is refused where it could cost too much, with what it costs, what it may, and the part that does', () => {
    expect(told('has(checks) && checks.all(a, checks.exists(b, a.policy == b.policy))')).toEqual([
      '1:16 too expensive: up to 24006005 steps, most of them for each of checks (up to 2000) × checks (up to 2000); at most 100000 are allowed',
    ])
    expect(told('evaluations.latest.all(e, e.fairness.groups.all(g, datasets.exists(d, d.name == g.group || size(d.name) > 3)))')).toEqual([
      expect.stringMatching(
        /^1:1 too expensive: .* evaluations\.latest \(up to 20\) × e\.fairness\.groups \(up to 50\) × datasets \(up to 50\);/,
      ),
    ])
    expect(told('evaluations.latest.all(e, e.fairness.groups.all(g, size(g.group) < 9))')).toEqual([])
  })

  it('knows what it costs at worst, by the caps of its lists', () => {
    expect(compiled('evaluation.auc > 0.5').cost).toBeLessThan(10)
    expect(compiled('checks.exists(c, c.outcome == "unknown")').cost).toBeGreaterThan(2_000)
  })
})
