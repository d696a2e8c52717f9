import {
  encodeEvent,
  parseStream,
  streamName,
  toWireType,
  type AnyEvent,
  type DeploymentEvent,
  type Recorded,
  type StreamName,
} from '@muster/contracts'
import {
  approval,
  datasetsOf,
  deployment,
  emptyCatalogue,
  factsOf,
  foldCatalogue,
  foldEvidence,
  inForce,
  noEvidence,
  peopleOf,
  performCheck,
  reactForApprovals,
  subjectsOf,
  type ApprovalCommand,
  type ApprovalState,
  type Catalogue,
  type DatasetEvidence,
  type DeploymentCommand,
  type DeploymentState,
  type EndpointEvidence,
  type IntentEvidence,
  type ModelEvidence,
  type StreamEvidence,
  type VersionEvidence,
} from '@muster/domain'
import type { CommittedEvent } from '@muster/ledger'
import { approvalRule, policy, published } from '../../../domain/src/testing/policies.ts'
import { digest, eventId, sha256 } from '../../../domain/src/testing/recorded.ts'
import { numbers } from '../../../kernel/src/testing/numbers.ts'

/*
 * Histories that might have been: models, versions, data sets, endpoints and deployments that the gate checked, blocked, cleared or asked people
 * about, and what people said. Everything that Muster records is decided by its deciders. The same for the same seed, and as long as one likes.
 */

export interface Told {
  readonly event: CommittedEvent
  readonly index: number
}

const names: Readonly<Record<string, string>> = { 'tom@example.org': 'tom', 'rita@example.org': 'rita' }

export function* history(seed: number): Generator<Told, never> {
  const random = numbers(seed)
  const oneOf = <Item>(...items: readonly [Item, ...Item[]]): Item => items[Math.floor(random() * items.length)] ?? items[0]
  const evidence = new Map<string, StreamEvidence>()
  const revisions = new Map<string, number>()
  let catalogue: Catalogue = emptyCatalogue
  let [position, time] = [0, Date.parse('2026-11-01T00:00:00.000Z')]

  function record(stream: StreamName, key: string, event: AnyEvent, by = 'tom'): Told {
    position += 1
    time += Math.floor(random() * 90_000)
    const revision = (revisions.get(stream) ?? -1) + 1
    revisions.set(stream, revision)
    const recordedtime = new Date(time).toISOString()
    const { type, data } = encodeEvent(event)
    const id = eventId(position)
    const { subject } = parseStream(stream)
    const context = {
      id,
      source: '/pipelines/credit',
      type: toWireType(type),
      subject,
      partitionkey: key,
      time: recordedtime,
      correlationid: id,
      authid: by,
    }
    const recorded: Recorded<AnyEvent> = { event: { ...event }, id, stream, revision, position, recordedtime, context }
    if (stream.startsWith('policy-')) catalogue = foldCatalogue(catalogue, recorded as Parameters<typeof foldCatalogue>[1])
    else if (evidence.has(stream) || isEvidence(stream))
      evidence.set(stream, foldEvidence(evidence.get(stream) ?? noEvidence(stream), recorded))
    return { event: { stream, revision, id, type, recordedtime, context, data }, index: position - 1 }
  }
  const stood = <State>(stream: string): State => (evidence.get(stream) ?? noEvidence(stream)) as State

  const accuracy = policy({ appliesTo: "intent.environment == 'production'", assert: 'evaluation.balancedAccuracy >= 0.6' })
  const weak = approvalRule({
    id: 'weak',
    when: 'evaluation.balancedAccuracy < 0.7',
    needs: [{ role: 'model-risk', count: 1 + Math.floor(random() * 2) }],
  })
  for (const document of [accuracy, weak]) {
    const made = published(document, { reviewed: false, effectiveFrom: new Date(time).toISOString() })
    yield record(streamName('policy', document.id), document.id, made, 'policies')
  }

  for (let count = 0; ; count += 1) {
    const model = `model-${seed}-${Math.floor(count / 3)}`
    const version = String(1 + (count % 3))
    const data = `${model}-data`
    if (version === '1') {
      yield record(streamName('model', model), model, { type: 'model.registered', modelType: 'classification' })
      yield record(streamName('model', model), model, { type: 'model.risk-tiered', riskTier: oneOf('high', 'limited') })
      yield record(streamName('dataset', data), data, { type: 'dataset.registered', license: oneOf('internal', 'Größe "L"') })
      yield record(streamName('endpoint', 'production', model), `production/${model}`, { type: 'endpoint.registered' })
    }
    const artifact = digest(`${model}@${version}`)
    const ofVersion = streamName('version', model, version)
    yield record(ofVersion, model, { type: 'version.registered', artifact: { digest: artifact }, holdout: { name: data } })
    const trainedBy = [oneOf('tom@example.org', 'rita@example.org')]
    yield record(ofVersion, model, {
      type: 'version.trained',
      trainedBy,
      endedAt: '2026-10-30T00:00:00Z',
      datasets: [{ name: data, role: 'training' }],
    })
    const balancedAccuracy = oneOf(0.5, 0.62, 0.66, 0.8, 0.9)
    yield record(ofVersion, model, { type: 'version.evaluated', dataset: { name: data }, balancedAccuracy })

    const id = `${model}.v${version}`
    const target = { model, version, environment: 'production', endpoint: model, artifact }
    const requestedBy = 'rita@example.org'
    const { artifact: _, ...wanted } = target
    yield record(streamName('intent', id), model, { type: 'intent.declared', ...wanted, requestedBy }, 'rita')
    let state: DeploymentState = deployment.initial
    const questions: { readonly approval: string; readonly command: ApprovalCommand }[] = []
    function* order(command: DeploymentCommand): Generator<Told> {
      const decided = deployment.decide(command, state)
      for (const event of decided.kind === 'recorded' ? decided.events : []) {
        state = deployment.evolve(state, event)
        yield record(streamName('deployment', id), model, event, 'deployments')
        questions.push(...reactForApprovals(event satisfies DeploymentEvent))
      }
    }
    const lapsesAt = new Date(time + 86_400_000).toISOString()
    yield* order({ type: 'open-deployment', id, target, requestedBy, missing: [], lapsesAt })

    const { declared } = stood<IntentEvidence>(streamName('intent', id))
    if (declared === undefined) throw new Error('the intent was declared')
    const of = subjectsOf(declared)
    const versionEvidence = stood<VersionEvidence>(of.version)
    const gathered = {
      intent: declared,
      version: versionEvidence,
      model: stood<ModelEvidence>(of.model),
      endpoint: stood<EndpointEvidence>(of.endpoint),
      datasets: new Map(datasetsOf(versionEvidence).map(({ name }) => [name, stood<DatasetEvidence>(streamName('dataset', name))])),
    }
    const people = peopleOf(gathered, name => names[name])
    const at = new Date(time).toISOString()
    const asOf = { position, event: eventId(position) }
    const facts = factsOf(gathered, people, 'intent', id, at)
    const result = performCheck({ target, facts, people, catalogue: inForce(catalogue, at), asOf, at, point: 'intent' }, sha256)
    yield* order({ type: 'check-deployment', ...result, missing: [], held: false, remediation: { steps: [], by: at } })

    const verdict = random() < 0.8 ? 'approve' : 'reject'
    for (const { approval: asked, command } of questions.splice(0)) {
      let answered: ApprovalState = approval.initial
      const stream = streamName('approval', asked)
      const signers: readonly ApprovalCommand[] = ['rita', 'ana', 'omar'].map(by => ({
        type: 'sign-approval',
        digest: command.type === 'request-approval' ? command.digest : '',
        by,
        role: 'model-risk',
        verdict,
        reason: { personal: 'The evidence was read.', of: by },
      }))
      for (const each of [command, ...signers]) {
        const decided = approval.decide(each, answered)
        for (const event of decided.kind === 'recorded' ? decided.events : []) {
          answered = approval.evolve(answered, event)
          yield record(stream, model, event, 'by' in each ? each.by : 'approvals')
          if (event.type !== 'approval.granted' && event.type !== 'approval.rejected') continue
          const answer = event.type === 'approval.granted' ? 'granted' : 'rejected'
          yield* order({ type: 'answer-deployment', approvalId: asked, deployment: id, digest: event.digest, answer })
        }
      }
    }
  }
}

const isEvidence = (stream: string): boolean => /^(model|version|dataset|endpoint|intent)-/.test(stream)
