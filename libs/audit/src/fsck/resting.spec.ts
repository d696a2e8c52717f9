import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { restingStates, type Rest } from './resting.ts'

/** A place where things rest as text, so that nothing that comes back is the same object. */
function place(): Rest & { readonly rested: () => number } {
  const texts: string[] = []
  return {
    put: value => texts.push(JSON.stringify(value)) - 1,
    get: at => JSON.parse(texts[at] ?? '') as unknown,
    rested: () => texts.length,
  }
}

const step = fc.record({ stream: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), set: fc.option(fc.nat(9)) })

describe('States that rest', () => {
  it('are what a map of them would hold, however few stay awake', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), fc.integer({ min: 1, max: 4 }), (steps, awake) => {
        const [states, map] = [restingStates<{ count: number }>(place(), awake), new Map<string, { count: number }>()]
        for (const { stream, set } of steps) {
          if (set !== null) {
            states.set(stream, { count: set })
            map.set(stream, { count: set })
          }
          expect(states.get(stream)).toEqual(map.get(stream))
        }
      }),
    )
  })

  it('are put away once for each change, and stay where they are without a place to rest', () => {
    const rest = place()
    const states = restingStates<number>(rest, 1)
    states.set('a', 1)
    states.set('b', 2)
    expect(rest.rested()).toBe(1)
    for (const stream of ['a', 'b', 'a', 'b']) states.get(stream)
    expect(rest.rested()).toBe(2)
  })
})
