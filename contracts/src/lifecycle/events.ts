import { z } from 'zod'
import { defineEvent, type EventOf } from '../event.ts'
import { dataCategories, documentKinds, modelTypes, riskTiers } from '../facts.ts'
import { ClaimedName, Digest, Instant, Labels, Name, Rate, Uri } from '../primitives.ts'

/* What the platform says happened. The aggregate's id is the event's `subject`, the governed model its `partitionkey`. */

const labels = Labels.optional()
const platform = { version: 1, origin: 'platform' } as const
const DatasetReference = z.strictObject({ name: Name, digest: Digest.optional() })

export const modelRegistered = defineEvent({
  ...platform,
  type: 'model.registered',
  category: 'model',
  description: 'A model exists. Subject: its name.',
  data: z.strictObject({
    modelType: z.enum(modelTypes).optional(),
    intendedUse: z.string().min(1).max(4000).optional(),
    labels,
  }),
})

export const modelOwnerAssigned = defineEvent({
  ...platform,
  type: 'model.owner-assigned',
  category: 'model',
  description: 'Somebody answers for the model.',
  data: z.strictObject({ owner: ClaimedName.describe('A person or a group, such as group:credit.'), labels }),
})

export const modelRiskTiered = defineEvent({
  ...platform,
  type: 'model.risk-tiered',
  category: 'model',
  description: 'The model was put into a risk tier.',
  data: z.strictObject({ riskTier: z.enum(riskTiers), rationale: z.string().max(4000).optional(), labels }),
})

export const versionRegistered = defineEvent({
  ...platform,
  type: 'version.registered',
  category: 'version',
  description:
    'A version of a model exists, and this is its artifact. Subject: <model>@<version>. Another digest for the same version conflicts.',
  data: z.strictObject({
    artifact: z.strictObject({ digest: Digest, uri: Uri.optional(), mediaType: z.string().max(200).optional() }),
    holdout: DatasetReference.optional().describe('The data set whose evaluation counts.'),
    framework: z.string().max(200).optional(),
    license: z.string().max(200).optional(),
    baseModel: z.string().max(500).optional(),
    labels,
  }),
})

export const versionTrained = defineEvent({
  ...platform,
  type: 'version.trained',
  category: 'version',
  description: 'The version was trained, by whom, on what.',
  data: z.strictObject({
    runId: z.string().max(200).optional(),
    trainedBy: z.array(ClaimedName).min(1).max(20).describe('Names as the pipeline knows people; configuration maps them to persons.'),
    startedAt: Instant.optional(),
    endedAt: Instant,
    datasets: z
      .array(z.strictObject({ ...DatasetReference.shape, role: z.enum(['training', 'validation']) }))
      .min(1)
      .max(19),
    source: z.strictObject({ repository: Uri.optional(), commit: z.string().min(7).max(64) }).optional(),
    labels,
  }),
})

const Interval = z.strictObject({ lower: z.number(), upper: z.number() })

export const versionEvaluated = defineEvent({
  ...platform,
  type: 'version.evaluated',
  category: 'version',
  description: 'The version was evaluated on a data set. What was not measured is left out: it stays unknown.',
  data: z.strictObject({
    runId: z.string().max(200).optional(),
    dataset: DatasetReference,
    rows: z.int().min(1).optional(),
    auc: Rate.optional(),
    aucInterval: Interval.optional(),
    accuracy: Rate.optional(),
    balancedAccuracy: Rate.optional(),
    f1: Rate.optional(),
    calibrationError: Rate.optional(),
    rmse: z.number().min(0).optional(),
    latencyP99Ms: z.number().min(0).optional(),
    threshold: z.number().optional(),
    groups: z
      .array(
        z.strictObject({
          attribute: Name,
          group: Name,
          rows: z.int().min(0).optional(),
          disparateImpact: z.number().min(0).optional(),
          disparateImpactInterval: Interval.optional(),
          equalOpportunityDifference: z.number().min(-1).max(1).optional(),
        }),
      )
      .max(50)
      .optional()
      .describe('How each protected group fares.'),
    labels,
  }),
})

export const versionDocumented = defineEvent({
  ...platform,
  type: 'version.documented',
  category: 'version',
  description: 'A document about the version exists.',
  data: z.strictObject({ kind: z.enum(documentKinds), title: z.string().max(300).optional(), uri: Uri, digest: Digest, labels }),
})

export const datasetRegistered = defineEvent({
  ...platform,
  type: 'dataset.registered',
  category: 'dataset',
  description:
    'A data set exists, where it came from and what it may be used for. Subject: its name. A later registration replaces what it repeats.',
  data: z.strictObject({
    digest: Digest.optional(),
    uri: Uri.optional(),
    origin: z.string().min(1).max(1000).optional().describe('Where the data came from.'),
    license: z.string().min(1).max(200).optional(),
    categories: z.array(z.enum(dataCategories)).max(20).optional(),
    personalData: z.boolean().optional(),
    lawfulBasis: z.string().min(1).max(200).optional(),
    dpia: z.strictObject({ uri: Uri, approvedAt: Instant }).optional(),
    retainUntil: Instant.optional(),
    labels,
  }),
})

export const datasetProfiled = defineEvent({
  ...platform,
  type: 'dataset.profiled',
  category: 'dataset',
  description: 'A data set was measured.',
  data: z.strictObject({
    digest: Digest.optional(),
    rows: z.int().min(0),
    columns: z.int().min(0),
    missingRate: Rate.optional(),
    duplicateRate: Rate.optional(),
    labels,
  }),
})

export const endpointRegistered = defineEvent({
  ...platform,
  type: 'endpoint.registered',
  category: 'endpoint',
  description: 'A place where versions are served. Subject: <environment>/<name>.',
  data: z.strictObject({
    owner: ClaimedName.optional(),
    audience: z.enum(['internal', 'customers', 'public']).optional(),
    uri: Uri.optional(),
    labels,
  }),
})

const Running = { model: Name, version: Name, artifact: z.strictObject({ digest: Digest }) }

export const rolloutObserved = defineEvent({
  ...platform,
  type: 'rollout.observed',
  category: 'endpoint',
  description: 'A version was seen running at the endpoint: what really runs, whatever was asked.',
  data: z.strictObject({ ...Running, labels }),
})

export const rolloutEnded = defineEvent({
  ...platform,
  type: 'rollout.ended',
  category: 'endpoint',
  description: 'That version no longer runs at the endpoint.',
  data: z.strictObject({ ...Running, labels }),
})

export const intentDeclared = defineEvent({
  ...platform,
  type: 'intent.declared',
  category: 'intent',
  description: 'Somebody wants a version to run at an endpoint. Subject: the id of the intent, which is that of the deployment too.',
  data: z.strictObject({
    model: Name,
    version: Name,
    environment: Name,
    endpoint: Name,
    requestedBy: ClaimedName.describe('Who asks: a robot declares and a person asks.'),
    purpose: z.string().min(1).max(1000).optional(),
    labels,
  }),
})

export const intentWithdrawn = defineEvent({
  ...platform,
  type: 'intent.withdrawn',
  category: 'intent',
  description: 'It is no longer wanted: what is undecided lapses, what is cleared is revoked.',
  data: z.strictObject({ because: z.string().min(1).max(1000).optional(), labels }),
})

export const lifecycleEvents = [
  modelRegistered,
  modelOwnerAssigned,
  modelRiskTiered,
  versionRegistered,
  versionTrained,
  versionEvaluated,
  versionDocumented,
  datasetRegistered,
  datasetProfiled,
  endpointRegistered,
  rolloutObserved,
  rolloutEnded,
  intentDeclared,
  intentWithdrawn,
] as const

export type LifecycleEvent = EventOf<(typeof lifecycleEvents)[number]>
export type ModelEvent = EventOf<typeof modelRegistered | typeof modelOwnerAssigned | typeof modelRiskTiered>
export type VersionEvent = EventOf<typeof versionRegistered | typeof versionTrained | typeof versionEvaluated | typeof versionDocumented>
export type DatasetEvent = EventOf<typeof datasetRegistered | typeof datasetProfiled>
export type EndpointEvent = EventOf<typeof endpointRegistered | typeof rolloutObserved | typeof rolloutEnded>
export type IntentEvent = EventOf<typeof intentDeclared | typeof intentWithdrawn>
export type IntentDeclared = EventOf<typeof intentDeclared>
