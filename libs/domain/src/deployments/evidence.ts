import type {
  ClaimedName,
  DatasetEvent,
  EndpointEvent,
  EventOf,
  IntentEvent,
  ModelEvent,
  Recorded,
  VersionEvent,
  IntentDeclared,
  modelRiskTiered,
  versionEvaluated,
  versionTrained,
} from '@muster/contracts'

/*
 * Evidence: what the streams of the platform say, folded a stream at a time.
 *
 * A fold may stop and go on at any event, so a reader that follows the log keeps one evidence per stream and never reads it twice.
 * The age of evidence counts from the earlier of what its sender says and when we recorded it: nobody makes old evidence young.
 */

/** Version of these folds: it stands in every check, for a verifier folds with the same one. Folds are added to, never edited. */
export const evidenceVersion = 1

export type Named = { readonly name: ClaimedName; readonly source: string }

export interface ModelEvidence {
  readonly registeredAt?: string
  readonly type?: string
  readonly intendedUse?: string
  readonly owner?: Named
  readonly riskTier?: EventOf<typeof modelRiskTiered>['riskTier']
}

export type Training = EventOf<typeof versionTrained>
export type Evaluation = { readonly at: string; readonly measured: EventOf<typeof versionEvaluated> }
export interface VersionEvidence {
  readonly registeredAt?: string
  readonly artifact?: { readonly digest: string; readonly uri?: string | undefined }
  readonly holdout?: { readonly name: string; readonly digest?: string | undefined }
  readonly framework?: string
  readonly license?: string
  readonly baseModel?: string
  /** Everybody who ever trained it: work is not undone by training again. */
  readonly trainedBy: readonly Named[]
  readonly training?: Training
  /** Of every training: what the artifact has seen is not unseen by training again. */
  readonly datasets: Training['datasets']
  readonly trainedAt?: string
  readonly evaluationCount: number
  /** The last twenty, newest first. */
  readonly evaluations: readonly Evaluation[]
  /** The newest on the holdout, however many on other data came after it. */
  readonly onHoldout?: Evaluation
  readonly documents: ReadonlyMap<string, { readonly kind: string; readonly uri: string; readonly digest: string; readonly at: string }>
}

export interface DatasetEvidence {
  readonly registeredAt?: string
  readonly digest?: string
  readonly origin?: string
  readonly license?: string
  readonly categories?: readonly string[]
  readonly personalData?: boolean
  readonly lawfulBasis?: string
  readonly dpia?: { readonly uri: string; readonly approvedAt: string }
  readonly retainUntil?: string
  readonly profile?: {
    readonly rows: number
    readonly columns: number
    readonly missingRate?: number | undefined
    readonly duplicateRate?: number | undefined
    readonly at: string
  }
}

export interface Rollout {
  readonly model: string
  readonly version: string
  readonly artifact: string
  /** The event that first saw it run, and when that was recorded. */
  readonly observed: string
  readonly since: string
}
export interface EndpointEvidence {
  readonly registeredAt?: string
  readonly owner?: Named
  readonly audience?: string
  /** What runs there now, oldest first. */
  readonly running: readonly Rollout[]
}

export interface IntentEvidence {
  readonly declared?: IntentDeclared & {
    readonly source: string
    readonly at: string
    readonly recordedAt: string
    readonly event: string
    /** The person who sent it, where a person did: whoever asks in another's name has asked too. */
    readonly by: readonly Named[]
  }
  readonly withdrawn: boolean
}

export const noModel: ModelEvidence = {}
export const noVersion: VersionEvidence = { trainedBy: [], datasets: [], evaluationCount: 0, evaluations: [], documents: new Map() }
export const noDataset: DatasetEvidence = {}
export const noEndpoint: EndpointEvidence = { running: [] }
export const noIntent: IntentEvidence = { withdrawn: false }

const keptEvaluations = 20

/** From when evidence counts. The claim and the record are both RFC 3339 in UTC, but may differ in their fractions. */
export const ageFrom = ({ context, recordedtime }: Recorded<unknown>): string => earlier(context.time, recordedtime)

const earlier = (a: string, b: string): string => (a !== b && Date.parse(a) < Date.parse(b) ? a : b)

export function foldModel(model: ModelEvidence, recorded: Recorded<ModelEvent>): ModelEvidence {
  const { event, context } = recorded
  switch (event.type) {
    case 'model.registered':
      return {
        ...model,
        registeredAt: model.registeredAt ?? ageFrom(recorded),
        ...given({ type: event.modelType, intendedUse: event.intendedUse }),
      }
    case 'model.owner-assigned':
      return { ...model, owner: { name: event.owner, source: context.source } }
    case 'model.risk-tiered':
      return { ...model, riskTier: event.riskTier }
  }
}

export function foldVersion(version: VersionEvidence, recorded: Recorded<VersionEvent>): VersionEvidence {
  const { event, context } = recorded
  const at = ageFrom(recorded)
  switch (event.type) {
    case 'version.registered': {
      const { artifact, holdout, framework, license, baseModel } = event
      const registered: VersionEvidence = {
        ...version,
        registeredAt: version.registeredAt ?? at,
        artifact,
        // Only the first registration names the holdout: a later one could choose it by its results.
        ...given({ holdout: version.registeredAt === undefined ? holdout : version.holdout, framework, license, baseModel }),
      }
      // An evaluation may have come before the registration that names the holdout.
      const onHoldout = registered.evaluations.find(evaluation => isOnHoldout(registered, evaluation))
      return { ...registered, ...(onHoldout !== undefined && { onHoldout }) }
    }
    case 'version.trained':
      return {
        ...version,
        training: event,
        datasets: [...version.datasets, ...event.datasets],
        trainedAt: earlier(event.endedAt, at),
        trainedBy: [...version.trainedBy, ...event.trainedBy.map(name => ({ name, source: context.source })), ...speakerOf(recorded)],
      }
    case 'version.evaluated': {
      const evaluation = { at, measured: event }
      return {
        ...version,
        evaluationCount: version.evaluationCount + 1,
        evaluations: [evaluation, ...version.evaluations].slice(0, keptEvaluations),
        ...(isOnHoldout(version, evaluation) && { onHoldout: evaluation }),
      }
    }
    case 'version.documented':
      return {
        ...version,
        documents: new Map(version.documents).set(event.kind, { kind: event.kind, uri: event.uri, digest: event.digest, at }),
      }
  }
}

/** Who sent an event, where that was a person. Machines speak for others; a person also speaks for themselves. */
const speakerOf = ({ context }: Recorded<unknown>): readonly Named[] =>
  context.authtype === 'user' && context.authid !== undefined ? [{ name: context.authid, source: context.source }] : []

const isOnHoldout = ({ holdout }: VersionEvidence, { measured }: Evaluation): boolean =>
  holdout !== undefined &&
  holdout.name === measured.dataset.name &&
  (holdout.digest === undefined || holdout.digest === measured.dataset.digest)

export function foldDataset(dataset: DatasetEvidence, recorded: Recorded<DatasetEvent>): DatasetEvidence {
  const { event } = recorded
  const at = ageFrom(recorded)
  switch (event.type) {
    case 'dataset.registered': {
      const { digest, origin, license, categories, personalData, lawfulBasis, dpia, retainUntil } = event
      const said = given({ digest, origin, license, categories, personalData, lawfulBasis, dpia, retainUntil })
      return { ...dataset, ...said, registeredAt: dataset.registeredAt ?? at }
    }
    case 'dataset.profiled': {
      const { rows, columns, missingRate, duplicateRate } = event
      return { ...dataset, profile: { rows, columns, missingRate, duplicateRate, at } }
    }
  }
}

export function foldEndpoint(endpoint: EndpointEvidence, recorded: Recorded<EndpointEvent>): EndpointEvidence {
  const { event } = recorded
  switch (event.type) {
    case 'endpoint.registered':
      return {
        ...endpoint,
        registeredAt: endpoint.registeredAt ?? ageFrom(recorded),
        ...(event.owner !== undefined && { owner: { name: event.owner, source: recorded.context.source } }),
        ...given({ audience: event.audience }),
      }
    case 'rollout.observed': {
      const seen = { model: event.model, version: event.version, artifact: event.artifact.digest }
      if (endpoint.running.some(rollout => isSameRollout(rollout, seen))) return endpoint
      return { ...endpoint, running: [...endpoint.running, { ...seen, observed: recorded.id, since: recorded.recordedtime }] }
    }
    case 'rollout.ended': {
      const ended = { model: event.model, version: event.version, artifact: event.artifact.digest }
      return { ...endpoint, running: endpoint.running.filter(rollout => !isSameRollout(rollout, ended)) }
    }
  }
}

export const isSameRollout = (
  a: Pick<Rollout, 'model' | 'version' | 'artifact'>,
  b: Pick<Rollout, 'model' | 'version' | 'artifact'>,
): boolean => a.model === b.model && a.version === b.version && a.artifact === b.artifact

export function foldIntent(intent: IntentEvidence, recorded: Recorded<IntentEvent>): IntentEvidence {
  const { event, context, id, recordedtime } = recorded
  switch (event.type) {
    case 'intent.declared':
      // What was asked first stands: another declaration under the same id would be another question.
      return intent.declared === undefined
        ? {
            ...intent,
            declared: {
              ...event,
              source: context.source,
              at: ageFrom(recorded),
              recordedAt: recordedtime,
              event: id,
              by: speakerOf(recorded),
            },
          }
        : intent
    case 'intent.withdrawn':
      return { ...intent, withdrawn: true }
  }
}

/** Only the fields that were said: what a later event leaves out stays as it was. */
function given<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const said: { [K in keyof T]?: T[K] } = {}
  for (const name of Object.keys(fields) as (keyof T)[]) if (fields[name] !== undefined) said[name] = fields[name]
  return said as { [K in keyof T]?: Exclude<T[K], undefined> }
}
