import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nameIndex } from './name-index.ts'

describe('Names that are numbered', () => {
  it('have the number that a map would give them, however often they come and whatever they are', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.string({ unit: 'grapheme' }),
            fc.integer({ max: 60, min: 0 }).map(n => `deployment-d.v${n}`),
          ),
        ),
        names => {
          const [index, map] = [nameIndex(), new Map<string, number>()]
          for (const name of names) {
            expect(index.find(name)).toBe(map.get(name))
            const number = map.get(name) ?? map.size
            expect(index.add(name)).toBe(number)
            map.set(name, number)
          }
          for (const [name, number] of map) expect(index.find(name)).toBe(number)
        },
      ),
    )
  })

  it('keep it where there are tens of thousands, and some that are longer than what they are kept in', () => {
    const index = nameIndex()
    const names = Array.from({ length: 30_000 }, (_, n) => (n % 10_000 === 77 ? 'x'.repeat(300_000 + n) : `version-model-${n % 7}/${n}`))
    expect(names.map(index.add).every((number, n) => number === n)).toBe(true)
    expect(names.map(index.find).every((number, n) => number === n)).toBe(true)
    expect(index.find('version-model-0/1')).toBeUndefined()
  })
})
