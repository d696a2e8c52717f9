import type { Category } from '@muster/contracts'

/*
 * Facts as a team would keep them: maps in memory, the newest message wins. Messages are believed as they come; nothing is validated,
 * recognised as a repeat, or kept for later, and a restart reads the topic again from its start.
 */

/** What these few lines read of the messages; the contracts have more. */
interface Model {
  readonly modelType?: string
  readonly intendedUse?: string
  readonly owner?: string
  readonly riskTier?: string
}
interface Version {
  readonly registeredAt?: number
  readonly artifact?: { readonly digest: string }
  readonly holdout?: { readonly name: string }
  readonly datasets?: readonly { readonly name: string; readonly role: string }[]
  readonly documents?: readonly { readonly kind: string }[]
  readonly evaluation?: { readonly at: number; readonly balancedAccuracy?: number; readonly disparateImpact?: number }
}
interface Dataset {
  readonly origin?: string
  readonly license?: string
  readonly personalData?: boolean
  readonly lawfulBasis?: string
  readonly dpia?: { readonly approvedAt: string }
  readonly retainUntil?: string
}
interface Evaluated {
  readonly dataset: { readonly name: string }
  readonly balancedAccuracy?: number
  readonly groups?: readonly { readonly disparateImpact?: number }[]
}

export interface Intent {
  readonly model: string
  readonly version: string
  readonly environment: string
  readonly endpoint: string
}

export interface Facts {
  learn(type: string, subject: string, time: number, data: object): void
  /** The input of the policy. */
  inputOf(intent: Intent, now: number): object
}

type Known = Extract<Category, 'model' | 'version' | 'dataset'>

export function makeFacts(): Facts {
  const known: Record<Known, Map<string, object>> = { model: new Map(), version: new Map(), dataset: new Map() }
  const merge = (category: Known, subject: string, more: object): void => {
    known[category].set(subject, { ...known[category].get(subject), ...more })
  }
  // A subject holds what its own messages put there.
  const find = <T>(category: Known, subject: string): T | undefined => known[category].get(subject) as T | undefined

  return {
    learn(type, subject, time, data) {
      switch (type) {
        case 'dev.muster.model.registered.v1':
        case 'dev.muster.model.owner-assigned.v1':
        case 'dev.muster.model.risk-tiered.v1':
          return merge('model', subject, data)
        case 'dev.muster.dataset.registered.v1':
          return merge('dataset', subject, data)
        case 'dev.muster.version.registered.v1':
          return merge('version', subject, { ...data, registeredAt: time })
        case 'dev.muster.version.trained.v1':
          return merge('version', subject, data)
        case 'dev.muster.version.documented.v1':
          return merge('version', subject, { documents: [...(find<Version>('version', subject)?.documents ?? []), data] })
        case 'dev.muster.version.evaluated.v1': {
          const evaluation = evaluationOf(data as Evaluated, find<Version>('version', subject), time)
          return evaluation === undefined ? undefined : merge('version', subject, { evaluation })
        }
      }
    },

    inputOf(intent, now) {
      const { modelType: type, intendedUse, owner, riskTier } = find<Model>('model', intent.model) ?? {}
      const version = find<Version>('version', `${intent.model}@${intent.version}`) ?? {}
      const { registeredAt, artifact, documents = [], evaluation, holdout } = version
      const used = [...(version.datasets ?? []), ...(holdout === undefined ? [] : [{ name: holdout.name, role: 'holdout' }])]
      const datasets = used.map(({ name, role }) => {
        const { origin, license, personalData, lawfulBasis, dpia, retainUntil } = find<Dataset>('dataset', name) ?? {}
        return {
          role,
          origin,
          license,
          personalData,
          lawfulBasis,
          dpiaApprovedAt: dpia && Date.parse(dpia.approvedAt),
          retainUntil: retainUntil && Date.parse(retainUntil),
        }
      })
      return {
        now,
        intent: { environment: intent.environment },
        model: { type, intendedUse, owner, riskTier },
        version: { registeredAt, artifactDigest: artifact?.digest, documents },
        ...(version.datasets !== undefined && { datasets }),
        evaluation,
      }
    },
  }
}

/** Only the holdout that was named at registration counts, and of its groups the one that fares worst. */
function evaluationOf({ dataset, balancedAccuracy, groups = [] }: Evaluated, version: Version | undefined, at: number) {
  if (dataset.name !== version?.holdout?.name) return undefined
  const impacts = groups.flatMap(({ disparateImpact }) => disparateImpact ?? [])
  const [disparateImpact] = impacts.toSorted((a, b) => Math.abs(b - 1) - Math.abs(a - 1))
  return { at, balancedAccuracy, disparateImpact }
}
