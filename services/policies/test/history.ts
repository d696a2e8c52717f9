import { createHash } from 'node:crypto'
import { canonicalJson, encodeEvent, parseStream, streamName, toWireType, type AnyEvent, type StreamName } from '@muster/contracts'
import { inForce, performCheck, type InForce } from '@muster/domain'
import type { EventStore, Write } from '@muster/event-store'
import { isNonEmpty } from '@muster/kernel'
import { digestOf } from '../../../infra/test/deployments.ts'
import { catalogueOf, policy, published } from '../../../libs/domain/src/testing/policies.ts'

/*
 * A history of decisions: twelve models of three teams, each with some deployments that were checked by one policy. Models 0 to 11 have a
 * balanced accuracy of 0.55 to 0.77; every third has no AUC; the AUC of the others is 0.1 higher. The policy mentions only the former.
 */

export const models = 12
export const accuracyOf = (model: number): number => Number((0.55 + 0.02 * model).toFixed(2))
export const hasAuc = (model: number): boolean => model % 3 !== 0
export const teamOf = (model: number): string => `group:team-${model % 3}`
export const tierOf = (model: number) => (model % 2 === 0 ? 'high' : 'limited')
const nameOf = (model: number): string => `model-${String(model).padStart(2, '0')}`

/** In force: the model separates at least so well. */
export const accuracy = (least: number) => policy({ id: 'accuracy', assert: `evaluation.balancedAccuracy >= ${least}` })
export const auc = policy({ id: 'auc', assert: 'evaluation.auc >= 0.8' })
const catalogue = inForce(catalogueOf(published(accuracy(0.6))), '2026-11-20T00:00:00.000Z')

const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest()
const idOf = (text: string): string =>
  digestOf(text)
    .slice(7, 39)
    .replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, '$1-$2-5$3-a$4-$5')
    .replace(/-5(.)(...)-a(.)(...)-/, '-5$2-a$4-')

/** Policies, models, endpoints and what was measured. */
export async function recordEvidence(store: EventStore): Promise<void> {
  const writes = [write(streamName('policy', 'accuracy'), 'accuracy', published(accuracy(0.6)))]
  for (let model = 0; model < models; model++) {
    const name = nameOf(model)
    writes.push(
      write(
        streamName('model', name),
        name,
        { type: 'model.registered', modelType: 'classification' },
        { type: 'model.owner-assigned', owner: teamOf(model) },
        { type: 'model.risk-tiered', riskTier: tierOf(model) },
      ),
      write(streamName('endpoint', 'production', name), name, { type: 'endpoint.registered' }),
      write(
        streamName('version', name, '1'),
        name,
        { type: 'version.registered', artifact: { digest: digestOf(name) }, holdout: { name: 'holdout' } },
        {
          type: 'version.evaluated',
          dataset: { name: 'holdout' },
          balancedAccuracy: accuracyOf(model),
          ...(hasAuc(model) && { auc: Number((accuracyOf(model) + 0.1).toFixed(2)) }),
        },
      ),
    )
  }
  await append(store, writes)
}

/** So many decisions of each model, as of where the log stands when all were asked for; what is cleared runs from the first one on. */
export async function recordDecisions(store: EventStore, each: number, from = 0): Promise<void> {
  const all = Array.from({ length: each * models }, (_, index) => ({ nth: from + Math.floor(index / models), model: index % models }))
  await append(
    store,
    all.map(({ nth, model }) => declared(nth, model)),
  )
  const position = await store.head()
  await append(
    store,
    all.flatMap(({ nth, model }) => decided(nth, model, position, catalogue)),
  )
}

const deploymentOf = (nth: number, model: number): string => `${nameOf(model)}-${nth}`

function declared(nth: number, model: number): Write {
  const name = nameOf(model)
  const intent = { model: name, version: '1', environment: 'production', endpoint: name, requestedBy: 'rita@example.org' }
  return write(streamName('intent', deploymentOf(nth, model)), name, { type: 'intent.declared', ...intent })
}

function decided(nth: number, model: number, position: number, inForceThen: InForce): Write[] {
  const name = nameOf(model)
  const target = { model: name, version: '1', environment: 'production', endpoint: name, artifact: digestOf(name) }
  const { check } = performCheck(
    {
      target,
      facts: { evaluation: { balancedAccuracy: accuracyOf(model) } },
      people: [],
      catalogue: inForceThen,
      asOf: { position, event: idOf('as of') },
      at: '2026-11-25T12:00:00.000Z',
      point: 'intent',
    },
    sha256,
  )
  const checked: AnyEvent = { type: 'deployment.checked', ...check, newlyAsked: [] }
  const { materialDigest } = check
  const outcome: AnyEvent =
    check.verdict === 'cleared'
      ? { type: 'deployment.cleared', target, materialDigest }
      : {
          type: 'deployment.blocked',
          target,
          materialDigest,
          reasons: [{ code: 'rule-failed', message: 'It does not separate well enough.' }],
        }
  return [
    write(streamName('deployment', deploymentOf(nth, model)), name, checked, outcome),
    ...(nth === 0 && check.verdict === 'cleared'
      ? [
          write(streamName('endpoint', 'production', name), name, {
            type: 'rollout.observed',
            model: name,
            version: '1',
            artifact: { digest: digestOf(name) },
          }),
        ]
      : []),
  ]
}

/** Behind what the stream has: an endpoint has one event by the time that something runs there. */
function write(stream: StreamName, partitionkey: string, first: AnyEvent, ...rest: readonly AnyEvent[]): Write {
  const { subject } = parseStream(stream)
  const toNew = (event: AnyEvent) => {
    const { type, data } = encodeEvent(event)
    const id = idOf(canonicalJson([stream, type, data]))
    const time = '2026-11-25T12:00:00.000Z'
    return { id, type, data, context: { id, source: '/test', type: toWireType(type), subject, partitionkey, time, correlationid: id } }
  }
  return { stream, expected: first.type === 'rollout.observed' ? 0 : 'no-stream', events: [toNew(first), ...rest.map(toNew)] }
}

async function append(store: EventStore, writes: readonly Write[]): Promise<void> {
  for (let from = 0; from < writes.length; from += 200) {
    const portion = writes.slice(from, from + 200)
    if (!isNonEmpty(portion)) return
    const failed = (await store.append(portion)).find(({ kind }) => kind !== 'written')
    if (failed !== undefined) throw new Error(`history was not written: ${JSON.stringify(failed)}`)
  }
}
