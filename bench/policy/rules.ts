/*
 * The rules that are measured, twenty of a kind that policies have, each with a number that may differ: so there are 20, 200 or 2,000 distinct
 * ones. Each is said twice, for us and in Rego; the twenty with number 0 a third time by hand, in `hand-written.ts`.
 */

export interface Rule {
  readonly id: string
  readonly cel: string
  /** Lines of the body of a Rego rule that holds where the rule passes, and rules that it needs besides. */
  readonly rego: readonly string[]
  readonly helpers?: readonly string[]
}

export const kinds = 20

export const rulesOf = (count: number): readonly Rule[] =>
  Array.from({ length: count }, (_, index) => rule(index % kinds, Math.floor(index / kinds)))

function rule(kind: number, n: number): Rule {
  const id = `r${kind}_${n}`
  const figure = (base: number, step: number): string => (base + step * n).toFixed(4)
  const of = (cel: string, ...rego: readonly string[]): Rule => ({ id, cel, rego })
  /** For all of a list: in Rego, nothing in it is otherwise. */
  const every = (cel: string, list: string, ...bodies: readonly (readonly string[])[]): Rule => ({
    id,
    cel,
    rego: [`every x in input.${list} { ${id}_x(x) }`],
    helpers: bodies.map(body => `${id}_x(x) if {\n\t${body.join('\n\t')}\n}`),
  })
  const either = (cel: string, ...bodies: readonly (readonly string[])[]): Rule => ({
    id,
    cel,
    rego: [`${id}_any`],
    helpers: bodies.map(body => `${id}_any if {\n\t${body.join('\n\t')}\n}`),
  })
  switch (kind) {
    case 0:
      return of(`evaluation.auc >= ${figure(0.6, 0.0031)}`, `input.evaluation.auc >= ${figure(0.6, 0.0031)}`)
    case 1:
      return of(`evaluation.balancedAccuracy >= ${figure(0.55, 0.0029)}`, `input.evaluation.balancedAccuracy >= ${figure(0.55, 0.0029)}`)
    case 2: {
      const [low, high] = [figure(0.8, 0.0011), figure(1.25, 0.0017)]
      const path = 'evaluation.fairness.disparateImpact'
      return of(`${path} >= ${low} && ${path} <= ${high}`, `input.${path} >= ${low}`, `input.${path} <= ${high}`)
    }
    case 3:
      return of(`evaluation.calibrationError <= ${figure(0.02, 0.0007)}`, `input.evaluation.calibrationError <= ${figure(0.02, 0.0007)}`)
    case 4:
      return of(`evaluation.latencyP99Ms <= ${figure(80, 3)}`, `input.evaluation.latencyP99Ms <= ${figure(80, 3)}`)
    case 5:
      return of(
        `model.owner != 'person:p${n}' && model.intendedUse != ''`,
        `input.model.owner != "person:p${n}"`,
        'input.model.intendedUse != ""',
      )
    case 6:
      return either(
        `model.riskTier != 'prohibited' || intent.environment == 'sandbox-${n}'`,
        ['input.model.riskTier != "prohibited"'],
        [`input.intent.environment == "sandbox-${n}"`],
      )
    case 7:
      return of(
        `version.license in ['MIT', 'Apache-2.0', 'LicenseRef-${n}']`,
        `input.version.license in {"MIT", "Apache-2.0", "LicenseRef-${n}"}`,
      )
    case 8:
      return of(
        `version.artifactDigest.startsWith('sha256:') && version.sourceCommit != 'c${n}'`,
        'startswith(input.version.artifactDigest, "sha256:")',
        `input.version.sourceCommit != "c${n}"`,
      )
    case 9:
      return of(
        `version.documents.exists(d, d.kind == 'risk-assessment' && d.uri != 'https://example.org/${n}')`,
        'some d in input.version.documents',
        'd.kind == "risk-assessment"',
        `d.uri != "https://example.org/${n}"`,
      )
    case 10:
      return every(`datasets.all(d, d.license != 'proprietary-${n}')`, 'datasets', [`x.license != "proprietary-${n}"`])
    case 11:
      return every(
        `datasets.all(d, !d.personalData || (has(d.lawfulBasis) && d.lawfulBasis != 'basis-${n}'))`,
        'datasets',
        ['not x.personalData'],
        [`x.lawfulBasis != "basis-${n}"`],
      )
    case 12:
      return every(`datasets.all(d, d.rows >= ${400 + 17 * n})`, 'datasets', [`x.rows >= ${400 + 17 * n}`])
    case 13: {
      const [missing, twice] = [figure(0.04, 0.0003), figure(0.02, 0.0002)]
      return every(`datasets.all(d, d.missingRate <= ${missing} && d.duplicateRate <= ${twice})`, 'datasets', [
        `x.missingRate <= ${missing}`,
        `x.duplicateRate <= ${twice}`,
      ])
    }
    case 14:
      return of(
        `datasets.exists(d, d.role == 'holdout' && d.rows >= ${300 + 13 * n})`,
        'some d in input.datasets',
        'd.role == "holdout"',
        `d.rows >= ${300 + 13 * n}`,
      )
    case 15: {
      const columns = 10 + n
      return {
        id,
        cel: `model.riskTier == 'high' || !datasets.exists(d, 'children' in d.categories && d.columns > ${columns})`,
        rego: [`${id}_any`],
        helpers: [
          `${id}_any if input.model.riskTier == "high"`,
          `${id}_any if not ${id}_some`,
          `${id}_some if {\n\tsome d in input.datasets\n\t"children" in d.categories\n\td.columns > ${columns}\n}`,
        ],
      }
    }
    case 16:
      return every(
        `evaluation.fairness.groups.all(g, has(g.disparateImpact) && g.disparateImpact >= ${figure(0.75, 0.0013)})`,
        'evaluation.fairness.groups',
        [`x.disparateImpact >= ${figure(0.75, 0.0013)}`],
      )
    case 17:
      return of(`evaluations.count <= ${5 + n}`, `input.evaluations.count <= ${5 + n}`)
    case 18:
      return of(`now - evaluation.at <= duration('P${30 + n}D')`, `input.now - input.evaluation.at <= ${(30 + n) * 86_400_000}`)
    default: {
      const [f1, accuracy] = [figure(0.6, 0.0023), figure(0.65, 0.0019)]
      return either(
        `intent.environment != 'production' || (evaluation.f1 >= ${f1} && evaluation.accuracy >= ${accuracy})`,
        ['input.intent.environment != "production"'],
        [`input.evaluation.f1 >= ${f1}`, `input.evaluation.accuracy >= ${accuracy}`],
      )
    }
  }
}

/** A rule whose body never holds is not met: what is undefined is not a pass. */
export function regoOf(rules: readonly Rule[]): string {
  const texts = rules.map(({ id, rego, helpers = [] }) =>
    [`${id} if {\n\t${rego.join('\n\t')}\n}`, ...helpers, `failed contains "${id}" if not ${id}`].join('\n\n'),
  )
  return `# Made by bench/policy/generate.ts from bench/policy/rules.ts: ${rules.length} rules. Instants are milliseconds.\npackage bench\n\n${texts.join('\n\n')}\n`
}
