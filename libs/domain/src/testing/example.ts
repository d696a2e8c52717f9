import { parseStream, streamName, type Facts, type FactValue, type LifecycleEvent, type Recorded } from '@muster/contracts'
import {
  foldDataset,
  foldEndpoint,
  foldIntent,
  foldModel,
  foldVersion,
  noDataset,
  noEndpoint,
  noIntent,
  noModel,
  noVersion,
  type DatasetEvidence,
  type IntentEvidence,
} from '../deployments/evidence.ts'
import { factsOf, peopleOf, type Evidence, type PersonOf, type PersonUse } from '../deployments/facts.ts'
import { digest, recorded } from './recorded.ts'

/*
 * One deployment that all specifications tell of: credit 3 shall run in production at the endpoint credit. Tom trained it, Rita asks for it,
 * the group of credit answers for it. Nothing is missing; a specification changes the one thing that it is about.
 */

export const now = '2026-11-25T12:00:00.000Z'
export const artifact = digest('artifact')
export const target = { model: 'credit', version: '3', environment: 'production', endpoint: 'credit', artifact }

export const streams = {
  model: streamName('model', 'credit'),
  version: streamName('version', 'credit', '3'),
  dataset: streamName('dataset', 'applications'),
  endpoint: streamName('endpoint', 'production', 'credit'),
  intent: streamName('intent', 'd1'),
}

export const evaluated = {
  type: 'version.evaluated',
  dataset: { name: 'applications' },
  rows: 300,
  auc: 0.77,
  balancedAccuracy: 0.7,
  groups: [
    { attribute: 'age', group: 'under-25', disparateImpact: 0.9, equalOpportunityDifference: -0.05 },
    { attribute: 'sex', group: 'female', disparateImpact: 1.05, equalOpportunityDifference: 0.02 },
  ],
} as const satisfies LifecycleEvent

const story: readonly (readonly [stream: string, LifecycleEvent])[] = [
  [streams.model, { type: 'model.registered', modelType: 'classification', intendedUse: 'Credit decisions' }],
  [streams.model, { type: 'model.owner-assigned', owner: 'group:credit' }],
  [streams.model, { type: 'model.risk-tiered', riskTier: 'high' }],
  [
    streams.dataset,
    {
      type: 'dataset.registered',
      digest: digest('applications'),
      origin: 'The branch offices',
      license: 'internal',
      categories: ['personal', 'financial'],
      personalData: true,
      lawfulBasis: 'contract',
      dpia: { uri: 'https://example.org/dpia', approvedAt: '2026-09-01T00:00:00Z' },
    },
  ],
  [streams.dataset, { type: 'dataset.profiled', rows: 1000, columns: 21, missingRate: 0, duplicateRate: 0.01 }],
  [
    streams.version,
    {
      type: 'version.registered',
      artifact: { digest: artifact, uri: 's3://models/credit/3' },
      holdout: { name: 'applications' },
      license: 'internal',
    },
  ],
  [
    streams.version,
    {
      type: 'version.trained',
      trainedBy: ['tom@example.org'],
      endedAt: '2026-10-30T00:00:00Z',
      datasets: [{ name: 'applications', role: 'training' }],
      source: { commit: '0123456789abcdef' },
    },
  ],
  [streams.version, evaluated],
  [streams.version, { type: 'version.documented', kind: 'model-card', uri: 'https://example.org/card', digest: digest('card') }],
  [streams.endpoint, { type: 'endpoint.registered', owner: 'group:credit', audience: 'customers' }],
  [
    streams.intent,
    {
      type: 'intent.declared',
      model: 'credit',
      version: '3',
      environment: 'production',
      endpoint: 'credit',
      requestedBy: 'rita@example.org',
    },
  ],
]

/** All that the platform said, in the order in which it did. */
export const log: readonly Recorded<LifecycleEvent>[] = story.map(([stream, event], index) =>
  recorded(stream, event, { position: index + 1, at: `2026-11-01T00:00:${String(index).padStart(2, '0')}.000Z` }),
)

/** What a reader of the log knows of the deployment, one evidence a stream. */
export function evidenceOf(events: readonly Recorded<LifecycleEvent>[]): Evidence {
  let [intent, model, version, endpoint]: [IntentEvidence, Evidence['model'], Evidence['version'], Evidence['endpoint']] = [
    noIntent,
    noModel,
    noVersion,
    noEndpoint,
  ]
  const datasets = new Map<string, DatasetEvidence>()
  for (const { event, ...rest } of events) {
    switch (event.type) {
      case 'model.registered':
      case 'model.owner-assigned':
      case 'model.risk-tiered':
        model = foldModel(model, { event, ...rest })
        break
      case 'version.registered':
      case 'version.trained':
      case 'version.evaluated':
      case 'version.documented':
        version = foldVersion(version, { event, ...rest })
        break
      case 'dataset.registered':
      case 'dataset.profiled': {
        const name = decodeURIComponent(parseStream(rest.stream).subject)
        datasets.set(name, foldDataset(datasets.get(name) ?? noDataset, { event, ...rest }))
        break
      }
      case 'endpoint.registered':
      case 'rollout.observed':
      case 'rollout.ended':
        endpoint = foldEndpoint(endpoint, { event, ...rest })
        break
      case 'intent.declared':
      case 'intent.withdrawn':
        intent = foldIntent(intent, { event, ...rest })
        break
    }
  }
  if (intent.declared === undefined) throw new Error('the log has no intent')
  return { intent: intent.declared, model, version, endpoint, datasets }
}

const known: { readonly [name: string]: string } = {
  'tom@example.org': 'tom',
  'rita@example.org': 'rita',
  'ana@example.org': 'ana',
  'olga@example.org': 'olga',
}
export const personOf: PersonOf = name => known[name]

export const evidence = evidenceOf(log)
export const people: readonly PersonUse[] = peopleOf(evidence, personOf)
export const factsFrom = (of: Evidence): Facts => factsOf(of, peopleOf(of, personOf), 'intent', 'd1', now)
export const facts: Facts = factsFrom(evidence)

/** The facts with another value at a path such as `datasets.0.license`; `undefined` takes it away. Below what is not there, nothing changes. */
export function changed<Value extends FactValue>(of: Value, path: string, value: FactValue | undefined): Value {
  const [step = '', ...rest] = path.split('.')
  const inner = (of as { readonly [name: string]: FactValue })[step]
  if (inner === undefined && rest.length > 0) return of
  const next = inner === undefined || rest.length === 0 ? value : changed(inner, rest.join('.'), value)
  if (Array.isArray(of)) return of.map((item: FactValue, index) => (String(index) === step ? next : item)) as unknown as Value
  const { [step]: _, ...others } = of as { readonly [name: string]: FactValue }
  return (next === undefined ? others : { ...others, [step]: next }) as Value
}
