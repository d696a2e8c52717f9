import { constantFrom, record, subarray } from 'fast-check'
import type { ViolationEvent } from '@muster/contracts'
import { obeysTheLaws, specify } from '@muster/kernel/testing'
import { describe, expect, it } from 'vitest'
import { artifact } from '../testing/example.ts'
import { digest, eventId, store } from '../testing/recorded.ts'
import type { Rollout } from './evidence.ts'
import { violation, violationOf, type Clearance, type Found, type ViolationCommand } from './violation.ts'

const place = { environment: 'production', endpoint: 'credit' }
const rollout = (rest: Partial<Rollout> = {}): Rollout => ({
  model: 'credit',
  version: '3',
  artifact,
  observed: eventId(1),
  since: '2026-11-01T00:00:00.000Z',
  ...rest,
})
const cleared = (rest: Partial<Clearance> = {}): Clearance => ({
  deployment: 'd1',
  status: 'cleared',
  model: 'credit',
  version: '3',
  ...place,
  artifact,
  ...rest,
})
const revoked = (rest: Partial<Clearance> = {}): Clearance =>
  cleared({ status: 'revoked', revokedAt: '2026-11-10T00:00:00.000Z', remediateBy: '2026-11-15T00:00:00.000Z', ...rest })
const otherArtifact = cleared({ deployment: 'd2', artifact: digest('other') })
const otherPlace = cleared({ deployment: 'd3', environment: 'staging' })

const afterwards = '2026-11-20T00:00:00.000Z'
const violates = (clearances: Clearance[], at = afterwards, running = rollout()) => violationOf(running, place, clearances, at)

describe('What runs', () => {
  it('with a clearance for exactly this artifact at this place is no violation', () => expect(violates([cleared()])).toBeUndefined())

  it.each<[string, Clearance[], Found['kind'], string | undefined]>([
    ['nothing', [], 'no-clearance', undefined],
    ['a clearance of another version', [cleared({ version: '2' })], 'no-clearance', undefined],
    ['a clearance that was revoked', [revoked()], 'revoked', 'd1'],
    ['a clearance of another artifact', [otherArtifact], 'other-artifact', 'd2'],
    ['a clearance for another environment', [otherPlace], 'other-place', 'd3'],
    ['a clearance for another endpoint', [cleared({ endpoint: 'loans' })], 'other-place', 'd1'],
    [
      'a clearance of another artifact at another place',
      [cleared({ artifact: digest('other'), endpoint: 'loans' })],
      'no-clearance',
      undefined,
    ],
  ])('with %s is a violation', (_, clearances, kind, deployment) => {
    const found = violates(clearances)
    expect(found).toMatchObject({ kind, running: { model: 'credit', version: '3', artifact }, observed: eventId(1) })
    expect(found?.deployment).toBe(deployment)
  })

  it('violates first what was revoked, then the artifact, then the place', () => {
    expect(violates([otherPlace, otherArtifact, revoked()])?.kind).toBe('revoked')
    expect(violates([otherPlace, otherArtifact])?.kind).toBe('other-artifact')
  })

  it('is no violation when one of its clearances holds, whatever became of the others', () =>
    expect(violates([cleared(), revoked({ deployment: 'd0' }), otherArtifact])).toBeUndefined())

  it('says what runs where, and what was cleared', () =>
    expect(violates([otherPlace])?.message).toBe('credit 3 runs at production/credit, but was cleared for staging/credit.'))
})

describe('After a revocation', () => {
  it('what ran before may run until the time to remediate has passed', () => {
    expect(violates([revoked()], '2026-11-14T23:59:59.999Z')).toBeUndefined()
    expect(violates([revoked()], '2026-11-15T00:00:00.000Z')?.kind).toBe('revoked')
  })

  it('what starts may not run at all', () =>
    expect(violates([revoked()], '2026-11-12T00:00:00.000Z', rollout({ since: '2026-11-11T00:00:00.000Z' }))?.kind).toBe('revoked'))

  it('the time counts from the newest revocation', () => {
    const earlier = revoked({ deployment: 'd0', revokedAt: '2026-11-02T00:00:00.000Z', remediateBy: '2026-11-03T00:00:00.000Z' })
    expect(violates([earlier, revoked()], '2026-11-12T00:00:00.000Z')).toBeUndefined()
  })
})

const found = (kind: Found['kind'], version = '3'): Found => ({
  kind,
  running: { model: 'credit', version, artifact },
  observed: eventId(1),
  message: `${version}: ${kind}`,
})
const happened = (kind: Found['kind'], version?: string): ViolationEvent => ({ type: 'violation.found', ...found(kind, version) })
const over = (
  kind: Found['kind'],
  because: Extract<ViolationEvent, { type: 'violation.ended' }>['because'],
  version?: string,
): ViolationEvent => ({
  type: 'violation.ended',
  kind,
  running: found(kind, version).running,
  because,
})
const assess = (running: Rollout[], ...all: Found[]): ViolationCommand => ({ type: 'assess-endpoint', found: all, running })

describe('An endpoint', () => {
  const { given } = specify(violation)

  it('is in order while nothing is found', () =>
    given()
      .when(assess([rollout()]))
      .thenUnchanged())

  it('has a violation that was found, once', () => {
    given()
      .when(assess([rollout()], found('no-clearance')))
      .then(happened('no-clearance'))
    given(happened('no-clearance'))
      .when(assess([rollout()], { ...found('no-clearance'), message: 'Again.' }))
      .thenUnchanged()
  })

  it('has a violation no longer when it was cleared', () =>
    given(happened('no-clearance'))
      .when(assess([rollout()]))
      .then(over('no-clearance', 'cleared')))

  it('has a violation no longer when it no longer runs', () =>
    given(happened('no-clearance')).when(assess([])).then(over('no-clearance', 'rollout-ended')))

  it('has a violation of another kind in place of the one before', () =>
    given(happened('revoked'))
      .when(assess([rollout()], found('other-place')))
      .then(over('revoked', 'other-kind'), happened('other-place')))

  it('has a violation again when it is found again', () =>
    given(happened('revoked'), over('revoked', 'cleared'))
      .when(assess([rollout()], found('revoked')))
      .then(happened('revoked')))

  it('has as many violations as versions that run without a clearance', () =>
    given(happened('revoked', '1'), happened('no-clearance', '2'))
      .when(assess([rollout({ version: '1' }), rollout({ version: '3' })], found('revoked', '1'), found('no-clearance', '3')))
      .then(over('no-clearance', 'rollout-ended', '2'), happened('no-clearance', '3')))
})

describe('A violation', () => {
  const all = (['no-clearance', 'revoked', 'other-artifact'] as const).flatMap(kind => ['1', '2'].map(version => found(kind, version)))
  const assessments = record({
    type: constantFrom('assess-endpoint' as const),
    found: subarray(all),
    running: subarray([rollout({ version: '1' }), rollout({ version: '2' })]),
  })
  obeysTheLaws(violation, assessments, store)
})
