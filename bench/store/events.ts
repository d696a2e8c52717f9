import { randomUUID } from 'node:crypto'
import { encodeEvent, parseStream, streamName, toWireType, type AnyEvent, type StreamName } from '@muster/contracts'
import type { NewEvent } from '@muster/event-store'

/* Events of about 1 KB of content: evaluations with their figures, as pipelines send them. */

const evaluated = (n: number): AnyEvent => ({
  type: 'version.evaluated',
  dataset: { name: `holdout-${n % 7}` },
  auc: 0.7 + (n % 100) / 1_000,
  accuracy: 0.8,
  balancedAccuracy: 0.75,
  f1: 0.71,
  calibrationError: 0.03,
  latencyP99Ms: 40 + (n % 30),
  groups: Array.from({ length: 7 }, (_, group) => ({
    attribute: 'age',
    group: `from ${20 + 5 * group} to ${24 + 5 * group}`,
    rows: 100 + group,
    disparateImpact: 0.9,
    equalOpportunityDifference: 0.02,
  })),
})

export const streamOf = (worker: number): StreamName => streamName('version', `model-${worker}`, randomUUID())

/** Some contents, encoded once: what is measured is storing, and not how the memory of the bench is collected. */
const contents = Array.from({ length: 64 }, (_, n) => encodeEvent(evaluated(n)))
const time = '2026-11-25T12:00:00.000Z'

function eventFor(subject: string, n: number): NewEvent {
  const id = randomUUID()
  const { type, data } = contents[n % contents.length] ?? encodeEvent(evaluated(n))
  return {
    id,
    type,
    data,
    context: { id, source: '/bench', type: toWireType(type), subject, partitionkey: subject, time, correlationid: id },
  }
}

/** Made as they are needed, which costs a microsecond or two. */
export function* eventsOf(stream: StreamName, count: number): Generator<NewEvent> {
  const { subject } = parseStream(stream)
  for (let n = 0; n < count; n++) yield eventFor(subject, n)
}

export const contentLength = (): number => contents[1]?.data.length ?? 0
