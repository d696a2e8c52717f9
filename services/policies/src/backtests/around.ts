import { streamName } from '@muster/contracts'
import {
  datasetsOf,
  subjectsOf,
  type DatasetEvidence,
  type EndpointEvidence,
  type Evidence,
  type IntentEvidence,
  type ModelEvidence,
  type VersionEvidence,
} from '@muster/domain'
import type { Position } from '@muster/event-store'
import type { EvidenceThen } from './evidence-then.ts'

/** A deployment, and up to where its facts are asked for. */
export interface Wanted {
  readonly id: string
  readonly model: string
  readonly version: string
  readonly environment: string
  readonly endpoint: string
  readonly at: Position
}

export interface Around {
  /** Undefined where something of it was never said, or cannot be read by this release. */
  evidenceOf(wanted: Wanted): Evidence | undefined
  modelOf(wanted: Wanted): ModelEvidence | undefined
}

/** What the facts of many deployments are folded from: two reads of the log, whatever their number. `through` is behind all that is asked for. */
export async function gatherAround(evidence: EvidenceThen, wanted: readonly Wanted[], through: Position): Promise<Around> {
  const first = await evidence.gather(
    wanted.flatMap(one => {
      const { model, version, endpoint } = subjectsOf(one)
      return [model, version, endpoint, streamName('intent', one.id)]
    }),
    through,
  )
  const versionOf = (one: Wanted) => first.at<VersionEvidence>(subjectsOf(one).version, one.at)
  const used = wanted.flatMap(one => versionOf(one) ?? []).flatMap(version => datasetsOf(version).map(({ name }) => name))
  const second = await evidence.gather(
    [...new Set(used)].map(name => streamName('dataset', name)),
    through,
  )
  return {
    modelOf: one => first.at<ModelEvidence>(subjectsOf(one).model, one.at),
    evidenceOf(one) {
      const streams = subjectsOf(one)
      const intent = first.at<IntentEvidence>(streamName('intent', one.id), one.at)?.declared
      const model = first.at<ModelEvidence>(streams.model, one.at)
      const version = versionOf(one)
      const endpoint = first.at<EndpointEvidence>(streams.endpoint, one.at)
      if (intent === undefined || model === undefined || version === undefined || endpoint === undefined) return undefined
      const datasets = new Map<string, DatasetEvidence>()
      for (const { name } of datasetsOf(version)) {
        const dataset = second.at<DatasetEvidence>(streamName('dataset', name), one.at)
        if (dataset === undefined) return undefined
        datasets.set(name, dataset)
      }
      return { intent, model, version, endpoint, datasets }
    },
  }
}
