import { BusError } from '@muster/bus'
import { expect, it } from 'vitest'
import { outageOf } from './outage.ts'

it('An outage is told once when it begins, once when it turns into another, and once when it is over', () => {
  const told: string[] = []
  let now = 0
  const outage = outageOf(
    'group intake',
    (level, message) => told.push(`${level} ${message}`),
    () => now,
  )

  outage.over()
  outage.failed(new BusError('unreachable', 'ECONNREFUSED'))
  now = 60_000
  outage.failed(new BusError('unreachable', 'timed out'))
  outage.failed(new BusError('unknown-topic', 'no topic'))
  now = 61_500
  outage.over()
  outage.over()
  expect(told).toEqual([
    'warn group intake waits and keeps trying: ECONNREFUSED',
    'warn group intake waits and keeps trying: no topic',
    'info group intake goes on after 61.5 s',
  ])
})
