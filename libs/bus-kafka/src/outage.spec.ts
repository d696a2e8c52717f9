import { BusError } from '@muster/bus'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { outageOf } from './outage.ts'

describe('An outage', () => {
  let told: string[]
  const outage = () => outageOf('group intake', (level, message) => told.push(`${level} ${message}`))

  beforeEach(() => {
    told = []
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('is told once when it has begun, once when it turns into another, and once when it is over', () => {
    const { failed, over } = outage()
    over()
    failed(new BusError('unreachable', 'ECONNREFUSED'))
    vi.advanceTimersByTime(60_000)
    failed(new BusError('unreachable', 'timed out'))
    failed(new BusError('unknown-topic', 'no topic'))
    vi.advanceTimersByTime(1_500)
    over()
    over()
    expect(told).toEqual([
      'warn group intake waits and keeps trying: ECONNREFUSED',
      'warn group intake waits and keeps trying: no topic',
      'info group intake goes on after 61.5 s',
    ])
  })

  it('is not told if it is over within a second, and the next one is told like the first', () => {
    const { failed, over } = outage()
    failed(new BusError('unreachable', 'an election'))
    vi.advanceTimersByTime(900)
    over()
    vi.advanceTimersByTime(10_000)
    expect(told).toEqual([])

    failed(new BusError('unreachable', 'gone'))
    vi.advanceTimersByTime(1_000)
    expect(told).toEqual(['warn group intake waits and keeps trying: gone'])
  })
})
