import { streamName, type PolicyEvent } from '@muster/contracts'
import { describe, expect, it } from 'vitest'
import { approvalRule, catalogueOf, policy, published } from '../testing/policies.ts'
import { recorded } from '../testing/recorded.ts'
import { foldCatalogue, inForce, type Catalogue } from './catalogue.ts'

const version = (number: number, from: string, until?: string) =>
  published(policy(), { version: number, effectiveFrom: from, ...(until !== undefined && { effectiveUntil: until }) })

const versionsAt = (catalogue: Catalogue, at: string): number[] => inForce(catalogue, at).policies.map(one => one.version)
const retire = (catalogue: Catalogue, id: string): Catalogue => {
  const retired: PolicyEvent = { type: 'policy.retired', version: 1, reason: { personal: 'No longer needed.', of: 'olga' } }
  return foldCatalogue(catalogue, recorded(streamName('policy', id), retired))
}

describe('A published version', () => {
  const later = catalogueOf(version(1, '2026-01-01T00:00:00Z'), version(2, '2026-06-01T00:00:00Z'))

  it('leaves the one before in force until it takes effect itself', () => {
    expect(versionsAt(later, '2026-05-31T23:59:59.999Z')).toEqual([1])
    expect(versionsAt(later, '2026-06-01T00:00:00.000Z')).toEqual([2])
  })

  it('is not in force before it takes effect', () => expect(versionsAt(later, '2025-12-31T23:59:59.999Z')).toEqual([]))

  it('ends at its end, and brings none back that it replaced', () => {
    const ending = catalogueOf(version(1, '2026-01-01T00:00:00Z'), version(2, '2026-02-01T00:00:00Z', '2026-03-01T00:00:00Z'))
    expect(versionsAt(ending, '2026-02-28T23:59:59.999Z')).toEqual([2])
    expect(versionsAt(ending, '2026-03-01T00:00:00.000Z')).toEqual([])
  })

  it('replaces one that was to take effect later, once it was published after it', () => {
    const sooner = catalogueOf(version(1, '2026-01-01T00:00:00Z'), version(2, '2026-06-01T00:00:00Z'), version(3, '2026-05-01T00:00:00Z'))
    expect(versionsAt(sooner, '2026-05-01T00:00:00.000Z')).toEqual([3])
    expect(versionsAt(sooner, '2026-07-01T00:00:00.000Z')).toEqual([3])
  })

  it('takes effect never before its instant, which may be finer than our clock', () => {
    const fine = catalogueOf(version(1, '2026-06-01T00:00:00.000400Z'))
    expect(versionsAt(fine, '2026-06-01T00:00:00.000Z')).toEqual([])
    expect(versionsAt(fine, '2026-06-01T00:00:00.001Z')).toEqual([1])
  })

  it('is evaluated in the mode in which it was published', () => {
    const [warned] = inForce(catalogueOf(published(policy(), { mode: 'warn' })), '2026-06-01T00:00:00.000Z').policies
    expect(warned?.document.mode).toBe('warn')
  })

  it('that this release cannot compile stops the reader, with the reason', () =>
    expect(() => catalogueOf(published(policy({ assert: 'model.unheardOf' })))).toThrow(
      /policy accuracy version 1 does not compile: .*unheardOf/,
    ))
})

describe('A retired policy', () => {
  const both = catalogueOf(version(1, '2026-01-01T00:00:00Z'), published(approvalRule()))

  it('is no longer in force, and leaves the others alone', () => {
    const { policies, approvalRules } = inForce(retire(both, 'accuracy'), '2026-06-01T00:00:00.000Z')
    expect(policies).toEqual([])
    expect(approvalRules.map(({ document }) => document.id)).toEqual(['high-risk'])
  })

  it('is in force again when it is published again', () => {
    const back = foldCatalogue(retire(both, 'accuracy'), recorded(streamName('policy', 'accuracy'), version(2, '2026-06-01T00:00:00Z')))
    expect(versionsAt(back, '2026-06-01T00:00:00.000Z')).toEqual([2])
  })
})

describe('What is in force', () => {
  it('stands in the order of ids, in whatever order it was published', () => {
    const ids = ['zeta', 'alpha', 'mid-1', 'mid']
    const inOrder = (order: readonly string[]) =>
      inForce(catalogueOf(...order.map(id => published(policy({ id })))), '2026-06-01T00:00:00.000Z').policies.map(
        ({ document }) => document.id,
      )
    expect(inOrder(ids)).toEqual(['alpha', 'mid', 'mid-1', 'zeta'])
    expect(inOrder(ids.toReversed())).toEqual(inOrder(ids))
  })

  it.each([
    ['2026-01-15T00:00:00.000Z', '2026-02-01T00:00:00Z'],
    ['2026-02-01T00:00:00.000Z', '2026-03-01T00:00:00Z'],
    ['2026-03-01T00:00:00.000Z', undefined],
  ])('at %s changes by itself next at %s', (at, changesAt) => {
    const catalogue = catalogueOf(version(1, '2026-01-01T00:00:00Z'), version(2, '2026-02-01T00:00:00Z', '2026-03-01T00:00:00Z'))
    expect(inForce(catalogue, at).changesAt).toBe(changesAt)
  })
})

describe('A version that is tried in shadow', () => {
  const at = '2026-06-01T00:00:00.000Z'
  const tried = (number: number) => published(policy(), { version: number, mode: 'shadow', effectiveFrom: '2026-02-01T00:00:00Z' })
  const activate = (catalogue: Catalogue, number: number, from: string): Catalogue => {
    const activated: PolicyEvent = { type: 'policy.activated', version: number, mode: 'enforce', effectiveFrom: from }
    return foldCatalogue(catalogue, recorded(streamName('policy', 'accuracy'), activated))
  }
  const modesAt = (catalogue: Catalogue): (readonly [number, string | undefined])[] =>
    inForce(catalogue, at).policies.map(one => [one.version, one.document.mode])

  it('is checked beside the version in force, and replaces it by nothing', () =>
    expect(modesAt(catalogueOf(version(1, '2026-01-01T00:00:00Z'), tried(2)))).toEqual([
      [1, 'enforce'],
      [2, 'shadow'],
    ]))

  it('takes its place when it is activated, from the instant that it takes effect', () => {
    const trying = catalogueOf(version(1, '2026-01-01T00:00:00Z'), tried(2))
    expect(modesAt(activate(trying, 2, '2026-03-01T00:00:00Z'))).toEqual([[2, 'enforce']])
    expect(modesAt(activate(trying, 2, '2026-07-01T00:00:00Z'))).toEqual([[1, 'enforce']])
  })

  it('is tried no longer once another version is published', () => {
    expect(modesAt(catalogueOf(version(1, '2026-01-01T00:00:00Z'), tried(2), tried(3)))).toEqual([
      [1, 'enforce'],
      [3, 'shadow'],
    ])
    expect(modesAt(catalogueOf(version(1, '2026-01-01T00:00:00Z'), tried(2), version(3, '2026-02-01T00:00:00Z')))).toEqual([[3, 'enforce']])
  })

  it('is no trial where its document is meant for shadow: it takes the place of the one before', () => {
    const demoted = published(policy({ mode: 'shadow' }), { version: 2, effectiveFrom: '2026-02-01T00:00:00Z' })
    expect(modesAt(catalogueOf(version(1, '2026-01-01T00:00:00Z'), demoted))).toEqual([[2, 'shadow']])
  })

  it('is over when the policy is retired', () =>
    expect(modesAt(retire(catalogueOf(version(1, '2026-01-01T00:00:00Z'), tried(2)), 'accuracy'))).toEqual([]))
})
