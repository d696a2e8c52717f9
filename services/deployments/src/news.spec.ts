import { streamName, type AnyEvent, type Recorded } from '@muster/contracts'
import { describe, expect, it } from 'vitest'
import { digestOf, target } from '../../../infra/test/deployments.ts'
import { newsOf } from './news.ts'

let position = 0
const happened = (stream: string, event: AnyEvent): Recorded<AnyEvent> => {
  position += 1
  const subject = stream.slice(stream.indexOf('-') + 1)
  const id = `00000000-0000-4000-8000-${String(position).padStart(12, '0')}`
  const time = '2026-11-25T12:00:00.000Z'
  const context = { id, source: '/test', type: `dev.muster.${event.type}.v1`, subject, partitionkey: 'credit', time, correlationid: id }
  return { event, id, stream, revision: 0, position, recordedtime: time, context }
}
const { model, version, environment, endpoint } = target
const declared: AnyEvent = { type: 'intent.declared', model, version, environment, endpoint, requestedBy: 'rita' }
const tiered: AnyEvent = { type: 'model.risk-tiered', riskTier: 'high' }

describe('The news of a batch', () => {
  it('names each intent once, by the id that people gave it', () => {
    const news = newsOf([happened(streamName('intent', 'job/7'), declared)])
    expect([...news.declared.keys()]).toEqual(['job/7'])
  })

  it('names each stream of evidence once, by its newest event', () => {
    const [first, second] = [happened('model-credit', tiered), happened('model-credit', tiered)]
    const news = newsOf([first, second])
    expect(news.streams.get('model-credit')).toBe(second)
    expect(news.streams.size).toBe(1)
  })

  it('hears what people answered about a deployment, and over which content', () => {
    const digest = digestOf('what they saw')
    const news = newsOf([happened('approval-d1.1', { type: 'approval.granted', about: { kind: 'deployment', id: 'd1' }, digest })])
    expect(news.answers).toMatchObject([{ approvalId: 'd1.1', deployment: 'd1', digest, answer: 'granted' }])
  })

  it('knows where something was seen running', () => {
    const seen: AnyEvent = { type: 'rollout.observed', model, version, artifact: { digest: target.artifact } }
    const [place] = [...newsOf([happened(streamName('endpoint', 'eu/prod', 'desk'), seen)]).places.values()]
    expect(place).toMatchObject({ environment: 'eu/prod', endpoint: 'desk' })
  })

  it('says whether the catalogue changed', () => {
    const reason = { personal: 'It is no longer needed.', of: 'omar' }
    expect(newsOf([happened('policy-p1', { type: 'policy.retired', version: 1, reason })]).policiesChanged).toBe(true)
    expect(newsOf([happened('model-credit', tiered)]).policiesChanged).toBe(false)
  })
})
