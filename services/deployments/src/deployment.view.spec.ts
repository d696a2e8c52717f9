import { DecisionMessage, DeploymentView, type DeploymentEvent, type Recorded } from '@muster/contracts'
import { describe, expect, it } from 'vitest'
import { checked, digestOf, ruleCheck, target } from '../../../infra/test/deployments.ts'
import { decisionOf } from './decisions.publication.ts'
import { deploymentView } from './deployment.view.ts'

const time = '2026-11-25T12:00:00.000Z'
const material = digestOf('material')
const history = (...events: DeploymentEvent[]): Recorded<DeploymentEvent>[] =>
  events.map((event, revision) => {
    const id = `00000000-0000-4000-8000-${String(revision).padStart(12, '0')}`
    const context = { id, source: '/muster/deployments', type: event.type, subject: 'd1', partitionkey: 'credit', time, correlationid: id }
    return { event, id, stream: 'deployment-d1', revision, position: revision + 10, recordedtime: time, context }
  })

const opened: DeploymentEvent = {
  type: 'deployment.opened',
  id: 'd1',
  target,
  requestedBy: 'rita@example.org',
  missing: [],
  lapsesAt: time,
}
const failed = ruleCheck({
  outcome: 'fail',
  because: [{ text: 'evaluation.auc >= 0.8', values: { 'evaluation.auc': 0.7 }, result: false }],
})
const blocked: DeploymentEvent = {
  type: 'deployment.blocked',
  target,
  materialDigest: material,
  reasons: [{ code: 'rule-failed', message: failed.message, policy: 'accuracy', version: 1, rule: 'holds' }],
}
const noPolicies = () => undefined

describe('The view of a deployment', () => {
  it('is nothing while nothing was recorded', () => {
    expect(deploymentView('d1', [], noPolicies)).toBeUndefined()
  })

  it('says in sentences why it is blocked, with the value that decided', () => {
    const view = deploymentView('d1', history(opened, checked(failed, { verdict: 'blocked' }), blocked), noPolicies)
    expect(view?.status).toBe('blocked')
    expect(view?.explanation.join(' ')).toContain('evaluation.auc = 0.7')
    expect(view?.reasons).toEqual(blocked.reasons)
  })

  it('names what it waits for', () => {
    const view = deploymentView('d1', history({ ...opened, missing: ['version-credit@3'] }), noPolicies)
    expect(view).toMatchObject({ status: 'waiting', missing: ['version-credit@3'] })
    expect(view?.explanation).toContain('Not registered: version-credit@3.')
  })

  it('says who may not sign, and that nobody can while a name maps to nobody', () => {
    const asked: DeploymentEvent = {
      type: 'deployment.approval-required',
      approvalId: 'd1.1',
      target,
      about: { kind: 'deployment', id: 'd1' },
      digest: material,
      changed: [],
      approvalRules: [{ id: 'weak', version: 1, digest: digestOf('weak') }],
      needs: [{ role: 'model-risk', count: 2 }],
      excluded: [{ person: 'tom', because: 'trained the version' }],
      unmapped: ['robot-7'],
    }
    const view = deploymentView('d1', history(opened, checked(ruleCheck()), asked), noPolicies)
    expect(view?.explanation).toEqual(
      expect.arrayContaining([
        'Approval d1.1 asks for 2 × model-risk, by weak.',
        'tom may not sign: trained the version.',
        'Nobody can sign while "robot-7" maps to no person.',
      ]),
    )
  })

  it('has the shape that the contract says', () => {
    const view = deploymentView('d1', history(opened, checked(failed, { verdict: 'blocked' }), blocked), noPolicies)
    expect(DeploymentView.parse(view)).toEqual(view)
  })
})

describe('A decision on the topic', () => {
  it('tells everything that whoever obeys it needs', () => {
    const [, , event] = history(opened, checked(failed), blocked)
    const message = event === undefined ? undefined : decisionOf(event)
    expect(DecisionMessage.parse(message)).toMatchObject({
      deployment: 'd1',
      status: 'blocked',
      target,
      reasons: blocked.reasons,
      position: 12,
    })
  })

  it('is not made of what decides nothing', () => {
    expect(history(opened, checked(failed)).map(decisionOf)).toEqual([undefined, undefined])
  })
})
