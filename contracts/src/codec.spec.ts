import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalJson } from './canonical.ts'
import { decodeEvent, encodeEvent, UnknownEventType } from './codec.ts'
import { storedType, type EventDefinition } from './event.ts'
import { eventDefinitions, newestDefinition, type AnyEvent } from './registry.ts'
import { arbitraryOf } from './testing/arbitrary.ts'

const newest = eventDefinitions.filter(definition => newestDefinition(definition.type) === definition)

const eventOf = (definition: EventDefinition): fc.Arbitrary<AnyEvent> =>
  arbitraryOf(definition.data).map(data => ({ ...data, type: definition.type }) as AnyEvent)

describe('An event that was stored', () => {
  it.each(newest.map(definition => [storedType(definition), definition] as const))('%s comes back as it was', (type, definition) =>
    fc.assert(
      fc.property(eventOf(definition), event => {
        const stored = encodeEvent(event)
        expect(stored.type).toBe(type)
        expect(decodeEvent(stored)).toEqual(event)
      }),
      { numRuns: 25 },
    ),
  )

  it('has the same bytes however its fields were ordered', () => {
    const one = encodeEvent({ type: 'intent.declared', model: 'm', version: '1', environment: 'e', endpoint: 'p', requestedBy: 'rita' })
    const other = encodeEvent({ requestedBy: 'rita', endpoint: 'p', environment: 'e', version: '1', model: 'm', type: 'intent.declared' })
    expect(one).toEqual(other)
  })
})

const superseded = eventDefinitions.filter(definition => newestDefinition(definition.type) !== definition)

describe.each(superseded.map(definition => [storedType(definition), definition] as const))(
  '%s, which is written no longer',
  (type, definition) => {
    it('is read as the newest version, whatever was recorded', () =>
      fc.assert(
        fc.property(arbitraryOf<object>(definition.data), data => {
          const { type: name, ...read } = decodeEvent({ type, data: canonicalJson(data) })
          expect(name).toBe(definition.type)
          expect(newestDefinition(name)?.data.parse(read)).toEqual(read)
        }),
        { numRuns: 100 },
      ))
  },
)

describe('An event that does not fit its contract', () => {
  it('is never written', () => {
    const event = { type: 'parking.released', events: 0 } as const
    expect(() => encodeEvent(event)).toThrow('events')
  })

  it('is not skipped when its type is unknown: whoever reads it is told', () => {
    expect(() => decodeEvent({ type: 'model.registered.v99', data: '{}' })).toThrow(UnknownEventType)
    expect(() => encodeEvent({ type: 'model.vanished' } as unknown as AnyEvent)).toThrow(UnknownEventType)
  })
})

describe('Canonical JSON', () => {
  it('is a fixed point', () =>
    fc.assert(
      fc.property(fc.jsonValue(), value => void expect(canonicalJson(JSON.parse(canonicalJson(value)))).toBe(canonicalJson(value))),
    ))

  it.each([[undefined], [Number.NaN], [() => 1]])('has no text for %s', value => expect(() => canonicalJson(value)).toThrow(/JSON|NaN/))
})
