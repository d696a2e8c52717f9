import {
  parseStream,
  type AnyEvent,
  type Category,
  type DatasetEvent,
  type EndpointEvent,
  type IntentEvent,
  type ModelEvent,
  type Recorded,
  type VersionEvent,
} from '@muster/contracts'
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
  type EndpointEvidence,
  type IntentEvidence,
  type ModelEvidence,
  type VersionEvidence,
} from './evidence.ts'

/* Which fold belongs to which stream, for those who read many. The casts say what a stream's name says: it holds events of its category. */

const categories = ['model', 'version', 'dataset', 'endpoint', 'intent'] as const satisfies readonly Category[]
type EvidenceCategory = (typeof categories)[number]
export type StreamEvidence = ModelEvidence | VersionEvidence | DatasetEvidence | EndpointEvidence | IntentEvidence

export const isEvidenceStream = (stream: string): boolean => categories.some(category => stream.startsWith(`${category}-`))

const empty: Readonly<Record<EvidenceCategory, StreamEvidence>> = {
  model: noModel,
  version: noVersion,
  dataset: noDataset,
  endpoint: noEndpoint,
  intent: noIntent,
}

/** @throws RangeError for a stream that is no evidence. */
export const noEvidence = (stream: string): StreamEvidence => empty[categoryOf(stream)]

/** @throws RangeError for a stream that is no evidence. */
export function foldEvidence(evidence: StreamEvidence, recorded: Recorded<AnyEvent>): StreamEvidence {
  switch (categoryOf(recorded.stream)) {
    case 'model':
      return foldModel(evidence as ModelEvidence, recorded as Recorded<ModelEvent>)
    case 'version':
      return foldVersion(evidence as VersionEvidence, recorded as Recorded<VersionEvent>)
    case 'dataset':
      return foldDataset(evidence as DatasetEvidence, recorded as Recorded<DatasetEvent>)
    case 'endpoint':
      return foldEndpoint(evidence as EndpointEvidence, recorded as Recorded<EndpointEvent>)
    case 'intent':
      return foldIntent(evidence as IntentEvidence, recorded as Recorded<IntentEvent>)
  }
}

function categoryOf(stream: string): EvidenceCategory {
  const { category } = parseStream(stream)
  const found = categories.find(one => one === category)
  if (found === undefined) throw new RangeError(`${stream} is no evidence`)
  return found
}
