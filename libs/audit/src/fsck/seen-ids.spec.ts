import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { seenIds } from './seen-ids.ts'

describe('Ids that were seen', () => {
  it('are what a set of them would hold, however many there are', () => {
    fc.assert(
      fc.property(fc.array(fc.uuid(), { maxLength: 2_000, size: 'max' }), fc.uuid(), (ids, other) => {
        const seen = seenIds()
        const known = new Set<string>()
        for (const id of ids) {
          expect(seen.add(id)).toBe(!known.has(id))
          known.add(id)
        }
        for (const id of [...ids, other]) expect(seen.has(id)).toBe(known.has(id))
      }),
      { numRuns: 8 },
    )
  })

  it('are the same in capitals, and may be nothing but zeros', () => {
    const seen = seenIds()
    const zero = '00000000-0000-0000-0000-000000000000'
    expect([seen.add('ABCDEF00-0000-4000-8000-000000000000'), seen.has('abcdef00-0000-4000-8000-000000000000')]).toEqual([true, true])
    expect([seen.has(zero), seen.add(zero), seen.add(zero), seen.has(zero)]).toEqual([false, true, false, true])
    expect(() => seen.add('x')).toThrow('is no UUID')
  })
})
