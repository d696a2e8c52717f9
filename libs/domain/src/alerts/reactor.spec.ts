import type {
  AlertKind,
  DeploymentChecked,
  DeploymentEvent,
  ParkingEvent,
  Policy,
  QuarantineEvent,
  Reason,
  ViolationEvent,
} from '@muster/contracts'
import { describe, expect, it } from 'vitest'
import { artifact, changed, facts as measured, target } from '../testing/example.ts'
import { approvalRule, check, policy } from '../testing/policies.ts'
import { digest, eventId, recorded, sha256 } from '../testing/recorded.ts'
import { alertId } from './alert.ts'
import { placeSubject, versionSubject } from './deployment-alerts.ts'
import { react } from './reactor.ts'
import type { AlertAction, AlertFacts, WatchedEvent } from './watched.ts'

const weak = changed(measured, 'evaluation.balancedAccuracy', 0.6)
const accuracy: Policy = policy({ remediation: { steps: ['Train again', 'Declare a new intent'] } })
const found = check([accuracy, approvalRule({ when: 'evaluation.balancedAccuracy < 0.65' })], { facts: weak })
const reasons = found.judgement.verdict === 'blocked' ? [...found.judgement.reasons] : []
const known: AlertFacts = { check: found.check, datasets: ['applications'], policyOf: id => (id === accuracy.id ? accuracy : undefined) }

const place = 'credit@production/credit'
const subject = 'credit@3@production/credit'
const materialDigest = digest('content')
const remediation = { steps: ['Roll back'], by: '2026-11-30T00:00:00.000Z' }
const told = (event: WatchedEvent, stream = 'deployment-d1', facts = known): readonly AlertAction[] =>
  react(recorded(stream, event, { position: 42 }), facts)
const raisedBy = (...input: Parameters<typeof told>) => told(...input).flatMap(action => (action.kind === 'raise' ? [action] : []))

const blocked = (...because: Reason[]): DeploymentEvent => ({ type: 'deployment.blocked', target, materialDigest, reasons: because })
const checked = (of = found, ...newlyAsked: string[]): DeploymentChecked => ({ type: 'deployment.checked', ...of.check, newlyAsked })

describe('An alert about a deployment', () => {
  it('carries the policy, the values that decided, what it concerns, what to do and where to read on', () =>
    expect(raisedBy(blocked(...reasons))).toEqual([
      {
        kind: 'raise',
        key: { kind: 'deployment-blocked', subject: place, rule: '3: accuracy/holds' },
        alert: {
          kind: 'deployment-blocked',
          subject: place,
          cause: eventId(42),
          severity: 'high',
          title: 'credit 3 at production/credit is blocked: It does not separate well enough.',
          policy: {
            id: 'accuracy',
            version: 1,
            digest: found.check.policies[0]?.digest,
            rule: 'holds',
            message: 'It does not separate well enough.',
          },
          values: { 'evaluation.balancedAccuracy': 0.6 },
          model: 'credit',
          version: '3',
          environment: 'production',
          endpoint: 'credit',
          artifact,
          datasets: ['applications'],
          remediation: { steps: ['Train again', 'Declare a new intent'] },
          links: [{ title: 'The deployment with its explanation', href: '/v1/deployments/d1' }],
        },
      },
    ]))

  it('names what is missing, where a rule is unknown', () => {
    const unknown = check([accuracy], { facts: changed(measured, 'evaluation.balancedAccuracy', undefined) })
    const because = unknown.judgement.verdict === 'blocked' ? [...unknown.judgement.reasons] : []
    expect(raisedBy(blocked(...because), undefined, { ...known, check: unknown.check })[0]?.alert.values).toEqual({
      'evaluation.balancedAccuracy': 'missing',
    })
  })

  it('has the severity of its policy', () => {
    const critical = check([policy({ severity: 'critical' })], { facts: weak })
    expect(raisedBy(blocked(...reasons), undefined, { ...known, check: critical.check })[0]?.alert.severity).toBe('critical')
  })

  it('is one for each reason', () =>
    expect(
      raisedBy(blocked(...reasons, { code: 'rule-failed', message: 'Other.', policy: 'other', version: 1, rule: 'r' })).map(
        ({ key }) => key.rule,
      ),
    ).toEqual(['3: accuracy/holds', '3: other/r']))

  it('is keyed by the code of its reason, where no policy is to blame', () =>
    expect(raisedBy(blocked({ code: 'no-policy-applies', message: 'None.' }))).toMatchObject([
      { key: { rule: '3: no-policy-applies' }, alert: { values: {} } },
    ]))

  it('is the same alert for every intent for the same model and place', () => {
    const ids = ['deployment-d1', 'deployment-d2'].flatMap(stream =>
      raisedBy(blocked(...reasons), stream).map(({ key }) => alertId(key, sha256)),
    )
    expect(new Set(ids).size).toBe(1)
    const elsewhere: DeploymentEvent = { ...blocked(...reasons), target: { ...target, endpoint: 'loans' } }
    expect(raisedBy(elsewhere).map(({ key }) => alertId(key, sha256))).not.toEqual(ids.slice(0, 1))
  })

  it('is about the place or the version there, told apart whatever their names are', () => {
    const odd = { ...target, model: 'a@b', endpoint: 'c/d' }
    expect([placeSubject(odd), versionSubject(odd)]).toEqual(['a%40b@production/c%2Fd', 'a%40b@3@production/c%2Fd'])
  })

  it('is another one for another version: that is no retry', () => {
    const [one, other] = [target, { ...target, version: '4' }].map(of => raisedBy({ ...blocked(...reasons), target: of })[0]?.key)
    expect(one).not.toEqual(other)
  })

  it.each<[DeploymentEvent, AlertKind, string]>([
    [
      { type: 'deployment.refused', target, materialDigest, approvalId: 'd1.1', reasons: [{ code: 'approval-rejected', message: 'No.' }] },
      'deployment-refused',
      'high',
    ],
    [{ type: 'deployment.lapsed', target, reasons: [{ code: 'intent-withdrawn', message: 'Gone.' }] }, 'deployment-lapsed', 'low'],
  ])('is raised by $type', (event, kind, severity) =>
    expect(raisedBy(event)).toMatchObject([{ key: { kind, subject: place }, alert: { severity } }]),
  )

  it('says what to do and until when, where a clearance fell', () =>
    expect(raisedBy({ type: 'deployment.revoked', target, materialDigest, reasons: [...reasons], remediation })).toMatchObject([
      { key: { kind: 'deployment-revoked', subject, rule: 'accuracy/holds' }, alert: { remediation } },
    ]))

  it('is ended by a clearance: at that place if nothing came to run, of that very version if it had run', () => {
    const because = 'Deployment d1 was cleared.'
    expect(told({ type: 'deployment.cleared', target, materialDigest })).toEqual([
      { kind: 'resolve', kinds: ['deployment-blocked', 'deployment-refused', 'deployment-lapsed'], subject: place, because },
      { kind: 'resolve', kinds: ['deployment-revoked', 'approval-newly-required'], subject, because },
    ])
  })

  it('about what runs is ended when that version no longer runs there', () => {
    const ended: WatchedEvent = { type: 'rollout.ended', model: 'credit', version: '3', artifact: { digest: artifact } }
    expect(told(ended, 'endpoint-production/credit')).toMatchObject([
      { kind: 'resolve', kinds: ['deployment-revoked', 'approval-newly-required', 'rule-warned'], subject },
    ])
  })

  it('is not raised while nothing is decided', () => {
    expect(
      told({ type: 'deployment.opened', id: 'd1', target, requestedBy: 'rita', missing: [], lapsesAt: '2026-11-26T00:00:00Z' }),
    ).toEqual([])
  })
})

describe('A check', () => {
  const warned = (assert: string, of = measured) => check([policy({ id: 'watched', mode: 'warn', assert })], { facts: of })

  it('raises an alert for a rule that warns and does not pass, with the values', () =>
    expect(raisedBy(checked(warned('evaluation.balancedAccuracy > 0.9')))).toMatchObject([
      {
        key: { kind: 'rule-warned', subject, rule: 'watched/holds' },
        alert: { policy: { id: 'watched', rule: 'holds' }, values: { 'evaluation.balancedAccuracy': 0.7 } },
      },
    ]))

  it('raises one for a rule that warns and is unknown', () =>
    expect(
      raisedBy(checked(warned('evaluation.balancedAccuracy > 0.9', changed(measured, 'evaluation.balancedAccuracy', undefined)))),
    ).toMatchObject([{ key: { kind: 'rule-warned', rule: 'watched/holds' } }]))

  it('ends the alerts of rules that pass or warn no longer, and of no other', () => {
    const ends = { kind: 'resolve', kinds: ['rule-warned'], subject, because: 'The rule passes, or warns no longer.' }
    expect(told(checked(warned('evaluation.balancedAccuracy > 0.5')))).toEqual([{ ...ends, except: [] }])
    expect(told(checked(warned('evaluation.balancedAccuracy > 0.9')))[0]).toEqual({ ...ends, except: ['watched/holds'] })
  })

  it('raises none for rules in the shadow, nor for enforced ones: the decision that follows does', () => {
    expect(raisedBy(checked(check([policy({ mode: 'shadow', assert: 'false' }), policy({ id: 'b', assert: 'false' })])))).toEqual([])
  })

  it('raises an alert for an approval that would be needed today, with the rule that asks and the values', () =>
    expect(raisedBy(checked(found, 'high-risk'))).toMatchObject([
      {
        key: { kind: 'approval-newly-required', subject, rule: 'high-risk' },
        alert: { policy: { id: 'high-risk', version: 1 }, values: { 'evaluation.balancedAccuracy': 0.6 } },
      },
    ]))
})

describe('A violation', () => {
  const stream = 'violation-production/credit%20v'
  const running = { model: 'credit', version: '3', artifact }
  const violation: ViolationEvent = {
    type: 'violation.found',
    kind: 'other-artifact',
    running,
    observed: eventId(7),
    deployment: 'd1',
    message: 'It runs.',
  }
  const ended = (because: Extract<ViolationEvent, { type: 'violation.ended' }>['because']): ViolationEvent => ({
    type: 'violation.ended',
    kind: 'other-artifact',
    running,
    because,
  })

  it('raises a critical alert about what runs where, with the data, what to do and where to read on', () =>
    expect(raisedBy(violation, stream)).toMatchObject([
      {
        alert: {
          severity: 'critical',
          title: 'It runs.',
          cause: eventId(42),
          ...running,
          environment: 'production',
          endpoint: 'credit v',
          values: { kind: 'other-artifact', 'running.artifact': artifact },
          datasets: ['applications'],
          links: [{ href: '/v1/violations?environment=production&endpoint=credit%20v' }, { href: '/v1/deployments/d1' }],
        },
      },
    ]))

  it.each(['rollout-ended', 'cleared', 'other-kind'] as const)('ends its own alert when it ends: %s', because => {
    const [raised] = raisedBy(violation, stream)
    expect(told(ended(because), stream)).toMatchObject([{ kind: 'resolve', kinds: ['violation-found'], subject: raised?.key.subject }])
  })

  it('of another kind, version, artifact or place is another alert', () => {
    const subjects = [
      ...raisedBy(violation, stream),
      ...raisedBy({ ...violation, kind: 'revoked' }, stream),
      ...raisedBy({ ...violation, running: { ...running, version: '4' } }, stream),
      ...raisedBy({ ...violation, running: { ...running, artifact: digest('other') } }, stream),
      ...raisedBy(violation, 'violation-staging/credit%20v'),
    ].map(({ key }) => key.subject)
    expect(new Set(subjects).size).toBe(5)
  })
})

describe('What was quarantined', () => {
  const stream = 'quarantine-00ff'
  const entered = (code: Extract<QuarantineEvent, { type: 'quarantine.entered' }>['reason']['code']): QuarantineEvent => ({
    type: 'quarantine.entered',
    reason: { code, message: 'expected a number', path: '/data/auc' },
    topic: 'muster.lifecycle.version',
    claimed: { id: 'e1', source: '/pipelines/credit' },
  })

  it('raises an alert with what it claims to be and the field that is wrong', () =>
    expect(raisedBy(entered('invalid'), stream)).toMatchObject([
      {
        key: { kind: 'quarantined', subject: stream },
        alert: {
          severity: 'medium',
          values: { id: 'e1', source: '/pipelines/credit', path: '/data/auc' },
          links: [{ href: '/v1/quarantine/00ff' }],
        },
      },
    ]))

  it.each(['conflicting-digest', 'id-reused'] as const)('is of high severity where it contradicts what was recorded: %s', code =>
    expect(raisedBy(entered(code), stream)[0]?.alert.severity).toBe('high'),
  )

  it.each(['replayed', 'discarded'] as const)('is over when it is %s', outcome =>
    expect(told({ type: 'quarantine.released', outcome, reason: { personal: 'Mended.', of: 'olga' } }, stream)).toEqual([
      { kind: 'resolve', kinds: ['quarantined'], subject: stream, because: `It was ${outcome}.` },
    ]),
  )
})

describe('What is parked', () => {
  const stream = 'parking-deployments/credit'
  const entered: ParkingEvent = { type: 'parking.entered', position: 40, event: eventId(40), reason: 'unknown type' }

  it('raises an alert with the event and the reason', () =>
    expect(raisedBy(entered, stream)).toMatchObject([
      {
        key: { kind: 'parked', subject: stream },
        alert: { severity: 'high', values: { position: 40, event: eventId(40) }, title: expect.stringContaining('unknown type') as string },
      },
    ]))

  it('is over when what waited was processed', () =>
    expect(told({ type: 'parking.released', events: 3 }, stream)).toMatchObject([{ kind: 'resolve', kinds: ['parked'], subject: stream }]))
})
