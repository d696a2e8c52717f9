import { streamName, type ClaimedName, type Facts, type FactValue, type Person, type StreamName } from '@muster/contracts'
import type { DatasetEvidence, EndpointEvidence, Evaluation, IntentEvidence, ModelEvidence, VersionEvidence } from './evidence.ts'

/*
 * Facts: what policies may ask about one deployment at one instant, put together from the evidence of its streams.
 *
 * What was not said is left out, so that a rule that reads it is unknown. Persons stand under their canonical id; where a name maps to
 * nobody, the fact is left out too, and the name is reported: nothing may be granted then.
 */

export interface Evidence {
  readonly intent: NonNullable<IntentEvidence['declared']>
  readonly model: ModelEvidence
  readonly version: VersionEvidence
  readonly endpoint: EndpointEvidence
  readonly datasets: ReadonlyMap<string, DatasetEvidence>
}

export type PersonOf = (name: ClaimedName, source: string) => Person | undefined
export interface PersonUse {
  readonly name: ClaimedName
  readonly as: 'trainer' | 'requester' | 'owner' | 'endpoint-owner'
  readonly person?: Person
}

export type DecisionPoint = 'intent' | 'rollout' | 'signal'

/** The data sets that a version names, each once for each role and content. */
export function datasetsOf(
  version: VersionEvidence,
): readonly { readonly name: string; readonly role: string; readonly digest?: string | undefined }[] {
  const used = [...version.datasets, ...(version.holdout === undefined ? [] : [{ ...version.holdout, role: 'holdout' as const }])]
  const isSame = (a: (typeof used)[number], b: (typeof used)[number]) => a.name === b.name && a.role === b.role && a.digest === b.digest
  return used.filter((one, index) => used.findIndex(other => isSame(one, other)) === index)
}

/** The streams that the facts of a deployment are folded from, but for its data sets, which only the version's stream names. */
export const subjectsOf = (intent: { model: string; version: string; environment: string; endpoint: string }) => ({
  model: streamName('model', intent.model),
  version: streamName('version', intent.model, intent.version),
  endpoint: streamName('endpoint', intent.environment, intent.endpoint),
})

/** What the intent names and is not registered yet; the deployment waits for it. */
export function missingRegistrations({ intent, model, version, endpoint, datasets }: Evidence): readonly StreamName[] {
  const names = subjectsOf(intent)
  return [
    ...(model.registeredAt === undefined ? [names.model] : []),
    ...(version.registeredAt === undefined ? [names.version] : []),
    ...(endpoint.registeredAt === undefined ? [names.endpoint] : []),
    ...[...new Set(datasetsOf(version).map(({ name }) => name))]
      .filter(name => datasets.get(name)?.registeredAt === undefined)
      .map(name => streamName('dataset', name)),
  ]
}

export function peopleOf({ intent, model, version, endpoint }: Evidence, personOf: PersonOf): readonly PersonUse[] {
  const use = (as: PersonUse['as'], name: ClaimedName, source: string): PersonUse => {
    const person = personOf(name, source)
    return { name, as, ...(person !== undefined && { person }) }
  }
  const trainers = version.trainedBy.filter(
    (one, index, all) => all.findIndex(other => other.name === one.name && other.source === one.source) === index,
  )
  return [
    use('requester', intent.requestedBy, intent.source),
    ...intent.by.filter(({ name }) => name !== intent.requestedBy).map(({ name, source }) => use('requester', name, source)),
    // Nobody said who did the work: then it is unknown who may not sign, and the question stands under this name.
    ...(version.trainedBy.length === 0 ? [{ name: `the trainer of ${intent.model} ${intent.version}`, as: 'trainer' as const }] : []),
    ...(model.owner === undefined ? [{ name: `the owner of ${intent.model}`, as: 'owner' as const }] : []),
    ...trainers.map(({ name, source }) => use('trainer', name, source)),
    ...[model.owner ?? []].flat().flatMap(({ name, source }) => (isGroup(name) ? [] : [use('owner', name, source)])),
    ...[endpoint.owner ?? []].flat().flatMap(({ name, source }) => (isGroup(name) ? [] : [use('endpoint-owner', name, source)])),
  ]
}

/** A group is nobody in person: it neither signs nor has to be mapped. */
const isGroup = (name: ClaimedName): boolean => name.startsWith('group:')

export function factsOf(evidence: Evidence, people: readonly PersonUse[], point: DecisionPoint, id: string, at: string): Facts {
  const { intent, model, version, endpoint, datasets } = evidence
  const requester = people.find(({ as }) => as === 'requester')?.person
  const trainers = people.filter(({ as }) => as === 'trainer')
  const isKnown = trainers.length > 0 && trainers.every(({ person }) => person !== undefined)
  /** A group by its own name, a person by their id. */
  const ownerOf = (owner: { readonly name: ClaimedName } | undefined, role: PersonUse['as']) =>
    owner !== undefined && isGroup(owner.name) ? owner.name : people.find(({ as }) => as === role)?.person

  return defined({
    now: at,
    point,
    intent: defined({
      id,
      environment: intent.environment,
      endpoint: intent.endpoint,
      requestedBy: requester,
      declaredAt: intent.at,
      purpose: intent.purpose,
    }),
    model: modelFacts(intent.model, model, ownerOf(model.owner, 'owner')),
    version: defined({
      name: intent.version,
      registeredAt: version.registeredAt,
      artifactDigest: version.artifact?.digest,
      artifactUri: version.artifact?.uri,
      framework: version.framework,
      license: version.license,
      baseModel: version.baseModel,
      sourceCommit: version.training?.source?.commit,
      trainedAt: version.trainedAt,
      trainedBy: isKnown ? [...new Set(trainers.map(({ person }) => person))] : undefined,
      documents: [...version.documents.values()],
    }),
    datasets:
      version.training === undefined ? undefined : datasetsOf(version).map(used => datasetFacts(used, datasets.get(used.name) ?? {})),
    evaluation: version.onHoldout === undefined ? undefined : evaluationFacts(version.onHoldout),
    evaluations: { count: version.evaluationCount, latest: version.evaluations.map(evaluationFacts) },
    endpoint: defined({
      registeredAt: endpoint.registeredAt,
      owner: ownerOf(endpoint.owner, 'endpoint-owner'),
      audience: endpoint.audience,
    }),
  })
}

/** Without the owner, whose name must be mapped first, what the model's own stream says. */
export const modelFacts = (name: string, { registeredAt, type, intendedUse, riskTier }: ModelEvidence, owner?: string): Facts =>
  defined({ name, registeredAt, type, intendedUse, owner, riskTier })

function datasetFacts({ name, role, digest }: ReturnType<typeof datasetsOf>[number], dataset: DatasetEvidence): Facts {
  const { profile } = dataset
  return defined({
    name,
    role,
    digest: digest ?? dataset.digest,
    // Registered is this content: what is known of other content under the same name says nothing of it.
    registered: dataset.registeredAt !== undefined && (digest === undefined || dataset.digest === undefined || digest === dataset.digest),
    origin: dataset.origin,
    license: dataset.license,
    categories: dataset.categories,
    personalData: dataset.personalData,
    lawfulBasis: dataset.lawfulBasis,
    dpia: dataset.dpia,
    retainUntil: dataset.retainUntil,
    rows: profile?.rows,
    columns: profile?.columns,
    missingRate: profile?.missingRate,
    duplicateRate: profile?.duplicateRate,
    profiledAt: profile?.at,
  })
}

function evaluationFacts({ at, measured }: Evaluation): Facts {
  const { dataset, rows, auc, aucInterval, accuracy, balancedAccuracy, f1, calibrationError, rmse, latencyP99Ms, threshold, groups } =
    measured
  const impacts = (groups ?? []).flatMap(group => group.disparateImpact ?? [])
  const differences = (groups ?? []).flatMap(group => group.equalOpportunityDifference ?? [])
  return defined({
    at,
    dataset: dataset.name,
    datasetDigest: dataset.digest,
    rows,
    auc,
    aucInterval,
    accuracy,
    balancedAccuracy,
    f1,
    calibrationError,
    rmse,
    latencyP99Ms,
    threshold,
    fairness:
      groups === undefined
        ? undefined
        : defined({
            disparateImpact: farthest(impacts, impact => (impact > 0 ? Math.max(impact, 1 / impact) : Infinity)),
            equalOpportunityDifference: farthest(differences, Math.abs),
            groups,
          }),
  })
}

/** The value that lies farthest by the measure, the first of equals. An impact of 0 lies infinitely far from 1. */
const farthest = (values: readonly number[], measure: (value: number) => number): number | undefined =>
  values.reduce<number | undefined>((worst, value) => (worst === undefined || measure(value) > measure(worst) ? value : worst), undefined)

/** Without what is undefined, at every depth: a fact that was not said is not there. */
function defined(fields: { readonly [name: string]: unknown }): Facts {
  const said: Record<string, FactValue> = {}
  for (const name of Object.keys(fields)) if (fields[name] !== undefined) said[name] = plain(fields[name])
  return said
}

function plain(value: unknown): FactValue {
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value === 'object' && value !== null) return defined(value as { readonly [name: string]: unknown })
  return value as FactValue
}
