import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  canonicalJson,
  encodeEvent,
  factsSchema,
  parseStream,
  streamName,
  toWireType,
  type AnyEvent,
  type PolicyDocument,
  type StreamName,
} from '@muster/contracts'
import type { EventStore, Write } from '../../libs/event-store/src/index.ts'
import { isNonEmpty } from '@muster/kernel'
import { parsePolicyText } from '@muster/policy'
import { askerOf } from '../../infra/test/callers.ts'
import { digestOf, good, modelEvidence, versionEvidence } from '../../services/all-in-one/test/evidence.ts'
import { root } from '../program.ts'

/*
 * Many deployments that were cleared and run, each at an endpoint of its own: the endpoint is registered, the intent declared, the roll-out
 * observed. What is seeded are these events and the evidence of the models; every decision is made by the service itself.
 */

export const models = 200
export const modelOf = (deployment: number): string => `model-${String(deployment % models).padStart(3, '0')}`
export const idOf = (deployment: number): string => `running-${deployment}`
export const endpointOf = (deployment: number): string => `endpoint-${deployment}`

/** The starter policies, as they stand in the catalogue. */
export async function publishStarter(store: EventStore): Promise<void> {
  const folder = join(root, 'infra/policies/starter')
  for (const name of readdirSync(folder).filter(file => /\.ya?ml$/.test(file) && !file.includes('.cases.'))) {
    const parsed = parsePolicyText(readFileSync(join(folder, name), 'utf8'), name, factsSchema)
    if (!parsed.ok) throw new Error(`${name} is no policy`)
    for (const { document } of parsed.documents) await publish(store, document)
  }
}

export async function publish(store: EventStore, document: PolicyDocument): Promise<void> {
  const mode = document.mode ?? 'enforce'
  const digest = `sha256:${createHash('sha256').update(canonicalJson(document)).digest('hex')}`
  const event: AnyEvent = {
    type: 'policy.published',
    version: 1,
    digest,
    document,
    mode,
    effectiveFrom: '2026-01-01T00:00:00Z',
    reviewed: true,
  }
  await append(store, [writeOf(streamName('policy', document.id), document.id, event)])
}

export async function seedModels(lifecycle: string): Promise<void> {
  const ask = askerOf(lifecycle)
  for (let model = 0; model < models; model += 1) {
    const name = modelOf(model)
    const { status } = await ask.post('ci', '/v1/events', [...modelEvidence(name), ...versionEvidence(name, '1', good)])
    if (status !== 202) throw new Error(`the evidence of ${name} was answered ${status}`)
  }
}

const portion = 250

/** In portions, each of which has its intents before its roll-outs, so that nothing runs before it can be cleared. */
export async function seedRunning(store: EventStore, deployments: number): Promise<void> {
  for (let from = 0; from < deployments; from += portion) {
    const some = Array.from({ length: Math.min(portion, deployments - from) }, (_, index) => from + index)
    await append(
      store,
      some.flatMap(deployment => [
        writeOf(placeOf(deployment), `production/${endpointOf(deployment)}`, { type: 'endpoint.registered', owner: 'group:credit' }),
        writeOf(streamName('intent', idOf(deployment)), modelOf(deployment), {
          type: 'intent.declared',
          model: modelOf(deployment),
          version: '1',
          environment: 'production',
          endpoint: endpointOf(deployment),
          requestedBy: 'rita@example.org',
        }),
      ]),
    )
    await append(
      store,
      some.map(deployment => {
        const artifact = { digest: digestOf(`${modelOf(deployment)}@1`) }
        const observed: AnyEvent = { type: 'rollout.observed', model: modelOf(deployment), version: '1', artifact }
        return writeOf(placeOf(deployment), modelOf(deployment), observed, 0)
      }),
    )
  }
}

const placeOf = (deployment: number): StreamName => streamName('endpoint', 'production', endpointOf(deployment))

async function append(store: EventStore, writes: readonly Write[]): Promise<void> {
  if (!isNonEmpty(writes)) return
  const refused = (await store.append(writes)).find(({ kind }) => kind !== 'written')
  if (refused !== undefined) throw new Error(`a write was refused: ${JSON.stringify(refused)}`)
}

function writeOf(stream: StreamName, partitionkey: string, event: AnyEvent, expected: Write['expected'] = 'no-stream'): Write {
  const id = crypto.randomUUID()
  const { type, data } = encodeEvent(event)
  const { subject } = parseStream(stream)
  const time = new Date().toISOString()
  const context = { id, source: '/bench', type: toWireType(type), subject, partitionkey, time, correlationid: id }
  return { stream, expected, events: [{ id, type, data, context }] }
}
