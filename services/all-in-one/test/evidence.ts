import { createHash } from 'node:crypto'

/* What a platform would say of a model: enough for the starter policies, but for what a test changes. */

export interface CloudEvent {
  readonly specversion: '1.0'
  readonly id: string
  readonly source: string
  readonly type: string
  readonly subject: string
  readonly time: string
  readonly datacontenttype: 'application/json'
  readonly data: unknown
}

export const digestOf = (text: string): string => `sha256:${createHash('sha256').update(text).digest('hex')}`

export const happened = (id: string, type: string, subject: string, data: unknown): CloudEvent => ({
  specversion: '1.0',
  id,
  source: '/pipelines/test',
  type: `dev.muster.${type}.v1`,
  subject,
  time: new Date().toISOString(),
  datacontenttype: 'application/json',
  data,
})

/** The model, its data sets and its endpoint. */
export const modelEvidence = (model: string): CloudEvent[] => [
  happened(`${model}-registered`, 'model.registered', model, { modelType: 'classification', intendedUse: 'Advise the credit desk.' }),
  happened(`${model}-owner`, 'model.owner-assigned', model, { owner: 'group:credit' }),
  happened(`${model}-tier`, 'model.risk-tiered', model, { riskTier: 'high' }),
  ...['train', 'holdout'].flatMap(role => [
    happened(`${model}-${role}`, 'dataset.registered', `${model}-${role}`, {
      digest: digestOf(`${model}-${role}`),
      origin: 'A public data set.',
      license: 'CC-BY-4.0',
      categories: ['personal', 'financial'],
      personalData: true,
      lawfulBasis: 'legitimate-interests',
      dpia: { uri: 'https://example.org/dpia', approvedAt: '2026-01-10T00:00:00Z' },
    }),
    happened(`${model}-${role}-profiled`, 'dataset.profiled', `${model}-${role}`, {
      rows: 700,
      columns: 10,
      missingRate: 0,
      duplicateRate: 0,
    }),
  ]),
  happened(`${model}-desk`, 'endpoint.registered', `production/${model}-desk`, { owner: 'group:credit', audience: 'internal' }),
]

export interface VersionFigures {
  readonly balancedAccuracy: number
  readonly disparateImpact: number
}

export const versionEvidence = (model: string, version: string, { balancedAccuracy, disparateImpact }: VersionFigures): CloudEvent[] => {
  const subject = `${model}@${version}`
  const holdout = { name: `${model}-holdout`, digest: digestOf(`${model}-holdout`) }
  return [
    happened(`${subject}-registered`, 'version.registered', subject, {
      artifact: { digest: digestOf(subject), uri: `s3://models/${model}/${version}` },
      holdout,
      framework: 'scikit-learn 1.9.1',
      license: 'proprietary',
    }),
    happened(`${subject}-trained`, 'version.trained', subject, {
      trainedBy: ['tom@example.org'],
      endedAt: new Date().toISOString(),
      datasets: [{ name: `${model}-train`, digest: digestOf(`${model}-train`), role: 'training' }],
      source: { commit: '4f2a9c1e7b' },
    }),
    happened(`${subject}-evaluated`, 'version.evaluated', subject, {
      dataset: holdout,
      rows: 300,
      auc: 0.76,
      accuracy: 0.74,
      balancedAccuracy,
      calibrationError: 0.04,
      groups: [{ attribute: 'age', group: 'under-25', rows: 47, disparateImpact, equalOpportunityDifference: -0.05 }],
    }),
    ...['model-card', 'test-report', 'risk-assessment'].map(kind =>
      happened(`${subject}-${kind}`, 'version.documented', subject, {
        kind,
        uri: `https://example.org/${model}/${version}/${kind}`,
        digest: digestOf(`${subject}-${kind}`),
      }),
    ),
  ]
}

export const good: VersionFigures = { balancedAccuracy: 0.71, disparateImpact: 0.93 }
export const unfair: VersionFigures = { balancedAccuracy: 0.71, disparateImpact: 0.51 }
export const weak: VersionFigures = { balancedAccuracy: 0.62, disparateImpact: 0.93 }

export const intent = (id: string, model: string, version: string, requestedBy = 'rita@example.org'): CloudEvent =>
  happened(`${id}-declared`, 'intent.declared', id, { model, version, environment: 'production', endpoint: `${model}-desk`, requestedBy })

export const rollout = (id: string, kind: 'observed' | 'ended', model: string, version: string): CloudEvent =>
  happened(id, `rollout.${kind}`, `production/${model}-desk`, { model, version, artifact: { digest: digestOf(`${model}@${version}`) } })
