import type { AlertEvent, AlertRaised } from '@muster/contracts'
import { obeysTheLaws, specify } from '@muster/kernel/testing'
import { constantFrom, oneof } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { digest, eventId, sha256, store } from '../testing/recorded.ts'
import { alert, alertId, type AlertCommand } from './alert.ts'

const { given } = specify(alert)

const about = (cause: number): Omit<AlertRaised, 'type'> => ({
  kind: 'deployment-blocked',
  subject: 'credit@production/credit',
  cause: eventId(cause),
  severity: 'high',
  title: 'credit 3 at production/credit is blocked',
  policy: { id: 'accuracy', version: 1, digest: digest('accuracy'), rule: 'holds', message: 'It does not separate well enough.' },
  values: { 'evaluation.balancedAccuracy': 0.6 },
  model: 'credit',
  datasets: ['applications'],
  remediation: { steps: ['Train again'] },
  links: [{ title: 'The deployment', href: '/v1/deployments/d1' }],
})
const raise = (cause: number): AlertCommand => ({ type: 'raise-alert', ...about(cause) })
const raised = (cause: number): AlertEvent => ({ type: 'alert.raised', ...about(cause) })
const resolve = (cause: number): AlertCommand => ({ type: 'resolve-alert', because: 'It was cleared.', cause: eventId(cause) })
const resolved = (cause: number): AlertEvent => ({ type: 'alert.resolved', because: 'It was cleared.', cause: eventId(cause) })

describe('An alert', () => {
  it('is raised once, however often its cause is found again', () => {
    given().when(raise(1)).then(raised(1))
    given(raised(1)).when(raise(1)).thenUnchanged()
    given(raised(1)).when(raise(2)).thenUnchanged()
  })

  it('is resolved by the facts, once', () => {
    given(raised(1)).when(resolve(2)).then(resolved(2))
    given(raised(1), resolved(2)).when(resolve(2)).thenUnchanged()
    given(raised(1), resolved(2)).when(resolve(3)).thenUnchanged()
  })

  it('that was never raised cannot be resolved', () => given().when(resolve(1)).thenRejected('not-found'))

  it('is raised again by another event, once it was resolved', () => given(raised(1), resolved(2)).when(raise(3)).then(raised(3)))

  it('is not raised again by an event that raised it before', () => {
    given(raised(1), resolved(2)).when(raise(1)).thenUnchanged()
    given(raised(1), resolved(2), raised(3), resolved(4)).when(raise(1)).thenUnchanged()
  })

  it('is not ended again by an event that ended it before', () => {
    given(raised(1), resolved(2), raised(3)).when(resolve(2)).thenUnchanged()
    given(raised(1), resolved(2), raised(3)).when(resolve(4)).then(resolved(4))
  })
})

describe('The id of an alert', () => {
  const key = { kind: 'rule-warned', subject: 'credit@production/credit', rule: 'accuracy/holds' } as const

  it('is 32 hex digits, and the same for the same kind, subject and rule', () => {
    expect(alertId(key, sha256)).toMatch(/^[0-9a-f]{32}$/)
    expect(alertId({ ...key }, sha256)).toBe(alertId(key, sha256))
  })

  it('is another for another kind, subject or rule, or without a rule', () => {
    const { rule: _, ...ruleless } = key
    const keys = [key, { ...key, kind: 'parked' as const }, { ...key, subject: 'credit' }, { ...key, rule: 'accuracy' }, ruleless]
    expect(new Set(keys.map(one => alertId(one, sha256))).size).toBe(keys.length)
  })
})

describe('An alert by whatever comes', () => {
  obeysTheLaws(alert, oneof(constantFrom(raise(1), raise(2), raise(3)), constantFrom(resolve(1), resolve(2), resolve(3))), store)
})
