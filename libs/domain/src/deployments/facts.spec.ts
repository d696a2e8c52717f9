import { factsSchema, type FactField, type Facts, type LifecycleEvent, type Recorded } from '@muster/contracts'
import { groupBy } from '@muster/kernel'
import { array, assert, nat, property } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { evaluated, evidence, evidenceOf, facts, factsFrom, log, now, people, personOf, streams } from '../testing/example.ts'
import { digest, recorded } from '../testing/recorded.ts'
import { datasetsOf, factsOf, missingRegistrations, peopleOf, type Evidence } from './facts.ts'

type Type = LifecycleEvent['type']
const without = (...types: Type[]): Evidence => evidenceOf(log.filter(({ event }) => !types.includes(event.type)))
const after = (stream: string, event: LifecycleEvent, source = '/pipelines/credit'): Evidence =>
  evidenceOf([...log, recorded(stream, event, { source })])

const at = (of: Facts, path: string): unknown =>
  path.split('.').reduce<unknown>((inner, step) => (inner as { [name: string]: unknown } | undefined)?.[step], of)

/** Paths of facts, of every element of a list. */
const paths = (of: unknown, path = ''): string[] => {
  if (Array.isArray(of)) return of.flatMap(item => paths(item, `${path}[]`))
  if (typeof of !== 'object' || of === null) return [path]
  return Object.entries(of).flatMap(([name, value]) => paths(value, path === '' ? name : `${path}.${name}`))
}
const contracted = ({ type }: FactField, path: string): string[] => {
  if (type.kind === 'record') return Object.entries(type.fields).flatMap(([name, field]) => contracted(field, `${path}.${name}`))
  if (type.kind === 'list') return contracted({ presence: 'required', description: '', type: type.of }, `${path}[]`)
  return [path]
}

describe('The facts', () => {
  it('are what the contract names, and nothing else', () => {
    const known = new Set(Object.entries(factsSchema.fields).flatMap(([name, field]) => contracted(field, name)))
    expect(paths(facts).filter(path => !known.has(path))).toEqual([])
  })

  it('tell of the deployment in one place', () =>
    expect(facts).toMatchObject({
      now: '2026-11-25T12:00:00.000Z',
      point: 'intent',
      intent: { id: 'd1', environment: 'production', endpoint: 'credit', requestedBy: 'rita' },
      model: { name: 'credit', type: 'classification', owner: 'group:credit', riskTier: 'high' },
      version: { name: '3', trainedBy: ['tom'], trainedAt: '2026-10-30T00:00:00Z', documents: [{ kind: 'model-card' }] },
      evaluation: { auc: 0.77, balancedAccuracy: 0.7 },
      evaluations: { count: 1 },
      endpoint: { audience: 'customers' },
    }))

  it.each<[string, Type]>([
    ['model.riskTier', 'model.risk-tiered'],
    ['model.owner', 'model.owner-assigned'],
    ['model.type', 'model.registered'],
    ['version.artifactDigest', 'version.registered'],
    ['version.trainedBy', 'version.trained'],
    ['datasets', 'version.trained'],
    ['evaluation', 'version.evaluated'],
    ['evaluation', 'version.registered'],
    ['datasets.0.license', 'dataset.registered'],
    ['datasets.0.rows', 'dataset.profiled'],
    ['endpoint.owner', 'endpoint.registered'],
  ])('have no %s without %s: it stays missing', (path, type) => {
    expect(at(facts, path)).toBeDefined()
    expect(at(factsFrom(without(type)), path)).toBeUndefined()
  })

  it('have no figure that was not measured', () => {
    const { auc: _, ...unmeasured } = evaluated
    expect(factsFrom(after(streams.version, unmeasured)).evaluation).not.toHaveProperty('auc')
  })

  it('have fairness only where groups were measured, and never as nothing', () => {
    const { groups: _, ...unmeasured } = evaluated
    expect(factsFrom(after(streams.version, unmeasured)).evaluation).not.toHaveProperty('fairness')
    expect(factsFrom(after(streams.version, { ...evaluated, groups: [] })).evaluation).toMatchObject({ fairness: { groups: [] } })
    expect(at(factsFrom(after(streams.version, { ...evaluated, groups: [] })), 'evaluation.fairness.disparateImpact')).toBeUndefined()
  })

  it.each([
    [[0.9, 1.05], 0.9],
    [[0.9, 1.2], 1.2],
    [[0.8, 1.25], 0.8],
    [[0.1, 0, 50], 0],
  ])('name the disparate impact farthest from 1: of %j it is %d', (impacts, farthest) => {
    const groups = impacts.map(disparateImpact => ({ attribute: 'age', group: 'under-25', disparateImpact }))
    expect(at(factsFrom(after(streams.version, { ...evaluated, groups })), 'evaluation.fairness.disparateImpact')).toBe(farthest)
  })

  it('name the equal-opportunity difference farthest from 0, with its sign', () =>
    expect(at(facts, 'evaluation.fairness.equalOpportunityDifference')).toBe(-0.05))

  it('tell of every data set of every training, once for each role and content', () => {
    const used = digest('a subset')
    const training = {
      type: 'version.trained' as const,
      trainedBy: ['tom@example.org'],
      endedAt: '2026-10-30T00:00:00Z',
      datasets: [
        { name: 'applications', role: 'training' as const, digest: used },
        { name: 'applications', role: 'validation' as const },
      ],
    }
    const told = factsFrom(after(streams.version, training)).datasets as readonly Facts[]
    expect(told.map(({ role, digest: of, registered }) => ({ role, of, registered }))).toEqual([
      { role: 'training', of: digest('applications'), registered: true },
      // Registered is other content under that name, which says nothing of this.
      { role: 'training', of: used, registered: false },
      { role: 'validation', of: digest('applications'), registered: true },
      { role: 'holdout', of: digest('applications'), registered: true },
    ])
  })

  it('say of a data set that nobody registered only that it is used', () =>
    expect(factsFrom(without('dataset.registered', 'dataset.profiled')).datasets).toEqual([
      { name: 'applications', role: 'training', registered: false },
      { name: 'applications', role: 'holdout', registered: false },
    ]))
})

describe('Persons', () => {
  it('who sent what they ask for have asked, and who sent a training has trained', () => {
    const byRita = (recorded: Recorded<LifecycleEvent>): Recorded<LifecycleEvent> => ({
      ...recorded,
      context: { ...recorded.context, authtype: 'user', authid: 'rita@example.org' },
    })
    const sent = log.map(recorded =>
      recorded.event.type === 'intent.declared'
        ? byRita({ ...recorded, event: { ...recorded.event, requestedBy: 'ana@example.org' } })
        : recorded.event.type === 'version.trained'
          ? byRita(recorded)
          : recorded,
    )
    const people = peopleOf(evidenceOf(sent), personOf)
    expect(people.filter(({ as }) => as === 'requester').map(({ person }) => person)).toEqual(['ana', 'rita'])
    expect(people.filter(({ as }) => as === 'trainer').map(({ person }) => person)).toEqual(['tom', 'rita'])
  })

  it('are unknown where nobody said who trained the version', () => {
    const people = peopleOf(without('version.trained'), personOf)
    expect(people).toContainEqual({ name: 'the trainer of credit 3', as: 'trainer' })
  })

  const trainedBy = (...names: [string, ...string[]]): Evidence =>
    after(streams.version, {
      type: 'version.trained',
      trainedBy: names,
      endedAt: '2026-10-30T00:00:00Z',
      datasets: [{ name: 'applications', role: 'training' }],
    })

  it('stand under the id that they are known by', () =>
    expect(people).toEqual([
      { name: 'rita@example.org', as: 'requester', person: 'rita' },
      { name: 'tom@example.org', as: 'trainer', person: 'tom' },
    ]))

  it('are named, and their fact is missing, where the name of a trainer maps to nobody', () => {
    const robot = trainedBy('robot-7')
    expect(peopleOf(robot, personOf)).toContainEqual({ name: 'robot-7', as: 'trainer' })
    expect(factsFrom(robot).version).not.toHaveProperty('trainedBy')
  })

  it('are named, and their fact is missing, where the name of the requester maps to nobody', () => {
    const nobody: Evidence = { ...evidence, intent: { ...evidence.intent, requestedBy: 'robot-7' } }
    expect(peopleOf(nobody, personOf)).toContainEqual({ name: 'robot-7', as: 'requester' })
    expect(factsFrom(nobody).intent).not.toHaveProperty('requestedBy')
  })

  it('are asked for by the name and the source that used it', () => {
    const source = '/elsewhere'
    const spoken = after(
      streams.version,
      {
        type: 'version.trained',
        trainedBy: ['tom@example.org'],
        endedAt: '2026-10-30T00:00:00Z',
        datasets: [{ name: 'applications', role: 'training' }],
      },
      source,
    )
    expect(peopleOf(spoken, (name, from) => (from === source ? undefined : personOf(name, from)))).toEqual([
      ...people,
      { name: 'tom@example.org', as: 'trainer' },
    ])
  })

  it('are counted once, under however many names they trained', () => {
    const aliases = trainedBy('tom@example.org', 'Tom')
    const named = peopleOf(aliases, () => 'tom')
    expect(named.filter(({ as }) => as === 'trainer').map(({ name }) => name)).toEqual(['tom@example.org', 'Tom'])
    expect(factsOf(aliases, named, 'intent', 'd1', now).version).toMatchObject({ trainedBy: ['tom'] })
  })

  it('that own the model stand in the facts under their id, for a snapshot holds no other name of a person', () => {
    const owned = after(streams.model, { type: 'model.owner-assigned', owner: 'olga@example.org' })
    expect(peopleOf(owned, personOf)).toContainEqual({ name: 'olga@example.org', as: 'owner', person: 'olga' })
    expect(factsFrom(owned).model).toMatchObject({ owner: 'olga' })
  })

  it('that own the model and map to nobody are named, and the owner is missing', () => {
    const owned = after(streams.model, { type: 'model.owner-assigned', owner: 'robot-7' })
    expect(peopleOf(owned, personOf)).toContainEqual({ name: 'robot-7', as: 'owner' })
    expect(factsFrom(owned).model).not.toHaveProperty('owner')
  })

  it('are not the members of a group: a group that owns the model is nobody, and a fact all the same', () => {
    expect(people.filter(({ as }) => as === 'owner')).toEqual([])
    expect(facts.model).toMatchObject({ owner: 'group:credit' })
  })
})

describe('A deployment waits for', () => {
  it('nothing, once all that it names is registered', () => expect(missingRegistrations(evidence)).toEqual([]))

  it.each<[string, Type]>([
    [streams.model, 'model.registered'],
    [streams.version, 'version.registered'],
    [streams.endpoint, 'endpoint.registered'],
    [streams.dataset, 'dataset.registered'],
  ])('%s, while there is no %s', (stream, type) => expect(missingRegistrations(without(type))).toEqual([stream]))

  it('every data set that the version names, the holdout too, once', () => {
    const evaluatedElsewhere: Evidence = { ...evidence, version: { ...evidence.version, holdout: { name: 'loans' } }, datasets: new Map() }
    expect(missingRegistrations(evaluatedElsewhere)).toEqual(['dataset-applications', 'dataset-loans'])
    expect(datasetsOf(evidence.version)).toHaveLength(2)
  })
})

describe('Events of different streams', () => {
  /** The same events, each stream in its own order, the streams in whatever order `picks` says. */
  const interleaved = (picks: readonly number[]): readonly Recorded<LifecycleEvent>[] => {
    const queues = [...groupBy(log, ({ stream }) => stream).values()].map(events => [...events])
    const order: Recorded<LifecycleEvent>[] = []
    for (let step = 0; order.length < log.length; step++) {
      const open = queues.filter(queue => queue.length > 0)
      order.push(...(open[(picks[step] ?? 0) % open.length]?.splice(0, 1) ?? []))
    }
    return order
  }

  it('may come in any order: the evidence and the facts are the same', () =>
    assert(
      property(array(nat(4), { minLength: log.length, maxLength: log.length }), picks => {
        const other = evidenceOf(interleaved(picks))
        expect(other).toEqual(evidence)
        expect(factsFrom(other)).toEqual(facts)
      }),
    ))
})
