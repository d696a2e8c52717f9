import type { EndpointEvent, LifecycleEvent, ModelEvent, DatasetEvent, VersionEvent, IntentEvent } from '@muster/contracts'
import { describe, expect, it } from 'vitest'
import { artifact, evaluated, streams } from '../testing/example.ts'
import { digest, eventId, recorded } from '../testing/recorded.ts'
import {
  ageFrom,
  foldDataset,
  foldEndpoint,
  foldIntent,
  foldModel,
  foldVersion,
  noDataset,
  noEndpoint,
  noIntent,
  noModel,
  noVersion,
} from './evidence.ts'

type Told<Event> = readonly [Event, Parameters<typeof recorded>[2]?]
const modelAfter = (...told: Told<ModelEvent>[]) =>
  told.reduce((model, [event, when]) => foldModel(model, recorded(streams.model, event, when)), noModel)
const versionAfter = (...told: Told<VersionEvent>[]) =>
  told.reduce((version, [event, when]) => foldVersion(version, recorded(streams.version, event, when)), noVersion)
const datasetAfter = (...told: Told<DatasetEvent>[]) =>
  told.reduce((dataset, [event, when]) => foldDataset(dataset, recorded(streams.dataset, event, when)), noDataset)
const endpointAfter = (...told: Told<EndpointEvent>[]) =>
  told.reduce((endpoint, [event, when]) => foldEndpoint(endpoint, recorded(streams.endpoint, event, when)), noEndpoint)
const intentAfter = (...told: Told<IntentEvent>[]) =>
  told.reduce((intent, [event, when]) => foldIntent(intent, recorded(streams.intent, event, when)), noIntent)

const registered = (rest: Partial<Extract<LifecycleEvent, { type: 'version.registered' }>> = {}): VersionEvent => ({
  type: 'version.registered',
  artifact: { digest: artifact },
  ...rest,
})
const trained = (...trainedBy: [string, ...string[]]): VersionEvent => ({
  type: 'version.trained',
  trainedBy,
  endedAt: '2026-10-30T00:00:00Z',
  datasets: [{ name: 'applications', role: 'training' }],
})
const measured = (auc: number, name = 'applications', of?: string): VersionEvent => ({
  ...evaluated,
  auc,
  dataset: { name, ...(of !== undefined && { digest: digest(of) }) },
})

describe('The age of evidence', () => {
  const at = '2026-11-02T00:00:00.000Z'
  it.each([
    ['from what its sender says, where that is earlier', '2026-11-01T00:00:00Z', '2026-11-01T00:00:00Z'],
    ['from when it was recorded, where the sender says later', '2026-11-02T00:04:00Z', at],
  ])('counts %s', (_, claimed, from) => expect(ageFrom(recorded(streams.model, evaluated, { at, claimed }))).toBe(from))

  it('of a training counts from its end, or from its record where that is earlier', () => {
    expect(versionAfter([trained('tom')]).trainedAt).toBe('2026-10-30T00:00:00Z')
    expect(versionAfter([trained('tom'), { at: '2026-10-01T00:00:00Z' }]).trainedAt).toBe('2026-10-01T00:00:00Z')
  })
})

describe('What is known of a model', () => {
  it('is registered since its first registration', () =>
    expect(modelAfter([{ type: 'model.registered' }, { at: '2026-01-01T00:00:00Z' }], [{ type: 'model.registered' }]).registeredAt).toBe(
      '2026-01-01T00:00:00Z',
    ))

  it('keeps what a later registration leaves out, and takes what it says', () =>
    expect(
      modelAfter(
        [{ type: 'model.registered', modelType: 'ranking', intendedUse: 'Search' }],
        [{ type: 'model.registered', modelType: 'classification' }],
      ),
    ).toMatchObject({ type: 'classification', intendedUse: 'Search' }))

  it('has the risk tier and the owner that were named last', () =>
    expect(
      modelAfter(
        [{ type: 'model.risk-tiered', riskTier: 'minimal' }],
        [{ type: 'model.owner-assigned', owner: 'group:search' }],
        [{ type: 'model.owner-assigned', owner: 'ana@example.org' }, { source: '/registry' }],
        [{ type: 'model.risk-tiered', riskTier: 'high' }],
      ),
    ).toEqual({ riskTier: 'high', owner: { name: 'ana@example.org', source: '/registry' } }))
})

describe('What is known of a version', () => {
  const onApplications = registered({ holdout: { name: 'applications' } })

  it('has the newest evaluation on the holdout that it named', () =>
    expect(versionAfter([onApplications], [measured(0.7)], [measured(0.8)]).onHoldout?.measured.auc).toBe(0.8))

  it('takes no evaluation on other data for one on the holdout', () =>
    expect(versionAfter([onApplications], [measured(0.7)], [measured(0.99, 'training-data')]).onHoldout?.measured.auc).toBe(0.7))

  it('takes no evaluation on other content of the holdout, where it named the content', () => {
    const exact = registered({ holdout: { name: 'applications', digest: digest('as of May') } })
    expect(
      versionAfter(
        [exact],
        [measured(0.7, 'applications', 'as of May')],
        [measured(0.9, 'applications', 'as of June')],
        [measured(0.95, 'applications')],
      ).onHoldout?.measured.auc,
    ).toBe(0.7)
  })

  it('has no evaluation while it named no holdout', () =>
    expect(versionAfter([registered()], [measured(0.8)])).not.toHaveProperty('onHoldout'))

  it('finds an evaluation that came before its registration', () =>
    expect(versionAfter([measured(0.7)], [measured(0.8)], [onApplications]).onHoldout?.measured.auc).toBe(0.8))

  it('keeps the holdout that was named first: another one needs another version', () => {
    const version = versionAfter(
      [onApplications],
      [measured(0.5)],
      [measured(0.9, 'easy-cases')],
      [registered({ holdout: { name: 'easy-cases' } })],
    )
    expect(version.holdout?.name).toBe('applications')
    expect(version.onHoldout?.measured.auc).toBe(0.5)
  })

  it('keeps the last twenty evaluations, newest first, and counts all', () => {
    const version = versionAfter(...Array.from({ length: 25 }, (_, index): Told<VersionEvent> => [measured(index / 100)]))
    expect(version.evaluationCount).toBe(25)
    expect(version.evaluations.map(({ measured: { auc } }) => auc)).toEqual(Array.from({ length: 20 }, (_, index) => (24 - index) / 100))
  })

  it('keeps the evaluation on the holdout, however many on other data follow', () => {
    const others = Array.from({ length: 30 }, (): Told<VersionEvent> => [measured(0.99, 'other')])
    const version = versionAfter([onApplications], [measured(0.6)], ...others, [onApplications])
    expect(version.onHoldout?.measured.auc).toBe(0.6)
  })

  it('was trained by everybody who ever trained it, and is what its newest training made', () => {
    const version = versionAfter([trained('tom')], [trained('ben'), { source: '/other' }])
    expect(version.trainedBy).toEqual([
      { name: 'tom', source: '/pipelines/credit' },
      { name: 'ben', source: '/other' },
    ])
    expect(version.training?.trainedBy).toEqual(['ben'])
  })

  it('has the newest document of each kind', () => {
    const document = (kind: 'model-card' | 'test-report', uri: string): VersionEvent => ({
      type: 'version.documented',
      kind,
      uri,
      digest: digest(uri),
    })
    const { documents } = versionAfter([document('model-card', 'a')], [document('test-report', 'b')], [document('model-card', 'c')])
    expect([...documents.values()].map(({ kind, uri }) => `${kind} ${uri}`)).toEqual(['model-card c', 'test-report b'])
  })
})

describe('What is known of a data set', () => {
  it('is what its registrations say, the later in place of the earlier', () =>
    expect(
      datasetAfter(
        [{ type: 'dataset.registered', license: 'internal', personalData: true }, { at: '2026-01-01T00:00:00Z' }],
        [{ type: 'dataset.registered', personalData: false }],
      ),
    ).toEqual({ registeredAt: '2026-01-01T00:00:00Z', license: 'internal', personalData: false }))

  it('is measured by its newest profile alone', () =>
    expect(
      datasetAfter(
        [{ type: 'dataset.profiled', rows: 1, columns: 1, missingRate: 0.5 }],
        [{ type: 'dataset.profiled', rows: 2, columns: 1 }, { at: '2026-11-05T00:00:00Z' }],
      ).profile,
    ).toEqual({ rows: 2, columns: 1, at: '2026-11-05T00:00:00Z' }))
})

describe('What runs at an endpoint', () => {
  const running = (version: string) => ({ model: 'credit', version, artifact: { digest: artifact } })
  const observed = (version: string): EndpointEvent => ({ type: 'rollout.observed', ...running(version) })
  const ended = (version: string): EndpointEvent => ({ type: 'rollout.ended', ...running(version) })

  it('runs since it was first seen, however often it is seen', () =>
    expect(
      endpointAfter([observed('1'), { position: 7, at: '2026-11-03T00:00:00.000Z' }], [observed('1'), { position: 8 }]).running,
    ).toEqual([{ model: 'credit', version: '1', artifact, observed: eventId(7), since: '2026-11-03T00:00:00.000Z' }]))

  it('may be several versions, oldest first, until each ends', () =>
    expect(endpointAfter([observed('1')], [observed('2')], [observed('3')], [ended('2')]).running.map(({ version }) => version)).toEqual([
      '1',
      '3',
    ]))

  it('runs since it was seen again, where it had ended', () =>
    expect(endpointAfter([observed('1'), { position: 1 }], [ended('1')], [observed('1'), { position: 3 }]).running).toMatchObject([
      { observed: eventId(3) },
    ]))

  it('is another roll-out with another artifact', () => {
    const other: EndpointEvent = { type: 'rollout.ended', ...running('1'), artifact: { digest: digest('other') } }
    expect(endpointAfter([observed('1')], [other]).running).toHaveLength(1)
  })
})

describe('An intent', () => {
  const declared = (version: string): IntentEvent => ({
    type: 'intent.declared',
    model: 'credit',
    version,
    environment: 'production',
    endpoint: 'credit',
    requestedBy: 'rita@example.org',
  })

  it('asks what it asked first', () => expect(intentAfter([declared('1')], [declared('2')]).declared?.version).toBe('1'))

  it('is withdrawn for good, in whatever order it is told', () =>
    expect(intentAfter([{ type: 'intent.withdrawn' }], [declared('1')])).toMatchObject({ withdrawn: true, declared: { version: '1' } }))
})
