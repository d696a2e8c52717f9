/*
 * The facts contract: everything that a policy may ask about a deployment, with its type, and whether it must be there.
 *
 * A missing *required* fact makes a rule unknown, with the path that is missing. A missing *optional* fact is absent: `has()` is false.
 * Values in a snapshot are plain JSON: timestamps are RFC 3339 in UTC, durations ISO 8601 (days, hours, minutes, seconds), lists have a cap
 * so that the cost of a rule is bounded when it is written. The clock is the fact `now`; nothing else may read time.
 */

export type FactType =
  | { readonly kind: 'string' | 'bool' | 'int' | 'double' | 'timestamp' | 'duration' }
  | { readonly kind: 'enum'; readonly values: readonly string[] }
  | { readonly kind: 'list'; readonly of: FactType; readonly max: number }
  | { readonly kind: 'record'; readonly fields: FactFields }

export interface FactField {
  readonly type: FactType
  readonly presence: 'required' | 'optional'
  readonly description: string
}
export type FactFields = { readonly [name: string]: FactField }

export interface FactsSchema {
  readonly version: number
  readonly fields: FactFields
}

/** A value as it stands in a snapshot. Absent and unknown are both "not there"; the schema says which of them it is. */
export type FactValue = string | number | boolean | readonly FactValue[] | { readonly [name: string]: FactValue }
export type Facts = { readonly [name: string]: FactValue }

const required = (type: FactType, description: string): FactField => ({ type, presence: 'required', description })
const optional = (type: FactType, description: string): FactField => ({ type, presence: 'optional', description })

const string: FactType = { kind: 'string' }
const bool: FactType = { kind: 'bool' }
const int: FactType = { kind: 'int' }
const double: FactType = { kind: 'double' }
const timestamp: FactType = { kind: 'timestamp' }
const oneOf = (...values: string[]): FactType => ({ kind: 'enum', values })
const list = (of: FactType, max: number): FactType => ({ kind: 'list', of, max })
const record = (fields: FactFields): FactType => ({ kind: 'record', fields })

export const riskTiers = ['minimal', 'limited', 'high', 'prohibited'] as const
export const modelTypes = ['classification', 'regression', 'ranking', 'forecasting', 'generative', 'other'] as const
export const dataCategories = ['personal', 'special-category', 'financial', 'health', 'children', 'public', 'synthetic', 'other'] as const
export const documentKinds = [
  'model-card',
  'design-note',
  'dataset-summary',
  'test-report',
  'risk-assessment',
  'impact-assessment',
  'instructions-for-use',
  'monitoring-plan',
  'other',
] as const
export const decisionPoints = ['intent', 'rollout', 'signal'] as const
export const checkOutcomes = ['pass', 'fail', 'unknown', 'error'] as const

const interval = (of: string) => ({
  lower: optional(double, `Lower end of the confidence interval of ${of}.`),
  upper: optional(double, `Upper end of the confidence interval of ${of}.`),
})

const group = record({
  attribute: required(string, 'The protected attribute, such as age.'),
  group: required(string, 'The group that is compared with all others, such as under-25.'),
  rows: optional(int, 'How many rows of the evaluation belong to the group.'),
  disparateImpact: optional(double, 'Selection rate of the group divided by that of the others.'),
  disparateImpactInterval: optional(record(interval('the disparate impact')), 'How sure the disparate impact is.'),
  equalOpportunityDifference: optional(double, 'True positive rate of the group less that of the others.'),
})

const evaluation: FactFields = {
  at: required(timestamp, 'When it was evaluated: the earlier of what the sender says and when it was recorded.'),
  dataset: required(string, 'The data set that it was evaluated on.'),
  datasetDigest: optional(string, 'Digest of that data set.'),
  rows: optional(int, 'How many rows it was evaluated on.'),
  auc: required(double, 'Area under the ROC curve.'),
  aucInterval: optional(record(interval('the AUC')), 'How sure the AUC is.'),
  accuracy: required(double, 'Share of right answers.'),
  balancedAccuracy: required(double, 'Mean of the true positive and the true negative rate.'),
  f1: required(double, 'Harmonic mean of precision and recall.'),
  calibrationError: required(double, 'Expected calibration error.'),
  rmse: required(double, 'Root mean squared error.'),
  latencyP99Ms: required(double, 'Milliseconds within which 99% of predictions answer.'),
  threshold: optional(double, 'The decision threshold that the figures belong to.'),
  fairness: required(
    record({
      disparateImpact: required(double, 'The disparate impact farthest from 1 over all groups.'),
      equalOpportunityDifference: required(double, 'The equal-opportunity difference farthest from 0 over all groups.'),
      groups: required(list(group, 50), 'Each protected group.'),
    }),
    'How groups of people fare.',
  ),
}

const dataset = record({
  name: required(string, 'Name of the data set.'),
  role: required(oneOf('training', 'validation', 'holdout'), 'What the version used it for.'),
  digest: required(string, 'Digest of the content that the version names, else that was registered.'),
  registered: required(bool, 'Whether the data set is registered here.'),
  origin: required(string, 'Where the data came from.'),
  license: required(string, 'Under which licence it may be used.'),
  categories: required(list(oneOf(...dataCategories), 20), 'What kinds of data it holds.'),
  personalData: required(bool, 'Whether it holds personal data.'),
  lawfulBasis: optional(string, 'Lawful basis of processing (GDPR Art. 6).'),
  dpia: optional(
    record({
      uri: required(string, 'Where the assessment is.'),
      approvedAt: required(timestamp, 'When it was approved.'),
    }),
    'Data protection impact assessment (GDPR Art. 35).',
  ),
  retainUntil: optional(timestamp, 'When the data must be gone.'),
  rows: required(int, 'Rows at the newest profile.'),
  columns: required(int, 'Columns at the newest profile.'),
  missingRate: required(double, 'Share of cells without a value at the newest profile.'),
  duplicateRate: required(double, 'Share of rows that repeat another at the newest profile.'),
  profiledAt: required(timestamp, 'When it was last profiled.'),
})

export const factsSchema: FactsSchema = {
  version: 1,
  fields: {
    now: required(timestamp, 'The instant of the decision: the only clock.'),
    point: required(oneOf(...decisionPoints), 'The decision point: before a roll-out, while it runs, or upon a signal.'),
    intent: required(
      record({
        id: required(string, 'Id of the deploy intent.'),
        environment: required(string, 'Where the version shall run, such as production.'),
        endpoint: required(string, 'The endpoint that shall serve it.'),
        requestedBy: required(string, 'The person who asked.'),
        declaredAt: required(timestamp, 'When it was declared.'),
        purpose: optional(string, 'What it is for.'),
      }),
      'What is asked.',
    ),
    model: required(
      record({
        name: required(string, 'Name of the model.'),
        registeredAt: required(timestamp, 'When it was registered.'),
        type: required(oneOf(...modelTypes), 'What it does.'),
        intendedUse: required(string, 'What it is meant for.'),
        owner: required(string, 'Who answers for it.'),
        riskTier: required(oneOf(...riskTiers), 'Its risk tier.'),
      }),
      'The governed model.',
    ),
    version: required(
      record({
        name: required(string, 'The version.'),
        registeredAt: required(timestamp, 'When it was registered.'),
        artifactDigest: required(string, 'Digest of the artifact.'),
        artifactUri: optional(string, 'Where the artifact is.'),
        framework: optional(string, 'What it was made with.'),
        license: required(string, 'Its licence.'),
        baseModel: optional(string, 'The model that it was made from.'),
        sourceCommit: required(string, 'Commit of the training code.'),
        trainedAt: required(timestamp, 'When its newest training ended.'),
        trainedBy: required(list(string, 100), 'The persons who trained it.'),
        documents: required(
          list(
            record({
              kind: required(oneOf(...documentKinds), 'What kind of document.'),
              uri: required(string, 'Where it is.'),
              digest: required(string, 'Digest of its content.'),
              at: required(timestamp, 'When it was added.'),
            }),
            50,
          ),
          'Its documents, newest of each kind.',
        ),
      }),
      'The version that shall run.',
    ),
    datasets: required(list(dataset, 50), 'The data sets that the version was trained, validated and evaluated with.'),
    evaluation: required(record(evaluation), 'The newest evaluation on the holdout that was named at registration.'),
    evaluations: required(
      record({
        count: required(int, 'How often the version was evaluated at all: somebody may have tried until one passed.'),
        latest: required(list(record(evaluation), 20), 'The last twenty, newest first, on whatever data set.'),
      }),
      'All evaluations.',
    ),
    endpoint: required(
      record({
        registeredAt: required(timestamp, 'When the endpoint was registered.'),
        owner: required(string, 'Who answers for the endpoint.'),
        audience: optional(oneOf('internal', 'customers', 'public'), 'Who is served.'),
      }),
      'Where it shall run.',
    ),
    checks: optional(
      list(
        record({
          policy: required(string, 'The policy.'),
          rule: required(string, 'The rule.'),
          outcome: required(oneOf(...checkOutcomes), 'What came out.'),
          severity: required(oneOf('low', 'medium', 'high', 'critical'), 'Severity of the policy.'),
        }),
        2000,
      ),
      'Outcomes of the policies. Only approval rules see them: they are evaluated after the policies.',
    ),
  },
}
