import { decodeEvent, encodeEvent, type ParkingEvent } from '@muster/contracts'
import { memoryEventStore } from '@muster/event-store'
import { obeysTheLaws, specify } from '@muster/kernel/testing'
import { constant, integer, oneof, record } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parking, parkingStream, tellParking, type ParkingCommand } from './parking.ts'

const { given } = specify(parking)
const event = '00000000-0000-4000-8000-000000000000'
const failed = { position: 7, event, reason: 'Error: broken' }
const entered: ParkingEvent = { type: 'parking.entered', ...failed }
const released: ParkingEvent = { type: 'parking.released', events: 3 }

describe('A key of a subscription', () => {
  it('is parked by the event that failed', () =>
    given()
      .when({ type: 'enter-parking', ...failed })
      .then(entered))
  it('is parked once, however often that is said', () =>
    given(entered)
      .when({ type: 'enter-parking', ...failed, position: 8 })
      .thenUnchanged())
  it('is released when all that waited is processed', () => given(entered).when({ type: 'release-parking', events: 3 }).then(released))
  it('is not released when nothing waits', () => given(entered, released).when({ type: 'release-parking', events: 3 }).thenUnchanged())
  it('can be parked again, by the same event too', () =>
    given(entered, released)
      .when({ type: 'enter-parking', ...failed })
      .then(entered))
  it('has a stream also when it is too long for a name', () => {
    expect(parkingStream('alerts', 'fraud')).toBe('parking-alerts/fraud')
    expect(parkingStream('alerts', 'ü'.repeat(200))).toMatch(/^parking-alerts\/sha256%3A[0-9a-f]{64}$/)
    expect(parkingStream('alerts', '..')).toMatch(/^parking-alerts\/sha256%3A[0-9a-f]{64}$/)
  })
  it('tells of itself under a partition key of its own, so that its being parked elsewhere does not hide it', async () => {
    const now = () => '2026-01-01T00:00:00.000Z'
    const store = memoryEventStore({ now })
    await tellParking({ store, now }, 'alerts', 'credit', 'any', { type: 'enter-parking', ...failed })
    const [told] = await store.read([parkingStream('alerts', 'credit')])
    expect(told?.context.partitionkey).toBe('alerts/credit')
  })
})

describe('The laws of parking', () => {
  const command = oneof(
    record({ type: constant('enter-parking' as const), position: integer({ min: 1 }), event: constant(event), reason: constant('broken') }),
    record({ type: constant('release-parking' as const), events: integer({ min: 1 }) }),
  )
  obeysTheLaws<ParkingCommand, 'empty' | 'waiting', ParkingEvent, never>(
    parking,
    command,
    stored => decodeEvent(encodeEvent(stored)) as ParkingEvent,
  )
})
