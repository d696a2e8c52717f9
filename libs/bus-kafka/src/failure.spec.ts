import { BusError } from '@muster/bus'
import { describe, expect, it } from 'vitest'
import { failureOf } from './failure.ts'

const answer = (type: string): Error => Object.assign(new Error(`the broker said ${type}`), { type })

describe('A failure of Kafka', () => {
  it('is for ever if a broker said so, however deep that is wrapped', () => {
    const wrapped = new Error('retries exceeded', { cause: new Error('not retriable', { cause: answer('MESSAGE_TOO_LARGE') }) })
    expect(failureOf(wrapped, 'publishing')).toMatchObject({ problem: 'refused', message: 'publishing: MESSAGE_TOO_LARGE' })
    const many = Object.assign(new Error('some topics failed'), { errors: [answer('TOPIC_ALREADY_EXISTS'), answer('INVALID_PARTITIONS')] })
    expect(failureOf(many, 'making topics').problem).toBe('refused')
    expect(failureOf(answer('UNKNOWN_TOPIC_OR_PARTITION'), 'publishing').problem).toBe('unknown-topic')
  })

  it('is waited out otherwise, and says what happened in the end', () => {
    const wrapped = new Error('retries exceeded', { cause: new Error('connect ECONNREFUSED') })
    expect(failureOf(wrapped, 'publishing')).toMatchObject({ problem: 'unreachable', message: 'publishing: connect ECONNREFUSED' })
    expect(failureOf(new TypeError('inside the client'), 'publishing').problem).toBe('unreachable')
    expect(failureOf('thrown text', 'publishing').message).toBe('publishing: thrown text')
  })

  it('is told as it is once it is ours, and never loops', () => {
    const ours = new BusError('aborted', 'enough')
    expect(failureOf(ours, 'publishing')).toBe(ours)
    const circular = new Error('again')
    circular.cause = circular
    expect(failureOf(circular, 'publishing').problem).toBe('unreachable')
  })
})
