import { describe, expect, it } from 'vitest'
import { groupBy, isNonEmpty } from './non-empty.ts'

describe('Groups', () => {
  it('stand in the order of their first item, and keep the order of their items', () =>
    expect([...groupBy(['b1', 'a1', 'b2'], ([letter]) => letter)]).toEqual([
      ['b', ['b1', 'b2']],
      ['a', ['a1']],
    ]))

  it('of nothing are none', () => expect(groupBy([], item => item).size).toBe(0))
})

it('Nothing is empty, and something is not', () => expect([[], [undefined]].map(isNonEmpty)).toEqual([false, true]))
