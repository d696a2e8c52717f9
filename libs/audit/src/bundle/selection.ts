import { parseStream, streamName, subjectOf, type AnyEvent } from '@muster/contracts'
import { contentOf, type EventLine } from '@muster/ledger'
import type { Scope } from './manifest.ts'

/*
 * Which streams belong to a model or a deployment: its own, and all that decisions about it go by: evidence of its versions, data sets and
 * endpoints, every policy and its reviews, and what people answered. Whole streams, so that they can be folded again.
 *
 * What is named may stand in the log before whoever names it: the streams are found in one walk over the log, and gathered in a second.
 */

export interface Selection {
  see(line: EventLine): void
  /** After the walk. */
  streams(): ReadonlySet<string>
}

export function selectionOf(scope: Extract<Scope, { kind: 'model' | 'deployment' }>): Selection {
  const streams = new Set<string>()
  const model = scope.kind === 'model' ? subjectOf('model', scope.model) : undefined
  const deployment = scope.kind === 'deployment' ? scope.deployment : undefined
  /** What versions and intents name, known before it is known whether they belong. */
  const names = new Map<string, Set<string>>()
  const name = (by: string, stream: string): void => void (names.get(by) ?? names.set(by, new Set()).get(by))?.add(stream)

  return {
    see(line) {
      const { stream, type, context } = line.event
      const { category } = parseStream(stream)
      const event = { ...contentOf(line), type: type.replace(/\.v\d+$/, '') } as AnyEvent
      if (category === 'policy') streams.add(stream)
      else if (model !== undefined && context.partitionkey === model && own.has(category)) streams.add(stream)
      switch (event.type) {
        case 'intent.declared':
          if (deployment !== undefined && stream === streamName('intent', deployment)) {
            streams.add(stream)
            streams.add(streamName('deployment', deployment))
            streams.add(streamName('model', event.model))
            streams.add(streamName('version', event.model, event.version))
            streams.add(streamName('endpoint', event.environment, event.endpoint))
          } else name(stream, streamName('endpoint', event.environment, event.endpoint))
          break
        case 'version.registered':
          if (event.holdout !== undefined) name(stream, streamName('dataset', event.holdout.name))
          break
        case 'version.trained':
          for (const dataset of event.datasets) name(stream, streamName('dataset', dataset.name))
          break
        case 'version.evaluated':
          name(stream, streamName('dataset', event.dataset.name))
          break
        case 'approval.requested':
          if (event.about.kind === 'policy' || (event.about.kind === 'deployment' && event.about.id === deployment)) streams.add(stream)
          break
        default:
      }
    },
    streams: () => new Set([...streams, ...[...names].flatMap(([by, named]) => (streams.has(by) ? [...named] : []))]),
  }
}

const own = new Set(['model', 'version', 'intent', 'deployment', 'approval'])
